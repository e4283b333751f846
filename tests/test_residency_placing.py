"""Every way to place a model gives the same picture; only fp8 and tiling are known not to."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from transformers import UMT5EncoderModel

from tests import tiny_sdxl, tiny_wan
from vivant.engines.extras import need
from vivant.engines.residency import Home, generator, load, place, place_model, quiet
from vivant.errors import RecipeError

diffusers = need("diffusers", "gpu")
HOME = Home("cpu", torch.float32, "none", False, "whole", "auto")
ON_A_CARD = pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a CUDA card")


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Wan A14B pipeline, tiny, as the hub lays it out."""
    folder = tmp_path_factory.mktemp("models") / "wan"
    with quiet():
        tiny_wan.i2v_a14b().save_pretrained(folder)
    return folder


def film(pipe: Any) -> np.ndarray:
    """Five frames in four steps: both experts run."""
    image = Image.fromarray(tiny_wan.noise(32, 32))
    done = pipe(
        image, prompt="a b", height=32, width=32, num_frames=5, num_inference_steps=4,
        generator=generator(3), output_type="np",
    )  # fmt: skip
    frames: np.ndarray = done.frames
    return frames


@pytest.fixture(scope="module")
def plain(saved: Path) -> np.ndarray:
    """What the library's own pipeline makes of it."""
    with quiet():
        pipe = diffusers.WanImageToVideoPipeline.from_pretrained(saved, local_files_only=True)
    pipe.set_progress_bar_config(disable=True)
    return film(pipe)


@pytest.mark.parametrize(
    "home",
    [
        HOME,
        replace(HOME, offload="model"),
        replace(HOME, offload="group"),
        replace(HOME, vae="sliced"),
        replace(HOME, attention="native"),
    ],
    ids=lambda home: f"{home.offload}-{home.vae}-{home.attention}",
)
def test_the_film_is_the_same_wherever_the_models_live(
    saved: Path, plain: np.ndarray, home: Home, capfd: pytest.CaptureFixture[str]
) -> None:
    pipe = load(diffusers.WanImageToVideoPipeline, saved, home.dtype)
    place(pipe, home)
    moved = hasattr(pipe.transformer, "_hf_hook")
    assert moved == (home.offload == "model"), "accelerate's hook brings a component and takes it"
    for _ in range(2):
        assert np.array_equal(film(pipe), plain)
    assert capfd.readouterr() == ("", "")


@ON_A_CARD
@pytest.mark.parametrize("offload", ["none", "model", "group"])
def test_on_a_card_too(saved: Path, plain: np.ndarray, offload: Any) -> None:
    pipe = load(diffusers.WanImageToVideoPipeline, saved, torch.float32)
    place(pipe, replace(HOME, device="cuda", offload=offload))
    assert np.allclose(film(pipe), plain, atol=1e-3)


def test_float8_is_kept_in_the_experts_linear_layers_alone(saved: Path, plain: np.ndarray) -> None:
    pipe = load(diffusers.WanImageToVideoPipeline, saved, torch.float32)
    place(pipe, replace(HOME, fp8=True))
    for expert in (pipe.transformer, pipe.transformer_2):
        kept = {name: each.dtype for name, each in expert.named_parameters()}
        assert kept["blocks.0.attn1.to_q.weight"] == torch.float8_e4m3fn
        assert kept["blocks.0.norm2.weight"] == kept["patch_embedding.weight"] == torch.float32
    for other in (pipe.vae, pipe.text_encoder):
        assert {each.dtype for each in other.parameters()} == {torch.float32}
    made = film(pipe)
    assert not np.array_equal(made, plain), "three bits of mantissa must show"
    assert np.abs(made - plain).mean() < 0.05


@pytest.mark.parametrize(
    ("how", "tiling", "slicing"),
    [("whole", False, False), ("sliced", False, True), ("tiled", True, False)],
)
def test_a_vae_is_cut_as_asked_and_made_whole_again(how: str, tiling: bool, slicing: bool) -> None:
    vae = tiny_wan.autoencoder(packed=False)
    for before in ("tiled", "sliced", how):
        place_model(vae, replace(HOME, vae=before))
    assert (vae.use_tiling, vae.use_slicing) == (tiling, slicing)


def test_a_tiled_vae_decodes_in_pieces() -> None:
    vae = tiny_wan.autoencoder(packed=False).eval()
    latents = torch.randn(1, 16, 1, 40, 40, generator=generator(1))
    with torch.no_grad():
        whole = vae.decode(latents).sample
        place_model(vae, replace(HOME, vae="tiled"))
        tiled = vae.decode(latents).sample
    assert tiled.shape == whole.shape
    assert not torch.equal(tiled, whole), "seams are blended: near, not equal"


def streamed(model: Any) -> set[str]:
    """The modules whose weights come and go."""
    return {
        name
        for name, module in model.named_modules()
        if "group_offloading" in getattr(getattr(module, "_diffusers_hook", None), "hooks", ())
    }


def test_group_streams_a_denoiser_by_blocks_and_a_text_encoder_by_layers(saved: Path) -> None:
    home = replace(HOME, offload="group")
    expert = load(diffusers.WanTransformer3DModel, saved / "transformer", torch.float32)
    reader = load(UMT5EncoderModel, saved / "text_encoder", torch.float32)
    vae = load(diffusers.AutoencoderKLWan, saved / "vae", torch.float32)
    for model in (expert, reader, vae):
        place_model(model, home)
    assert {"blocks.0", "blocks.1"} <= streamed(expert)
    assert "blocks.0.attn1.to_q" not in streamed(expert)
    assert "encoder.block.0.layer.0.SelfAttention.q" in streamed(reader)
    assert not streamed(vae)


def test_a_unet_is_a_denoiser() -> None:
    torch.manual_seed(0)
    unet = tiny_sdxl.unet()
    place_model(unet, replace(HOME, fp8=True))
    assert torch.float8_e4m3fn in {each.dtype for each in unet.parameters()}


class Uncut(torch.nn.Linear):
    """A VAE that knows tiling by name only, as diffusers' oldest do."""

    def enable_tiling(self) -> None:
        raise NotImplementedError


def test_what_a_model_hasnt_is_refused(saved: Path) -> None:
    vae = Uncut(2, 2)
    place_model(vae, HOME)
    with pytest.raises(RecipeError, match="vae is 'tiled', but Uncut has no tiling"):
        place_model(vae, replace(HOME, vae="tiled"))
    with pytest.raises(RecipeError, match="vae is 'sliced', but Uncut has no slicing"):
        place_model(vae, replace(HOME, vae="sliced"))
    expert = load(diffusers.WanTransformer3DModel, saved / "transformer", torch.float32)
    expert._supports_group_offloading = False
    with pytest.raises(RecipeError, match="WanTransformer3DModel can't stream its layers"):
        place_model(expert, replace(HOME, offload="group"))
    with pytest.raises(RecipeError, match="must be auto or one of"):
        place_model(expert, replace(HOME, attention="sage"))


def test_a_text_encoder_says_the_same_streamed(saved: Path) -> None:
    reader = load(UMT5EncoderModel, saved / "text_encoder", torch.float32)
    ids = torch.tensor([[5, 6, 7, 1]])
    with torch.no_grad():
        before = reader(ids).last_hidden_state
        place_model(reader, replace(HOME, offload="group"))
        assert torch.equal(reader(ids).last_hidden_state, before)
