"""A place no set was baked for: a soft backdrop from the colours, light and depth of its words.

It is painted back to front from plain shapes with depth, lit by pools of light, and shown out of
focus like every plate. It never claims to be the place: ``report`` says what is not shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from vivant.engines.previz import hues, lights
from vivant.engines.previz.gazetteer import BY_NAME
from vivant.engines.previz.plate import KEY_LEVEL, PROBE_SIZE, Plate
from vivant.engines.previz.usage import leftover, mentions, plain
from vivant.types import Unshown

if TYPE_CHECKING:
    from collections.abc import Callable

    from vivant.engines.previz.hues import Mood
    from vivant.engines.previz.places import Choice
    from vivant.types import Floats, SpatialPrompt

NAME = "composed"
_HEIGHT, _WIDTH, _FOCAL = 360, 600, 1.857
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass
class Canvas:
    """A picture in the making: radiance, disparity and the lamps in it."""

    rng: np.random.Generator
    mood: Mood
    light: Floats = field(default_factory=lambda: np.zeros((_HEIGHT, _WIDTH, 3), np.float32))
    near: Floats = field(default_factory=lambda: np.zeros((_HEIGHT, _WIDTH), np.float32))
    bulbs: list[tuple[float, ...]] = field(default_factory=list)

    def cover(self, mask: Floats, colour: Floats, distance: float) -> None:
        """Paint ``mask`` (0 to 1) in a colour, at so many metres."""
        soft = mask[..., None]
        self.light = self.light * (1 - soft) + colour * soft
        self.near = np.where(mask > 0.5, np.float32(1 / distance), self.near)

    def bulb(self, x: float, y: float, distance: float, colour: Floats) -> None:
        """A lamp at a place in the picture (0 to 1 each way); its colour is its disc's."""
        spread = 0.024 * _FOCAL * abs(1 / 1.3 - 1 / distance) / 2
        size = 0.004
        aspect = _WIDTH / _HEIGHT
        power = np.asarray(colour, np.float64) * (spread / size) ** 2
        self.bulbs.append(((x - 0.5) * aspect, y - 0.5, 1 / distance, size, *power.tolist()))


def compose(spatial: SpatialPrompt, choice: Choice, seed: int) -> Plate:
    """A plate for words that no set answers. Same words, same seed, same plate."""
    words = plain(spatial.of("setting", "style") if spatial.parts else spatial.text)
    mood = hues.read(words, choice.light)
    canvas = Canvas(np.random.default_rng([seed, 0xC0DE]), mood)
    _PAINTERS[mood.kind](canvas)
    _grain(canvas)
    luma = np.log(canvas.light @ _LUMA + 1e-4).mean()
    canvas.light *= np.float32(mood.level / np.exp(luma))
    return Plate(
        name=NAME,
        light=choice.light,
        radiance=np.clip(canvas.light, 0, 6).astype(np.float32),
        disparity=canvas.near,
        probe=_probe(mood),
        focal=_FOCAL,
        bulbs=np.array(canvas.bulbs, np.float32).reshape(-1, 7),
        grade=mood.grade,
    )


def report(spatial: SpatialPrompt, choice: Choice) -> tuple[Unshown, ...]:
    """The words about place and light that the chosen plate does not show, and why."""
    said = [p.text for p in spatial.parts if p.kind == "setting"]
    if choice.place is None:
        why = "previz has no set for this; shown as a soft backdrop in its colours and light"
        return tuple(Unshown(text, why) for text in said if leftover(plain(text)))
    place = BY_NAME[choice.place]
    missing = [
        Unshown(text, f"the set is {place.note}, without this")
        for text in said
        if leftover(plain(text)) and all(m.place != place for m in mentions(plain(text)))
    ]
    if choice.asked and not lights.shows(choice.asked, choice.light):
        words = next((b.words for b in choice.matched if b.reason == "the light"), choice.asked)
        why = f"previz has this set by {' and '.join(place.lights)} light only"
        missing.append(Unshown(words, f"{why}; shown by {choice.light}"))
    return tuple(missing)


def _indoors(canvas: Canvas) -> None:
    """A wall with light on it, things before it, perhaps a window, lamps."""
    rng, mood = canvas.rng, canvas.mood
    x, y = _grid()
    canvas.cover(_ones(), _shade(mood.wall, 0.7 + 0.6 * _noise(rng, 3)), 6.5)
    canvas.cover(_box(0.0, 0.0, 1.0, 0.1), _shade(mood.wall * 0.5, 1.0 - 0.5 * y), 6.4)
    for k in range(5):  # panels, doors, niches
        left = k * 0.21 + rng.uniform(-0.03, 0.04)
        tone = mood.wall * rng.uniform(0.55, 1.25) if k % 2 else mood.second * rng.uniform(0.6, 1.1)
        canvas.cover(_box(left, rng.uniform(0.08, 0.2), left + rng.uniform(0.1, 0.17), 0.75),
                     _shade(tone, 0.75 + 0.5 * _noise(rng, 4)), 6.2)  # fmt: skip
    if mood.bright:
        left = rng.choice([0.06, 0.7])
        canvas.cover(_box(left, 0.1, left + 0.2, 0.55), _shade(mood.sky * 3.5, 1.15 - 0.5 * y), 6.1)
        canvas.cover(_box(left + 0.095, 0.1, left + 0.107, 0.55), _shade(mood.wall * 0.3, _one()), 6.0)
    canvas.cover(_box(0, 0.74, 1, 1), _shade(mood.floor, 0.5 + 0.9 * (y - 0.7) + 0.4 * _noise(rng, 5)), 5.5)
    for _ in range(11):  # things at several depths, larger and lower when nearer
        distance = float(rng.uniform(3.2, 5.8))
        middle, wide = rng.uniform(-0.02, 1.02), rng.uniform(0.03, 0.1) * 5 / distance
        top = 0.5 + 0.28 * (5 / distance - 0.9) + rng.uniform(-0.1, 0.12)
        tone = (mood.second, mood.accent, mood.wall * 0.5)[int(rng.integers(3))] * rng.uniform(0.4, 1.1)
        shape = _box if rng.random() < 0.7 else _oval
        canvas.cover(shape(middle - wide, top, middle + wide, 1.02), _shade(tone, 1.2 - 0.5 * y), distance)
    pools = sum(
        np.exp(-(((x - px) / 0.22) ** 2) - ((y - py) / 0.4) ** 2)
        for px, py in ((rng.uniform(0.1, 0.35), 0.3), (rng.uniform(0.65, 0.9), 0.35))
    )
    canvas.light *= (0.35 + 1.1 * np.asarray(pools))[..., None] * (0.5 + 0.5 * mood.lamp)
    for k in range(7):
        px, py, away = (k + rng.uniform(0.2, 0.8)) / 7, rng.uniform(0.1, 0.3), rng.uniform(4, 6)
        canvas.bulb(px, py, away, mood.lamp * rng.uniform(0.5, 1.6) * (0.6 if mood.bright else 1.0))
    _sparkle(canvas, 16, (0.3, 0.65), (4.5, 6.4), 0.5)


def _outdoors(canvas: Canvas) -> None:
    """Sky, a far edge of land or roofs, things in the middle distance, ground."""
    rng, mood = canvas.rng, canvas.mood
    _, y = _grid()
    _sky(canvas, 0.55)
    for distance, low, tall in ((400.0, 0.5, 0.16), (60.0, 0.54, 0.2), (16.0, 0.58, 0.26)):
        edge = low - tall * (_ridge(rng, 3 + 60 / distance**0.5) - 0.25)
        air = np.exp(-distance / 300)
        tone = mood.second * air * rng.uniform(0.6, 1.0) + mood.sky * (1 - air) * 0.7
        texture = 0.65 + 0.7 * _noise(rng, 14)
        canvas.cover(np.clip((y - edge[None]) * 60, 0, 1), _shade(tone, texture), distance)
    ground = np.clip((y - 0.6) * 80, 0, 1)
    canvas.cover(ground, _shade(mood.floor, 0.6 + 0.8 * _noise(rng, 9)), 9.0)
    canvas.near = np.where(ground > 0.5, np.clip((y - 0.5) * _FOCAL / 1.5, 0.02, 0.34), canvas.near).astype(np.float32)
    for _ in range(10):
        distance = float(rng.uniform(4, 12))
        middle, wide = rng.uniform(0, 1), rng.uniform(0.03, 0.09) * 6 / distance
        foot = 0.5 + _FOCAL * 1.5 / distance * 0.72
        tone = (mood.second, mood.accent)[int(rng.random() < 0.3)] * rng.uniform(0.4, 1.1)
        canvas.cover(_oval(middle - wide, foot - wide * 2.2, middle + wide, foot), _shade(tone, 1.25 - 0.6 * y), distance)
    if not mood.bright:
        _sparkle(canvas, 42, (0.3, 0.62), (14, 60), 1.0)
    else:
        _sparkle(canvas, 9, (0.1, 0.5), (10, 30), 0.35)


def _water(canvas: Canvas) -> None:
    """Open water: a sky, a far line, bands of waves with glints."""
    rng, mood = canvas.rng, canvas.mood
    x, y = _grid()
    _sky(canvas, 0.48)
    edge = 0.47 - 0.05 * (_ridge(rng, 3) - 0.5)
    canvas.cover(np.clip((y - edge[None]) * 60, 0, 1) * (y < 0.5), _shade(mood.sky * 0.5 + mood.second * 0.3, _one()), 500)
    wave = cv2.resize(rng.random((60, 12), np.float32), (_WIDTH, _HEIGHT), interpolation=cv2.INTER_CUBIC)
    shine = np.exp(-(((x - 0.62) / 0.16) ** 2)) * 0.8
    depth = np.clip((y - 0.48) * 2, 0, 1)
    tone = mood.second * (1 - depth)[..., None] * 0.8 + mood.accent * depth[..., None] * 0.5 + mood.sky * 0.22
    light = tone * (0.45 + 0.9 * wave + shine * (wave > 0.55))[..., None]
    canvas.cover(np.clip((y - 0.48) * 120, 0, 1), np.asarray(light, np.float32), 20)
    canvas.near = np.where(y > 0.5, np.clip((y - 0.5) * _FOCAL / 1.5, 0.003, 0.3), canvas.near).astype(np.float32)
    _sparkle(canvas, 26, (0.5, 0.62), (30, 90), 0.8)


def _aloft(canvas: Canvas) -> None:
    """Sky all round: banks of cloud at several distances."""
    rng, mood = canvas.rng, canvas.mood
    _, y = _grid()
    _sky(canvas, 1.0)
    for distance in (300.0, 80.0, 25.0):
        bank = np.clip((_noise(rng, 4) - 0.52 + 0.3 * (y - 0.5)) * 5, 0, 1)
        tone = _shade(mood.sky * 0.5 + mood.lamp * 0.7, 0.65 + 0.7 * _noise(rng, 5) - 0.3 * (y - 0.5))
        canvas.cover(bank.astype(np.float32), tone, distance)
    if not mood.bright:
        _sparkle(canvas, 40, (0.02, 0.6), (50, 90), 0.5)


def _below(canvas: Canvas) -> None:
    """A dark hollow with one light at its end: cave, cellar, hold."""
    rng, mood = canvas.rng, canvas.mood
    x, y = _grid()
    mouth = np.exp(-(((x - 0.58) / 0.12) ** 2) - ((y - 0.42) / 0.2) ** 2)
    canvas.cover(_ones(), _shade(mood.lamp * 1.2, mouth + 0.02), 14)
    for distance, gap in ((10.0, 0.3), (7.0, 0.38), (4.5, 0.5)):
        ring = np.hypot((x - 0.56) * 1.5, y - 0.45) + 0.16 * (_noise(rng, 6) - 0.5)
        rough = (0.25 + 0.9 * _noise(rng, 12)) * np.exp(-distance / 14)
        canvas.cover(np.clip((ring - gap) * 24, 0, 1), _shade(mood.wall * 0.7 + mood.lamp * 0.06, rough), distance)
    canvas.light += (mood.lamp * 0.25 * mouth[..., None]).astype(np.float32)
    _sparkle(canvas, 14, (0.25, 0.7), (5, 10), 0.9)


_PAINTERS: dict[str, Callable[[Canvas], None]] = {
    "indoors": _indoors,
    "outdoors": _outdoors,
    "water": _water,
    "aloft": _aloft,
    "below": _below,
}


def _sky(canvas: Canvas, horizon: float) -> None:
    mood = canvas.mood
    x, y = _grid()
    rise = np.clip(1 - y / horizon, 0, 1)[..., None] ** 0.7
    light = mood.horizon * (1 - rise) + mood.sky * rise
    glow = np.exp(-(((x - 0.62) / 0.3) ** 2) - ((y - horizon) / 0.25) ** 2)[..., None]
    clouds = np.clip((_noise(canvas.rng, 3) - 0.5) * 3, 0, 1)[..., None]
    light = light * (1 - 0.3 * clouds) + mood.horizon * 0.45 * clouds + mood.lamp * 0.5 * glow
    canvas.cover(_ones(), np.asarray(light, np.float32), 2000)


def _sparkle(
    canvas: Canvas, count: int, rows: tuple[float, float], away: tuple[float, float], power: float
) -> None:
    """Small lamps about the picture, most of them faint."""
    rng, mood = canvas.rng, canvas.mood
    for _ in range(count):
        tint = (mood.lamp, mood.accent / max(float(mood.accent.max()), 1e-3))[int(rng.random() < 0.3)]
        canvas.bulb(rng.random(), rng.uniform(*rows), rng.uniform(*away), tint * power * rng.uniform(0.2, 1.2) ** 2)


def _grain(canvas: Canvas) -> None:
    """Uneven light over all of it, so that no area is flat."""
    canvas.light *= (0.8 + 0.4 * _noise(canvas.rng, 2, 3))[..., None]


def _probe(mood: Mood) -> Floats:
    """A ball lit by a soft key from the left, the set's own light all round, a rim on the right."""
    side = (np.arange(PROBE_SIZE) + 0.5) / PROBE_SIZE * 2 - 1
    x, y = np.meshgrid(side, -side)
    r = np.maximum(1.0, np.hypot(x, y) / 0.995)
    normal = np.stack([x / r, y / r, np.sqrt(np.maximum(0, 1 - (x / r) ** 2 - (y / r) ** 2))], -1)

    def towards(*direction: float) -> Any:
        unit = np.array(direction) / np.linalg.norm(direction)
        return np.maximum(0, (normal @ unit + 0.25) / 1.25)[..., None]

    ball = towards(-0.6, 0.5, 0.65) * mood.key
    ball = ball + 0.22 * mood.sky / max(float(mood.sky.max()), 1e-3) * (0.6 + 0.4 * normal[..., 1:2])
    ball = ball + 0.5 * towards(0.95, 0.2, -0.15) ** 2 * mood.lamp
    level = float(np.percentile(ball @ _LUMA, 85))
    return np.asarray(ball * (KEY_LEVEL / level), np.float32)


def _grid() -> tuple[Floats, Floats]:
    y, x = np.mgrid[0:_HEIGHT, 0:_WIDTH].astype(np.float32)
    return (x + 0.5) / _WIDTH, (y + 0.5) / _HEIGHT


def _ones() -> Floats:
    return np.ones((_HEIGHT, _WIDTH), np.float32)


def _one() -> Floats:
    return _ones()


def _shade(colour: Floats, amount: Any) -> Floats:
    return np.asarray(np.asarray(colour) * np.maximum(amount, 0)[..., None], np.float32)


def _box(left: float, top: float, right: float, bottom: float) -> Floats:
    x, y = _grid()
    inside = np.minimum(np.minimum(x - left, right - x) * _WIDTH, np.minimum(y - top, bottom - y) * _HEIGHT)
    return np.clip(inside + 0.5, 0, 1).astype(np.float32)


def _oval(left: float, top: float, right: float, bottom: float) -> Floats:
    x, y = _grid()
    across = (x - (left + right) / 2) / max((right - left) / 2, 1e-3)
    along = (y - (top + bottom) / 2) / max((bottom - top) / 2, 1e-3)
    return np.clip((1 - np.hypot(across, along)) * 12, 0, 1).astype(np.float32)


def _noise(rng: np.random.Generator, cells: int, octaves: int = 4) -> Floats:
    """Fractal noise, 0 to 1."""
    total = np.zeros((_HEIGHT, _WIDTH), np.float32)
    for octave in range(octaves):
        n = cells * 2**octave
        grid = rng.random((max(2, n * 3 // 5) + 1, n + 1), np.float32)
        total += 0.5**octave * cv2.resize(grid, (_WIDTH, _HEIGHT), interpolation=cv2.INTER_CUBIC)
    return np.clip(total / (2 - 0.5 ** (octaves - 1)), 0, 1)


def _ridge(rng: np.random.Generator, cells: float) -> Floats:
    """A wandering line across the picture, 0 to 1."""
    line = np.zeros(_WIDTH, np.float32)
    for octave in range(4):
        n = max(2, int(cells * 2**octave))
        points = rng.random(n + 1)
        line += 0.5**octave * np.interp(np.linspace(0, n, _WIDTH), np.arange(n + 1), points)
    return line / np.float32(1.875)
