"""What a film leaves on disk: five whole files that agree, and nobody else's file touched."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from tests import tiny
from vivant.errors import OutputError
from vivant.runs import folder
from vivant.video import decode, probe


def names(at: Path) -> list[str]:
    return sorted(path.name for path in at.iterdir())


def test_five_files_and_the_manifest_knows_their_hashes(tmp_path: Path) -> None:
    saved = folder.save(tiny.take(), tmp_path / "new" / "film.mp4")
    assert names(tmp_path / "new") == [
        "contact_sheet.png", "film.mp4", "identity.png", "keyframe.png", "manifest.json",
    ]  # fmt: skip
    record = json.loads(saved.manifest.read_text(encoding="utf-8"))
    assert record == saved.record
    for name, digest in record["files"].items():
        assert sha256((tmp_path / "new" / name).read_bytes()).hexdigest() == digest
    assert set(record["files"]) == {path for path in names(tmp_path / "new") if path[0] != "m"}


def test_the_files_hold_the_take(tmp_path: Path) -> None:
    take = tiny.take()
    saved = folder.save(take, tmp_path / "film.mp4")
    assert (np.asarray(Picture.open(saved.keyframe)) == take.keyframe.image).all()
    assert decode(saved.film).shape == take.film.frames.shape


def test_the_film_says_that_it_is_synthetic_and_hides_the_prompt(tmp_path: Path) -> None:
    saved = folder.save(tiny.take(), tmp_path / "film.mp4")
    metadata = probe(saved.film).metadata
    assert "Synthetic film made by vivant" in metadata["comment"]
    assert "previz" in metadata["comment"] and metadata["vivant_seed"] == "3"
    assert b"beach" not in saved.film.read_bytes()


def test_the_same_take_gives_the_same_bytes_and_replaces_its_own_files(tmp_path: Path) -> None:
    one = folder.save(tiny.take(), tmp_path / "film.mp4").record["files"]
    two = folder.save(tiny.take(), tmp_path / "film.mp4").record["files"]
    assert one == two


def test_a_second_film_in_the_folder_is_refused_and_the_first_stays(tmp_path: Path) -> None:
    saved = folder.save(tiny.take(), tmp_path / "film.mp4")
    before = saved.manifest.read_bytes()
    with pytest.raises(OutputError, match=r"manifest of film\.mp4.*other/other\.mp4"):
        folder.save(tiny.take(), tmp_path / "other.mp4")
    assert saved.manifest.read_bytes() == before
    assert "other.mp4" not in names(tmp_path)


@pytest.mark.parametrize("name", ["film.mp4", "keyframe.png", "identity.png", "manifest.json"])
def test_a_stranger_s_file_is_never_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("precious")
    with pytest.raises(OutputError, match="not made by vivant"):
        folder.save(tiny.take(), tmp_path / "film.mp4")
    assert (tmp_path / name).read_text() == "precious"
    assert names(tmp_path) == [name]


def test_a_film_whose_manifest_was_never_written_can_be_made_again(tmp_path: Path) -> None:
    folder.save(tiny.take(), tmp_path / "film.mp4").manifest.unlink()
    assert folder.save(tiny.take(), tmp_path / "film.mp4").manifest.exists()


def test_places_that_can_t_hold_a_film_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / "folder.mp4").mkdir()
    for path in ("film.avi", "file/film.mp4", "folder.mp4"):
        with pytest.raises(OutputError):
            folder.check_free(tmp_path / path)
    assert names(tmp_path) == ["file", "folder.mp4"]
