from __future__ import annotations

import numpy as np
import pytest

from vivant.engines.previz.sets import hues
from vivant.engines.previz.sets.backdrop import Backdrop
from vivant.engines.previz.sets.compose import compose, report
from vivant.engines.previz.sets.places import Choice, choose
from vivant.engines.previz.sets.plate import GRADES, KEY_LEVEL, Plate
from vivant.types import Part, Size, SpatialPrompt

LUMA = np.array([0.2126, 0.7152, 0.0722])


def setting(*words: str) -> SpatialPrompt:
    return SpatialPrompt(", ".join(words), tuple(Part("setting", w, 0, len(w)) for w in words))


def composed(words: str, light: str = "day", seed: int = 0) -> Plate:
    return compose(setting(words), Choice(None, light), seed)


KINDS = {
    "a hotel lobby": "indoors",
    "a ruined tower": "outdoors",
    "a swimming pool": "water",
    "a hot-air balloon": "aloft",
    "an ice cave": "below",
}


@pytest.mark.parametrize("words", KINDS)
@pytest.mark.parametrize("light", ["day", "night"])
def test_a_composed_plate_is_sound_and_never_flat(words: str, light: str) -> None:
    plate = composed(words, light)
    assert hues.read(words, light).kind == KINDS[words]
    for array in (plate.radiance, plate.disparity, plate.probe, plate.bulbs):
        assert array.dtype == np.float32
        assert np.isfinite(array).all()
    assert plate.radiance.shape == (*plate.disparity.shape, 3)
    assert plate.probe.shape == (48, 48, 3)
    assert plate.grade in GRADES
    assert np.log2(plate.radiance @ LUMA + 1e-3).std() > 0.3
    assert np.percentile(plate.probe @ LUMA, 85) == pytest.approx(KEY_LEVEL, rel=0.02)
    assert plate.disparity.max() < 1 / 1.3


def test_same_words_and_seed_give_the_same_plate_and_another_seed_another() -> None:
    assert (composed("an ice cave").radiance == composed("an ice cave").radiance).all()
    assert (composed("an ice cave").radiance != composed("an ice cave", seed=1).radiance).any()


@pytest.mark.parametrize(
    ("words", "channel"), [("a red velvet chamber", 0), ("a blue room", 2), ("an emerald hall", 1)]
)
def test_named_colours_show(words: str, channel: int) -> None:
    mean = composed(words).radiance.reshape(-1, 3).mean(0)
    plain = composed("a room").radiance.reshape(-1, 3).mean(0)
    assert mean[channel] / mean.sum() > plain[channel] / plain.sum() + 0.04


def test_night_is_darker_than_day() -> None:
    day, night = composed("a ruined tower"), composed("a ruined tower", "night")
    assert np.median(night.radiance) < 0.5 * np.median(day.radiance)


def test_a_composed_plate_goes_through_the_lens() -> None:
    seen = Backdrop(composed("a hotel lobby"), Size(256, 256)).frame({"x": 0.1})
    assert np.isfinite(seen).all()


def test_colours_are_read_once_each_in_order() -> None:
    assert hues.colours("red bricks, red doors") == [hues.NAMED["red"], hues.STUFF["brick"]]


def test_a_composed_place_says_that_it_is_not_the_place() -> None:
    spatial = setting("a submarine", "heavy rain at night")
    (said,) = report(spatial, choose(spatial))
    assert said.text == "a submarine"
    assert "no set" in said.why


def test_a_known_place_reports_only_what_it_lacks() -> None:
    spatial = setting("a crowded market", "a stuffed giraffe")
    assert [u.text for u in report(spatial, choose(spatial))] == ["a stuffed giraffe"]


def test_a_light_that_the_set_has_not_is_reported() -> None:
    spatial = setting("a forest at night")
    (said,) = report(spatial, choose(spatial))
    assert said.text == "night"
    assert "golden" in said.why


def test_a_place_in_its_light_has_nothing_to_report() -> None:
    spatial = setting("a neon street at night")
    assert report(spatial, choose(spatial)) == ()
