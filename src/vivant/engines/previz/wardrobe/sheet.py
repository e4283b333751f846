"""The cutting table: a garment's surface while it is sewn, and the few ways to work on it.

Shapes are given in body space seen from the front (x, y in head heights) and laid onto the traced
cloth, so that they turn with the chest. Each becomes a ``Mark``: soft coverage inside its bounds.
Heights are in head heights too; they become normals and crevices only when the sheet is finished.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import cv2
import numpy as np

from vivant.engines.previz.bust import Layer
from vivant.engines.previz.wardrobe.folds import folds, noise
from vivant.engines.previz.wardrobe.torso import Body, Fit, View, f32, front, trace

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.engines.previz.wardrobe.shells import Scrap
    from vivant.types import Floats

Points: TypeAlias = "Sequence[tuple[float, float]] | NDArray[np.floating[Any]]"
Colour: TypeAlias = "Sequence[float] | NDArray[np.floating[Any]]"


@dataclass(frozen=True)
class Fabric:
    """How a cloth looks from where a portrait is taken.

    ``fold`` is the height and ``run`` the width of its folds in head heights; ``grain`` the fine
    and ``mottle`` the broad variation of its colour (deviation, fraction); ``bloom`` lightens what
    turns away, as the nap of wool and knit does.
    """

    fold: float = 0.012
    run: float = 0.10
    grain: float = 0.03
    mottle: float = 0.03
    bloom: float = 0.0


@dataclass(frozen=True, eq=False)
class Mark:
    """Coverage 0 to 1 of one shape, inside ``rows`` and ``cols`` of the canvas."""

    rows: slice
    cols: slice
    cover: Floats

    @property
    def at(self) -> tuple[slice, slice]:
        """Where on the canvas."""
        return self.rows, self.cols


class Sheet:
    """One garment being sewn. Work in order: what is drawn later lies on top."""

    def __init__(self, view: View, body: Body, fit: Fit, fabric: Fabric, seed: int) -> None:
        self.view, self.body, self.fit, self.fabric, self.seed = view, body, fit, fabric, seed
        self.field = body.clothed(fit)
        surface = trace(view, self.field)
        shape = surface.alpha.shape
        self.x, self.y = surface.point[..., 0], surface.point[..., 1]
        self.normal, self.depth = surface.normal, surface.depth
        self.alpha, self.shade = surface.alpha, surface.occlusion
        self.outline = surface.alpha.copy()
        self.hole = np.zeros(shape, np.float32)
        self.albedo = np.full((*shape, 3), 0.5, np.float32)
        self.main = np.full(3, 0.5, np.float32)
        self.printed: Floats | None = None
        self.shade_bare = self.shade.copy()
        self.drape = fabric.fold * folds(self.x, self.y, view.unit, fabric.run, seed)
        self.height = self.drape.copy()
        self.weave = self._weave(shape)
        self.side = self._side(surface.point)
        self.rear: list[tuple[Scrap, Colour]] = []

    def _weave(self, shape: tuple[int, int]) -> Floats:
        fine = noise(shape, max(self.view.unit * 0.006, 1.0), self.seed + 30, 2)
        broad = noise(shape, max(self.view.unit * 0.22, 2.0), self.seed + 31, 3)
        return 1 + 0.45 * self.fabric.grain * fine + self.fabric.mottle * broad

    def _side(self, point: Floats) -> Floats:
        small = cv2.resize(point, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
        x, y, z = (np.asarray(small[..., i], np.float32) for i in range(3))
        side = self.body.sleeve(self.fit, x, y, z)
        size = point.shape[1], point.shape[0]
        return np.asarray(cv2.resize(side, size, interpolation=cv2.INTER_LINEAR), np.float32)

    def arms(self, hem: float) -> Mark:
        """Both arms below body y ``hem``."""
        edge = self.view.unit / 1.5
        beyond = np.clip(self.side * edge + 0.5, 0, 1)
        return self.everywhere(beyond * np.clip((hem - self.y) * edge + 0.5, 0, 1))

    def on_trunk(self, mark: Mark) -> Mark:
        """The part of ``mark`` that is not on a sleeve."""
        off = np.clip(0.5 - self.side[mark.at] * self.view.unit / 1.5, 0, 1)
        return Mark(mark.rows, mark.cols, mark.cover * off)

    def on_sleeves(self, mark: Mark) -> Mark:
        """The part of ``mark`` that is on a sleeve."""
        return Mark(mark.rows, mark.cols, mark.cover - self.on_trunk(mark).cover)

    # -- shapes --------------------------------------------------------------------------------

    def place(self, points: Points, closed: bool = False) -> Floats:
        """Front-view body points to pixels ``(k, 2)``, finely divided to follow the cloth."""
        p = np.asarray(points, np.float32)
        if closed:
            p = np.concatenate([p, p[:1]])
        parts = [p[:1]]
        for a, b in pairwise(p):
            n = int(np.hypot(*(b - a)) / 0.05) + 1
            parts.append(a + (b - a) * (np.arange(1, n + 1, dtype=np.float32) / n)[:, None])
        line = self._grade(np.concatenate(parts))
        z = front(self.body, self.fit, line[:, 0], line[:, 1])
        return self.view.pixels(np.concatenate([line, z[:, None]], 1))

    def _grade(self, line: Floats) -> Floats:
        """Patterns are drawn for an average body: fit them to this neck and these shoulders."""
        x, out = line[:, 0], np.abs(line[:, 0])
        neck = (self.body.neck - 0.26) * np.clip(out / 0.26, 0, 1) * np.clip((1 - out) / 0.5, 0, 1)
        wide = 1 + (self.body.build - 1) * np.clip((out - 0.26) / 0.35, 0, 1)
        return np.stack([(x + np.sign(x) * neck) * wide, line[:, 1]], -1).astype(np.float32)

    def area(self, points: Points, soft: float = 0.0) -> Mark:
        """A filled shape; ``soft`` blurs its edge, in head heights."""
        return self._draw(self.place(points, closed=True), None, soft)

    def space(self, points: Floats) -> Mark:
        """A filled shape between body points ``(k, 3)`` that need not lie on the cloth."""
        return self._draw(self.view.pixels(points), None, 0.0)

    def line(self, points: Points, width: float, soft: float = 0.0) -> Mark:
        """An open line ``width`` wide; ``soft`` blurs it, both in head heights."""
        return self._draw(self.place(points), width, soft)

    def dot(self, x: float, y: float, radius: float) -> Mark:
        """A disc."""
        turn = np.linspace(0, 2 * np.pi, 17)[:-1]
        ring = np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], -1)
        return self.area(ring.astype(np.float32))

    def everywhere(self, cover: Floats) -> Mark:
        """Coverage computed over the whole canvas."""
        return Mark(slice(0, cover.shape[0]), slice(0, cover.shape[1]), cover)

    def _draw(self, pixels: Floats, width: float | None, soft: float) -> Mark:
        unit = self.view.unit
        wide = max((width or 0) * unit, 1.0)
        margin = int(3 * soft * unit + wide / 2) + 3
        edge = np.array([self.view.width, self.view.height])
        low = np.clip(np.floor(pixels.min(0)).astype(int) - margin, 0, edge)
        high = np.clip(np.ceil(pixels.max(0)).astype(int) + margin, low, edge)
        canvas = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
        if canvas.size:
            fixed = np.round((pixels - low) * 16).astype(np.int32)
            if width is None:
                cv2.fillPoly(canvas, [fixed], 255, cv2.LINE_AA, 4)
            else:
                # Thickness is whole pixels: a thinner line keeps its weight by its ink.
                ink = round(255 * min(1.0, width * unit))
                cv2.polylines(canvas, [fixed], False, ink, round(wide), cv2.LINE_AA, 4)
        cover = f32(canvas) / np.float32(255)
        if soft * unit > 0.3 and canvas.size:
            cover = f32(cv2.GaussianBlur(cover, (0, 0), soft * unit))
        return Mark(slice(low[1], high[1]), slice(low[0], high[0]), cover)

    # -- work ----------------------------------------------------------------------------------

    def dye(self, colour: Colour) -> None:
        """Colour everything."""
        self.main = np.asarray(colour, np.float32)
        self.albedo[:] = self.main

    def print(self, pattern: Callable[[Sheet, Floats], None]) -> None:
        """Print a pattern on the cloth; pieces cut from the same cloth will show it too."""
        pattern(self, self.main)
        self.printed = self.albedo.copy()

    def paint(self, mark: Mark, colour: Colour, opacity: float = 1.0) -> None:
        """Colour a shape."""
        part = self.albedo[mark.at]
        part += (mark.cover * opacity)[..., None] * (self._cloth(mark, colour) - part)

    def _cloth(self, mark: Mark, colour: Colour) -> Floats:
        """``colour``, or the printed cloth where it is a cut of the garment's own."""
        ink = np.asarray(colour, np.float32)
        if self.printed is None or mark.cover.size == 0:
            return ink
        ratio = ink / np.maximum(self.main, 1e-3)
        if not (np.ptp(ratio) < 0.04 and 0.7 < ratio.mean() < 1.3):
            return ink
        # A piece is cut elsewhere from the same cloth, so its print doesn't meet its neighbour's.
        shift = round(0.11 * self.view.unit)
        rows = (np.arange(mark.rows.start, mark.rows.stop) + shift) % len(self.printed)
        return np.asarray(self.printed[rows, mark.cols] * ratio.mean(), np.float32)

    def lift(self, mark: Mark, height: float) -> None:
        """Raise a shape, or sink it."""
        self.height[mark.at] += height * mark.cover

    def flatten(self, mark: Mark, amount: float = 1.0) -> None:
        """Take the folds out of stiff cloth."""
        self.height[mark.at] *= 1 - amount * mark.cover

    def hide(self, mark: Mark) -> None:
        """Cover what was sewn before: only the cloth's broad fall shows through."""
        at = mark.at
        self.height[at] += mark.cover * (0.4 * self.drape[at] - self.height[at])
        self.shade[at] += mark.cover * (self.shade_bare[at] - self.shade[at])

    def dim(self, mark: Mark, amount: float) -> None:
        """Take light from a shape."""
        self.shade[mark.at] *= 1 - amount * mark.cover

    def cut(self, mark: Mark) -> None:
        """Take the cloth away."""
        self.alpha[mark.at] *= 1 - mark.cover

    def cast(self, mark: Mark, reach: float, amount: float) -> None:
        """The shadow that what ``mark`` covers throws on the cloth below and around it."""
        unit = self.view.unit
        blur = max(reach * unit * 0.6, 0.6)
        pad = int(reach * unit + 3 * blur) + 1
        box = _grow(mark, pad, self.alpha.shape)
        inner = np.zeros((box[0].stop - box[0].start, box[1].stop - box[1].start), np.float32)
        top, left = mark.rows.start - box[0].start, mark.cols.start - box[1].start
        inner[top : top + mark.cover.shape[0], left : left + mark.cover.shape[1]] = mark.cover
        if inner.size == 0:
            return
        drop = np.array([[1, 0, 0], [0, 1, reach * unit * 0.7]], np.float32)
        shadow = cv2.GaussianBlur(cv2.warpAffine(inner, drop, inner.shape[::-1]), (0, 0), blur)
        self.shade[box] *= 1 - amount * shadow * (1 - inner)

    def panel(self, points: Points, colour: Colour, thick: float = 0.008) -> Mark:
        """A piece of cloth laid on top: flat, with a thickness and a shadow."""
        mark = self.area(points)
        self.cast(mark, 0.03, 0.45)
        self.paint(mark, colour)
        self.hide(mark)
        self.lift(mark, thick)
        return mark

    def seam(self, points: Points, width: float = 0.008, depth: float = 0.006) -> None:
        """A sewn line: a groove with a little shade in it."""
        self.lift(self.line(points, width, width * 0.4), -depth)
        self.dim(self.line(points, width * 0.6, width * 0.5), 0.35)

    def stitch(self, points: Points, colour: Colour, dash: float = 0.02) -> None:
        """Visible thread along a line."""
        pixels = self.place(points)
        step = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(pixels, axis=0).T))])
        at = np.arange(0, step[-1], max(dash * self.view.unit, 3.0))
        for start in at:
            ends = start, start + max(dash * self.view.unit, 3.0) * 0.6
            dashes = np.stack([np.interp(ends, step, pixels[:, i]) for i in (0, 1)], -1)
            self.paint(self._draw(dashes.astype(np.float32), 0.005, 0), colour, 0.8)

    def button(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A round button with a hollow."""
        disc = self.dot(x, y, radius)
        self.cast(disc, radius * 0.5, 0.4)
        self.paint(disc, colour)
        self.flatten(disc)
        self.lift(disc, radius * 0.35)
        self.lift(self.dot(x, y, radius * 0.6), -radius * 0.18)

    def wear(self, scrap: Scrap | None, colour: Colour, shadow: float = 0.5) -> Mark | None:
        """Lay a shell on the cloth, where it is nearer to the camera."""
        if scrap is None:
            return None
        at = scrap.rows, scrap.cols
        bare = 1 - self.alpha[at]
        nearer = np.clip((scrap.depth - self.depth[at]) / 0.012 + 0.5, 0, 1)
        cover = scrap.cover * np.maximum(nearer, bare)
        mark = Mark(scrap.rows, scrap.cols, cover)
        self.cast(mark, 0.05, shadow)
        part = cover[..., None]
        self.albedo[at] += part * (self._cloth(mark, colour) - self.albedo[at])
        self.normal[at] += part * (scrap.normal - self.normal[at])
        self.height[at] *= 1 - cover
        self.shade[at] += cover * (1 - self.shade[at])
        self.depth[at] += cover * (scrap.depth - self.depth[at])
        self.alpha[at] = np.maximum(self.alpha[at], cover)
        return mark

    # -- done ----------------------------------------------------------------------------------

    def layer(self) -> Layer:
        """The finished garment."""
        unit = self.view.unit
        height = cv2.GaussianBlur(self.height * unit, (0, 0), max(unit * 0.0025, 0.5))
        slope_x = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3) / 8
        slope_y = cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3) / 8
        normal = self.normal.copy()
        normal[..., 0] -= slope_x
        normal[..., 1] += slope_y
        normal /= np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-6)
        hollow = cv2.GaussianBlur(height, (0, 0), max(unit * 0.02, 1.0)) - height
        shade = self.shade * np.clip(1 - 14 * np.maximum(hollow, 0) / unit, 0.35, 1)
        edge = np.clip(1 - self.normal[..., 2], 0, 1) ** 2
        albedo = self.albedo * (self.weave * (1 + self.fabric.bloom * edge))[..., None]
        return Layer(
            np.clip(albedo, 0, 1).astype(np.float32),
            np.clip(self.alpha, 0, 1).astype(np.float32),
            normal.astype(np.float32),
            np.clip(shade, 0, 1).astype(np.float32),
        )


def _grow(mark: Mark, pad: int, shape: tuple[int, ...]) -> tuple[slice, slice]:
    return (
        slice(max(mark.rows.start - pad, 0), min(mark.rows.stop + pad, shape[0])),
        slice(max(mark.cols.start - pad, 0), min(mark.cols.stop + pad, shape[1])),
    )
