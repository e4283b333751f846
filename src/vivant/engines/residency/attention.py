"""Attention backends: which there are on a device, and one for one model; equal to rounding."""

from __future__ import annotations

from typing import Any

from vivant.engines.extras import need
from vivant.engines.residency.loading import quiet
from vivant.errors import RecipeError

DISPATCH = "diffusers.models.attention_dispatch"
ON_CPU = ("native", "_native_flash", "_native_math")
"""The attention backends that have kernels for the CPU."""


def backends(device: str) -> tuple[str, ...]:
    """The attention backends that are installed and run on ``device``, a ``Home``'s.

    Backends of the hub are none of them: they download code while they generate.
    """
    dispatch = need(DISPATCH, "gpu")
    found = []
    for backend in dispatch.AttentionBackendName:
        if backend.value.endswith("_hub") or (device == "cpu" and backend.value not in ON_CPU):
            continue
        try:
            dispatch._check_attention_backend_requirements(backend)
        except RuntimeError:
            continue
        found.append(backend.value)
    return tuple(sorted(found))


def check_backend(name: str, device: str) -> None:
    """Raise RecipeError for an attention backend that can't be had here."""
    if name not in backends(device):
        raise RecipeError(
            f"The setting attention is {name!r}; on this machine's {device} it must be auto or one"
            f" of: {', '.join(backends(device))}."
        )


def use_backend(model: Any, name: str, device: str) -> None:
    """Let a denoiser that works on ``device`` compute its attention this way, while it lives.

    diffusers changes its process-wide default at the same time; that is set back at once. Raises
    RecipeError for an unknown backend and for a model whose attention can't be switched.
    """
    if not _switches(model):
        raise RecipeError(
            f"The setting attention is {name!r}, but the attention of {type(model).__name__} can't"
            " be switched; it must be auto."
        )
    check_backend(name, device)
    registry = need(DISPATCH, "gpu")._AttentionBackendRegistry
    usual, _ = registry.get_active_backend()
    try:
        with quiet():
            model.set_attention_backend(name)
    finally:
        registry.set_active_backend(usual)


def _switches(model: Any) -> list[Any]:
    """The attention processors that ask which backend to use."""
    found = (getattr(module, "processor", None) for module in model.modules())
    return [each for each in found if hasattr(each, "_attention_backend")]
