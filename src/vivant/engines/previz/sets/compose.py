"""A place no set was baked for: a soft backdrop in the colours and light of its words.

A room or a landscape borrows the light and depth of a baked set of its kind, blurred until nothing
in it can be named and dyed in the palette of the words; sky and caves are painted outright. It
never claims to be the place: ``report`` says what is not shown.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.previz.sets import hues, lights, plate
from vivant.engines.previz.sets.gazetteer import BY_NAME
from vivant.engines.previz.sets.plate import KEY_LEVEL, PROBE_SIZE, Plate
from vivant.engines.previz.sets.usage import leftover, mentions, plain
from vivant.types import Unshown

if TYPE_CHECKING:
    from collections.abc import Callable

    from vivant.engines.previz.sets.hues import Mood
    from vivant.engines.previz.sets.places import Choice
    from vivant.types import Floats, SpatialPrompt

    Painted = tuple[Floats, Floats, Floats, float]
    """Radiance, disparity, bulbs, focal length."""

NAME = "composed"
_HEIGHT, _WIDTH, _FOCAL = 360, 600, 1.857
_BLUR = 0.022
"""Standard deviation in heights of the blur that makes a borrowed set nameless."""
_DYE = 0.75
"""How far the palette of the words replaces the borrowed colours."""
_LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_LENDERS: dict[str, tuple[str, ...]] = {
    "indoors": ("ballroom", "library", "cafe", "hospital", "living_room"),
    "outdoors": ("park", "forest", "mountains"),
    "water": ("beach",),
}


def compose(spatial: SpatialPrompt, choice: Choice, seed: int) -> Plate:
    """A plate for words that no set answers. Same words, same seed, same plate."""
    words = plain(spatial.of("setting", "style") if spatial.parts else spatial.text)
    mood = hues.read(words, choice.light)
    rng = np.random.default_rng([seed, zlib.crc32(words.encode())])
    radiance, disparity, bulbs, focal = _PAINTERS[mood.kind](rng, mood, choice.light)
    if mood.festive:
        bulbs = np.vstack([bulbs, _lamps(rng, mood, 45)])
    mean = np.exp(np.log(radiance @ _LUMA + 1e-4).mean())
    return Plate(
        name=NAME,
        light=choice.light,
        radiance=np.clip(radiance * (mood.level / mean), 0, 3).astype(np.float32),
        disparity=disparity,
        probe=_probe(mood),
        focal=focal,
        bulbs=bulbs,
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


def _borrowed(rng: np.random.Generator, mood: Mood, light: str) -> Painted:
    """A baked set of the kind, made nameless and dyed."""
    lenders = _LENDERS[mood.kind]
    lender = BY_NAME[lenders[int(rng.integers(len(lenders)))]]
    base = plate.load(lender.name, lights.nearest(light, lender.lights))
    mirror = bool(rng.integers(2))
    radiance, disparity = base.radiance, base.disparity
    if mirror:
        radiance, disparity = radiance[:, ::-1], disparity[:, ::-1]
    sigma = _BLUR * disparity.shape[0]
    soft = cv2.GaussianBlur(np.ascontiguousarray(radiance), (0, 0), sigma)
    near = cv2.GaussianBlur(np.ascontiguousarray(disparity), (0, 0), sigma)
    dyed = _dyed(rng, mood, np.asarray(soft, np.float32), np.asarray(near, np.float32))
    return dyed, np.asarray(near, np.float32), _relit(base.bulbs, mood, mirror), base.focal


def _dyed(rng: np.random.Generator, mood: Mood, light: Floats, near: Floats) -> Floats:
    """Keep how bright each place is; take its colour from the palette: far, nearer, in patches."""
    share = _DYE if mood.coloured else 0.2
    luma = (light @ _LUMA)[..., None] + np.float32(1e-5)
    close = np.clip((near - near.mean()) / (near.std() + 1e-4) * 0.5 + 0.5, 0, 1)[..., None]
    patch = np.clip((_noise(rng, 3, near.shape) - 0.55) * 8, 0, 1)[..., None]
    tint = mood.wall * (1 - close) + mood.second * close
    tint = tint * (1 - patch) + mood.accent * patch
    tone = tint @ _LUMA
    chroma = tint / tone[..., None] * np.sqrt(tone / tone.mean())[..., None]
    mixed = light * (1 - share) + luma * chroma * share
    hot = np.clip(luma / luma.mean() / 5 - 0.4, 0, 1)
    lamp = mood.lamp / (mood.lamp @ _LUMA)
    return np.asarray(mixed * (1 - hot) + luma * lamp * hot, np.float32)


def _relit(bulbs: Floats, mood: Mood, mirror: bool) -> Floats:
    """The borrowed lamps, in this light's colour."""
    lamps = bulbs.copy()
    if mirror:
        lamps[:, 0] *= -1
    power = lamps[:, 4:].max(1, keepdims=True)
    lamps[:, 4:] = 0.4 * lamps[:, 4:] + 0.6 * power * mood.lamp
    return lamps


def _aloft(rng: np.random.Generator, mood: Mood, light: str) -> Painted:
    """Sky all round: banks of cloud, lit from one side."""
    del light
    x, y = _grid()
    rise = np.clip(1 - y, 0, 1)[..., None]
    picture = mood.horizon * (1 - rise) + mood.sky * rise
    sun = np.exp(-(((x - 0.68) / 0.25) ** 2) - ((y - 0.62) / 0.25) ** 2)[..., None]
    picture = picture + mood.lamp * sun * 2.5
    near = np.zeros((_HEIGHT, _WIDTH), np.float32)
    for distance in (300.0, 90.0, 35.0):
        mass = _noise(rng, 3, near.shape)
        body = np.clip((mass - 0.5 + 0.25 * (y - 0.45)) * 6, 0, 1)[..., None]
        edge = np.clip(1 - np.abs(mass - 0.53) * 9, 0, 1)[..., None]
        shade = (0.5 + 0.9 * _noise(rng, 6, near.shape))[..., None]
        lining = mood.lamp * (0.3 + 2 * sun) * edge
        cloud = (mood.horizon * 0.4 + mood.sky * 0.7) * shade**2 + lining
        picture = picture * (1 - 0.8 * body) + cloud * 0.8 * body
        near = np.where(body[..., 0] > 0.5, np.float32(1 / distance), near)
    return (
        np.asarray(picture, np.float32),
        near,
        _lamps(rng, mood, 0 if mood.bright else 30),
        _FOCAL,
    )


def _below(rng: np.random.Generator, mood: Mood, light: str) -> Painted:
    """A hollow in rock: ribs of stone one behind the other, light from a side passage."""
    del light
    x, y = _grid()
    glow = np.exp(-(((x - 0.7) / 0.2) ** 2) - ((y - 0.4) / 0.3) ** 2)
    picture = mood.lamp * (0.8 * glow**3 + 0.04)[..., None]
    near = np.full((_HEIGHT, _WIDTH), np.float32(1 / 16))
    for distance, gap in ((11.0, 0.26), (7.5, 0.36), (5.0, 0.48), (3.4, 0.62)):
        rough = _noise(rng, 5, near.shape)
        ring = np.hypot((x - 0.62) * 1.5, y - 0.45) + 0.42 * (rough - 0.5)
        body = np.clip((ring - gap) * 22, 0, 1)[..., None]
        lit = (0.15 + 0.9 * _noise(rng, 11, near.shape)) * (0.25 + 1.3 * glow) + 0.08
        stone = (mood.wall * 0.8 + mood.lamp * 0.1) * lit[..., None]
        picture = picture * (1 - body) + stone * body
        near = np.where(body[..., 0] > 0.5, np.float32(1 / distance), near)
    return np.asarray(picture, np.float32), near, _lamps(rng, mood, 9), _FOCAL


def _submerged(rng: np.random.Generator, mood: Mood, light: str) -> Painted:
    """Under water: light from the surface in shafts, shapes of the ground lost in the blue."""
    del light
    x, y = _grid()
    depth = np.clip(y, 0, 1)[..., None]
    water = mood.wall * 1.6 + 0.02
    picture = (mood.lamp * 0.5 + water * 2.2) * (1 - depth) ** 1.6 + water * 0.7 * depth
    slant = x - 0.35 * y
    shafts = cv2.GaussianBlur(_noise(rng, 9, (1, _WIDTH)), (0, 0), 6).ravel()
    beam = np.interp(slant, np.linspace(-0.4, 1, _WIDTH), np.clip(shafts - 0.45, 0, 1) * 3)
    picture = picture + (water + mood.lamp * 0.2) * (beam * np.clip(0.9 - y, 0, 1))[..., None]
    near = np.full((_HEIGHT, _WIDTH), np.float32(1 / 14))
    for distance, level in ((9.0, 0.62), (6.0, 0.74), (4.0, 0.86)):
        ridge = level + 0.28 * (_noise(rng, 4, near.shape) - 0.5)
        body = np.clip((y - ridge) * 14, 0, 1)[..., None]
        ground = (mood.second * 0.5 + mood.accent * 0.35) * _noise(rng, 14, near.shape)[..., None]
        lost = np.float32(1 - 3 / distance / 1.6)
        picture = picture * (1 - body) + (ground * (1 - lost) + water * 0.8 * lost) * body
        near = np.where(body[..., 0] > 0.5, np.float32(1 / distance), near)
    return np.asarray(picture, np.float32), near, _lamps(rng, mood, 12), _FOCAL


_PAINTERS: dict[str, Callable[[np.random.Generator, Mood, str], Painted]] = {
    "indoors": _borrowed,
    "outdoors": _borrowed,
    "water": _borrowed,
    "aloft": _aloft,
    "below": _below,
    "submerged": _submerged,
}


def _lamps(rng: np.random.Generator, mood: Mood, count: int) -> Floats:
    """Small lamps about the picture, most of them faint."""
    at = np.stack([rng.uniform(-0.8, 0.8, count), rng.uniform(-0.3, 0.25, count)], 1)
    near, size = 1 / rng.uniform(6, 40, (count, 1)), np.full((count, 1), 0.004)
    power = rng.uniform(0.2, 1.1, (count, 1)) ** 2 * 6
    tints = np.stack([mood.lamp, *(c / c.max() for c in (mood.wall, mood.second, mood.accent))])
    tint = tints[rng.choice(4, count, p=(0.4, 0.2, 0.2, 0.2))]
    return np.hstack([at, near, size, power * tint]).astype(np.float32)


def _probe(mood: Mood) -> Floats:
    """A ball lit by a soft key from the left, the set's own light all round, a rim on the right."""
    side = (np.arange(PROBE_SIZE) + 0.5) / PROBE_SIZE * 2 - 1
    x, y = np.meshgrid(side, -side)
    r = np.maximum(1.0, np.hypot(x, y) / 0.995)
    x, y = x / r, y / r
    normal = np.stack([x, y, np.sqrt(np.maximum(0, 1 - x * x - y * y))], -1)

    def towards(*direction: float) -> Floats:
        unit = np.array(direction) / np.linalg.norm(direction)
        return np.asarray(np.maximum(0, (normal @ unit + 0.25) / 1.25)[..., None], np.float32)

    around = mood.sky / max(float(mood.sky.max()), 1e-3)
    ball = towards(-0.6, 0.5, 0.65) * mood.key
    ball = ball + 0.22 * around * (0.6 + 0.4 * normal[..., 1:2])
    ball = ball + 0.5 * towards(0.95, 0.2, -0.15) ** 2 * mood.lamp
    level = float(np.percentile(ball @ _LUMA, 85))
    return np.asarray(ball * (KEY_LEVEL / level), np.float32)


def _grid() -> tuple[Floats, Floats]:
    y, x = np.mgrid[0:_HEIGHT, 0:_WIDTH].astype(np.float32)
    return (x + 0.5) / _WIDTH, (y + 0.5) / _HEIGHT


def _noise(rng: np.random.Generator, cells: int, shape: tuple[int, ...]) -> Floats:
    """Fractal noise, 0 to 1."""
    height, width = shape[:2]
    total = np.zeros((height, width), np.float32)
    for octave in range(4):
        n = cells * 2**octave
        grid = rng.random((max(2, n * 3 // 5) + 1, n + 1), np.float32)
        total += 0.5**octave * cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(total / 1.875, 0, 1), np.float32)
