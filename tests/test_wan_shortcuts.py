"""The shortcuts of the animator wan change no bit: collapsed timesteps, the lean autoencoder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import diffusers as library
import pytest
import torch

from tests import tiny_wan
from vivant.engines import acceleration
from vivant.engines.wan import lean, timestep
from vivant.engines.wan.decode import decode
from vivant.errors import EngineError

diffusers: Any = library


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("shape", [(2, 16, 16), (5, 20, 12), (3, 44, 26)])
@pytest.mark.parametrize("time", [999.0, 1.0, 0.0])
def test_collapsed_timesteps_are_equal_to_the_bit(
    tmp_path: Path, dtype: torch.dtype, shape: tuple[int, int, int], time: float
) -> None:
    tiny_wan.transformer(48, 48, 4, num_attention_heads=4).save_pretrained(tmp_path)
    model = diffusers.WanTransformer3DModel.from_pretrained(tmp_path, dtype=dtype)
    chance = torch.Generator().manual_seed(0)
    frames, height, width = shape
    tokens = height * width // 4
    latents = torch.randn(1, 48, *shape, generator=chance).to(dtype)
    times = torch.full((1, frames * tokens), time)
    times[:, :tokens] = 0
    texts = [torch.randn(1, 512, 32, generator=chance).to(dtype) for _ in range(2)]

    def forward() -> list[torch.Tensor]:
        with torch.no_grad():
            return [model(latents, times, text, return_dict=False)[0] for text in texts]

    plain = forward()
    assert timestep.collapse(model) == "applied"
    collapsed = forward()
    timestep.restore(model)
    assert all(torch.equal(one, two) for one, two in zip(plain, collapsed, strict=True))
    assert all(torch.equal(one, two) for one, two in zip(plain, forward(), strict=True))


def test_collapsing_leaves_models_with_one_timestep_alone() -> None:
    model = tiny_wan.transformer(36, 16, 4).eval()
    latents, text = torch.randn(1, 36, 2, 8, 8), torch.randn(1, 512, 32)
    with torch.no_grad():
        plain = model(latents, torch.tensor([625]), text, return_dict=False)[0]
        timestep.collapse(model)
        assert torch.equal(plain, model(latents, torch.tensor([625]), text, return_dict=False)[0])


def _forwards(model: Any) -> list[torch.Tensor]:
    """Six steps of a film of three latent frames of 16 tokens."""
    chance = torch.Generator().manual_seed(0)
    latents = torch.randn(1, 48, 3, 8, 8, generator=chance)
    text = torch.randn(1, 512, 32, generator=chance)
    found = []
    for time in (999.0, 950.0, 900.0, 800.0, 700.0, 600.0):
        times = torch.full((1, 48), time)
        times[:, :16] = 0
        with torch.no_grad(), model.cache_context("cond"):
            found.append(model(latents, times, text, return_dict=False)[0])
    return found


@pytest.mark.parametrize(("name", "threshold"), [("first_block", 0.9), ("taylor", None)])
def test_collapsed_timesteps_and_step_caches_go_together(
    name: str, threshold: float | None
) -> None:
    model = tiny_wan.transformer(48, 48, 4).eval()

    def cached() -> tuple[list[torch.Tensor], int]:
        experts = {"transformer": acceleration.Expert(model, 6)}
        with acceleration.step_cache(experts, name, threshold) as cache:
            found = _forwards(model)
        return found, cache.hits

    plain, hits = cached()
    timestep.collapse(model)
    collapsed, same = cached()
    assert hits == same > 0
    assert all(torch.equal(one, two) for one, two in zip(plain, collapsed, strict=True))


def test_collapsed_timesteps_and_compiled_blocks_go_together() -> None:
    """Traced as one graph; the backend is the plain one, which rounds as uncompiled code does."""
    model = tiny_wan.transformer(48, 48, 4).eval()
    plain = _forwards(model)
    timestep.collapse(model)
    acceleration.compile_blocks(model, "eager")
    assert all(torch.equal(one, two) for one, two in zip(plain, _forwards(model), strict=True))


def test_collapsing_refuses_a_batch() -> None:
    model = tiny_wan.transformer(48, 48, 4).eval()
    timestep.collapse(model)
    with pytest.raises(EngineError, match="one film at a time"):
        model(torch.randn(2, 48, 2, 8, 8), torch.zeros(2, 32), torch.randn(2, 512, 32))


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("packed", [True, False])
def test_the_lean_autoencoder_is_equal_to_the_bit(packed: bool, dtype: torch.dtype) -> None:
    vae = tiny_wan.autoencoder(packed).eval()
    plain, vae = vae, diffusers.AutoencoderKLWan.from_config(vae.config).eval()
    vae.load_state_dict(plain.state_dict())
    for model in (plain, vae):
        for parameter in model.parameters():
            parameter.data = parameter.data.to(dtype)
    assert lean.slim(vae) == "applied"
    chance = torch.Generator().manual_seed(1)
    latents = torch.randn(1, vae.config.z_dim, 3, 3, 2, generator=chance).to(dtype)
    pixels = torch.rand(1, 3, 9, 32, 48, generator=chance).to(dtype) * 2 - 1
    with torch.no_grad():
        assert torch.equal(plain.decode(latents).sample, vae.decode(latents).sample)
        one, other = (each.encode(pixels).latent_dist.mode() for each in (plain, vae))
        assert torch.equal(one, other)
        for each in (plain, vae):
            each.enable_tiling(32, 32, 16, 16)  # beside it, what the height leaves over
        assert torch.equal(plain.decode(latents).sample, vae.decode(latents).sample)


def test_numbers_that_are_not_finite_are_no_film() -> None:
    latents = torch.full((1, 48, 2, 8, 8), torch.nan)
    with pytest.raises(EngineError, match="not finite"):
        decode(tiny_wan.autoencoder(packed=True), latents)
