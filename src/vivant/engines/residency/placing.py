"""Putting what was loaded where a home says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need
from vivant.engines.residency.loading import quiet
from vivant.engines.residency.packing import pack, page_locked
from vivant.errors import RecipeError

if TYPE_CHECKING:
    from vivant.engines.residency.placement import Home

DENOISERS = ("transformer", "transformer_2", "unet")
"""What a diffusers pipeline calls the network that runs at each step."""


def place(pipe: Any, home: Home) -> None:
    """Put a diffusers pipeline where ``home`` says; LoRA adapters come before.

    Raises RecipeError where a part of it can't be had that way.
    """
    import torch

    pipe.set_progress_bar_config(disable=True)
    parts = {name: p for name, p in pipe.components.items() if isinstance(p, torch.nn.Module)}
    with quiet():
        for name in DENOISERS:
            if name in parts:
                _settle_denoiser(parts[name], home)
        if "vae" in parts:
            _cut_vae(parts["vae"], home.vae)
        if home.offload == "none":
            pipe.to(home.device)
        elif home.offload == "model":
            pipe.enable_model_cpu_offload(device=home.device)
        else:
            for name, part in parts.items():
                if name in DENOISERS or name.startswith("text_encoder"):
                    _stream(part, home)
                else:
                    part.to(home.device)


def place_model(model: Any, home: Home) -> None:
    """Put one model that is lent by itself where ``home`` says; its kind says what it is.

    A denoiser takes ``fp8`` and ``attention``, a VAE its tiling; ``group`` streams the layers of a
    denoiser or a text encoder. Offload ``model`` means here that it is on the device while it is
    lent. Raises RecipeError as ``place`` does.
    """
    with quiet():
        if _is_denoiser(model):
            _settle_denoiser(model, home)
        if _is_vae(model):
            _cut_vae(model, home.vae)
        if home.offload == "group" and not _is_vae(model):
            _stream(model, home)
        else:
            model.to(home.device)


def _is_vae(model: Any) -> bool:
    return hasattr(model, "enable_tiling")


def _is_denoiser(model: Any) -> bool:
    """Transformers can cache their steps; the UNet is older than that."""
    from diffusers import UNet2DConditionModel
    from diffusers.models.cache_utils import CacheMixin

    return isinstance(model, CacheMixin | UNet2DConditionModel)


def _settle_denoiser(model: Any, home: Home) -> None:
    import torch

    from vivant.engines.residency.attention import use_backend

    if home.fp8:
        model.enable_layerwise_casting(storage_dtype=torch.float8_e4m3fn, compute_dtype=home.dtype)
    if home.attention != "auto":
        use_backend(model, home.attention, home.device)


def _cut_vae(vae: Any, how: str) -> None:
    """Every way is set anew, so that a VAE that was tiled can be whole again."""
    ways = {"sliced": "slicing", "tiled": "tiling"}
    for way, noun in ways.items():
        if way == how:
            try:
                getattr(vae, f"enable_{noun}")()
            except (AttributeError, NotImplementedError) as error:
                raise RecipeError(
                    f"The setting vae is {how!r}, but {type(vae).__name__} has no {noun}."
                ) from error
        elif getattr(vae, f"use_{noun}", False):
            getattr(vae, f"disable_{noun}")()


def _stream(model: Any, home: Home) -> None:
    """Layers come to the device when they are due, the next ones while the present ones compute.

    Blocks of a denoiser are the best size to fetch; a text encoder's lie too deep to be found as
    blocks, so its single layers are fetched.
    """
    import torch

    if not getattr(model, "_supports_group_offloading", True):
        raise RecipeError(
            f"The setting offload is 'group', but {type(model).__name__} can't stream its layers."
        )
    ahead = home.device != "cpu"
    if ahead:
        pack(model, page_locked)
    size: dict[str, Any] = (
        {"offload_type": "block_level", "num_blocks_per_group": 1}
        if _is_denoiser(model)
        else {"offload_type": "leaf_level"}
    )
    need("diffusers.hooks", "gpu").apply_group_offloading(
        model,
        onload_device=torch.device(home.device),
        offload_device=torch.device("cpu"),
        non_blocking=ahead,
        use_stream=ahead,
        record_stream=ahead,
        **size,
    )
