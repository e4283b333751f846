"""What a model hub says about a model: its commit, its files, their sizes and hashes.

The hub is huggingface.co, or the one that HF_ENDPOINT names. A login comes from HF_TOKEN or from
``hf auth login``; it is needed for gated repositories only.
"""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from vivant.engines.extras import need
from vivant.engines.weights.hub import KINDS, WEIGHTS
from vivant.errors import PullError, VivantError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vivant.engines.weights.spec import HubSpec

TIMEOUT = 30.0
"""Seconds without an answer until the hub counts as unreachable."""
_LOGIN = "run: hf auth login (or set HF_TOKEN)"
_COMMIT = re.compile("[0-9a-f]{40}")


@dataclass(frozen=True)
class Remote:
    """A file on the hub: ``size`` in bytes, ``sha256`` of a large file, ``blob`` of a small one.

    ``blob`` is git's own hash: SHA-1 of the bytes behind a header. Of the two, one may be empty.
    """

    path: str
    size: int
    sha256: str
    blob: str


@dataclass(frozen=True)
class Listing:
    """The files of a model as of one commit, sorted by path."""

    spec: HubSpec
    commit: str
    files: tuple[Remote, ...]

    @property
    def size(self) -> int:
        """All files together, in bytes."""
        return sum(file.size for file in self.files)


def endpoint() -> str:
    """The hub's address."""
    return (os.environ.get("HF_ENDPOINT") or "https://huggingface.co").rstrip("/")


def listing(spec: HubSpec) -> Listing:
    """Ask the hub which files the model has now.

    Only formats that hold data are listed: pickles and Python files could run any program. Raises
    PullError where the hub is out of reach, needs a login, does not know the repository or the
    revision, or has no such files; MissingExtraError without the package huggingface_hub.
    """
    hub = need("huggingface_hub", "gpu")
    with explained(spec):
        info = hub.HfApi(endpoint=endpoint()).model_info(
            spec.repo, revision=spec.revision, files_metadata=True, timeout=TIMEOUT
        )
        commit = str(info.sha)
        files = [_remote(spec, sibling) for sibling in info.siblings if _wanted(spec, sibling)]
    files = [_pinned(spec, file) for file in _of_variant(spec.variant, files)]
    if _COMMIT.fullmatch(spec.revision) and commit != spec.revision:
        raise PullError(f"{endpoint()} gave {spec.repo}@{commit}; {spec.revision} is pinned.")
    _complete(spec, commit, [file.path for file in files])
    return Listing(spec, commit, tuple(sorted(files, key=lambda file: file.path)))


def url(spec: HubSpec, commit: str, path: str) -> str:
    """Where the hub serves this file."""
    hub = need("huggingface_hub", "gpu")
    return str(hub.hf_hub_url(spec.repo, path, revision=commit, endpoint=endpoint()))


@contextmanager
def explained(spec: HubSpec) -> Iterator[None]:
    """Turn what goes wrong between here and the hub into a PullError that says what to do."""
    errors = need("huggingface_hub.errors", "gpu")
    try:
        yield
    except VivantError:
        raise
    except errors.OfflineModeIsEnabled as error:
        raise PullError(
            f"HF_HUB_OFFLINE forbids to pull {spec.name}.", mend=f"Unset it, or {_adopt(spec)}"
        ) from error
    except errors.GatedRepoError as error:
        raise PullError(
            f"{endpoint()} gives {spec.repo} only to users who accepted its licence.",
            mend=f"Accept it at {endpoint()}/{spec.repo}, then {_LOGIN}",
        ) from error
    except errors.RevisionNotFoundError as error:
        raise PullError(f"{spec.repo} at {endpoint()} has no revision {spec.revision}.") from error
    except errors.RepositoryNotFoundError as error:
        raise PullError(
            f"{endpoint()} knows no {spec.repo}, or shows it to logged-in users only.",
            mend=f"If you have access, {_LOGIN}",
        ) from error
    except errors.HfHubHTTPError as error:
        status = error.response.status_code
        raise PullError(
            f"{endpoint()} answered {status} to the pull of {spec.repo}.", mend=_again(spec)
        ) from error
    except (errors.HTTPError, OSError) as error:
        raise PullError(
            f"{endpoint()} can't be reached ({error or type(error).__name__}).",
            mend=f"Check the network and HF_ENDPOINT, or {_adopt(spec)}",
        ) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PullError(
            f"{endpoint()} does not answer like a model hub.", mend="Check HF_ENDPOINT."
        ) from error


def _again(spec: HubSpec) -> str:
    return f"Later, run again: vivant models pull {spec.name}"


def _adopt(spec: HubSpec) -> str:
    return f"bring the files by other means and run: vivant models adopt {spec.name} FOLDER"


def _wanted(spec: HubSpec, sibling: Any) -> bool:
    path = PurePosixPath(sibling.rfilename)
    return path.suffix in KINDS and any(fnmatchcase(str(path), p) for p in spec.patterns)


def _remote(spec: HubSpec, sibling: Any) -> Remote:
    path = PurePosixPath(sibling.rfilename)
    if path.is_absolute() or ".." in path.parts or "\\" in str(path) or ":" in str(path):
        raise PullError(f"{spec.repo} names a file {str(path)!r}, which would leave the folder.")
    large = sibling.lfs.sha256 if sibling.lfs else ""
    return Remote(str(path), int(sibling.size), large, "" if large else sibling.blob_id or "")


def _of_variant(variant: str, files: list[Remote]) -> list[Remote]:
    """Without the weights that lie in a folder beside weights of the variant."""

    def belongs(path: PurePosixPath) -> bool:
        return bool(variant) and f".{variant}." in path.name

    paths = {file: PurePosixPath(file.path) for file in files}
    folders = {path.parent for path in paths.values() if path.suffix in WEIGHTS and belongs(path)}
    return [
        file
        for file, path in paths.items()
        if path.suffix not in WEIGHTS or path.parent not in folders or belongs(path)
    ]


def _pinned(spec: HubSpec, file: Remote) -> Remote:
    pin = spec.pins.get(PurePosixPath(file.path).name)
    if pin is None:
        return file
    if file.sha256 not in ("", pin):
        raise PullError(f"{file.path} of {spec.repo} has SHA-256 {file.sha256}; {pin} is pinned.")
    return replace(file, sha256=pin, blob="")


def _complete(spec: HubSpec, commit: str, paths: list[str]) -> None:
    absent = [p for p in spec.patterns if "*" not in p and p not in paths]
    if absent:
        raise PullError(f"{spec.repo}@{commit} has no {', '.join(absent)}.")
    if not any(path.endswith(WEIGHTS) for path in paths):
        raise PullError(
            f"{spec.repo}@{commit} has no {' or '.join(WEIGHTS)} file like"
            f" {', '.join(spec.patterns)}."
        )
