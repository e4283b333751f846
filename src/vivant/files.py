"""Files that exist whole or not at all.

A file is written under a temporary name in its own folder, flushed to the disk, and renamed:
whoever looks sees the old file or the new one, never half of one. A process that is killed leaves
at most a temporary file, whose name says who made it; ``sweep`` removes those whose maker is dead.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import socket
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from vivant.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

PREFIX = ".vivant-tmp-"
_NAME = re.compile(re.escape(PREFIX) + r"(?P<host>[0-9a-f]{8})-(?P<pid>\d+)-[0-9a-f]{16}.*")


@contextmanager
def atomic(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path``, renamed to it when the block ends without an exception.

    The temporary path already exists, empty, and ends like ``path``, for writers that choose the
    format by the suffix. A symbolic link at ``path`` is replaced, not followed. Raises OutputError
    where the folder can't be written; what the block raises passes through, the temporary file
    removed.
    """
    temporary = _reserve(path)
    try:
        yield temporary
        try:
            _flush(temporary)
            temporary.replace(path)
        except OSError as error:
            raise _refusal(path, error) from error
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    # The file is in place; that a file system can't flush a folder does not undo it.
    with suppress(OSError):
        _flush(path.parent)


def sweep(folder: Path) -> tuple[Path, ...]:
    """Remove temporary files that dead processes of this machine left in ``folder``.

    Those of a living process, or of another machine that shares the folder, stay. Returns what was
    removed, sorted; an absent folder has nothing to sweep.
    """
    removed = []
    for path in sorted(folder.glob(PREFIX + "*")):
        name = _NAME.fullmatch(path.name)
        if name and name["host"] == _host() and not _alive(int(name["pid"])):
            with suppress(OSError):
                path.unlink()
                removed.append(path)
    return tuple(removed)


def _reserve(path: Path) -> Path:
    name = f"{PREFIX}{_host()}-{os.getpid()}-{secrets.token_hex(8)}{path.suffix}"
    temporary = path.parent / name
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        raise _refusal(path, error) from error
    return temporary


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _refusal(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} can't be written: {error.strerror or error}.")


def _host() -> str:
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]


def _alive(pid: int) -> bool:
    # On Windows signal 0 is Ctrl-C, which would stop the process it asks about.
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
