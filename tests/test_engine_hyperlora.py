"""HyperLoRA: the checkpoint's layout, the network against plain arithmetic, the person's LoRA."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import PIL.Image
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from safetensors.torch import load_file, save_file
from scipy.special import erf

from tests import tiny_sdxl
from tests.tiny import HalfWriter, SquareAnimator, SquareEye, Watcher
from vivant import image as pictures
from vivant import types
from vivant.engines import Engines, weights
from vivant.engines import engine as of_table
from vivant.engines.extras import need
from vivant.engines.facemesh import FaceMesh
from vivant.engines.hyperlora import identity, layout
from vivant.engines.hyperlora.engine import HyperLoraPainter, Settings, check_fit, painter
from vivant.engines.hyperlora.network import Hypernetwork
from vivant.engines.hyperlora.portrait import square, views
from vivant.engines.hyperlora.reading import Reader
from vivant.engines.insightface import Networks
from vivant.engines.sdxl import prompts, refine
from vivant.engines.sdxl.studio import hushed
from vivant.errors import (
    CancelledError,
    EngineError,
    GeometryError,
    MissingModelError,
    RecipeError,
)
from vivant.generate import generate
from vivant.image import digest
from vivant.recipe import PREVIZ, KeyframePolicy

Array = npt.NDArray[Any]
Files = dict[str, dict[str, Array]]


@pytest.fixture(scope="module")
def files() -> Files:
    return tiny_sdxl.hyper_tensors(tiny_sdxl.published_modules())


@pytest.fixture(scope="module")
def variant(tmp_path_factory: pytest.TempPathFactory, files: Files) -> Path:
    return tiny_sdxl.save_variant(tmp_path_factory.mktemp("hyperlora") / "fidelity", files=files)


# -- layout ------------------------------------------------------------------------------------


def test_the_published_list_is_sdxls_structure() -> None:
    """70 transformer blocks with two attentions; 4 projections x (down, up) make 1,120 tokens."""
    modules = tiny_sdxl.published_modules((1, 2, 10), (320, 640, 1280), 2048)
    assert len(modules) == 140
    assert next(iter(modules.items())) == (
        "lora_unet_down_blocks_1_attentions_0_transformer_blocks_0_attn1",
        {"hidden_size": 640, "cross_attention_dim": None},
    )
    slots = layout.slots(tuple(layout.Attention(n, *e.values()) for n, e in modules.items()))  # type: ignore[arg-type]
    assert len(slots) == 1120
    assert [s.tensor for s in slots[:10]] == [
        "0.to_q.id_down_basis", "0.to_q.id_up_basis", "0.to_k.id_down_basis", "0.to_k.id_up_basis",
        "0.to_v.id_down_basis", "0.to_v.id_up_basis", "0.to_out.id_down_basis",
        "0.to_out.id_up_basis", "1.to_q.id_down_basis", "1.to_q.id_up_basis",
    ]  # fmt: skip
    numbers = sum(math.prod(slot.shape(128, 8)) for slot in slots)
    assert round(2 * numbers / 1e9, 1) == 3.0, "the published file has 3 GB in float16"
    assert round(2 * numbers / 128 / 1e6) == 23, "and a person's LoRA 23 MB"
    crossing = {s.tensor: s.shape(128, 8) for s in slots if s.number == 1}
    assert crossing["1.to_k.id_down_basis"] == (128, 2048, 8)
    assert crossing["1.to_v.id_up_basis"] == (128, 8, 640)
    assert crossing["1.to_q.id_down_basis"] == (128, 640, 8)
    assert crossing["1.to_out.id_down_basis"] == (128, 640, 8)


@pytest.mark.parametrize(
    ("stem", "tensor"),
    [
        ("hyper_lora_modules", "3.to_v.id_up_basis"),
        ("id_projector", "0.bias"),
        ("resampler", "layers.1.attn2.to_out.0.weight"),
        ("resampler", "latents"),
    ],
)
@pytest.mark.parametrize("harm", ["missing", "wider", "NaN"])
def test_a_tensor_that_is_not_as_published_is_named(
    tmp_path: Path, files: Files, stem: str, tensor: str, harm: str
) -> None:
    tensors = dict(files[stem])
    if harm == "missing":
        del tensors[tensor]
    elif harm == "wider":
        pad = [(0, 0)] * (tensors[tensor].ndim - 1) + [(0, 1)]
        tensors[tensor] = np.pad(tensors[tensor], pad)
    else:
        tensors[tensor] = np.full_like(tensors[tensor], np.nan)
    folder = tiny_sdxl.save_variant(tmp_path, files={**files, stem: tensors})
    # A wider latents makes every other tensor look wrong, so the first of those is named.
    named = "proj_in" if (tensor, harm) == ("latents", "wider") else tensor
    with pytest.raises(MissingModelError, match=named) as refused:
        Hypernetwork(folder).lora(torch.ones(1, 512), torch.ones(1, 5, 32))
    assert "vivant models pull hyperlora" in str(refused.value)


def test_unknown_tensors_are_another_layout(tmp_path: Path, files: Files) -> None:
    more = {**files["resampler"], "layers.0.attn1.to_q.bias": np.zeros(128, np.float32)}
    with pytest.raises(MissingModelError, match=r"layers\.0\.attn1\.to_q\.bias belongs to no"):
        Hypernetwork(tiny_sdxl.save_variant(tmp_path, files={**files, "resampler": more}))


def test_a_list_that_does_not_fit_the_latents_is_refused(tmp_path: Path, files: Files) -> None:
    fewer = dict(list(tiny_sdxl.published_modules().items())[:-1])
    with pytest.raises(MissingModelError, match=r"latents has 176 tokens; 21 modules take 168"):
        Hypernetwork(tiny_sdxl.save_variant(tmp_path, fewer, files))


@pytest.mark.parametrize("file", [layout.MODULES, layout.BASES, layout.PROJECTOR, layout.RESAMPLER])
@pytest.mark.parametrize("harm", ["absent", "cut"])
def test_a_file_that_is_absent_or_cut_is_named(
    tmp_path: Path, files: Files, file: str, harm: str
) -> None:
    path = tiny_sdxl.save_variant(tmp_path, files=files) / file
    if harm == "absent":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(MissingModelError, match=file.replace(".", r"\.")):
        Hypernetwork(tmp_path)


@pytest.mark.parametrize(
    "entry", [[], {"hidden_size": 8}, {"hidden_size": "8", "cross_attention_dim": None}]
)
def test_an_entry_of_the_list_that_is_no_module_is_named(
    tmp_path: Path, files: Files, entry: Any
) -> None:
    with pytest.raises(MissingModelError, match="lora_unet_odd"):
        layout.attentions(tiny_sdxl.save_variant(tmp_path, {"lora_unet_odd": entry}, files))


# -- network -----------------------------------------------------------------------------------


def test_the_network_is_the_layouts_arithmetic(variant: Path, files: Files) -> None:
    """Against float64 einsums written from the layout alone, loop by loop."""
    random = np.random.default_rng(5)
    faces = random.standard_normal((2, 512))
    faces /= np.linalg.norm(faces, axis=1, keepdims=True)
    states = random.standard_normal((2, 5, 32))
    got = Hypernetwork(variant).lora(torch.tensor(faces), torch.tensor(states))
    wanted = by_einsum(files, tiny_sdxl.published_modules(), faces, states, rank=2)
    assert got.keys() == wanted.keys()
    assert len(got) == 22 * 4 * 3
    for name, value in wanted.items():
        assert np.allclose(got[name].numpy(), value, rtol=2e-3, atol=2e-3), name


def test_the_lora_has_lora_files_shapes(variant: Path) -> None:
    made = Hypernetwork(variant).lora(torch.ones(1, 512), torch.ones(1, 5, 32))
    name = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2"
    assert made[f"{name}_to_k.lora_down.weight"].shape == (2, 32)
    assert made[f"{name}_to_k.lora_up.weight"].shape == (64, 2)
    assert made[f"{name}_to_out_0.lora_down.weight"].shape == (2, 64)
    assert made[f"{name}_to_out_0.alpha"] == 4.0
    assert made[f"{name}_to_out_0.lora_up.weight"].dtype == torch.float16


def test_one_photo_twice_is_one_photo(variant: Path) -> None:
    network = Hypernetwork(variant)
    face, states = torch.randn(1, 512), torch.randn(1, 5, 32)
    once = network.lora(face, states)
    twice = network.lora(face.repeat(2, 1), states.repeat(2, 1, 1))
    assert all(torch.allclose(once[name], twice[name], atol=2e-3) for name in once)


def by_einsum(
    files: Files,
    modules: Mapping[str, Any],
    faces: Array,
    states: Array,
    rank: int,
) -> dict[str, Array]:
    bank, projector, w = (
        {name: value.astype(np.float64) for name, value in files[stem].items()}
        for stem in ("hyper_lora_modules", "id_projector", "resampler")
    )

    def norm(x: Array, scale: Array, shift: Array) -> Array:
        middle = x - x.mean(-1, keepdims=True)
        normed: Array = middle / np.sqrt((middle**2).mean(-1, keepdims=True) + 1e-5)
        return normed * scale + shift

    def attention(asking: Array, shown: Array, at: str) -> Array:
        q = np.einsum("td,od->to", asking, w[f"{at}.to_q.weight"])
        k = np.einsum("td,od->to", shown, w[f"{at}.to_k.weight"])
        v = np.einsum("td,od->to", shown, w[f"{at}.to_v.weight"])
        heads = []
        for start in range(0, q.shape[1], 64):
            one = slice(start, start + 64)
            score = np.einsum("th,sh->ts", q[:, one], k[:, one]) / 8.0
            share = np.exp(score - score.max(1, keepdims=True))
            heads.append((share / share.sum(1, keepdims=True)) @ v[:, one])
        return np.concatenate(heads, 1) @ w[f"{at}.to_out.0.weight"].T

    def tokens(face: Array, clip: Array) -> Array:
        x = (projector["0.weight"] @ face + projector["0.bias"]).reshape(-1, 32)
        x = norm(x, projector["2.weight"], projector["2.bias"])
        x = x @ w["proj_in.weight"].T + w["proj_in.bias"]
        y = clip @ w["proj_in_2.weight"].T + w["proj_in_2.bias"]
        z = w["latents"][0]
        for at in ("layers.0", "layers.1"):

            def normed(value: Array, name: str, at: str = at) -> Array:
                return norm(value, w[f"{at}.norm_{name}.weight"], w[f"{at}.norm_{name}.bias"])

            z = z + attention(normed(z, "attn1"), normed(z, "attn1"), f"{at}.attn1")
            z = z + attention(normed(z, "attn2_l"), normed(x, "attn2_x"), f"{at}.attn2")
            z = z + attention(normed(z, "attn3_l"), normed(y, "attn3_y"), f"{at}.attn3")
            inner = normed(z, "ff") @ w[f"{at}.ff.net.0.proj.weight"].T
            inner += w[f"{at}.ff.net.0.proj.bias"]
            inner *= (1 + erf(inner / np.sqrt(2))) / 2
            z = z + inner @ w[f"{at}.ff.net.2.weight"].T + w[f"{at}.ff.net.2.bias"]
        out: Array = z @ w["proj_out.weight"].T + w["proj_out.bias"]
        return out

    mean = np.mean([tokens(*pair) for pair in zip(faces, states, strict=True)], 0)
    unit = mean / np.sqrt((mean**2).sum(1, keepdims=True))
    lora: dict[str, Array] = {}
    token = iter(unit)
    for number, name in enumerate(modules):
        for part, called in (("q", "q"), ("k", "k"), ("v", "v"), ("out", "out_0")):
            base = f"{number}.to_{part}.id"
            down = np.einsum("k,kir->ri", next(token), bank[f"{base}_down_basis"])
            up = np.einsum("k,kro->or", next(token), bank[f"{base}_up_basis"])
            assert down.shape[0] == up.shape[1] == rank
            lora[f"{name}_to_{called}.lora_down.weight"] = down
            lora[f"{name}_to_{called}.lora_up.weight"] = up
            lora[f"{name}_to_{called}.alpha"] = np.array(4.0)
    return lora


# -- pictures ----------------------------------------------------------------------------------

SIZE = types.Size(64, 64)
SMALL: dict[str, Any] = {"steps": 2, "refine": False, "refine_side": 64}
FOLDERS = {
    "realvisxl-v4": tiny_sdxl.save_pipeline,
    "hyperlora": tiny_sdxl.save_hyperlora,
    "antelopev2": tiny_sdxl.save_antelope,
    "clip-vit-large-patch14": tiny_sdxl.save_clip,
}


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder with the tiny models adopted, and the real face mesh."""
    home = tmp_path_factory.mktemp("home")
    tiny_sdxl.link_face_mesh(home)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVANT_HOME", str(home))
        for name, save in FOLDERS.items():
            weights.adopt(name, save(home / name))
    return home


@pytest.fixture
def home(stock: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """That folder, with nobody's identity in it."""
    monkeypatch.setenv("VIVANT_HOME", str(stock))
    yield stock
    shutil.rmtree(stock / "models" / "identities", ignore_errors=True)


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module")
def engine(stock: Path) -> Iterator[HyperLoraPainter]:
    """One engine for the tests that only paint: its models are loaded once."""
    del stock
    made = painter(SMALL)
    yield made
    made.release()


@pytest.fixture(scope="module")
def pipe(stock: Path) -> Any:
    """The tiny checkpoint as anybody loads it, with the published sampler."""
    made = tiny_sdxl.read_pipeline(stock / "realvisxl-v4")
    # As peft leaves it: torch multiplies by weights that could learn in another order.
    made.unet.requires_grad_(False)
    with hushed():
        made.scheduler = need("diffusers", "gpu").DPMSolverMultistepScheduler.from_config(
            made.scheduler.config, algorithm_type="dpmsolver++", use_karras_sigmas=True
        )
    return made


@pytest.fixture(scope="module")
def who() -> types.Reference:
    return someone()


def someone(mirrored: bool = False) -> types.Reference:
    image = np.asarray(need("skimage.data", "demo").astronaut(), np.uint8)
    box = types.Box(178, 70, 274, 192)
    if mirrored:
        image, box = image[:, ::-1], types.Box(512 - 274, 70, 512 - 178, 192)
    image = np.ascontiguousarray(image)
    face = types.Face(box, np.zeros((0, 2), np.float32), None, 1.0)
    return types.Reference(image, face, digest(image))


def paint(engine: HyperLoraPainter, who: types.Reference, **more: Any) -> types.Painting:
    given = {"text": "a woman, close-up", "size": SIZE, "seed": 7, "watch": Watcher(), **more}
    return engine.paint(
        types.SpatialPrompt(given["text"]), (who,), given["size"], given["seed"], given["watch"]
    )


def plain(pipe: Any, text: str = "fcsks fxhks fhyks, a woman, close-up.") -> types.Image:
    prompt = prompts.encode(pipe, text, Settings().negative)
    with hushed():
        made = pipe(
            **prompt.arguments, width=64, height=64, num_inference_steps=2, guidance_scale=5.0,
            generator=torch.Generator().manual_seed(7),
        )  # fmt: skip
    return np.asarray(made.images[0], np.uint8)


def test_the_defaults_are_the_published_settings() -> None:
    """From the paper's repository and the checkpoint's card."""
    published = Settings()
    assert (published.model, published.variant, published.weight) == (
        "realvisxl-v4",
        "fidelity",
        0.85,
    )
    assert (published.steps, published.guidance, published.sampler) == (20, 5.0, "dpm++ 2m karras")
    assert published.refine
    assert painter({}).steps == 20 + 10


@pytest.mark.models
def test_at_weight_nought_it_is_the_plain_checkpoint(
    home: Path, pipe: Any, who: types.Reference
) -> None:
    del home
    assert np.array_equal(paint(painter({**SMALL, "weight": 0.0}), who).image, plain(pipe))


@pytest.mark.models
def test_it_is_the_plain_diffusers_call_with_the_persons_lora(
    home: Path, pipe: Any, engine: HyperLoraPainter, who: types.Reference
) -> None:
    got = paint(engine, who)
    (kept,) = (home / "models" / "identities").iterdir()
    pipe.load_lora_weights(load_file(kept), adapter_name="me")
    pipe.set_adapters(["me"], [0.85])
    try:
        assert np.array_equal(got.image, plain(pipe))
    finally:
        pipe.unload_lora_weights()
    assert (got.image != plain(pipe)).any()


@pytest.mark.models
def test_a_face_anew_is_diffusers_own_inpainting_in_the_persons_lora(
    home: Path, pipe: Any, engine: HyperLoraPainter, who: types.Reference
) -> None:
    """In a picture whose sides no canvas has; stopped on the way, it can begin anew."""
    engine.release()  # and so the person is read, and kept, anew
    frame = pictures.resize(who.image, types.Size(301, 301))[:270]
    words = types.SpatialPrompt("a woman, close-up")
    with pytest.raises(CancelledError):
        engine.reanchor(frame, words, (who,), 5, Watcher(stop=3))
    watch = Watcher()
    got = engine.reanchor(frame, words, (who,), 5, watch)
    assert got is not None
    assert watch.steps == 10
    assert got.used["trigger"] == "fcsks fxhks fhyks, "
    (face,) = (found.box for found in FaceMesh().find(frame))
    (kept,) = (home / "models" / "identities").iterdir()
    pipe.load_lora_weights(load_file(kept), adapter_name="me")
    pipe.set_adapters(["me"], [0.85])
    prompt = prompts.encode(pipe, "fcsks fxhks fhyks, a woman, close-up.", Settings().negative)
    inpaint = need("diffusers", "gpu").StableDiffusionXLInpaintPipeline.from_pipe(pipe)
    try:
        with hushed():
            wanted = inpaint(
                **prompt.arguments, image=PIL.Image.fromarray(frame),
                mask_image=refine.mask(frame, face), width=64, height=64, strength=0.5,
                padding_mask_crop=round(0.6 * max(face.width, face.height)),
                num_inference_steps=20, guidance_scale=5.0,
                generator=torch.Generator().manual_seed(5),
            ).images[0]  # fmt: skip
    finally:
        pipe.unload_lora_weights()
    assert np.array_equal(got.image, np.asarray(wanted))


def test_it_takes_one_person(nowhere: Path, who: types.Reference) -> None:
    del nowhere
    made = painter(SMALL)
    assert made.people == 1
    words = types.SpatialPrompt("two friends")
    with pytest.raises(EngineError, match="2 people; this painter takes 1 to 1"):
        made.paint(words, (who, who), SIZE, 1, Watcher())
    with pytest.raises(EngineError, match="2 people"):
        made.reanchor(who.image, words, (who, who), 1, Watcher())


@pytest.mark.models
def test_the_identity_is_what_the_eyes_saw(
    home: Path, engine: HyperLoraPainter, who: types.Reference
) -> None:
    """The kept LoRA against the network on embeddings computed here, from the crops."""
    engine.release()
    paint(engine, who)
    (kept,) = (home / "models" / "identities").iterdir()
    mesh = FaceMesh().fit(who.image, who.face.box)
    assert mesh is not None
    seen = views(who.image, mesh)
    networks = Networks("antelopev2")
    (face,) = networks.find(seen.arcface)
    embedding = networks.embedding(seen.arcface, face.landmarks)
    clip = need("transformers", "gpu").CLIPModel.from_pretrained(home / "clip-vit-large-patch14")
    small = np.asarray(
        PIL.Image.fromarray(seen.clip).resize((28, 28), PIL.Image.Resampling.BICUBIC)
    )
    mean, spread = (
        np.array([0.48145466, 0.4578275, 0.40821073]),
        np.array([0.26862954, 0.26130258, 0.27577711]),
    )
    pixels = torch.tensor((small / 255 - mean) / spread, dtype=torch.float32).permute(2, 0, 1)
    with torch.no_grad():
        states = clip.vision_model(pixels[None], output_hidden_states=True).hidden_states[-2]
    folder = home / "hyperlora" / "sdxl_hyper_id_lora_v1_fidelity"
    wanted = Hypernetwork(folder).lora(torch.tensor(embedding)[None], states)
    held = load_file(kept)
    assert held.keys() == wanted.keys()
    assert all(torch.allclose(held[name], wanted[name], atol=2e-3) for name in held)


@pytest.mark.models
def test_same_seed_same_bytes_and_people_take_turns(
    home: Path, engine: HyperLoraPainter, who: types.Reference
) -> None:
    del home
    one, other = paint(engine, who).image, paint(engine, someone(mirrored=True)).image
    assert (one != other).any()
    assert np.array_equal(paint(engine, who).image, one)
    assert (paint(engine, who, seed=8).image != one).any()


@pytest.mark.models
def test_the_variants_write_different_loras(home: Path, who: types.Reference) -> None:
    del home
    one, other = (Reader(variant).read(who).record["sha256"] for variant in ("fidelity", "edit"))
    assert one != other


@pytest.mark.models
def test_a_known_person_needs_no_hypernetwork(
    stock: Path, nowhere: Path, who: types.Reference
) -> None:
    own_home(stock, nowhere)
    first = paint(painter(SMALL), who)
    assert first.used["identity"]["how"] == "made"
    for name in ("hyperlora", "antelopev2", "clip-vit-large-patch14"):
        shutil.rmtree(nowhere / name)
    second = paint(painter(SMALL), who)
    assert second.used["identity"]["how"] == "kept"
    assert second.used["identity"]["sha256"] == first.used["identity"]["sha256"]
    assert np.array_equal(second.image, first.image)
    with pytest.raises(MissingModelError, match="hyperlora"):
        paint(painter(SMALL), someone(mirrored=True))


def own_home(stock: Path, home: Path) -> None:
    """A home of its own, to be spoiled."""
    shutil.copytree(stock / "models", home / "models", symlinks=True, dirs_exist_ok=True)
    for name in FOLDERS:
        shutil.copytree(stock / name, home / name)
        weights.adopt(name, home / name)


@pytest.mark.models
@pytest.mark.parametrize("harm", ["flipped", "cut", "of another"])
def test_a_damaged_identity_is_made_again_and_says_so(
    home: Path, who: types.Reference, harm: str
) -> None:
    reader = Reader("fidelity")
    wanted = reader.read(who)
    (kept,) = (home / "models" / "identities").iterdir()
    data = kept.read_bytes()
    if harm == "flipped":
        kept.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    elif harm == "cut":
        kept.write_bytes(data[:1000])
    else:
        save_file({"a": torch.ones(1)}, kept)
    again = reader.read(who)
    assert again.how == "made again: the kept one was damaged"
    assert again.record["sha256"] == wanted.record["sha256"]
    assert reader.read(who).how == "kept"


@pytest.mark.models
def test_who_must_not_be_kept_is_not(home: Path, who: types.Reference) -> None:
    reader = Reader("fidelity", keep=False)
    assert [reader.read(who).how for _ in range(2)] == ["made, not to be kept"] * 2
    assert not (home / "models" / "identities").exists()
    assert painter({"keep": False}).settings.keep is False


def test_a_folder_that_cannot_be_written_costs_time_only(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not identity.write(tmp_path / "file" / "me.safetensors", {"a": torch.ones(1)})


def test_every_ingredient_names_another_identity(who: types.Reference) -> None:
    moved = types.Face(types.Box(0, 0, 9, 9), who.face.landmarks, None, 1.0)
    keys = {
        identity.key(who, "fidelity", "1"),
        identity.key(who, "edit", "1"),
        identity.key(who, "fidelity", "2"),
        identity.key(types.Reference(who.image, moved, who.digest), "fidelity", "1"),
        identity.key(types.Reference(who.image, who.face, "0"), "fidelity", "1"),
    }
    assert len(keys) == 5


@pytest.mark.models
def test_the_record_says_what_was_used(
    home: Path, engine: HyperLoraPainter, who: types.Reference
) -> None:
    del home
    used = dict(paint(engine, who).used)
    assert json.loads(json.dumps(used)) == used
    assert used["trigger"] == "fcsks fxhks fhyks, "
    assert (used["identity"]["variant"], used["identity"]["weight"]) == ("fidelity", 0.85)
    assert used["scheduler"] == "DPMSolverMultistepScheduler"
    assert used["canvas"] == [64, 64]
    assert used["home"]["device"] in ("cpu", "cuda")


@pytest.mark.models
def test_cancelling_leaves_nothing_half_held(
    home: Path, engine: HyperLoraPainter, who: types.Reference
) -> None:
    del home
    whole = Watcher()
    wanted = paint(engine, who, watch=whole).image
    assert whole.steps == engine.steps == 2
    with pytest.raises(CancelledError):
        paint(engine, who, watch=Watcher(stop=1))
    assert np.array_equal(paint(engine, who).image, wanted)


@pytest.mark.models
def test_the_whole_way_paints_with_it(home: Path, who: types.Reference) -> None:
    """Random weights paint no face; this eye takes anything green for one."""
    del home
    portrait = who.image[20:276, 98:354].copy()
    portrait[:8, :8] = (0, 255, 0)
    recipe = replace(
        PREVIZ, size=SIZE, frames=4, fps=4, keyframe=KeyframePolicy(attempts=2, good_enough=0.0)
    )
    watch = Watcher()
    by = Engines(HalfWriter(), painter(SMALL), SquareAnimator(), SquareEye(same_person=1.0))
    take = generate(types.Request(portrait, "beach waves", recipe, seed=3), by, watch)
    assert take.keyframe.painter == "hyperlora fidelity (realvisxl-v4)"
    assert take.keyframe.used["prompt"] == "fcsks fxhks fhyks, beach."
    assert take.film.frames.shape == (4, 64, 64, 3)
    assert "keyframe 4" in watch.said


def test_it_says_who_it_is() -> None:
    made = of_table("painter", "hyperlora", {"variant": "edit"})
    assert isinstance(made, HyperLoraPainter)
    assert made.info.name == "hyperlora edit (realvisxl-v4)"
    gpu = [way.gpu for way in made.info.footprints]
    assert gpu == sorted(gpu, reverse=True)


# -- refusals ----------------------------------------------------------------------------------


def test_all_published_layers_are_reached(pipe: Any) -> None:
    """SDXL's true structure with narrow channels: 140 modules, 560 layers."""
    blocks = (1, 2, 10)
    whole = type(pipe)(**{**pipe.components, "unet": tiny_sdxl.unet(blocks)})
    made = {}
    for slot in layout.slots(tuple(
        layout.Attention(name, *entry.values())  # type: ignore[arg-type]
        for name, entry in tiny_sdxl.published_modules(blocks).items()
    )):  # fmt: skip
        _, *shape = slot.shape(1, 8)
        made[slot.lora] = torch.zeros(shape).T.half()
        made[f"{slot.layer}.alpha"] = torch.tensor(4.0)
    person = identity.Identity("0" * 64, made, "made")
    check_fit(whole.unet, person, "realvisxl-v4")
    whole.load_lora_weights(dict(made), adapter_name="me")
    layers = [m for m in whole.unet.modules() if "me" in getattr(m, "lora_A", {})]
    assert len(layers) == 560
    assert {layer.scaling["me"] for layer in layers} == {4.0 / 8}


def test_a_lora_of_another_model_is_refused(pipe: Any) -> None:
    name = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q"
    made = {
        f"{name}.lora_down.weight": torch.zeros(2, 48),
        f"{name}.lora_up.weight": torch.zeros(64, 2),
        f"{name}.alpha": torch.tensor(4.0),
    }
    with pytest.raises(EngineError, match=rf"{name} from 48 to 64; .*realvisxl-v4 has \(64, 64\)"):
        check_fit(pipe.unet, identity.Identity("0", made, "made"), "realvisxl-v4")


@pytest.mark.parametrize(
    ("size", "why"),
    [((836, 480), "does not divide by 8"), ((1920, 1080), "more than 1,572,864")],
)
def test_a_size_is_refused_before_any_weight(
    nowhere: Path, who: types.Reference, size: tuple[int, int], why: str
) -> None:
    del nowhere
    with pytest.raises(GeometryError, match=why):
        paint(painter({}), who, size=types.Size(*size))


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("variant", "portrait", "one of fidelity, edit"),
        ("weight", 2.0, "weight is 2"),
        ("steps", 0, "steps is 0"),
        ("scale", 0.7, "no setting 'scale'"),
    ],
)
def test_settings_out_of_range_are_refused(name: str, value: Any, why: str) -> None:
    with pytest.raises(RecipeError, match=why):
        painter({name: value})


def test_models_that_are_absent_are_named(nowhere: Path, who: types.Reference) -> None:
    del nowhere
    with pytest.raises(MissingModelError, match="vivant models pull hyperlora"):
        paint(painter(SMALL), who)


def test_the_licence_forbids_commercial_use() -> None:
    models = {model.name: model for model in painter({}).info.models}
    assert models["hyperlora"].licence == "CC-BY-NC-4.0"
    assert not models["hyperlora"].commercial
    assert not models["antelopev2"].commercial
    assert models["realvisxl-v4"].commercial


# -- the photo ---------------------------------------------------------------------------------


@pytest.mark.models
def test_the_views_are_squares_round_the_face(who: types.Reference) -> None:
    mesh = FaceMesh().fit(who.image, who.face.box)
    assert mesh is not None
    seen = views(who.image, mesh)
    brows_to_chin = np.ptp(mesh.points[[105, 334, 152], 1])
    ear_to_ear = np.ptp(mesh.points[[234, 454], 0])
    side = 1.5 * max(brows_to_chin, ear_to_ear)
    assert len(seen.clip) == pytest.approx(side, abs=2)
    assert len(seen.arcface) == pytest.approx(2 * side, abs=2)
    corners = seen.clip[[0, 0, -1, -1], [0, -1, 0, -1]]
    assert (corners == 0x7F).all()
    # The middle of the face is the photo's own; ArcFace's view is the photo's everywhere.
    x, y = mesh.points[1, :2].round().astype(int)
    nose = np.argwhere((seen.clip == who.image[y, x]).all(-1))
    assert len(nose)
    assert seen.arcface[137, 137] in who.image


@given(
    x=st.integers(-40, 80), y=st.integers(-40, 80), half=st.integers(1, 40), seed=st.integers(0, 9)
)
def test_a_square_is_the_photo_and_grey_beyond(x: int, y: int, half: int, seed: int) -> None:
    image = np.random.default_rng(seed).integers(0, 256, (30, 40, 3), np.uint8)
    got = square(image, x, y, half)
    wide = np.pad(image, ((200, 200), (200, 200), (0, 0)), constant_values=0x7F)
    wanted = wide[200 + y - half : 200 + y + half, 200 + x - half : 200 + x + half]
    assert np.array_equal(got, wanted)
