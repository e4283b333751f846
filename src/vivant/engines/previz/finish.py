"""From linear light to the film's picture: light wrap, bloom, tone curve, grade, grain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.errors import EngineError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Floats, Image, Size

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Rec. 709 weights of linear light."""


@dataclass(frozen=True)
class Grade:
    """A look. All factors act on linear light but ``contrast``, which bends the display values."""

    gain: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Factors of red, green and blue; they tint the highlights most."""
    lift: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Light added in the shadows."""
    saturation: float = 1.0
    contrast: float = 0.10
    exposure: float = 1.0
    vignette: float = 0.22
    grain: float = 1.0


GRADES: dict[str, Grade] = {
    "neutral": Grade(),
    "warm": Grade((1.05, 1.0, 0.93), (0.003, 0.001, 0.0), 1.03),
    "cool": Grade((0.95, 1.0, 1.06), (0.0, 0.002, 0.006), 0.96),
    "gold": Grade((1.09, 1.0, 0.84), (0.006, 0.003, 0.0), 1.08, exposure=1.03),
    "night": Grade((0.84, 0.95, 1.14), (0.0, 0.002, 0.009), 0.80, 0.14, 0.80, 0.34),
    "teal": Grade((1.05, 1.0, 0.95), (-0.003, 0.006, 0.011), 1.08, 0.16),
    "noir": Grade(saturation=0.0, contrast=0.6, exposure=0.9, vignette=0.45, grain=1.6),
    "mono": Grade(saturation=0.0, contrast=0.22, grain=1.3),
    "sepia": Grade((1.20, 0.97, 0.70), (0.008, 0.003, 0.0), 0.0, 0.10, vignette=0.32, grain=1.5),
    "vintage": Grade(
        (1.06, 1.0, 0.86), (0.016, 0.011, 0.010), 0.78, 0.03, vignette=0.32, grain=1.8
    ),
    "vivid": Grade(saturation=1.25, contrast=0.14),
    "muted": Grade(saturation=0.66, contrast=0.05, lift=(0.004, 0.004, 0.005)),
    "bleach": Grade(saturation=0.45, contrast=0.28, grain=1.4),
    "neon": Grade((1.03, 0.94, 1.07), (0.005, 0.0, 0.010), 1.18, 0.16, vignette=0.32),
    "fire": Grade((1.08, 0.98, 0.88), (0.008, 0.002, 0.0), 1.05, 0.12),
    "forest": Grade((1.0, 1.02, 0.93), (0.001, 0.005, 0.003), 1.04),
    "dream": Grade((1.03, 1.0, 1.01), (0.014, 0.011, 0.014), 0.92, 0.0, 1.05, 0.14, 0.6),
}
"""Looks by name."""

_STYLES: tuple[tuple[str, str], ...] = (
    (r"film.?noir|\bnoir\b|expressionis", "noir"),
    (r"black.?and.?white|black.?&.?white|\bb&w\b|monochrom|gr[ae]yscale|silent film", "mono"),
    (r"sepia|daguerreotype|tintype|19th.century photo", "sepia"),
    (r"golden.?hour|sunset|sunrise|golden light|magic hour|golden", "gold"),
    (
        r"vintage|retro|\b(?:19)?[2-8]0s\b|super.?8|"
        r"\b(?:8|16)\s?mm|kodachrome|polaroid|nostalgi|vhs|analog",
        "vintage",
    ),
    (r"teal|orange and|blockbuster|sci.?fi|science fiction", "teal"),
    (r"neon|cyberpunk|synthwave|vaporwave|nightclub", "neon"),
    (r"\bnight|moonlit|moonlight|midnight|nocturnal|day.for.night", "night"),
    (r"bleach.?bypass|gritty|war film|bleak", "bleach"),
    (r"dream|ethereal|soft.?focus|hazy|pastel", "dream"),
    (r"muted|desaturated|faded|documentary|overcast|wes anderson", "muted"),
    (r"vivid|vibrant|saturated|colou?rful|technicolou?r", "vivid"),
    (r"\bwarm|candle|cozy|cosy|tungsten|amber|firelight", "warm"),
    (r"\bcool|\bcold|blue.?hour|icy|winter|clinical|steel", "cool"),
)
_STYLE = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _STYLES)


def grade_for(style_words: str, plate_grade: str) -> str:
    """The look that the style words name; where they name none, the set's own.

    Raises EngineError for a ``plate_grade`` that is not in ``GRADES``.
    """
    _known(plate_grade)
    return next((name for asks, name in _STYLE if asks.search(style_words)), plate_grade)


def _known(name: str) -> Grade:
    if name not in GRADES:
        raise EngineError(
            f"There is no grade called {name!r}; the known ones are {', '.join(sorted(GRADES))}."
        )
    return GRADES[name]


_STEPS = 4096
_BRIGHTEST = 9.0
"""Linear light that is white whatever happens; the table below spans 0 to this."""


def tone(light: NDArray[np.floating], contrast: float) -> NDArray[np.floating]:
    """Linear light → display value, 0 to 1.

    Plain sRGB up to 0.5, where skin lies; above it a shoulder that nears white but does not clip.
    ``contrast`` bends the result in an S about its middle. Source of the transfer curve:
    IEC 61966-2-1.
    """
    knee = 0.5
    over = np.maximum(light - knee, 0.0) / (1 - knee)
    rolled = np.where(light > knee, knee + (1 - knee) * (1 - np.exp(-over / 1.15)), light)
    linear_toe = 12.92 * rolled
    curved = 1.055 * np.maximum(rolled, 1e-9) ** (1 / 2.4) - 0.055
    shown = np.where(rolled <= 0.0031308, linear_toe, curved)
    bent = shown + contrast * (shown - 0.45) * (1 - np.abs(2 * shown - 1))
    shown_: NDArray[np.floating] = np.clip(bent, 0, 1)
    return shown_


@lru_cache(maxsize=32)
def _table(contrast: float) -> Floats:
    """``tone`` at evenly spaced square roots, so that shadows get enough steps."""
    roots = np.linspace(0, np.sqrt(_BRIGHTEST), _STEPS)
    table: Floats = (255 * tone(roots**2, contrast)).astype(np.float32)
    table.setflags(write=False)
    return table


class Finish:
    """The look of one film: made once, then called for each picture.

    Raises EngineError for an unknown grade.
    """

    def __init__(self, grade: str, size: Size, seed: int) -> None:
        self._grade = _known(grade)
        self._size = size
        self._matrix = _matrix(self._grade)
        self._table = _table(self._grade.contrast)
        self._vignette = _vignette(size, self._grade.vignette)
        self._seed = seed
        self._grain = self._grain_sheet()

    def _grain_sheet(self) -> Floats:
        """Noise larger than the frame, so that each picture takes another window of it."""
        rng = np.random.default_rng(self._seed)
        high, wide = self._size.height + 96, self._size.width + 96
        sheet = cv2.GaussianBlur(rng.standard_normal((high, wide)).astype(np.float32), (0, 0), 0.7)
        grain: Floats = sheet * np.float32(2.1 * self._grade.grain / sheet.std())
        return grain

    def frame(self, image: Floats, index: int) -> Image:
        """Linear ``(h, w, 3)``, about 1.0 = white → uint8 RGB. ``index`` chooses the grain."""
        light = cv2.add(image, self._bloom(image))
        light = cv2.multiply(light, self._vignette)
        light = cv2.transform(light, self._matrix)
        return self._grained(self._toned(np.asarray(light, np.float32)), index)

    def _toned(self, light: Floats) -> Floats:
        """Display values, 0 to 255, by the table; ``remap`` is the fast way to look up floats."""
        scale = np.float32((_STEPS - 1) ** 2 / _BRIGHTEST)
        steps = cv2.sqrt(np.clip(light, 0, _BRIGHTEST) * scale).reshape(self._size.height, -1)
        shown = cv2.remap(self._table[None], steps, np.zeros_like(steps), cv2.INTER_LINEAR)
        return np.asarray(shown, np.float32).reshape(light.shape)

    def _grained(self, shown: Floats, index: int) -> Image:
        """Grain is strongest in the middle tones and gone at black and white."""
        rng = np.random.default_rng([self._seed, index])
        top, left = (int(k) for k in rng.integers(0, 96, 2))
        window = self._grain[top : top + self._size.height, left : left + self._size.width]
        green = shown[..., 1]
        amount = window * (1.15 - np.abs(green - 110) * np.float32(1 / 145))
        grained = cv2.add(shown, cv2.merge([amount, amount, amount]))
        return np.asarray(cv2.convertScaleAbs(np.maximum(grained, np.float32(0))), np.uint8)

    def _bloom(self, image: Floats) -> Floats:
        """Light that spills from what is brighter than white: a tight halo and a wide one."""
        small = cv2.resize(
            image,
            (-(-self._size.width // 4), -(-self._size.height // 4)),
            interpolation=cv2.INTER_AREA,
        )
        bright = np.clip(small - 0.85, 0, 5)
        unit = self._size.height / 480
        tight = cv2.GaussianBlur(bright, (0, 0), 2.2 * unit)
        wide = cv2.GaussianBlur(bright, (0, 0), 9.0 * unit)
        spill = 0.10 * tight + wide * np.array([0.12, 0.085, 0.07], np.float32)
        return np.asarray(cv2.resize(spill, (self._size.width, self._size.height)), np.float32)


def _matrix(grade: Grade) -> Floats:
    """Saturation, gain, exposure and lift as one 3 by 4 matrix."""
    mix = grade.saturation * np.eye(3) + (1 - grade.saturation) * np.tile(LUMA, (3, 1))
    tint = grade.exposure * np.diag(grade.gain) @ mix
    matrix: Floats = np.hstack([tint, np.array(grade.lift)[:, None]]).astype(np.float32)
    return matrix


def _vignette(size: Size, depth: float) -> Floats:
    """1 in the middle, ``1 - depth`` in the corners, ``(h, w, 3)``."""
    y = np.linspace(-1, 1, size.height, dtype=np.float32)[:, None]
    x = np.linspace(-1, 1, size.width, dtype=np.float32)[None, :]
    fall = 1 - np.float32(depth) * ((x * x + y * y) / 2) ** 1.35
    return np.asarray(cv2.merge([fall, fall, fall]), np.float32)


def light_wrap(person: Floats, background: Floats) -> Floats:
    """Lay a person over a picture; light from behind wraps a little round the edges.

    ``person`` is ``(h, w, 4)``, premultiplied linear rgb and alpha 0 to 1; ``background`` and the
    result are ``(h, w, 3)`` linear.
    """
    high, wide = background.shape[:2]
    alpha = np.ascontiguousarray(person[..., 3])
    tiny = (max(1, wide // 4), max(1, high // 4))
    glow = cv2.resize(background, tiny, interpolation=cv2.INTER_AREA)
    unit = high / 480
    glow = np.minimum(cv2.GaussianBlur(glow, (0, 0), 3.5 * unit), np.float32(2.5))
    low = cv2.resize(1 - alpha, tiny, interpolation=cv2.INTER_AREA)
    near = cv2.GaussianBlur(low, (0, 0), 1.4 * unit)
    edge = 0.30 * np.clip(near * (1 - low), 0, 1)
    spill = cv2.resize(glow * edge[..., None], (wide, high), interpolation=cv2.INTER_LINEAR)
    clear = 1 - alpha
    behind = cv2.multiply(background, cv2.merge([clear, clear, clear]))
    over = cv2.add(behind, np.ascontiguousarray(person[..., :3]))
    wrap = cv2.multiply(spill, cv2.merge([alpha, alpha, alpha]))
    return np.asarray(cv2.add(over, wrap), np.float32)
