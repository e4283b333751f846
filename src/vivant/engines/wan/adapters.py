"""The distilled low-rank additions of the four-step variant, one for each of A14B's experts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vivant.engines import extras, residency
from vivant.errors import MissingModelError

if TYPE_CHECKING:
    from pathlib import Path

    import torch

EXPERTS = ("transformer", "transformer_2")
ADAPTERS = (("high_noise_model.safetensors", "hi"), ("low_noise_model.safetensors", "lo"))


def adapt(pipe: Any, folder: Path, name: str, dtype: torch.dtype) -> None:
    """Put the distilled low-rank additions on both experts, in their number type.

    As published they are float32, and peft would cast every layer's input to that: 4 GB at a time.
    """
    from safetensors.torch import load_file

    extras.need("peft", "gpu")
    for (file, adapter), expert in zip(ADAPTERS, EXPERTS, strict=True):
        found = sorted(folder.rglob(file))
        if len(found) != 1:
            raise MissingModelError(
                f"{folder} holds {len(found)} files {file}; {name} has one.",
                mend=f"Run: vivant models pull {name}",
            )
        with residency.quiet():
            pipe.load_lora_weights(
                {key: value.to(dtype) for key, value in load_file(found[0]).items()},
                adapter_name=adapter,
                load_into_transformer_2=expert == "transformer_2",
            )
        if adapter not in getattr(getattr(pipe, expert), "peft_config", {}):
            raise MissingModelError(
                f"{found[0]} changes nothing in Wan's {expert}: its names are another model's.",
                mend=f"Run: vivant models pull {name}",
            )
    pipe.set_adapters([adapter for _, adapter in ADAPTERS], [1.0, 1.0])
