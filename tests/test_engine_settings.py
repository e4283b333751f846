"""An engine's settings: flat scalars in, a dataclass out, or a refusal that names what there is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from vivant.engines.settings import none, read, read_both
from vivant.errors import RecipeError


@dataclass(frozen=True)
class Motion:
    steps: int = 50
    guidance: float = 5.0


@dataclass(frozen=True)
class Place:
    device: str = "auto"
    tiled: bool = False


def test_what_is_given_replaces_defaults() -> None:
    assert read(Motion, {"steps": 4}, "wan") == Motion(steps=4)
    assert read(Motion, {"guidance": 1}, "wan") == Motion(guidance=1.0)
    both = read_both(Motion, Place, {"tiled": True, "steps": 4}, "wan")
    assert both == (Motion(steps=4), Place(tiled=True))


@pytest.mark.parametrize(
    "given,complaint",
    [
        ({"stairs": 4}, "no setting 'stairs'; it has: device, guidance, steps, tiled"),
        ({"steps": 4.0}, "steps of the engine wan is 4.0; it must be of type int"),
        ({"steps": True}, "of type int"),
        ({"tiled": 1}, "of type bool"),
        ({"device": 0}, "of type str"),
    ],
)
def test_what_is_wrong_is_refused(given: dict[str, float], complaint: str) -> None:
    with pytest.raises(RecipeError, match=complaint):
        read_both(Motion, Place, given, "wan")


def test_an_engine_without_settings_takes_none() -> None:
    none({}, "previz")
    with pytest.raises(RecipeError, match="previz has no settings; given: steps"):
        none({"steps": 1}, "previz")
