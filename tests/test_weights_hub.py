"""A hub model is a folder with a record: adopted as it lies, proven at every use, never guessed."""

from __future__ import annotations

import hashlib
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivant.engines import weights
from vivant.engines.weights import table
from vivant.errors import InputError, MissingModelError

SPEC = weights.HubSpec(
    "tiny", "someone/tiny", ("*.json", "*.safetensors"), "CC-BY-NC-4.0", 123, "", commercial=False
)
FILES = {"model_index.json": b"{}", "unet/model.safetensors": b"numbers", "vae/config.json": b"[]"}


@pytest.fixture(autouse=True)
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty model folder, and one model."""
    monkeypatch.setenv("VIVANT_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(table, "HUB", {"tiny": SPEC})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The model's files, as another program left them."""
    return fill(tmp_path / "copy", FILES)


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def test_an_adopted_folder_is_used_where_it_lies(folder: Path) -> None:
    record = weights.adopt("tiny", folder)
    assert weights.folder("tiny") == folder
    assert weights.record("tiny") == record
    assert record.commit == "adopted"
    assert record.size == sum(map(len, FILES.values()))
    assert dict(record.files) == {
        name: (len(content), hashlib.sha256(content).hexdigest()) for name, content in FILES.items()
    }


def test_only_data_is_recorded_and_hidden_files_are_passed_over(folder: Path) -> None:
    fill(folder, {
        "unet/model.bin": b"a pickle", "unet/code.py": b"a program", "README.md": b"words",
        ".cache/huggingface/a.json": b"{}", "unet/.hidden.json": b"{}", ".git/b.safetensors": b"",
        "chat_template.jinja": b"{{ a }}", "tokenizer/merges.txt": b"a b", "tokenizer/spiece.model":
        b"pieces",
    })  # fmt: skip
    assert set(weights.adopt("tiny", folder).files) == {
        *FILES, "chat_template.jinja", "tokenizer/merges.txt", "tokenizer/spiece.model",
    }  # fmt: skip


def test_links_into_a_cache_are_followed(folder: Path, tmp_path: Path) -> None:
    blob = tmp_path / "blobs" / "a"
    blob.parent.mkdir()
    (folder / "unet/model.safetensors").rename(blob)
    (folder / "unet/model.safetensors").symlink_to(blob)
    weights.adopt("tiny", folder)
    assert weights.folder("tiny") == folder
    blob.write_bytes(b"other numbers")
    with pytest.raises(MissingModelError, match=r"model\.safetensors has 13 bytes; 7"):
        weights.folder("tiny")


@pytest.mark.parametrize(
    "files",
    [{}, {"unet/model.bin": b"a pickle", "config.json": b"{}"}, {".git/a.safetensors": b"hidden"}],
)
def test_a_folder_without_safe_weights_is_refused(tmp_path: Path, files: dict[str, bytes]) -> None:
    (tmp_path / "copy").mkdir()
    with pytest.raises(InputError, match="holds no weights"):
        weights.adopt("tiny", fill(tmp_path / "copy", files))
    assert weights.status("tiny").condition == "absent"


def test_what_is_no_folder_of_the_users_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a folder"):
        weights.adopt("tiny", tmp_path / "nowhere")
    inside = fill(weights.home() / "hub" / "tiny", FILES)
    with pytest.raises(InputError, match="belongs to the model folder"):
        weights.adopt("tiny", inside)


def test_a_folder_that_is_gone_or_cut_short_is_named(folder: Path) -> None:
    weights.adopt("tiny", folder)
    cut = folder / "unet/model.safetensors"
    cut.write_bytes(b"numb")
    with pytest.raises(MissingModelError, match="has 4 bytes; 7 are recorded for tiny") as refused:
        weights.folder("tiny")
    assert str(cut) in refused.value.message
    assert refused.value.mend == "Run: vivant models pull tiny"
    assert weights.status("tiny").condition == "damaged"
    cut.unlink()
    with pytest.raises(MissingModelError, match="is gone"):
        weights.folder("tiny")
    assert weights.status("tiny").condition == "partial"


@settings(max_examples=15, deadline=None)
@given(place=st.integers(0, 6), bit=st.integers(0, 7), name=st.sampled_from(sorted(FILES)))
def test_any_flipped_bit_is_found(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int, name: str
) -> None:
    folder = fill(tmp_path_factory.mktemp("copy"), FILES)
    weights.adopt("tiny", folder)
    content = bytearray(FILES[name])
    content[place % len(content)] ^= 1 << bit
    (folder / name).write_bytes(content)
    weights.verify(["tiny"])
    with pytest.raises(MissingModelError) as refused:
        weights.folder("tiny")
    for said in (name, *(hashlib.sha256(c).hexdigest() for c in (content, FILES[name]))):
        assert said in refused.value.message


def test_verify_sees_what_a_remembered_verdict_hides(folder: Path) -> None:
    weights.adopt("tiny", folder)
    place = folder / "unet/model.safetensors"
    before = place.stat()
    place.write_bytes(b"numberz")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert weights.status("tiny").condition == "ready"
    assert [found.condition for found in weights.verify(["tiny"])] == ["damaged"]
    assert weights.status("tiny").condition == "damaged"


def test_adopting_again_records_what_is_there_now(folder: Path) -> None:
    first = weights.adopt("tiny", folder)
    place = folder / "unet/model.safetensors"
    before = place.stat()
    place.write_bytes(b"numberz")
    os.utime(place, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert weights.adopt("tiny", folder).sha256 != first.sha256
    assert weights.folder("tiny") == folder


def test_remove_never_touches_the_users_files(folder: Path) -> None:
    weights.adopt("tiny", folder)
    assert weights.remove(["tiny"]) == (weights.home() / "hub" / "tiny.json",)
    assert weights.remove(["tiny"]) == ()
    assert {n: (folder / n).read_bytes() for n in FILES} == FILES
    assert weights.status("tiny").condition == "absent"


@pytest.mark.parametrize("rubbish", ["", "[]", "null", '{"a": 1}', "{" * 50, '{"files": [1]}'])
def test_a_broken_record_is_none(folder: Path, rubbish: str) -> None:
    weights.adopt("tiny", folder)
    (weights.home() / "hub" / "tiny.json").write_text(rubbish)
    assert weights.status("tiny").condition == "absent"
    with pytest.raises(MissingModelError):
        weights.record("tiny")


def test_the_manifest_identifies_the_bytes_wherever_they_lie(folder: Path, tmp_path: Path) -> None:
    before = weights.model_file("tiny")
    assert (before.sha256, before.source, before.size) == ("", "someone/tiny@main", 123)
    weights.adopt("tiny", folder)
    here = weights.model_file("tiny")
    assert (here.licence, here.commercial) == ("CC-BY-NC-4.0", False)
    assert (here.source, here.size) == ("someone/tiny@adopted", 11)
    canonical = json.dumps(
        {n: [len(c), hashlib.sha256(c).hexdigest()] for n, c in FILES.items()},
        sort_keys=True, separators=(",", ":"),
    )  # fmt: skip
    assert here.sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    weights.adopt("tiny", fill(tmp_path / "other", FILES))
    assert weights.model_file("tiny") == here


def test_files_and_folders_are_not_mixed_up() -> None:
    with pytest.raises(InputError, match="folder of files"):
        weights.path("tiny")
    with pytest.raises(InputError, match="one file"):
        weights.folder("face_landmark")
    with pytest.raises(InputError, match=r"'tinny'.*tiny"):
        weights.folder("tinny")


# -- the table -------------------------------------------------------------------------------------


HUB = weights.HUB


def test_names_are_unique_and_rows_pull_safe_formats_only() -> None:
    assert not set(HUB) & set(weights.MODELS)
    for name, spec in HUB.items():
        assert name == spec.name
        assert not any(p.endswith((".bin", ".pt", ".ckpt", ".pkl", ".py")) for p in spec.patterns)
        assert spec.size > 100_000
        assert spec.repo.count("/") == 1
        assert spec.revision == "main" or re.fullmatch("[0-9a-f]{40}", spec.revision)
        assert all(re.fullmatch("[0-9a-f]{64}", pin) for pin in spec.pins.values())


def test_what_others_copied_is_pinned_by_its_bytes() -> None:
    for name in ("antelopev2", "buffalo_l", "yunet", "sface"):
        assert HUB[name].pins


def test_licences_against_commercial_use_are_marked() -> None:
    assert {name for name, spec in HUB.items() if not spec.commercial} == {
        "hyperlora", "antelopev2", "buffalo_l",
    }  # fmt: skip
    assert all("NC" not in spec.licence for spec in HUB.values() if spec.commercial)
