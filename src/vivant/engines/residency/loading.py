"""Reading models from disk: whole, from safetensors, without the network, or not at all."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import install, need
from vivant.engines.residency import room
from vivant.engines.residency.room import ran_out
from vivant.errors import MissingExtraError, MissingModelError, RoomError, VivantError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch

INDEX = "model_index.json"
VOCABULARIES = (
    ("tokenizer.json",), ("vocab.json", "merges.txt"), ("spiece.model",), ("tokenizer.model",),
)  # fmt: skip
"""What a tokenizer may know its tokens from."""
AUTO = "_model_mapping"
"""What transformers' ``AutoModel...`` classes have: they find the class by the configuration."""
TABLES = ("position_ids", "inv_freq")
"""Constant tables that older files hold and newer models compute."""


def load(
    kind: Any,
    folder: Path,
    dtype: torch.dtype | Mapping[str, torch.dtype],
    *,
    name: str = "",
    **more: Any,
) -> Any:
    """``kind.from_pretrained`` from disk alone, safetensors alone, errors with a mend.

    ``kind`` is a diffusers pipeline, a diffusers or transformers model, or a tokenizer, processor
    or scheduler. ``dtype`` may say one for each component of a pipeline, with ``default`` for the
    rest. ``name`` is the model's name in the weights store, for the mend. ``more`` goes to
    ``from_pretrained`` as it is; a pipeline's component that is given there, None too, isn't read.

    Weights that the files lack or that don't fit are never made up: raises MissingModelError
    naming the file or the weights, MissingExtraError for a package that the model needs, RoomError
    for a model that is larger than the free RAM, through which every one is read.
    """
    try:
        with quiet():
            return _read(kind, Path(folder), dtype, more)
    except ImportError as error:
        raise MissingExtraError(
            f"{kind.__name__} needs a Python package that is not installed: {str(error).strip()}",
            mend=f"Run: {install('gpu')}",
        ) from error
    except _UnfitError as error:
        raise MissingModelError(str(error), mend=_mend(name)) from error
    except Exception as error:
        # Broken files make the libraries raise nearly anything; a name is missing from code alone.
        if isinstance(error, (VivantError, NameError)) or ran_out(error):
            raise
        said = str(error).split("\n")[0].split(". ")[0].rstrip(".")
        raise MissingModelError(
            f"{kind.__name__} can't be loaded from {folder}: {said}.", mend=_mend(name)
        ) from error


@contextmanager
def quiet() -> Iterator[None]:
    """Neither diffusers nor transformers logs or draws progress bars inside; then as it was."""
    libraries = [need(f"{name}.utils.logging", "gpu") for name in ("diffusers", "transformers")]
    before = [(each.get_verbosity(), each.is_progress_bar_enabled()) for each in libraries]
    for each in libraries:
        each.set_verbosity(each.CRITICAL)
        each.disable_progress_bar()
    try:
        yield
    finally:
        for each, (verbosity, bars) in zip(libraries, before, strict=True):
            each.set_verbosity(verbosity)
            if bars:
                each.enable_progress_bar()


class _UnfitError(Exception):
    """Files that are no whole model; says which and why."""


def _mend(name: str) -> str:
    return f"Run: vivant models verify {name}".rstrip()


def _read(kind: Any, folder: Path, dtype: Any, more: Mapping[str, Any]) -> Any:
    import torch
    from diffusers import DiffusionPipeline

    if not folder.is_dir():
        raise _UnfitError(f"{folder} is not a folder; {kind.__name__} should be there.")
    if issubclass(kind, DiffusionPipeline):
        return _pipeline(kind, folder, dtype, more)
    if issubclass(kind, torch.nn.Module) or hasattr(kind, AUTO):
        return _model(kind, folder, dtype, more)
    _check_vocabulary(folder)
    return kind.from_pretrained(folder, local_files_only=True, **more)


def _pipeline(kind: Any, folder: Path, dtype: Any, more: Mapping[str, Any]) -> Any:
    """Its models are read one by one: only so it is told which weights were missing."""
    import torch

    given = dict(more)
    variant = {"variant": more["variant"]} if "variant" in more else {}
    for part, row in _json(folder / INDEX).items():
        if part in given or not isinstance(row, list) or None in row:
            continue
        found = _component(*row)
        if issubclass(found, torch.nn.Module):
            given[part] = _model(found, folder / part, _of(dtype, part), variant)
        else:
            _check_vocabulary(folder / part)
    return kind.from_pretrained(folder, local_files_only=True, use_safetensors=True, **given)


def _of(dtype: Any, part: str) -> torch.dtype:
    chosen: torch.dtype = dtype.get(part, dtype["default"]) if isinstance(dtype, Mapping) else dtype
    return chosen


def _component(library: str, name: str) -> Any:
    """The class that a row of a pipeline's index names; none but the two libraries' own."""
    import diffusers
    import transformers

    homes = {"diffusers": diffusers, "transformers": transformers}
    home = homes.get(library) or getattr(diffusers.pipelines, library, None)
    found = getattr(home, name, None)
    if found is None:
        raise _UnfitError(f"{INDEX} names {library}.{name}, which is no class of these libraries.")
    return found


def _model(kind: Any, folder: Path, dtype: torch.dtype, more: Mapping[str, Any]) -> Any:
    from transformers import PreTrainedModel

    place = folder / str(more.get("subfolder", ""))
    _inspect(place)
    _check_room(place, dtype, str(more.get("variant") or ""))
    own = (
        {"dtype": dtype, "ignore_mismatched_sizes": True}
        if hasattr(kind, AUTO) or issubclass(kind, PreTrainedModel)
        else {"torch_dtype": dtype}
    )
    model, told = kind.from_pretrained(
        folder,
        local_files_only=True,
        use_safetensors=True,
        output_loading_info=True,
        **own,
        **more,
    )
    _check_whole(model, told, folder)
    return model


def _inspect(folder: Path) -> None:
    """Find the broken file before the libraries do: they don't all say which one it is."""
    from safetensors import SafetensorError, safe_open

    _json(folder / "config.json")
    for index in sorted(folder.glob("*.safetensors.index*.json")):
        for shard in sorted(set(_json(index).get("weight_map", {}).values())):
            if not (folder / shard).is_file():
                raise _UnfitError(f"{folder / shard} is missing; {index.name} names it.")
    for file in sorted(folder.glob("*.safetensors")):
        try:
            with safe_open(file, "pt"):
                pass
        except SafetensorError as error:
            raise _UnfitError(f"{file} is cut short or no safetensors file: {error}.") from error


def _check_room(folder: Path, dtype: torch.dtype, variant: str) -> None:
    """Refuse what the system would kill this process for; some systems swap for hours instead."""
    from safetensors import safe_open

    count = 0
    for file in _weights(folder, variant):
        with safe_open(file, "pt") as held:
            count += sum(math.prod(held.get_slice(key).get_shape()) for key in held.keys())  # noqa: SIM118
    wanted, free = count * dtype.itemsize / room.GB, room.free_ram()
    if wanted > free:
        raise RoomError(
            f"The model in {folder} takes {wanted:.1f} GB of RAM in"
            f" {str(dtype).removeprefix('torch.')}; {free:.1f} GB are free.",
            mend="Free memory, or choose a thriftier recipe: vivant recipes says what each needs.",
        )


def _weights(folder: Path, variant: str) -> list[Path]:
    """The files that hold the model, once: beside the shards of an index the whole may lie again.

    A variant's files bear its name before the ending, or before the shard's number.
    """
    files = {file: f".{variant}" in file.name for file in sorted(folder.glob("*.safetensors"))}
    if variant and any(files.values()):
        return [file for file, varied in files.items() if varied]
    named = {
        folder / shard
        for index in folder.glob("*.safetensors.index.json")
        for shard in _json(index).get("weight_map", {}).values()
    }
    return sorted(named or {file for file in files if file.name.count(".") == 1} or set(files))


def _check_vocabulary(folder: Path) -> None:
    """A tokenizer that lacks its vocabulary would be made with an empty one."""
    if (folder / "tokenizer_config.json").is_file() and not any(
        all((folder / name).is_file() for name in names) for names in VOCABULARIES
    ):
        ways = " or ".join(" with ".join(names) for names in VOCABULARIES)
        raise _UnfitError(f"{folder} has no vocabulary: {ways} is missing.")


def _json(file: Path) -> dict[str, Any]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise _UnfitError(f"{file} is missing.") from error
    except ValueError as error:
        raise _UnfitError(f"{file} is not JSON: {error}.") from error
    if not isinstance(read, dict):
        raise _UnfitError(f"{file} holds no JSON object.")
    return read


def _check_whole(model: Any, told: Mapping[str, Any], folder: Path) -> None:
    """Refuse a model with weights the library made up, or with layers the files have and it not."""
    wrong = {
        "are missing from the files": sorted(told["missing_keys"]),
        "have another shape than the configuration says": sorted(
            str(each[0]) for each in told["mismatched_keys"]
        ),
        "are in the files, but the configuration has no place for them": sorted(
            _homeless(model, told["unexpected_keys"])
        ),
    }
    for how, names in wrong.items():
        if names:
            listed = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if names[3:] else "")
            raise _UnfitError(f"{type(model).__name__} in {folder}: weights {how}: {listed}.")


def _homeless(model: Any, unexpected: Any) -> list[str]:
    """Unused weights that belong to a module like one the model has.

    Another tower of a larger model (the text half of a CLIP) may stay unused; a further block of
    the same stack, or a bias that a layer should have, is a wrong configuration.
    """
    known = {_numberless(name) for name, _ in model.named_modules()} - {""}
    return [
        key
        for key in unexpected
        if _numberless(key.rpartition(".")[0]) in known and key.rpartition(".")[2] not in TABLES
    ]


def _numberless(name: str) -> str:
    return re.sub(r"\d+", "#", name)
