"""A scene: one or two people, dressed and lit, before a set, ready to be shown at any moment."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from vivant.engines.previz import wardrobe
from vivant.engines.previz.finish import Finish, grade_for, light_wrap
from vivant.engines.previz.person import figure, framing, pairing, portrait
from vivant.engines.previz.person.light import Light
from vivant.engines.previz.person.pairing import together
from vivant.engines.previz.sets import compose, places, plate
from vivant.engines.previz.sets.backdrop import Backdrop
from vivant.engines.previz.wardrobe import outfit as outfits
from vivant.types import Unshown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vivant.engines.previz.bust import Bust, Dressed
    from vivant.engines.previz.person.figure import Figure
    from vivant.engines.previz.person.framing import Framing, Mark
    from vivant.engines.previz.person.portrait import Portrait
    from vivant.engines.previz.wardrobe.outfit import Outfit
    from vivant.engines.previz.weather import Weather
    from vivant.types import Image, Reference, Size, SpatialPrompt

PLAIN = (outfits.Outfit("tee"), outfits.Outfit("sweater", "slate"))
"""What a person wears of whom neither the photo nor the prompt says it; the second is unlike the
first, so that two people do not come in uniform."""

_FRAMINGS: tuple[tuple[str, Framing], ...] = (
    (r"extreme close|tight close", "close-up"),
    (r"medium close|chest.?up|head.and.shoulders|portrait|bust shot", "medium close-up"),
    (r"close.?up|headshot", "close-up"),
    (r"medium|mid.?shot|waist|cowboy|wide|full|long shot|establishing", "medium"),
)
_TOO_WIDE = r"wide|full|long shot|establishing|cowboy|waist"
_TURNED = 0.26
"""A head turned further than this (15 degrees) has a light side and a dark side."""
_PLACED = re.compile(
    r"(?:^|\b(?:on|at|in) )the (?:far )?(left|right)(?=\s+(?:side|hand|of)\b|\s*(?:[,.;]|$))"
    r"|\bto the (left|right) of\b"
)
"""Words that say at which side of the picture somebody is."""
_FACING = 0.5
"""A head turned this far (the sine of 30 degrees) to somebody beside it is seen to look at them."""
_READ = lru_cache(maxsize=4)(portrait.read)


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that stands still from frame to frame.

    ``figures`` are in the order of the references; ``far_to_near`` are their numbers in the order
    in which they are drawn. ``beside`` says for each how far the head is from facing the other one:
    -1 is a whole turn to the left, 1 one to the right, 0 for one alone.
    """

    figures: tuple[Figure, ...]
    far_to_near: tuple[int, ...]
    backdrop: Backdrop
    finish: Finish
    beside: tuple[float, ...]
    unshown: tuple[Unshown, ...]

    def frame(
        self,
        poses: Sequence[Mapping[str, float]],
        camera: Mapping[str, float],
        weather: Weather,
        index: int,
        t: float,
    ) -> Image:
        """One picture, uint8 RGB: set, far weather, people, near weather, look.

        ``poses`` has one pose a figure.
        """
        gain = weather.gain(index, t)
        behind = weather.behind(self.backdrop.frame(camera) * gain, index, t, camera)
        people = together(
            self.figures[number].frame(poses[number], camera) for number in self.far_to_near
        )
        people[..., :3] *= gain
        picture = weather.before(light_wrap(people, behind), index, t, camera)
        return self.finish.frame(picture, index)


def set_scene(
    references: tuple[Reference, ...], spatial: SpatialPrompt, size: Size, seed: int
) -> Scene:
    """Choose place, light, clothes and framing by the prompt, and build the scene.

    ``references`` are one or two. Same arguments, same scene. Raises PortraitError where a photo
    can't be animated.
    """
    people = [_READ(reference) for reference in references]
    choice = places.choose(spatial)
    ground = lit_for(sum(person.turn for person in people), _plate(spatial, choice, seed))
    light = Light(ground.probe)
    worn = [outfits.choose(spatial, number) for number in range(len(people))]
    marks = _marks(people, spatial, size, seed, [outfit is None for outfit in worn])
    figures = tuple(
        figure.build(person, size, _dresser(outfit, number, seed), light, seed + number, mark)
        for number, (person, outfit, mark) in enumerate(zip(people, worn, marks, strict=True))
    )
    look = grade_for(f"{spatial.of('style', 'setting')}", ground.grade)
    said = (outfits.report(spatial, outfit, number) for number, outfit in enumerate(worn))
    unshown = (
        *compose.report(spatial, choice),
        *dict.fromkeys(line for lines in said for line in lines),
        *_unshown_framing(spatial),
    )
    nearer = sorted(range(len(figures)), key=lambda k: figures[k].height)
    return Scene(
        figures, tuple(nearer), Backdrop(ground, size), Finish(look, size, seed),
        _beside(people, figures), unshown,
    )  # fmt: skip


def _marks(
    people: Sequence[Portrait], spatial: SpatialPrompt, size: Size, seed: int, keep: Sequence[bool]
) -> tuple[Mark, ...]:
    asked = framing_of(spatial)
    if len(people) == 1:
        return (framing.alone(people[0], size, asked, seed, keep[0]),)
    order = order_of(spatial) or pairing.left_to_right(people)
    return pairing.marks(people, size, asked, seed, keep, order)


def _beside(people: Sequence[Portrait], figures: Sequence[Figure]) -> tuple[float, ...]:
    """A head that the photo shows turned to the other one needs no turn, or less of one."""
    x = [figure.face[0] for figure in figures]
    sides = [float(np.sign(sum(x) - len(x) * own)) for own in x]
    return tuple(
        side * float(np.clip(1 - side * person.turn / _FACING, 0, 1))
        for side, person in zip(sides, people, strict=True)
    )


def _dresser(outfit: Outfit | None, number: int, seed: int) -> Callable[[Bust], Dressed]:
    """Dresses a bust as asked, and by the person's number in plain clothes where nothing is."""

    def dress(bust: Bust) -> Dressed:
        return wardrobe.dress(bust, outfit or PLAIN[number], seed + number)

    return dress


def _plate(spatial: SpatialPrompt, choice: places.Choice, seed: int) -> plate.Plate:
    if choice.place is None:
        return compose.compose(spatial, choice, seed)
    return plate.load(choice.place, choice.light)


def lit_for(turn: float, ground: plate.Plate) -> plate.Plate:
    """``ground``, mirrored where its key light would fall on the back of a turned head.

    ``turn`` is the sine of the head's yaw, of two people's the sum: who look at each other are lit
    well from either side. A film crew would move the lamp; a plate can be turned
    over.
    """
    middle = ground.probe.shape[1] // 2
    from_right = float(ground.probe[:, middle:].sum() - ground.probe[:, :middle].sum())
    if abs(turn) < _TURNED or turn * from_right > 0:
        return ground
    bulbs = ground.bulbs.copy()
    bulbs[:, 0] *= -1
    return replace(
        ground,
        radiance=np.ascontiguousarray(ground.radiance[:, ::-1]),
        disparity=np.ascontiguousarray(ground.disparity[:, ::-1]),
        probe=np.ascontiguousarray(ground.probe[:, ::-1]),
        bulbs=bulbs,
    )


def order_of(spatial: SpatialPrompt) -> tuple[int, int] | None:
    """The two people's numbers from left to right, if the prompt says who stands where."""
    spoken_of: tuple[int, ...] = ()
    for part, after in zip_longest(spatial.parts, spatial.parts[1:]):
        found = _PLACED.search(part.text.lower())
        # "On the left a chef": the place of whom the prompt is about to name.
        who = part.who or spoken_of or (after.who if after is not None else ())
        if found is not None and len(who) == 1:
            left = "left" in (found[1], found[2])
            return (who[0], 1 - who[0]) if left else (1 - who[0], who[0])
        spoken_of = part.who or spoken_of
    return None


def framing_of(spatial: SpatialPrompt) -> Framing:
    """The framing that the prompt asks for; "auto" where it asks for none."""
    asked = spatial.of("framing").lower()
    return next((name for words, name in _FRAMINGS if re.search(words, asked)), "auto")


def _unshown_framing(spatial: SpatialPrompt) -> tuple[Unshown, ...]:
    asked = spatial.of("framing")
    if not re.search(_TOO_WIDE, asked.lower()):
        return ()
    return (Unshown(asked, "previz shows head and shoulders; shown as its widest, a medium shot"),)
