"""The model folder, and what is remembered about the files in it and elsewhere.

Hashing costs about a second per gigabyte, so a file's SHA-256 is remembered for as long as its size
and modification time stay. A model folder that can't be written (a read-only image) costs a hash
per run, nothing more.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from vivant.errors import OutputError
from vivant.files import atomic

if TYPE_CHECKING:
    from collections.abc import Iterable

Verdicts: TypeAlias = "dict[str, list[int | str]]"
"""Path → size, modification time in nanoseconds, SHA-256."""


def home() -> Path:
    """The model folder: ``$VIVANT_HOME/models``, else one in the platform's cache."""
    if chosen := os.environ.get("VIVANT_HOME"):
        return Path(chosen).expanduser() / "models"
    if sys.platform == "win32":
        cache = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches"
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "vivant" / "models"


def make(folder: Path) -> None:
    """Make this folder of the model folder. Raises OutputError where that can't be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The model folder {folder} can't be made: {error.strerror}.",
            mend="Set VIVANT_HOME to a folder that can be written.",
        ) from error


def free() -> int:
    """The bytes that can still be written where the model folder is or would be."""
    folder = home().absolute()
    standing = next(place for place in (folder, *folder.parents) if place.exists())
    return shutil.disk_usage(standing).free


def sha256(path: Path) -> str:
    """The file's SHA-256, hexadecimal; computed only if its size or modification time changed."""
    about = path.stat()
    seen = [about.st_size, about.st_mtime_ns]
    verdicts = _remembered()
    known = verdicts.get(str(path))
    if known is None or known[:2] != seen:
        with path.open("rb") as file:
            known = [*seen, hashlib.file_digest(file, "sha256").hexdigest()]
        _remember({**verdicts, str(path): known})
    return str(known[2])


def forget(places: Iterable[Path]) -> None:
    """Hash these files, and all in these folders, when they are next asked for."""
    gone = tuple(str(place) for place in places)
    inside = tuple(place + os.sep for place in gone)
    verdicts = _remembered()
    kept = {
        key: value
        for key, value in verdicts.items()
        if key not in gone and not key.startswith(inside)
    }
    if len(kept) < len(verdicts):
        _remember(kept)


def _ledger() -> Path:
    return home() / "verdicts.json"


def _remembered() -> Verdicts:
    try:
        entries = json.loads(_ledger().read_text())
        return {str(k): v for k, v in entries.items() if isinstance(v, list) and len(v) == 3}
    except (OSError, ValueError, AttributeError):
        return {}


def _remember(verdicts: Verdicts) -> None:
    with suppress(OSError, OutputError):
        make(home())
        with atomic(_ledger()) as temporary:
            temporary.write_text(json.dumps(verdicts, indent=1, sort_keys=True))
