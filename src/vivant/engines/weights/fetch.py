"""Pulling a hub model: every file continued where it stopped, proven, and recorded last.

huggingface_hub's own download begins a file anew in every process; weights come in files of up to
ten gigabytes, so the bytes are fetched here, over its session and login.
"""

from __future__ import annotations

import hashlib
import math
import os
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need
from vivant.engines.weights import hub, ledger, records, remote
from vivant.engines.weights.records import Entry, Record
from vivant.engines.weights.spec import amount
from vivant.errors import OutputError, PullError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from vivant import types
    from vivant.engines.weights.remote import Listing, Remote
    from vivant.engines.weights.spec import HubSpec

ATTEMPTS = 5
"""So many connections in a row may bring nothing until the pull gives up."""
PAUSE = 1.0
"""Seconds between two of them, at first; it doubles."""
_LOCK = ".lock"


def pull(listings: Sequence[Listing], watch: types.Observer) -> None:
    """Bring these to this machine.

    Raises PullError for bytes other than the hub announced, and where the connection breaks for
    good; OutputError where the disk is too small or can't be written.
    """
    for listing in listings:
        watch.note(_announcement(listing))
    _check_disk(listings)
    for listing in listings:
        with _alone(listing.spec):
            _pull(listing, watch)


def outstanding(listing: Listing) -> int:
    """How many bytes of this model are still to be fetched."""
    return listing.size - sum(_arrived(listing, file) for file in listing.files)


def _announcement(listing: Listing) -> str:
    spec = listing.spec
    text = (
        f"{spec.name}: {amount(outstanding(listing))} of {amount(listing.size)} to fetch"
        f" from {spec.repo}@{listing.commit}; licence {spec.licence}"
    )
    return text if spec.commercial else f"{text}, which FORBIDS COMMERCIAL USE"


def _check_disk(listings: Sequence[Listing]) -> None:
    wanted = sum(outstanding(listing) for listing in listings)
    free = ledger.free()
    if wanted > free:
        raise OutputError(
            f"{amount(wanted)} are to be fetched into {records.hub()}, which has"
            f" {amount(free)} free.",
            mend="Make room, or set VIVANT_HOME to a folder on a larger disk.",
        )


@contextmanager
def _alone(spec: HubSpec) -> Iterator[None]:
    ledger.make(hub.pulled(spec))
    filelock = need("filelock", "gpu")
    try:
        with filelock.FileLock(hub.pulled(spec) / _LOCK, timeout=0):
            yield
    except filelock.Timeout as error:
        raise PullError(f"Another process is pulling {spec.name}.") from error


def _pull(listing: Listing, watch: types.Observer) -> None:
    spec = listing.spec
    root = hub.pulled(spec)
    # A folder that changes is not the recorded one; what its record said is fetched if it is gone.
    records.place(spec.name).unlink(missing_ok=True)
    wanted = outstanding(listing)
    watch.begin(f"{spec.name} (MB)", math.ceil(wanted / 1e6))
    meter = _Meter(watch)
    for file in listing.files:
        if not _is(file, root / file.path):
            _fetch(listing, file, meter)
    _prune(root, {root / file.path for file in listing.files})
    records.write(
        Record(
            spec.name, spec.repo, spec.revision, listing.commit, spec.name,
            {f.path: Entry(f.size, ledger.sha256(root / f.path)) for f in listing.files},
        )
    )  # fmt: skip


class _Meter:
    """Counts bytes and steps the observer once for every megabyte begun."""

    def __init__(self, watch: types.Observer) -> None:
        self._watch, self._bytes, self._steps = watch, 0, 0

    def add(self, count: int) -> None:
        self._bytes += count
        while self._steps < math.ceil(self._bytes / 1e6):
            self._steps += 1
            self._watch.step()


# -- one file ----------------------------------------------------------------------------------


def _part(listing: Listing, file: Remote) -> Path:
    # Named by content: the beginning of a file that has changed since is not continued.
    target = hub.pulled(listing.spec) / file.path
    key = file.sha256 or file.blob or listing.commit
    return target.with_name(f".{target.name}.{key[:16]}.part")


def _arrived(listing: Listing, file: Remote) -> int:
    target, part = hub.pulled(listing.spec) / file.path, _part(listing, file)
    if target.is_file() and target.stat().st_size == file.size:
        return file.size
    return min(part.stat().st_size, file.size) if part.is_file() else 0


def _is(file: Remote, path: Path) -> bool:
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    if file.sha256:
        return ledger.sha256(path) == file.sha256
    return not file.blob or _blob(path) == file.blob


def _blob(path: Path) -> str:
    content = path.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _fetch(listing: Listing, file: Remote, meter: _Meter) -> None:
    part = _part(listing, file)
    target = hub.pulled(listing.spec) / file.path
    ledger.make(part.parent)
    try:
        with part.open("ab") as out:
            if out.tell() > file.size:
                out.truncate(0)
            _fill(listing, file, out, meter)
            out.flush()
            os.fsync(out.fileno())
        part.replace(target)
    except OSError as error:
        raise OutputError(f"{part} can't be written: {error.strerror or error}.") from error
    ledger.forget([target])
    if not _is(file, target):
        real = ledger.sha256(target) if file.sha256 else _blob(target)
        target.unlink()
        raise PullError(
            f"{file.path} of {listing.spec.repo} came with the hash {real}; the hub announced"
            f" {file.sha256 or file.blob}. It was deleted.",
            mend=f"Run again: vivant models pull {listing.spec.name}",
        )


def _fill(listing: Listing, file: Remote, out: Any, meter: _Meter) -> None:
    """Append until the file has its size; a connection that breaks is opened again."""
    idle = 0
    while (start := out.seek(0, os.SEEK_END)) < file.size:
        try:
            with closing(_stream(listing, file, out)) as chunks:
                for chunk in chunks:
                    out.write(chunk)
                    meter.add(len(chunk))
                    if out.tell() > file.size:  # nobody knows how much more would come
                        break
            reason = "the connection ended"
        except _BrokenError as error:
            reason = str(error)
        idle = 0 if out.tell() > start else idle + 1
        if idle == ATTEMPTS:
            raise PullError(
                f"{file.path} of {listing.spec.repo} stopped at {out.tell()} of {file.size} bytes;"
                f" {remote.endpoint()}: {reason}.",
                mend=f"Run again, it continues there: vivant models pull {listing.spec.name}",
            )
        if out.tell() < file.size:
            time.sleep(PAUSE * 2**idle)
    if out.tell() > file.size:
        out.truncate(file.size)


class _BrokenError(Exception):
    """A connection broke in a way that may heal."""


def _stream(listing: Listing, file: Remote, out: Any) -> Generator[bytes]:
    """The bytes behind those that ``out`` holds; empties it if the hub starts at the first byte."""
    spec = listing.spec
    library = need("huggingface_hub", "gpu")
    start = out.tell()
    headers = library.utils.build_hf_headers()
    # Compressed bytes could not be counted, so not continued either.
    headers |= {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    address = remote.url(spec, listing.commit, file.path)
    session = library.get_session()
    asked = session.stream("GET", address, headers=headers, timeout=remote.TIMEOUT)
    with remote.explained(spec), _healing(library), asked as response:
        library.hf_raise_for_status(response)
        if start and response.status_code != 206:
            out.truncate(0)
        yield from response.iter_bytes()


@contextmanager
def _healing(library: Any) -> Iterator[None]:
    errors = library.errors
    try:
        yield
    except errors.HfHubHTTPError as error:
        if error.response.status_code < 500 and error.response.status_code not in (408, 429):
            raise
        raise _BrokenError(f"the hub answered {error.response.status_code}") from error
    except errors.OfflineModeIsEnabled:
        raise
    except errors.HTTPError as error:
        raise _BrokenError(str(error) or type(error).__name__) from error


def _prune(root: Path, keep: set[Path]) -> None:
    """Delete what an earlier commit or a broken pull left: nothing unproven lies in the folder."""
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in keep and path.name != _LOCK:
            path.unlink()
