"""A film set as plain data: vertex-coloured meshes by finish, lamps, bulbs, sky.

Nothing here knows the renderer. The camera stands at ``(0, EYE, 0)`` and looks level along d; the
person stands at d = 1.3. At depth d the plate shows ``d * 0.45`` metres to each side and
``d * 0.27`` up and down, so a set is deep and narrow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

from tools.bake import mesh as meshes
from tools.bake.mesh import Array, Mesh, Vector

if TYPE_CHECKING:
    from collections.abc import Sequence

EYE = 1.5
PERSON = 1.3
Finish = Literal["matte", "satin", "gloss", "wet", "metal", "glow", "lamp"]
Colour: TypeAlias = "tuple[float, float, float] | Array | float"


@dataclass(frozen=True)
class Paint:
    """What a surface is made of; ``glow`` and ``lamp`` emit their colour as radiance.

    The two differ for the renderer alone: it sends half its light samples to each kind, so the few
    large lamps that light a set are not lost among thousands of glowing trifles.
    """

    colour: Colour
    finish: Finish = "matte"


@dataclass(frozen=True)
class Look:
    """What happens after rendering.

    ``level`` is the geometric mean of the backdrop's luminance where a key-lit face is at middle
    grey (0.18); ``haze`` is air of a colour that hides ``1 - exp(-haze * d)`` of what is behind it;
    ``glow`` is the share of light that scatters in the lens and the air.
    """

    grade: str = "neutral"
    level: float = 0.10
    haze: float = 0.0
    air: tuple[float, float, float] = (0.7, 0.8, 1.0)
    glow: float = 0.04


@dataclass
class Scene:
    """Collects a set. ``rng`` is the place's own chance; two lights of a place share its draws."""

    rng: np.random.Generator
    look: Look = field(default_factory=Look)
    solids: dict[Finish, list[tuple[Mesh, Array]]] = field(default_factory=dict)
    bulbs: list[tuple[float, ...]] = field(default_factory=list)
    sky: Array | None = None
    sun: tuple[Vector, Colour] | None = None

    def add(self, mesh: Mesh, paint: Paint) -> None:
        """Any mesh."""
        colour = np.broadcast_to(np.asarray(paint.colour, float), mesh.points.shape)
        self.solids.setdefault(paint.finish, []).append((mesh, colour))

    def box(
        self, at: Vector, size: Vector, paint: Paint, yaw: float = 0.0, roll: float = 0.0
    ) -> None:
        """A block with its middle at a point."""
        self.add(meshes.cube().scaled(size).turned(yaw, roll).at(at), paint)

    def block(self, at: Vector, size: Vector, paint: Paint, yaw: float = 0.0) -> None:
        """A block that stands on a point."""
        x, y, d = (float(v) for v in at)
        self.box((x, y + float(size[1]) / 2, d), size, paint, yaw)

    def ball(
        self, at: Vector, radius: float, paint: Paint, squash: Vector = (1.0, 1.0, 1.0)
    ) -> None:
        """A ball, stretched or not."""
        shape = np.asarray(squash, float) * radius
        self.add(meshes.ball().scaled(shape).at(at), paint)

    def rod(
        self, start: Vector, end: Vector, radius: float, paint: Paint, tip: float | None = None
    ) -> None:
        """A tube or a cone between two points."""
        self.add(meshes.rod(start, end, radius, tip), paint)

    def can(self, at: Vector, radius: float, height: float, paint: Paint) -> None:
        """An upright closed cylinder that stands on a point."""
        top = np.asarray(at, float) + [0, height, 0]
        self.rod(at, top, radius, paint)
        self.add(meshes.disc(top, (0, 1, 0), radius), paint)

    def wire(self, points: Sequence[Vector], radius: float, paint: Paint) -> None:
        """Tubes from point to point."""
        for start, end in pairwise(points):
            self.rod(start, end, radius, paint)

    def flakes(
        self, middles: Array, size: float | Array, colour: Colour, spread: float = 0.3
    ) -> None:
        """Leaves, petals, confetti: one colour varied a little from flake to flake."""
        flakes = meshes.scattered(self.rng, middles, size)
        vary = self.rng.uniform(1 - spread, 1 + spread, (len(middles), 1))
        warm = self.rng.normal(0, 0.08, (len(middles), 1)) * [1, 0, -1]
        colours = np.clip(np.asarray(colour) * vary * (1 + warm), 0.003, 0.95).repeat(4, 0)
        self.solids.setdefault("matte", []).append((flakes, colours))

    def picture(
        self, at: Vector, width: float, height: float, image: Array, facing: Vector = (0, 0, -1)
    ) -> None:
        """A poster, a tiled wall: linear ``(h, w, 3)`` reflectance."""
        self._printed("matte", at, width, height, image, facing)

    def screen(
        self, at: Vector, width: float, height: float, image: Array, gain: float,
        facing: Vector = (0, 0, -1),
    ) -> None:  # fmt: skip
        """A display, a lit window: linear ``(h, w, 3)`` times ``gain`` is radiance."""
        self._printed("glow", at, width, height, image * gain, facing)

    def lamp(
        self, at: Vector, width: float, height: float, radiance: Colour,
        facing: Vector = (0, -1, 0),
    ) -> None:  # fmt: skip
        """A light with an area."""
        self.add(meshes.panel(at, width, height, facing), Paint(radiance, "lamp"))

    def bulb(self, at: Vector, colour: Colour, radius: float = 0.02) -> None:
        """A lamp too small to trace. ``colour`` is the radiance of its disc, out of focus."""
        x, y, d = (float(v) for v in at)
        red, green, blue = np.broadcast_to(np.asarray(colour, float), 3)
        self.bulbs.append((x, y, d, radius, float(red), float(green), float(blue)))

    def key(
        self, side: int = -1, colour: Colour = (1.0, 0.95, 0.88), strength: float = 9.0,
        size: float = 0.9, height: float = 2.15,
    ) -> None:  # fmt: skip
        """The soft light on the person, out of the picture; ``side`` -1 is the picture's left."""
        at = np.array([side * 1.0, height, 0.75])
        towards = np.array([0, EYE, PERSON]) - at
        self.lamp(at, size, size, np.asarray(colour, float) * strength, towards)

    def rim(self, side: int, colour: Colour, strength: float = 8.0) -> None:
        """A strip of light from behind and beside the person."""
        at = np.array([side * 1.25, 1.9, 2.15])
        self.lamp(at, 0.35, 1.3, np.asarray(colour, float) * strength, (-side * 0.9, -0.2, -0.6))

    def fill(self, height: float, colour: Colour, strength: float, d: float = 4.2) -> None:
        """A broad lamp under the ceiling, above the picture: what a film crew hangs there."""
        self.lamp((0, height, d), 3.0, 2.0, np.asarray(colour, float) * strength)

    def room(
        self, width: float, height: float, depth: float, wall: Paint, floor: Paint, ceiling: Paint
    ) -> None:
        """Walls all round, from two metres behind the camera to ``depth``."""
        middle, length = (depth - 2) / 2, depth + 2
        self.box((0, -0.05, middle), (width, 0.1, length), floor)
        self.box((0, height + 0.05, middle), (width, 0.1, length), ceiling)
        for end in (-2.05, depth + 0.05):
            self.box((0, height / 2, end), (width, height, 0.1), wall)
        for side in (-1, 1):
            self.box((side * (width / 2 + 0.05), height / 2, middle), (0.1, height, length), wall)

    def _printed(
        self, finish: Finish, at: Vector, width: float, height: float, image: Array, facing: Vector
    ) -> None:
        """A picture as a grid with a colour at every corner: one kernel serves all sets."""
        rows, columns = image.shape[:2]
        grid = meshes.panel(at, width, height, facing, rows - 1, columns - 1)
        self.solids.setdefault(finish, []).append((grid, image.reshape(-1, 3)))


def jitter(rng: np.random.Generator, colour: Colour, by: float = 0.2) -> Array:
    """A colour a little darker or lighter, and a little off its hue."""
    shade, hue = rng.uniform(1 - by, 1 + by), rng.uniform(1 - by / 3, 1 + by / 3, 3)
    return np.clip(np.asarray(colour, float) * shade * hue, 0.004, 0.95)


def pick(rng: np.random.Generator, options: Sequence[Any]) -> Any:
    """One of several."""
    return options[int(rng.integers(len(options)))]
