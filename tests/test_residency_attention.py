"""Attention backends: for one model while it lives, never for the process."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch

from tests import tiny_sdxl, tiny_wan
from vivant.engines.extras import need
from vivant.engines.residency import generator
from vivant.engines.residency.attention import backends, use_backend
from vivant.errors import RecipeError

Registry = need("diffusers.models.attention_dispatch", "gpu")._AttentionBackendRegistry


@pytest.fixture
def model() -> Any:
    return tiny_wan.transformer(36, 16, 4, num_layers=3).eval()


@pytest.fixture(autouse=True)
def default() -> Iterator[None]:
    """diffusers' process-wide backend is the same after every test, whatever it does."""
    before = Registry.get_active_backend()[0]
    yield
    assert Registry.get_active_backend()[0] is before


def forward(model: Any) -> Any:
    chance = generator(0)
    latents = torch.randn(1, 36, 2, 4, 4, generator=chance)
    words = torch.randn(1, 5, 32, generator=chance)
    with torch.no_grad():
        return model(latents, torch.tensor([500.0]), words).sample


def chosen(model: Any) -> set[Any]:
    return {
        module.processor._attention_backend
        for module in model.modules()
        if hasattr(module, "processor")
    }


def test_backends_are_those_that_run_here_without_the_network() -> None:
    assert backends("cpu") == ("_native_flash", "_native_math", "native")
    assert set(backends("cpu")) < set(backends("cuda"))
    assert not any(name.endswith("_hub") for name in backends("cuda"))


@pytest.mark.parametrize("name", backends("cpu"))
def test_a_backend_is_that_of_one_model_and_computes_the_same(model: Any, name: str) -> None:
    usual = forward(model)
    use_backend(model, name, "cpu")
    assert {each.value for each in chosen(model)} == {name}
    assert torch.allclose(forward(model), usual, atol=1e-5)


@pytest.mark.parametrize("name", ["sage", "flash_hub", "_native_cudnn", "no-such"])
def test_a_backend_that_cant_be_had_is_refused_with_those_that_can(model: Any, name: str) -> None:
    with pytest.raises(RecipeError, match=f"'{name}'.*_native_flash, _native_math, native"):
        use_backend(model, name, "cpu")
    assert chosen(model) == {None}


def test_a_model_whose_attention_cant_be_switched_is_refused() -> None:
    with pytest.raises(RecipeError, match="UNet2DConditionModel can't be switched"):
        use_backend(tiny_sdxl.unet(), "native", "cpu")
