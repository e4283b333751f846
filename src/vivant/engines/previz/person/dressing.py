"""Joins the photo's head and neck to a dressed bust, with no seam, gap or step in colour.

From back to front: the bust's bare neck and rear collar, the photo's head and what it shows of the
neck, the garment. The bust's skin is multiplied by a smooth field that makes it meet the photo's
skin wherever the two touch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from scipy.ndimage import minimum_filter1d

from vivant.engines.previz.person import fill, landmarks
from vivant.engines.previz.person.arrays import floats
from vivant.engines.previz.person.light import luminance
from vivant.engines.previz.person.rig import Neck, smooth

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.engines.previz.bust import Dressed
    from vivant.engines.previz.person.framing import Staged
    from vivant.engines.previz.person.light import Light
    from vivant.engines.previz.person.tones import Tones
    from vivant.types import Floats

    Mask = NDArray[np.bool_]

HEAD = 1.3
"""A whole head's height, crown to chin, in face heights."""
_PIT = 0.34
_CHIN_SHADE = 0.38
_COLLAR_SHADE = 0.40
_NECK_HALF = (0.20, 0.29)
_TURNED = 0.5
"""From this sine of the yaw on, the neck is seen from the side."""
_JAW = 0.95
"""A neck is no wider than this part of the jaw."""
_BEARD = 0.22
"""What is neither skin nor hair is a beard if it stays this near to the face, in face heights."""
_CLEAR = (0.012, 0.055)
"""Nearer to clothes than the first, in face heights, nothing of the photo's neck is kept: their rim
and shade lie there; beyond the second all is."""
_HUE = 0.5
"""How far the bust's skin follows the hue of the photo's neck, which often lies in shadow."""


def neck(staged: Staged, tones: Tones) -> Neck:
    """Where the neck stands under this head: seen in the photo, or where anatomy puts it."""
    mesh, face = staged.mesh, staged.face_height
    unit = HEAD * face
    turn = landmarks.turn(mesh)
    chin = float(mesh[landmarks.CHIN, 1])
    ears = (mesh[landmarks.LEFT_EDGE, 0] + mesh[landmarks.RIGHT_EDGE, 0]) / 2
    x, half = float(ears - 0.22 * turn * face), 0.25 * unit
    if abs(turn) < _TURNED:
        x, half = _seen_neck(staged, tones, x, unit) or (x, half)
        jaw = mesh[landmarks.RIGHT_JAW, 0] - mesh[landmarks.LEFT_JAW, 0]
        half = min(half, 0.5 * _JAW * float(jaw))
    return Neck(x, chin + _PIT * unit, float(np.clip(half, *np.multiply(_NECK_HALF, unit))), unit)


def _seen_neck(staged: Staged, tones: Tones, x: float, unit: float) -> tuple[float, float] | None:
    """Middle and half width of the narrowest run of skin below the chin."""
    chin = float(staged.mesh[landmarks.CHIN, 1])
    bottom = min(staged.bottom, chin + 0.3 * unit, staged.alpha.shape[0])
    best: tuple[float, float] | None = None
    for row in range(round(chin + 0.03 * unit), round(bottom) - 2, 2):
        skin = np.flatnonzero((tones.skinlike[row] > 0.2) & (staged.alpha[row] > 0.5))
        skin = skin[np.abs(skin - x) < 0.45 * unit]
        if len(skin) < 0.3 * unit:
            continue
        left, right = np.percentile(skin, (2, 98))
        if right - left > 0.36 * unit and (best is None or right - left < 2 * best[1]):
            best = float(left + right) / 2, float(right - left) / 2
    return best


def join(
    staged: Staged, tones: Tones, where: Neck, photo: Floats, dressed: Dressed, light: Light
) -> Floats:
    """The whole person, premultiplied linear RGBA ``(h, w, 4)``.

    ``photo`` is the relit colour ``(h, w, 3)`` of ``staged``.
    """
    hides = _covering(staged, tones)
    photo = _uncovered(photo, staged, tones, hides)
    kept = _kept(staged, tones, where, hides)
    shadow = _shadow(staged, where)
    skin = _skin_share(dressed.back.albedo, tones)
    # Bare skin takes the light as softly as the face does, or the neck would not belong to it.
    back = light.relight(dressed.back.albedo, dressed.back.normal, 1.0)
    back *= (dressed.back.occlusion * (1 - _CHIN_SHADE * shadow))[..., None]
    back *= _gain(photo, back, kept, skin, staged, tones, where)
    back_alpha = dressed.back.alpha * (1 - skin * _nothing(staged, where, dressed.front.alpha))
    front = light.shade(dressed.front) * (1 - 0.30 * shadow)[..., None]
    collar = (1 - _COLLAR_SHADE * _fall(dressed.front.alpha, where, -0.015, 0.03))[..., None]
    unit = where.head_height
    below = smooth(where.y - 0.5 * unit, where.y - 0.25 * unit, _rows(kept))
    neck_shade = 1 - below[..., None] * (1 - collar)
    picture = np.zeros((*kept.shape, 4), np.float32)
    _over(picture, back * collar, back_alpha)
    _over(picture, photo * neck_shade, kept)
    _over(picture, front, dressed.front.alpha)
    return picture


def _over(picture: Floats, colour: Floats, alpha: Floats) -> None:
    """Lay ``colour`` over the premultiplied ``picture``, in place."""
    picture *= (1 - alpha)[..., None]
    picture[..., :3] += colour * alpha[..., None]
    picture[..., 3] += alpha


def _rows(like: NDArray[Any]) -> Floats:
    rows = np.arange(like.shape[0], dtype=np.float32)[:, None]
    return np.broadcast_to(rows, like.shape)


def _covering(staged: Staged, tones: Tones) -> Mask:
    """Clothes, microphones, hands: below the mouth, neither skin nor the head's hair nor beard."""
    mesh, face = staged.mesh, staged.face_height
    mouth = float(mesh[landmarks.LOWER_LIP, 1])
    grain = np.ones((3, 3), np.uint8)
    hair = _rooted(_locks(tones, face), float(mesh[landmarks.CHIN, 1]) - 0.6 * face)
    near_hair = cv2.dilate(hair, grain, iterations=max(1, round(0.02 * face)))
    close = np.ones((max(3, round(0.05 * face)) | 1,) * 2, np.uint8)
    skin = cv2.morphologyEx((tones.skinlike > 0.22).astype(np.uint8), cv2.MORPH_CLOSE, close)
    other = (skin == 0) & (near_hair == 0) & (staged.alpha > 0.3) & (_rows(skin) > mouth)
    other_pieces = cv2.morphologyEx(other.astype(np.uint8), cv2.MORPH_OPEN, grain)
    beyond = (_face(mesh, skin.shape, 1) < 0.5).astype(np.uint8)
    away = floats(cv2.distanceTransform(beyond, cv2.DIST_L2, 5))
    count, labels = cv2.connectedComponents(other_pieces)
    farthest = np.zeros(count, np.float32)
    np.maximum.at(farthest, np.asarray(labels, np.intp).ravel(), away.ravel())
    farthest[0] = 0
    pieces = (farthest > _BEARD * face)[labels].astype(np.uint8)
    return np.asarray(cv2.dilate(pieces, grain, iterations=max(1, round(0.015 * face))) > 0)


def _uncovered(photo: Floats, staged: Staged, tones: Tones, hides: Mask) -> Floats:
    """The photo with skin carried over what hides a part of the jaw."""
    face = _face(staged.mesh, hides.shape, 1) > 0.5
    lost = face & hides
    known = face & ~hides & (tones.skinlike > 0.3)
    if not lost.any() or not known.any():
        return photo
    x, y, width, height = cv2.boundingRect(face.astype(np.uint8))
    area = (slice(y, y + height), slice(x, x + width))
    reaches = [part * staged.face_height for part in (0.3, 0.15, 0.08, 0.04, 0.02)]
    skin = fill.spread(photo[area], known[area].astype(np.float32), reaches)
    mix = cv2.GaussianBlur(lost[area].astype(np.float32), (0, 0), 0.01 * staged.face_height)
    mix = np.maximum(mix, lost[area])[..., None]
    mended = photo.copy()
    mended[area] += mix * (skin - photo[area])
    return mended


def _kept(staged: Staged, tones: Tones, where: Neck, hides: Mask) -> Floats:
    """What stays of the photo: head and hair whole, below the chin only neck skin and hair."""
    mesh, unit, face = staged.mesh, where.head_height, staged.face_height
    chin = float(mesh[landmarks.CHIN, 1])
    y = _rows(staged.alpha)
    x = np.arange(staged.alpha.shape[1], dtype=np.float32)[None]
    hair = _rooted(_locks(tones, face), chin - 0.45 * unit).astype(np.float32)
    column = 1 - smooth(where.half, 1.15 * where.half, np.abs(x - where.x))
    jaw = chin - 0.10 * unit * (1 - smooth(0.35, 0.6, abs(landmarks.turn(mesh))))
    lower = smooth(jaw - 0.10 * unit, jaw + 0.02 * unit, y)
    away = cv2.distanceTransform((~hides).astype(np.uint8), cv2.DIST_L2, 5)
    clear = smooth(_CLEAR[0] * face, _CLEAR[1] * face, floats(away))
    keep = clear * (1 - lower * (1 - np.maximum(column, hair)))
    keep = keep * _nape(staged, where, x, y)
    keep = cv2.GaussianBlur(keep.astype(np.float32), (0, 0), max(0.8, 0.008 * unit))
    keep = np.maximum(keep, _face(mesh, keep.shape, 0.01 * face))
    fade = float(np.clip(0.8 * (staged.bottom - chin), 0.04 * unit, 0.18 * unit))
    end = min(staged.bottom - 2, where.y + 0.10 * unit)
    keep = keep * smooth(end, end - fade, y)
    return _largest(staged.alpha * keep)


def _nape(staged: Staged, where: Neck, x: Floats, y: Floats) -> Floats:
    """0 beyond the neck's back where the photo's edge, which cuts it upright, is seen.

    The neck's back runs from that edge at the height of the ear in to the neck below the chin.
    """
    kept = np.ones_like(y)
    unit, chin = where.head_height, float(staged.mesh[landmarks.CHIN, 1])
    ear = float(staged.mesh[[landmarks.LEFT_EDGE, landmarks.RIGHT_EDGE], 1].mean())
    below = smooth(ear, chin + 0.05 * unit, y)
    for side, edge in staged.edges.items():
        out = 1.0 if side == "right" else -1.0
        reach = out * (edge - where.x)
        back = reach + below * (min(reach, 0.86 * where.half) - reach)
        kept *= 1 - smooth(back - 0.05 * unit, back, out * (x - where.x)) * (y > ear)
    return kept


def _face(mesh: Floats, shape: tuple[int, ...], grown: float) -> Floats:
    area = np.zeros(shape, np.uint8)
    cv2.fillConvexPoly(area, cv2.convexHull(mesh[landmarks.SURFACE, :2].astype(np.int32)), 1)
    wide = cv2.dilate(area, np.ones((3, 3), np.uint8), iterations=max(1, round(grown)))
    return floats(cv2.GaussianBlur(wide.astype(np.float32), (0, 0), max(0.8, 0.5 * grown)))


def _locks(tones: Tones, face: float) -> Mask:
    """Hair that is more than a line: the rim of a garment or of a jaw is as dark, but thin."""
    grain = np.ones((max(3, round(0.03 * face)),) * 2, np.uint8)
    hair = (tones.hairlike > 0.5).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(hair, cv2.MORPH_OPEN, grain) > 0)


def _rooted(mask: Mask, above: float) -> NDArray[np.uint8]:
    """The parts of a mask that hang together with what lies above a row."""
    count, labels = cv2.connectedComponents(mask.astype(np.uint8))
    roots = np.zeros(count, bool)
    roots[np.unique(labels[: max(1, int(above))])] = True
    roots[0] = False
    return np.asarray(roots[labels], np.uint8)


def _largest(alpha: Floats) -> Floats:
    """Alpha of the largest connected piece; crumbs of what was cut away vanish."""
    solid = (cv2.erode(alpha, np.ones((5, 5))) > 0.4).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(solid)
    if count < 3:
        return alpha
    main = (labels == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())).astype(np.uint8)
    near = cv2.dilate(main, np.ones((11, 11), np.uint8)).astype(np.float32)
    return np.asarray(alpha * cv2.GaussianBlur(near, (0, 0), 1.2), np.float32)


def _fall(mask: Floats, where: Neck, down: float, soft: float) -> Floats:
    """A mask's cast shadow: moved down and blurred, in head heights."""
    move = np.array([[1, 0, 0], [0, 1, down * where.head_height]], np.float64)
    moved = cv2.warpAffine(mask, move, mask.shape[::-1])
    return np.asarray(cv2.GaussianBlur(moved, (0, 0), soft * where.head_height), np.float32)


def _shadow(staged: Staged, where: Neck) -> Floats:
    """The head's shadow on neck and chest, 0 to 1."""
    head = _face(staged.mesh, staged.alpha.shape, 0.02 * staged.face_height)
    return _fall(head, where, 0.14, 0.07)


def _skin_share(albedo: Floats, tones: Tones) -> Floats:
    """How much of a layer is bare skin: its hue is the skin's."""
    own = albedo / np.maximum(luminance(albedo), 1e-3)[..., None]
    skin = tones.skin / max(1e-3, float(luminance(tones.skin)))
    away = np.abs(own - skin).max(axis=-1)
    return 1 - smooth(0.12, 0.35, away)


def _nothing(staged: Staged, where: Neck, front: Floats) -> Floats:
    """1 where no bare skin of the bust may show: the photo shows background beside the neck, or
    the place lies beside the jaw, where a neck is hidden."""
    unit = where.head_height
    turned = abs(landmarks.turn(staged.mesh)) > _TURNED
    rim = _rim(front, where, 0.04 * unit) if turned else _rim(front, where, 1.3 * where.half)
    collar = float(rim.min())
    lowest = min(staged.bottom - 0.08 * unit, where.y - 0.12 * unit)
    end = np.minimum(rim + (0.12 * unit if turned else 0), lowest)[None]
    known = 1 - smooth(end - 0.08 * unit, end, _rows(front))
    empty = cv2.GaussianBlur(1 - staged.alpha, (0, 0), 0.01 * unit)
    chin = float(staged.mesh[landmarks.CHIN, 1])
    top = min(chin + 0.12 * unit, collar - 0.02 * unit)
    high = 1 - smooth(top - 0.06 * unit, top, _rows(front))
    columns = np.arange(front.shape[1], dtype=np.float32)[None]
    beside = smooth(0.85 * where.half, 0.97 * where.half, np.abs(columns - where.x))
    return np.asarray(np.maximum(known * empty, high * beside), np.float32)


def _rim(front: Floats, where: Neck, reach: float) -> Floats:
    """Per column, the garment's highest row within ``reach`` pixels, at the lowest the pit's."""
    covered = front > 0.5
    top = np.where(covered.any(axis=0), covered.argmax(axis=0), where.y)
    top[np.abs(np.arange(len(top)) - where.x) > 1.5 * where.head_height] = where.y
    width = 2 * round(reach) + 1
    return np.asarray(minimum_filter1d(np.minimum(top, where.y), width), np.float32)


def _gain(
    photo: Floats, back: Floats, kept: Floats, skin: Floats, staged: Staged, tones: Tones,
    where: Neck,
) -> Floats:  # fmt: skip
    """The smooth field ``(h, w, 3)`` that takes the bust's skin to the photo's."""
    unit = where.head_height
    mouth = float(staged.mesh[landmarks.LOWER_LIP, 1])
    trusted = kept * skin * (tones.skinlike > 0.25) * (kept > 0.7)
    trusted = trusted * smooth(mouth, mouth + 0.1 * unit, _rows(kept))
    weight = trusted * np.clip(1 - np.abs(np.arange(kept.shape[1]) - where.x) / unit, 0, 1)
    step = max(2, round(unit / 60))
    size = (max(2, kept.shape[1] // step), max(2, kept.shape[0] // step))
    ratio = np.log(np.clip(photo, 1e-3, 4) / np.clip(back, 1e-3, 4)).clip(-1.6, 1.2)
    level = ratio.mean(axis=-1, keepdims=True)
    ratio = (level + _HUE * (ratio - level)) * weight[..., None]
    total = cv2.resize(weight.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    if float(total.sum()) < 3:
        return np.ones_like(photo)
    sums = cv2.resize(ratio.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    mean = sums / np.maximum(total, 1e-5)[..., None]
    reaches = [part * unit / step for part in (0.5, 0.25, 0.12, 0.06, 0.03)]
    full = cv2.resize(
        fill.spread(mean, total, reaches), kept.shape[::-1], interpolation=cv2.INTER_LINEAR
    )
    return np.asarray(1 + (np.exp(full) - 1) * skin[..., None], np.float32)
