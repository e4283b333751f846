"""Which pixels belong to the chosen person: a segmentation network, then a cut between people."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from vivant.engines.litert import Network
from vivant.engines.previz.person import landmarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vivant.types import Floats, Image

_SIDE = 256
_BACKDROP = 1
_CHOSEN = 2
_OTHER = 3


@lru_cache(maxsize=1)
def _network() -> Network:
    """MediaPipe's selfie segmentation (Apache-2.0), 256 by 256."""
    return Network("selfie_segmentation", threads=2)


def probability(image: Image) -> Floats:
    """How surely each pixel of ``image`` shows a person, ``(h, w)``, 0 to 1."""
    height, width = image.shape[:2]
    small = cv2.resize(image, (_SIDE, _SIDE), interpolation=cv2.INTER_AREA)
    (raw,) = _network()(np.asarray(small, np.float32) / np.float32(255))
    found = raw.reshape(_SIDE, _SIDE)
    return np.clip(cv2.resize(found, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)


def person(image: Image, mesh: Floats, others: Sequence[Floats]) -> Floats:
    """Probability ``(h, w)`` of the chosen person alone.

    ``mesh`` is the chosen face's, ``others`` those of the other faces, in pixels of ``image``.
    """
    found = _with_head_detail(image, mesh, probability(image))
    if others:
        found = found * _share(image, found, mesh, others)
    return found * _connected(found, mesh)


def _with_head_detail(image: Image, mesh: Floats, whole: Floats) -> Floats:
    """The head is looked at again alone: 256 pixels over the whole picture are too few for hair."""
    height = landmarks.face_height(mesh)
    x, y = mesh[landmarks.SURFACE, :2].mean(axis=0) - (0, 0.15 * height)
    half = 1.35 * height
    h, w = image.shape[:2]
    x0, x1 = max(0, round(x - half)), min(w, round(x + half))
    y0, y1 = max(0, round(y - half)), min(h, round(y + half))
    if (x1 - x0) * (y1 - y0) > 0.7 * h * w:
        return whole
    near = probability(np.ascontiguousarray(image[y0:y1, x0:x1]))
    rows, columns = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    centred = np.maximum(abs(columns - x), abs(rows - y)) / half
    weight = np.clip((0.95 - centred) / 0.25, 0, 1)
    mixed = whole.copy()
    mixed[y0:y1, x0:x1] += weight * (near - whole[y0:y1, x0:x1])
    return mixed


def _share(image: Image, found: Floats, mesh: Floats, others: Sequence[Floats]) -> Floats:
    """1 where the watershed between the people's faces and necks gives a pixel to the chosen."""
    markers = np.zeros(found.shape, np.int32)
    markers[found < 0.1] = _BACKDROP
    for face in others:
        _mark(markers, face, _OTHER)
    _mark(markers, mesh, _CHOSEN)
    smooth = cv2.bilateralFilter(image, 7, 40, 5)
    regions = cv2.watershed(np.ascontiguousarray(smooth), markers)
    mine = (regions != _OTHER).astype(np.uint8)
    theirs = cv2.dilate(1 - mine, np.ones((3, 3), np.uint8), iterations=2)
    return np.asarray(1 - theirs, np.float32)


def _mark(markers: NDArray[np.int32], mesh: Floats, label: int) -> None:
    """Face, hair above it, neck and chest below it are surely this person's."""
    height = landmarks.face_height(mesh)
    points = mesh[landmarks.SURFACE, :2]
    hull = cv2.convexHull(points.astype(np.int32))
    cv2.fillConvexPoly(markers, hull, label)
    x = float(points[:, 0].mean())
    top, bottom = float(points[:, 1].min()), float(points[:, 1].max())
    column = [
        (x - 0.22 * height, bottom - 0.1 * height),
        (x + 0.22 * height, bottom - 0.1 * height),
        (x + 0.3 * height, bottom + 0.9 * height),
        (x + 0.6 * height, bottom + 3 * height),
        (x - 0.6 * height, bottom + 3 * height),
        (x - 0.3 * height, bottom + 0.9 * height),
    ]
    cv2.fillPoly(markers, [np.array(column, np.int32)], label)
    cap = (round(x), round(top + 0.05 * height))
    cv2.ellipse(markers, cap, (round(0.3 * height), round(0.18 * height)), 0, 180, 360, label, -1)


def _connected(found: Floats, mesh: Floats) -> Floats:
    """1 on the region that hangs together with the chosen face, 0 elsewhere; soft borders kept."""
    solid = (found > 0.5).astype(np.uint8)
    opened = cv2.morphologyEx(solid, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    cv2.fillConvexPoly(opened, cv2.convexHull(mesh[landmarks.SURFACE, :2].astype(np.int32)), 1)
    _, labels = cv2.connectedComponents(opened)
    h, w = found.shape
    x, y = mesh[landmarks.NOSE_TIP, :2].round().astype(int)
    chosen = labels == labels[np.clip(y, 0, h - 1), np.clip(x, 0, w - 1)]
    reach = max(4, round(0.08 * landmarks.face_height(mesh)))
    near = cv2.dilate(chosen.astype(np.uint8), np.ones((2 * reach + 1,) * 2, np.uint8))
    others = (opened > 0) & ~chosen
    return np.asarray((near > 0) & ~others, np.float32)
