"""Files appear whole or not at all, and what a killed process leaves is swept."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from vivant import files
from vivant.errors import OutputError


def test_the_file_has_the_written_bytes_and_no_neighbour(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    with files.atomic(target) as temporary:
        temporary.write_bytes(b"film")
        assert not target.exists()
    assert target.read_bytes() == b"film"
    assert list(tmp_path.iterdir()) == [target]


def test_the_temporary_file_ends_like_the_target_and_lies_beside_it(tmp_path: Path) -> None:
    with files.atomic(tmp_path / "film.mp4") as temporary:
        assert temporary.suffix == ".mp4"
        assert temporary.parent == tmp_path
        assert temporary.read_bytes() == b""


def test_an_exception_keeps_the_old_file_and_removes_the_temporary(tmp_path: Path) -> None:
    target = tmp_path / "film.mp4"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), files.atomic(target) as temporary:
        temporary.write_bytes(b"half")
        raise KeyboardInterrupt
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    with files.atomic(tmp_path / "ours") as temporary:
        temporary.write_bytes(b"x")
    modes = {stat.S_IMODE(p.stat().st_mode) for p in tmp_path.iterdir()}
    assert modes == {stat.S_IMODE(usual.stat().st_mode)}


def test_a_missing_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"), files.atomic(tmp_path / "nowhere" / "a.png"):
        raise AssertionError("the block must not run")


def test_a_folder_in_the_way_is_refused_and_nothing_stays(tmp_path: Path) -> None:
    target = tmp_path / "taken"
    target.mkdir()
    with pytest.raises(OutputError, match="taken"), files.atomic(target) as temporary:
        temporary.write_bytes(b"x")
    assert list(tmp_path.iterdir()) == [target]


def test_a_temporary_file_that_the_block_removed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError), files.atomic(tmp_path / "a") as temporary:
        temporary.unlink()
    assert list(tmp_path.iterdir()) == []


def test_sweep_removes_what_a_killed_process_left_and_nothing_else(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from vivant import files\n"
        "with files.atomic(Path(sys.argv[1])) as temporary:\n"
        "    temporary.write_bytes(b'half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    target = tmp_path / "film.mp4"
    done = subprocess.run([sys.executable, "-c", code, str(target)], check=False)
    assert done.returncode == -signal.SIGKILL
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(files.PREFIX)

    strangers = [
        tmp_path / "film.txt",
        tmp_path / (files.PREFIX + "mine"),
        tmp_path / left.name.replace(left.name.split("-")[2], "00000000"),
    ]
    for stranger in strangers:
        stranger.touch()
    with files.atomic(tmp_path / "now.mp4") as alive:
        assert files.sweep(tmp_path) == (left,)
        assert alive.exists()
    assert sorted(tmp_path.iterdir()) == sorted([*strangers, tmp_path / "now.mp4"])


def test_sweeping_an_absent_folder_removes_nothing(tmp_path: Path) -> None:
    assert files.sweep(tmp_path / "nowhere") == ()


def test_names_of_two_writers_differ(tmp_path: Path) -> None:
    target = tmp_path / "a"
    with files.atomic(target) as one, files.atomic(target) as other:
        one.write_bytes(b"1")
        other.write_bytes(b"2")
        assert one != other
    assert target.read_bytes() == b"1"
    assert f"-{os.getpid()}-" in one.name
