"""A plate: one out-of-focus film set in one light, as radiance, disparity, light probe and bulbs.

Plates are rendered beforehand (``tools/bake``) and shipped as small ``.plate`` files, so a running
engine needs no renderer. A ``.plate`` file is an uncompressed zip of

    radiance.webp   scene-linear radiance, log-encoded to 8 bits (lossy)
    disparity.webp  disparity, 8 bits, grey (lossless)
    meta.json       everything else, the probe as spherical harmonics and the bulbs among it

A convex diffuse object sees its surroundings through a low-pass filter: a few harmonics hold all of
it (Ramamoorthi and Hanrahan, "An efficient representation for irradiance environment maps", 2001).
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image as Pictures

from vivant.errors import EngineError

if TYPE_CHECKING:
    from vivant.types import Floats

FORMAT = 1
SUFFIX = ".plate"
PROBE_SIZE = 48
PROBE_ALBEDO = 0.5
KEY_LEVEL = 0.30
"""Linear level of the probe's key-lit side; skin, a little darker, then sits near middle grey."""
GRADES = ("neutral", "warm", "cool", "gold", "forest", "neon", "fire")

_TOE = 0.01
_FARTHEST_HARMONIC = 3


@dataclass(frozen=True, eq=False)
class Plate:
    """One set in one light, seen from the camera at eye level, looking level.

    ``radiance`` is ``(h, w, 3)`` float32, linear and scene-referred, exposed so that a face lit by
    this set's key light sits near middle grey. ``disparity`` is ``(h, w)`` float32 in 1/metres, 0
    at infinity. ``probe`` is ``(48, 48, 3)`` float32: a grey ball (albedo 0.5) at the
    person's place, seen from the camera, linear, same exposure; corners hold the rim's light.
    ``focal`` is the focal length in plate heights. ``bulbs`` is ``(n, 7)`` float32: x, y (plate
    heights from the centre, y down), disparity, radius (plate heights), red, green, blue radiance.
    ``grade`` is one of ``GRADES``: the tint a film of this set asks for.
    """

    name: str
    light: str
    radiance: Floats
    disparity: Floats
    probe: Floats
    focal: float
    bulbs: Floats
    grade: str


@lru_cache(maxsize=8)
def load(name: str, light: str) -> Plate:
    """The shipped plate of a place in a light. Raises ``EngineError`` where there is none."""
    file = resources.files(__package__).joinpath("plates", f"{name}.{light}{SUFFIX}")
    if not file.is_file():
        have = ", ".join(f"{n}.{at}" for n, at in sorted(available()))
        raise EngineError(f"No plate {name!r} in the light {light!r}; there are: {have}.")
    return decode(file.read_bytes())


@lru_cache(maxsize=1)
def available() -> frozenset[tuple[str, str]]:
    """Every shipped plate as (place, light)."""
    folder = resources.files(__package__).joinpath("plates")
    names = (f.name.removesuffix(SUFFIX) for f in folder.iterdir() if f.name.endswith(SUFFIX))
    return frozenset((name, light) for name, _, light in (n.partition(".") for n in names))


def encode(plate: Plate, *, quality: int = 82, baked: dict[str, Any] | None = None) -> bytes:
    """The ``.plate`` file of a plate; ``baked`` is kept as is (who made it, with which seed)."""
    peak = float(max(plate.radiance.max(), 1.0))
    nearest = float(max(plate.disparity.max(), 1e-3))
    meta = {
        "format": FORMAT,
        "name": plate.name,
        "light": plate.light,
        "peak": peak,
        "nearest": nearest,
        "focal": round(plate.focal, 6),
        "grade": plate.grade,
        "probe": np.round(probe_harmonics(plate.probe), 5).tolist(),
        "bulbs": np.round(plate.bulbs.astype(np.float64), 5).tolist(),
        "baked": baked or {},
    }
    code = np.log1p(np.clip(plate.radiance, 0, peak) / _TOE) / np.log1p(peak / _TOE)
    near = np.clip(plate.disparity / nearest, 0, 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as box:
        for entry, data in (
            ("radiance.webp", _webp(code, quality=quality, method=6)),
            ("disparity.webp", _webp(near, lossless=True, quality=100, method=6)),
            ("meta.json", json.dumps(meta, separators=(",", ":")).encode()),
        ):
            box.writestr(zipfile.ZipInfo(entry), data)
    return out.getvalue()


def decode(data: bytes) -> Plate:
    """The plate in a ``.plate`` file. Raises ``EngineError`` where it is no plate of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as box:
            meta = json.loads(box.read("meta.json"))
            code = _pixels(box.read("radiance.webp"))
            near = _pixels(box.read("disparity.webp"))[..., 1]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise EngineError(f"This is no plate file: {error}.") from error
    if meta["format"] != FORMAT:
        raise EngineError(f"Plate format {meta['format']} is not {FORMAT}: bake the plate again.")
    height, width = code.shape[:2]
    smooth = _deband(code) * np.float32(np.log1p(meta["peak"] / _TOE) / 255)
    disparity = cv2.resize(near, (width, height), interpolation=cv2.INTER_LINEAR)
    return Plate(
        name=meta["name"],
        light=meta["light"],
        radiance=np.asarray(np.expm1(smooth) * np.float32(_TOE), np.float32),
        disparity=np.asarray(disparity * np.float32(meta["nearest"] / 255), np.float32),
        probe=probe_ball(np.asarray(meta["probe"])),
        focal=float(meta["focal"]),
        bulbs=np.asarray(meta["bulbs"], np.float32).reshape(-1, 7),
        grade=meta["grade"],
    )


def probe_harmonics(ball: Floats) -> np.ndarray[Any, np.dtype[np.float64]]:
    """The ball's light as real spherical harmonics, ``(16, 3)``, by ridge-damped least squares."""
    inside = _ball_normals()[1].ravel()
    basis = _harmonics(_ball_normals()[0].reshape(-1, 3)[inside])
    light = ball.reshape(-1, 3)[inside].astype(np.float64)
    damp = np.diag(np.linspace(0, 2e-3, basis.shape[1]) * len(basis))
    return np.linalg.solve(basis.T @ basis + damp, basis.T @ light)


def probe_ball(harmonics: np.ndarray[Any, np.dtype[np.float64]]) -> Floats:
    """The ``(48, 48, 3)`` ball lit by these harmonics, never below zero."""
    lit = _harmonics(_ball_normals()[0].reshape(-1, 3)) @ harmonics
    return np.maximum(lit, 0).astype(np.float32).reshape(PROBE_SIZE, PROBE_SIZE, 3)


@lru_cache(maxsize=1)
def _ball_normals() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Normals ``(48, 48, 3)`` of the ball (x right, y up, z to the camera), and where it is."""
    side = (np.arange(PROBE_SIZE) + 0.5) / PROBE_SIZE * 2 - 1
    x, y = np.meshgrid(side, -side)
    r = np.hypot(x, y)
    shrink = np.minimum(1.0, 0.995 / np.maximum(r, 1e-9))
    x, y = x * shrink, y * shrink
    return np.stack([x, y, np.sqrt(1 - x * x - y * y)], -1), r < 0.98


def _harmonics(normals: np.ndarray[Any, Any]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Unnormalised real spherical harmonics up to the third order, ``(n, 16)``."""
    x, y, z = normals[:, 0], normals[:, 1], normals[:, 2]
    orders = (
        (np.ones_like(x),),
        (x, y, z),
        (x * y, y * z, x * z, x * x - y * y, 3 * z * z - 1),
        (
            y * (3 * x * x - y * y), x * y * z, y * (5 * z * z - 1), z * (5 * z * z - 3),
            x * (5 * z * z - 1), z * (x * x - y * y), x * (x * x - 3 * y * y),
        ),
    )  # fmt: skip
    return np.stack([h for order in orders[: _FARTHEST_HARMONIC + 1] for h in order], 1)


def _webp(values: np.ndarray[Any, Any], **how: Any) -> bytes:
    out = io.BytesIO()
    Pictures.fromarray(np.round(values * 255).astype(np.uint8)).save(out, "WEBP", **how)
    return out.getvalue()


def _pixels(data: bytes) -> Floats:
    with Pictures.open(io.BytesIO(data), formats=("WEBP",)) as picture:
        return np.asarray(picture.convert("RGB"), np.float32)


def _deband(code: Floats) -> Floats:
    """Even out the steps of 8 bits in smooth places; anything steeper than a step stays."""
    smooth = cv2.blur(cv2.blur(code, (13, 13)), (13, 13))
    keep = np.clip(np.abs(smooth - code) - 1.5, 0, 1)
    return np.asarray(smooth + (code - smooth) * keep, np.float32)
