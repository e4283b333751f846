"""Optional packages: imported when an engine first needs one, or one command that installs it."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from vivant.errors import MissingExtraError

EXTRA_OF = {
    "accelerate": "gpu", "diffusers": "gpu", "ftfy": "gpu", "peft": "gpu", "safetensors": "gpu",
    "sentencepiece": "gpu", "torch": "gpu", "transformers": "gpu", "huggingface-hub": "gpu",
    "onnxruntime": "arcface",
    "httpx": "llm", "pydantic": "llm",
}  # fmt: skip
"""Distribution → the extra of vivant that installs it."""


def need(module: str, extra: str) -> Any:
    """The module, imported. Raises MissingExtraError naming the extra of vivant that holds it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        raise MissingExtraError(
            f"The Python package {error.name!r} is needed here and is not installed.",
            mend=f"Run: {sys.executable} -m pip install 'vivant[{extra}]'",
        ) from error
