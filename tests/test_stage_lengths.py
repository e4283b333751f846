"""How large a film is and how long: as asked, as its timeline, or as its recipe says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.tiny import HalfWriter, SquareEye, SquarePainter, Watcher
from vivant.engines import Engines, engine
from vivant.errors import GeometryError
from vivant.recipe import RECIPES
from vivant.stages.lengths import asked, check, told
from vivant.types import Length, Request, Segment, Size

OPEN = RECIPES["open"]
WAN = engine("animator", "wan", None)
ENGINES = Engines(HalfWriter(), SquarePainter([]), WAN, SquareEye())
REQUEST = Request("me.png", "A woman smiles.", OPEN)
TEN = (Segment(0, 2, "she reads"), Segment(2, 10, "she laughs"))


def of(**change: object) -> tuple[Size, Length]:
    return asked(replace(REQUEST, **change), OPEN, ENGINES)  # type: ignore[arg-type]


def test_the_recipe_decides_what_nobody_asks_for() -> None:
    assert of() == (Size(1280, 704), Length(121, 24))


@pytest.mark.parametrize("change", [{"seconds": 4.0}, {"frames": 96}])
def test_a_count_that_no_call_makes_is_a_film_all_the_same(change: dict[str, object]) -> None:
    assert of(**change) == (Size(1280, 704), Length(96, 24))


def test_a_film_may_be_longer_than_a_call() -> None:
    assert of(seconds=15.0)[1] == Length(360, 24)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"seconds": 0.33}, "7.92 frames, no whole number"),
        ({"seconds": 4.0, "frames": 96}, "Both 4 seconds and 96 frames"),
        ({"frames": 0}, "0 frames are no length"),
        ({"fps": 25}, "25 frames a second are not 24"),
        ({"seconds": 4.0, "fps": 30}, "30 frames a second are not 24"),
        ({"size": Size(1280, 720)}, "720 does not divide by 32"),
        ({"seconds": 3600.0}, "86400 frames of 1280x704 are 233.6 GB, more than 4.5"),
    ],
)
def test_what_can_t_be_made_is_refused_before_the_prompt_is_read(
    change: dict[str, object], why: str
) -> None:
    with pytest.raises(GeometryError, match=why):
        of(**change)


# -- with a timeline ---------------------------------------------------------------------------


def test_a_film_that_nobody_gave_a_length_ends_with_its_timeline() -> None:
    watch = Watcher()
    assert told(REQUEST, Length(121, 24), TEN, watch) == Length(240, 24)
    assert told(REQUEST, Length(121, 24), (), watch) == Length(121, 24)
    assert told(REQUEST, Length(121, 24), (Segment(2, None, "x"),), watch) == Length(121, 24)
    assert watch.said == []


@pytest.mark.parametrize("change", [{"seconds": 4.0}, {"frames": 96}])
def test_who_asks_for_a_length_gets_it_and_hears_what_is_cut_off(
    change: dict[str, object],
) -> None:
    watch, request = Watcher(), replace(REQUEST, **change)  # type: ignore[arg-type]
    assert told(request, Length(96, 24), TEN, watch) == Length(96, 24)
    assert watch.said == ["The film ends at 4 s, as asked; its timeline at 10."]


def test_a_timeline_that_ends_between_two_frames_is_refused_with_the_nearest_ends() -> None:
    timeline = (Segment(0, 2.1, "she reads"),)
    with pytest.raises(GeometryError, match=r"2\.0833 s \(50 frames\) and 2\.1250 s") as refusal:
        told(REQUEST, Length(121, 24), timeline, Watcher())
    assert refusal.value.mend == "Change the time in the prompt, or ask for a length."


def test_a_segment_that_no_frame_would_show_is_refused() -> None:
    check(Size(1280, 704), Length(121, 24), TEN, WAN)
    with pytest.raises(GeometryError, match="'she laughs' starts at 2 s, but the film ends at 2 s"):
        check(Size(1280, 704), Length(48, 24), TEN, WAN)


def test_every_call_of_the_film_is_asked_of_the_animator() -> None:
    with pytest.raises(GeometryError, match="720 does not divide"):
        check(Size(1280, 720), Length(240, 24), TEN, WAN)
