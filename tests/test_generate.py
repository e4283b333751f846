"""The whole way with the embedded engines: a small film, twice, and requests that are refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.tiny import SquarePainter, Watcher
from tools.demo_portrait import portrait
from vivant import RECIPES, Request, Size, Take, generate, plan
from vivant.engines import lent
from vivant.errors import (
    CancelledError,
    GeometryError,
    ImageError,
    InputError,
    PromptError,
    RecipeError,
)
from vivant.types import Length

pytestmark = pytest.mark.models

PROMPT = (
    "A woman in a red raincoat turns to the camera and smiles as rain falls on a neon street"
    " at night"
)
REQUEST = Request(str(portrait()), PROMPT, seed=5, size=Size(416, 256), seconds=1.0, fps=8)


@pytest.fixture(scope="module")
def take() -> Take:
    return generate(REQUEST)


def test_it_is_this_person(take: Take) -> None:
    assert take.verdict.passed, take.verdict.sentence
    assert take.verdict.mean is not None and take.verdict.mean < 0.5
    assert take.verdict.face_share == 1.0
    assert take.keyframe.distance <= take.recipe.keyframe.good_enough


def test_it_has_the_asked_geometry_and_moves(take: Take) -> None:
    assert take.film.frames.shape == (8, 256, 416, 3)
    assert take.film.fps == 8
    moved = np.abs(take.film.frames[-1].astype(int) - take.film.frames[0]).mean()
    assert moved > 1.0


def test_the_record_is_complete(take: Take) -> None:
    assert set(take.timings) == {"plan", "keyframe", "motion", "verify", "reshoot"}
    assert set(take.engines) == {"writer", "painter", "animator", "eye"}
    assert all(model.sha256 for model in take.engines["eye"].models)
    assert "rain" in take.prompt.temporal.text and "neon street" in take.prompt.spatial.text


def test_the_same_request_gives_the_same_frames(take: Take) -> None:
    again = generate(REQUEST)
    assert (again.film.frames == take.film.frames).all()
    assert (again.keyframe.image == take.keyframe.image).all()
    assert again.verdict == take.verdict


def test_another_seed_gives_another_film(take: Take) -> None:
    other = generate(replace(REQUEST, seed=6))
    assert (other.film.frames != take.film.frames).any()


def test_stages_report_in_order_and_can_be_stopped() -> None:
    watch = Watcher()
    generate(REQUEST, watch=watch)
    stages = [line.split()[0] for line in watch.said if line[-1].isdigit()]
    assert stages == ["plan", "keyframe", "motion", "verify"]
    with pytest.raises(CancelledError):
        generate(REQUEST, watch=Watcher(stop=5))


def test_a_half_written_by_hand_is_used_word_for_word() -> None:
    by_hand = replace(REQUEST, spatial="a woman in a library", temporal="She nods slowly.")
    prompt = plan(by_hand).prompt
    assert prompt.spatial.text == "a woman in a library"
    assert prompt.temporal.text == "She nods slowly."
    assert set(prompt.by_hand) == {"spatial", "temporal"}


@pytest.mark.parametrize(
    "change,error",
    [
        ({"prompt": "   "}, PromptError),
        ({"portrait": "absent.jpg"}, ImageError),
        ({"size": Size(415, 256)}, GeometryError),
        ({"size": Size(64, 64)}, GeometryError),
        ({"seconds": 0.33}, GeometryError),
        ({"seconds": -1.0}, GeometryError),
        ({"fps": 0}, GeometryError),
        ({"frames": 8}, GeometryError),
        ({"frames": 0, "seconds": None}, GeometryError),
        ({"recipe": "fancy"}, RecipeError),
        ({"face": 2}, InputError),
        ({"seed": -1}, InputError),
        ({"portrait": np.zeros((400, 400, 3), np.uint8)}, InputError),
    ],
)
def test_what_can_t_be_made_is_refused_with_its_own_error(
    change: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        plan(replace(REQUEST, **change))  # type: ignore[arg-type]


def test_the_timeline_decides_the_length_unless_one_is_asked_for() -> None:
    timed = replace(REQUEST, prompt="0-2s: a woman nods; 2-6s: she smiles", seconds=None)
    assert plan(timed).length == Length(48, 8)
    assert plan(replace(timed, frames=20)).length == Length(20, 8)
    with pytest.raises(GeometryError, match=r"'A woman smiles\.' starts at 2 s"):
        plan(replace(timed, frames=16))


def test_the_shipped_recipe_is_known_by_name() -> None:
    assert plan(replace(REQUEST, recipe=RECIPES["previz"])).recipe.name == "previz"


def test_models_are_let_go_of_after_their_stage_whatever_happens() -> None:
    painter = SquarePainter([100, None])
    with lent(painter) as held:
        assert held is painter and painter.released == 0
    assert painter.released == 1
    with pytest.raises(ValueError, match="in the middle"), lent(painter):
        raise ValueError("in the middle")
    assert painter.released == 2
