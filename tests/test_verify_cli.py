"""``vivant verify``: what it says, its exit codes, and that it overwrites nobody's file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import PIL.Image
import pytest

from tests import tiny
from tools.demo_portrait import portrait
from vivant import engines, verify_cli
from vivant.errors import (
    EXIT_DONE,
    EXIT_GATE,
    EXIT_INPUT,
    EXIT_MISSING,
    CastError,
    FaceChoiceError,
    NoFaceError,
    OutputError,
    RecipeError,
    VideoError,
)
from vivant.image import open_image
from vivant.types import EngineInfo, Image, Size
from vivant.video import encode

SIZE = Size(128, 128)


def somebody(red: int | None, at: int = 0) -> Image:
    """A square face with texture, so that it is sharp, around a plain middle."""
    image = tiny.picture(SIZE, None if red is None else red, at)
    face = image[..., 1] > 0
    checks = np.indices(face.shape).sum(0) // 8 % 2 * 80 + 120
    middle = np.abs(np.indices(face.shape) - 64).max(0) < 12
    image[..., 1] = np.where(face, np.where(middle, tiny.GREEN, checks), 0)
    return image


@dataclass(frozen=True)
class Eye(tiny.SquareEye):
    """The square eye, with nothing to install."""

    same_person: float = 0.2
    info: EngineInfo = field(default_factory=lambda: EngineInfo("square", "1", "CC0", (), ()))


def eye(settings: object) -> Eye:
    del settings
    return Eye()


@pytest.fixture
def verify(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str]]:
    """The command with the square eye: its exit code and what it printed."""
    monkeypatch.setitem(engines.TABLE, ("eye", "square"), f"{__name__}:eye")
    mine = tmp_path / "mine.toml"
    mine.write_text('base = "previz"\neye = "square"\nname = "mine"\n'
                    "[verify]\nstride = 2\nmost_distant = 0.2\n")  # fmt: skip
    PIL.Image.fromarray(somebody(100)).save(tmp_path / "me.png")

    def call(film: Path, **options: Any) -> tuple[int, str]:
        photos = options.pop("reference", [str(tmp_path / "me.png")])
        code = verify_cli.verify(film, photos, recipe=str(mine), quiet=True, **options)
        return code, capsys.readouterr().out

    return call


@pytest.fixture
def film(tmp_path: Path) -> Callable[[Sequence[int | None]], Path]:
    def make(reds: Sequence[int | None]) -> Path:
        encode([somebody(red, n % 5) for n, red in enumerate(reds)], tmp_path / "film.mp4", 8, {})
        return tmp_path / "film.mp4"

    return make


Verify = Callable[..., tuple[int, str]]
Make = Callable[[Sequence[int | None]], Path]


def test_the_person_of_the_photo_passes(verify: Verify, film: Make) -> None:
    code, said = verify(film([100] * 24))
    assert code == EXIT_DONE
    assert said.startswith("This is the person of the photo")
    assert "mean distance 0.0" in said and "128x128, 8 frames a second, 3.00 s" in said


def test_somebody_else_fails_and_the_stretch_is_named(verify: Verify, film: Make) -> None:
    code, said = verify(film([100] * 16 + [220] * 16 + [100] * 16))
    assert code == EXIT_GATE
    (line,) = [line for line in said.splitlines() if ": drift 0.4" in line]
    assert "s (frames 1" in line


def test_json_has_the_same_as_data(verify: Verify, film: Make) -> None:
    code, said = verify(film([100] * 16 + [220] * 16 + [100] * 16), as_json=True)
    record = json.loads(said)
    assert code == EXIT_GATE and record["identity"]["passed"] is False
    assert record["film"]["looked_at"] == {"size": "128x128", "fps": 8, "frames": 48}
    (person,) = record["identity"]["people"]
    assert {span["kind"] for span in person["spans"]} == {"drift"}
    assert record["policy"]["most_distant"] == 0.2 and record["engines"]["eye"]["name"] == "square"
    assert len(record["film"]["sha256"]) == 64 and len(record["references"]) == 1


def test_a_film_of_nobody_is_not_measured_and_fails(verify: Verify, film: Make) -> None:
    code, said = verify(film([None] * 16), as_json=True)
    identity = json.loads(said)["identity"]
    assert code == EXIT_GATE and identity["mean"] is None
    assert {score["distance"] for score in identity["people"][0]["curve"]} == {None}
    assert all(score["why"] for score in identity["people"][0]["curve"])


def test_the_curve_is_drawn_and_drawn_again_but_never_over_a_stranger_s_file(
    verify: Verify, film: Make, tmp_path: Path
) -> None:
    path, picture = film([100] * 8), tmp_path / "curve.png"
    for _ in range(2):
        code, said = verify(path, picture=picture)
        assert code == EXIT_DONE and str(picture) in said
        with PIL.Image.open(picture) as drawn:
            assert drawn.width == 1280
    stranger = (tmp_path / "me.png").read_bytes()
    for name in ("me.png", "film.mp4", "absent/curve.png", "mine.toml"):
        with pytest.raises(OutputError):
            verify(path, picture=tmp_path / name)
    assert (tmp_path / "me.png").read_bytes() == stranger
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "curve.png", "film.mp4", "me.png", "mine.toml",
    ]  # fmt: skip


def test_what_can_t_be_judged_is_refused(verify: Verify, film: Make, tmp_path: Path) -> None:
    PIL.Image.fromarray(somebody(None)).save(tmp_path / "nobody.png")
    path = film([100] * 4)
    with pytest.raises(VideoError):
        verify(tmp_path / "me.txt")
    with pytest.raises(NoFaceError):
        verify(path, reference=[str(tmp_path / "nobody.png")])
    with pytest.raises(FaceChoiceError, match="1 photos and 2"):
        verify(path, face=[1, 2])
    with pytest.raises(FaceChoiceError, match="no face 2"):
        verify(path, face=[2])
    with pytest.raises(CastError, match=r"same face.*with --face\.$"):
        verify(path, reference=[str(tmp_path / "me.png")] * 2)
    with pytest.raises(RecipeError, match="no eye 'ear'"):
        verify(path, eye="ear")


def test_another_eye_s_limit_is_the_recipe_s_in_that_eye_s_space(
    verify: Verify, film: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twice the recipe's threshold: twice its limit."""
    monkeypatch.setitem(engines.TABLE, ("eye", "wide"), f"{__name__}:wide")
    _, said = verify(film([100] * 8), eye="wide", as_json=True)
    record = json.loads(said)
    assert record["policy"]["most_distant"] == pytest.approx(0.4)
    assert record["identity"]["same_person_below"] == 0.4


def wide(settings: object) -> Eye:
    del settings
    return Eye(same_person=0.4)


def vivant(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "vivant", "verify", *arguments),
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.models
def test_a_film_made_elsewhere_is_judged_by_the_real_eye(tmp_path: Path) -> None:
    """The photo itself, drifting over the picture by half a pixel a frame."""
    photo = open_image(portrait())[:384, 64:448]
    frames = [np.roll(photo, n // 2, axis=1) for n in range(12)]
    encode(frames, tmp_path / "film.mp4", 8, {})
    done = vivant(str(tmp_path / "film.mp4"), "--reference", str(portrait()), "--json")
    record = json.loads(done.stdout)
    assert done.returncode in (EXIT_DONE, EXIT_GATE), done.stderr
    assert record["identity"]["mean"] < 0.3 and record["identity"]["face_share"] == 1.0
    assert "verify …" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--reference", str(portrait())), EXIT_INPUT),
        (("film.mp4",), EXIT_INPUT),
        (("film.mp4", "--reference", str(portrait())), EXIT_INPUT),
        ((__file__, "--reference", str(portrait())), EXIT_INPUT),
        ((str(portrait()), "--reference", str(portrait())), EXIT_INPUT),
        (("{here}/film.mp4", "--reference", str(portrait())), EXIT_MISSING),
    ],
)
def test_mistakes_and_missing_models_have_their_exit_code_and_no_traceback(
    arguments: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    encode([somebody(100)], tmp_path / "film.mp4", 8, {})
    asked = (argument.format(here=tmp_path) for argument in arguments)
    done = vivant(*asked, VIVANT_HOME=str(tmp_path))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr) > 10
