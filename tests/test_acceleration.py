"""Faster ways through a denoiser: they leave no trace, and a cache that saves nothing is told."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from PIL import Image

from tests import tiny_sdxl, tiny_wan
from vivant.engines.acceleration import (
    CACHES,
    Expert,
    check_cache,
    compile_blocks,
    step_cache,
)
from vivant.engines.extras import need
from vivant.engines.residency import generator
from vivant.errors import CancelledError, EngineError, RecipeError


@pytest.fixture
def model() -> Any:
    return tiny_wan.transformer(36, 16, 4, num_layers=3).eval()


def forward(model: Any, timestep: float = 500.0, seed: int = 0, names: str = "cond") -> Any:
    chance = generator(seed)
    latents = torch.randn(1, 36, 2, 4, 4, generator=chance)
    words = torch.randn(1, 5, 32, generator=chance)
    with torch.no_grad(), model.cache_context(names):
        return model(latents, torch.tensor([timestep]), words).sample


def denoise(model: Any, steps: int, guided: bool = False) -> list[torch.Tensor]:
    made = []
    for step in range(steps):
        made.append(forward(model, 900.0 - step))
        if guided:
            forward(model, 900.0 - step, seed=1, names="uncond")
    return made


# -- Step caches -------------------------------------------------------------------------------

RATIOS = (1.0,) * 12
THRESHOLDS = {"first_block": 0.5, "mag": None, "taylor": None}


@pytest.mark.parametrize("name", sorted(CACHES))
def test_a_cache_saves_steps_counts_them_and_leaves_no_trace(model: Any, name: str) -> None:
    before, exact = model.state_dict(), denoise(model, 12)
    with step_cache({"transformer": Expert(model, 12, RATIOS)}, name, THRESHOLDS[name]) as cached:
        saved = denoise(model, 12)
    assert torch.equal(saved[0], exact[0]), "the first step is always whole"
    assert 0 < cached.hits < 12
    assert cached.hits == sum(
        not torch.equal(one, other) for one, other in zip(saved, exact, strict=True)
    ), "just the steps that were left out differ"
    assert all(map(torch.equal, denoise(model, 12), exact))
    assert not model.is_cache_enabled
    assert not model._forward_hooks and not model._forward_pre_hooks
    assert before.keys() == model.state_dict().keys()


def test_taylor_hits_as_its_schedule_says(model: Any) -> None:
    """Whole are the first three steps and then each fifth, from the fifth on."""
    with step_cache({"transformer": Expert(model, 12)}, "taylor") as cached:
        denoise(model, 12)
    assert cached.hits == len({3, 5, 6, 7, 8, 10, 11})


def test_the_record_tells_experts_and_both_passes_of_guidance_apart(model: Any) -> None:
    other = tiny_wan.transformer(36, 16, 5, num_layers=3).eval()
    experts = {"transformer": Expert(model, 2), "transformer_2": Expert(other, 6)}
    with step_cache(experts, "taylor") as cached:
        denoise(model, 2, guided=True)
        denoise(other, 6, guided=True)
    assert cached.record == {
        "name": "taylor",
        "threshold": None,
        "hits": 4,
        "experts": {
            "transformer": {"steps": 2, "forwards": 4, "hits": 0},
            "transformer_2": {"steps": 6, "forwards": 12, "hits": 4},
        },
    }


def test_a_whole_pipeline_with_two_experts() -> None:
    pipe = tiny_wan.i2v_a14b()
    pipe.set_progress_bar_config(disable=True)
    image = Image.fromarray(tiny_wan.noise(32, 32))

    def film() -> Any:
        return pipe(
            image, prompt="a", height=32, width=32, num_frames=5, num_inference_steps=8,
            generator=generator(3), output_type="np",
        ).frames  # fmt: skip

    exact = film()
    experts = {name: Expert(getattr(pipe, name), 8) for name in ("transformer", "transformer_2")}
    with step_cache(experts, "first_block", 0.9) as cached:
        film()
    assert sum(tally.forwards for tally in cached.experts.values()) == 16
    assert cached.hits > 0
    assert (film() == exact).all()


def test_a_cache_that_never_hits_is_an_error(model: Any) -> None:
    with (
        pytest.raises(EngineError, match="never hit in 3 passes: it only cost time") as caught,
        step_cache({"transformer": Expert(model, 3)}, "first_block", 1e-9),
    ):
        denoise(model, 3)
    assert caught.value.mend == "Raise its threshold, or turn it off."
    assert not model.is_cache_enabled


@pytest.mark.parametrize("error", [CancelledError("stop"), ValueError("a bug of ours")])
@pytest.mark.parametrize("name", sorted(CACHES))
def test_a_run_that_breaks_off_leaves_no_trace(model: Any, name: str, error: Exception) -> None:
    exact = denoise(model, 5)
    experts = {"transformer": Expert(model, 12, RATIOS)}
    with pytest.raises(type(error)), step_cache(experts, name):
        denoise(model, 4)
        raise error
    assert all(map(torch.equal, denoise(model, 5), exact))
    with step_cache(experts, name, THRESHOLDS[name]) as cached:
        denoise(model, 12)
    assert cached.hits


def test_none_changes_nothing(model: Any) -> None:
    exact = denoise(model, 2)
    with step_cache({"transformer": Expert(model, 2)}, "none") as cached:
        assert all(map(torch.equal, denoise(model, 2), exact))
    assert cached.record == {"name": "none", "threshold": None, "hits": 0, "experts": {}}


@pytest.mark.parametrize(
    ("name", "threshold", "said"),
    [
        ("tea", None, "there are: none, first_block, mag, taylor"),
        ("first_block", 0.0, "between 0 and 1"),
        ("first_block", 1.0, "between 0 and 1"),
        ("mag", float("nan"), "between 0 and 1"),
        ("taylor", 0.5, "has no threshold"),
        ("none", 0.5, "no step cache is chosen"),
    ],
)
def test_illegal_settings_are_refused(name: str, threshold: float | None, said: str) -> None:
    with pytest.raises(RecipeError, match=said):
        check_cache(name, threshold)


def test_what_cant_work_is_refused_before_the_run(model: Any) -> None:
    def refused(name: str, expert: Expert, said: str) -> None:
        with pytest.raises(RecipeError, match=said), step_cache({"transformer": expert}, name):
            pytest.fail("the run began")

    refused("taylor", Expert(model, 3), "can't hit in 3 steps; it needs at least 4")
    refused("first_block", Expert(model, 1), "can't hit in 1 steps")
    refused("mag", Expert(model, 12), "needs measured ratios for WanTransformer3DModel")
    refused("first_block", Expert(tiny_sdxl.unet(), 12), "UNet2DConditionModel has no step caches")
    assert not model.is_cache_enabled


def test_a_cache_that_comes_on_by_halves_goes_off_whole(model: Any) -> None:
    kind = type(model.blocks[0])
    exact = denoise(model, 3)
    model.blocks[1].__class__ = type("Odd", (kind,), {})
    with (
        pytest.raises(RecipeError, match=r"can't work on WanTransformer3DModel: .*Odd"),
        step_cache({"transformer": Expert(model, 12)}, "first_block"),
    ):
        pytest.fail("the run began")
    assert all(map(torch.equal, denoise(model, 3), exact))


def test_a_model_with_sound_is_refused_where_only_the_picture_would_be_kept() -> None:
    torch.manual_seed(0)
    ltx = need("diffusers", "gpu").LTX2VideoTransformer3DModel(
        in_channels=4, out_channels=4, num_attention_heads=2, attention_head_dim=8,
        cross_attention_dim=16, audio_in_channels=4, audio_out_channels=4,
        audio_num_attention_heads=2, audio_attention_head_dim=4, audio_cross_attention_dim=8,
        num_layers=2, caption_channels=16,
    ).eval()  # fmt: skip
    for name, said in (("taylor", "proj_out, audio_proj_out"), ("first_block", "can't work on")):
        with pytest.raises(RecipeError, match=said), step_cache({"t": Expert(ltx, 12)}, name):
            pytest.fail("the run began")
        assert not ltx.is_cache_enabled


# -- Compiling ---------------------------------------------------------------------------------


def test_compiled_blocks_compute_the_same_and_take_no_cache(model: Any) -> None:
    usual = forward(model)
    compile_blocks(model, backend="eager")
    assert torch.allclose(forward(model), usual, atol=1e-6)
    with (
        pytest.raises(RecipeError, match="exclude each other"),
        step_cache({"transformer": Expert(model, 12)}, "first_block"),
    ):
        pytest.fail("the run began")


def test_a_model_without_repeated_blocks_cant_be_compiled() -> None:
    with pytest.raises(RecipeError, match="AutoencoderKLWan has no repeated blocks"):
        compile_blocks(tiny_wan.autoencoder(packed=False))
