"""Optional packages: imported when an engine first needs one, or one command that installs it."""

from __future__ import annotations

import json
import shlex
import sys
from importlib import import_module
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any
from urllib.parse import unquote, urlsplit

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
            mend=f"Run: {sys.executable} -m {install(extra)}",
        ) from error


def install(extras: str = "", *options: str) -> str:
    """The pip command for vivant with these extras, separated by commas, from where this one came.

    Whoever works in a checkout is told to install that, not a package of this name from an index.
    """
    wanted = f"[{extras}]" if extras else ""
    folder, editable = _origin()
    command = ["pip", "install", *options, *(["-e"] if editable else [])]
    return " ".join([*command, shlex.quote(f"{folder or 'vivant'}{wanted}")])


def _origin() -> tuple[str, bool]:
    """The folder that vivant was installed from, empty for an index; and whether it is editable."""
    try:
        said = json.loads(distribution("vivant").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        return "", False
    place = urlsplit(str(said.get("url", "")))
    if place.scheme != "file" or "dir_info" not in said:
        return "", False
    return unquote(place.path), bool(said["dir_info"].get("editable"))
