"""Alpha and foreground colour of a person: trimap, closed-form matting, colour clean-up.

The unknown band is narrow, so the closed-form system (Levin, Lischinski, Weiss: "A closed-form
solution to natural image matting", CVPR 2006) is small and is solved directly. The foreground
colour is Forte's blur fusion ("Approximate fast foreground colour estimation", ICIP 2021).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Floats, Image

    Mask = NDArray[np.bool_]

_EPSILON = 1e-6
_WHITE = 247
_BLANK = 254
_CHOKE = (0.10, 0.93)
"""Alpha below the first is background, above the second is foreground: no veil, no holes."""


@dataclass(frozen=True, eq=False)
class Matte:
    """``colour`` ``(h, w, 3)`` linear RGB, free of background, not premultiplied; ``alpha``."""

    colour: Floats
    alpha: Floats


def linear(image: Image | Floats) -> Floats:
    """sRGB, uint8 or float32 0 to 1, to linear float32 (IEC 61966-2-1)."""
    if image.dtype == np.uint8:
        return _decode(np.arange(256, dtype=np.float32) / np.float32(255))[image]
    return _decode(np.asarray(image, np.float32))


def encoded(colour: Floats) -> Floats:
    """Linear to sRGB, both float32; values are clipped to 0..1 (IEC 61966-2-1)."""
    x = np.clip(colour, 0, 1)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * np.power(x, 1 / 2.4) - 0.055).astype(
        np.float32
    )


def _decode(x: Floats) -> Floats:
    return np.where(x <= 0.04045, x / 12.92, ((x + 0.055) / 1.055) ** 2.4).astype(np.float32)


def pull(image: Image, person: Floats, reach: float, real: Mask | None = None) -> Matte:
    """The matte of the person in ``image``.

    ``person`` ``(h, w)`` is the segmentation's probability, ``reach`` the width in pixels of the
    band in which hair may mix with the background. A white backdrop, as cut-outs have, is keyed
    with a narrow band instead, since such edges are hard and fringed. Where ``real`` is False the
    pixels are filler round the photo, and nothing is solved.
    """
    backdrop = white_backdrop(image, person)
    trimap = _trimap(person, reach) if backdrop is None else _keyed_trimap(backdrop, person, reach)
    colours = image.astype(np.float32) / np.float32(255)
    alpha = closed_form(colours, trimap, real)
    low, high = _CHOKE
    alpha = np.clip((alpha - low) / (high - low), 0, 1)
    trusted = alpha
    if backdrop is not None:
        alpha = _shrink(alpha, 0.08 * reach)
        trusted = _shrink(alpha, 0.25 * reach)
    return Matte(linear(clean_colour(colours, alpha, trusted, reach)), alpha)


def white_backdrop(image: Image, person: Floats) -> Mask | None:
    """The region of a white backdrop that touches the picture's edge, None where there is none."""
    white = image.min(axis=-1) >= _WHITE
    edge = np.concatenate([white[0], white[:, 0], white[:, -1]])
    if edge.mean() < 0.2:
        return None
    blank = image.min(axis=-1) >= _BLANK
    count, labels = cv2.connectedComponents((white & ((person < 0.8) | blank)).astype(np.uint8))
    touching = np.zeros(count, bool)
    for line in (labels[0], labels[:, 0], labels[:, -1], labels[-1]):
        touching[line] = True
    touching[0] = False
    return np.asarray(touching[labels] | ((person < 0.02) & (image.min(axis=-1) > 200)))


def _trimap(person: Floats, reach: float) -> Floats:
    inside = _erode(person > 0.9, 0.6 * reach)
    outside = _erode(person < 0.3, 0.8 * reach)
    return _three(inside, outside)


def _keyed_trimap(backdrop: Mask, person: Floats, reach: float) -> Floats:
    inside = _erode(~backdrop & (person > 0.3), max(2.0, 0.25 * reach))
    return _three(inside, _erode(backdrop, 1))


def _three(inside: Mask, outside: Mask) -> Floats:
    trimap = np.full(inside.shape, 0.5, np.float32)
    trimap[outside] = 0
    trimap[inside] = 1
    return trimap


def _erode(mask: Mask, radius: float) -> Mask:
    """Erosion that takes the picture's edge for a continuation of what touches it."""
    distance = cv2.distanceTransform(
        cv2.copyMakeBorder(mask.astype(np.uint8), 1, 1, 1, 1, cv2.BORDER_REPLICATE),
        cv2.DIST_L2,
        5,
    )[1:-1, 1:-1]
    return np.asarray(distance > radius)


def closed_form(image: Floats, trimap: Floats, real: Mask | None = None) -> Floats:
    """Alpha ``(h, w)`` for ``image`` ``(h, w, 3)`` 0 to 1; ``trimap`` holds 0, 0.5 and 1.

    Where ``real`` is False nothing is solved, and nothing there has a say in what is.
    """
    unknown = trimap == 0.5
    if real is not None:
        unknown &= real
    if not unknown.any():
        return trimap.copy()
    windows = cv2.dilate(unknown.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    windows[[0, -1]] = False
    windows[:, [0, -1]] = False
    if real is not None:
        windows &= cv2.erode(real.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    rows, columns, values = _affinities(image, windows)
    size = trimap.size
    laplacian = sparse.csr_matrix((values, (rows, columns)), shape=(size, size))
    free = np.flatnonzero(unknown)
    fixed = np.flatnonzero(~unknown)
    left = laplacian[free]
    system = left[:, free] + 1e-8 * sparse.identity(len(free))
    right = -left[:, fixed] @ trimap.ravel()[fixed].astype(np.float64)
    alpha = trimap.astype(np.float64).ravel()
    alpha[free] = spsolve(system.tocsc(), right, permc_spec="MMD_AT_PLUS_A")
    return np.asarray(np.clip(alpha, 0, 1).reshape(trimap.shape), np.float32)


def _affinities(
    image: Floats, windows: Mask
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Rows, columns and values of the matting Laplacian, one 9 by 9 block a window."""
    width = image.shape[1]
    offsets = np.array([dy * width + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1)])
    members = np.flatnonzero(windows)[:, None] + offsets
    colours = image.reshape(-1, 3)[members].astype(np.float64)
    centred = colours - colours.mean(axis=1, keepdims=True)
    covariance = np.einsum("nki,nkj->nij", centred, centred) / 9
    inverse = np.linalg.inv(covariance + _EPSILON / 9 * np.eye(3))
    similar = (1 + np.einsum("nki,nij,nlj->nkl", centred, inverse, centred, optimize=True)) / 9
    block = np.eye(9) - similar
    rows = np.repeat(members, 9, axis=1).ravel()
    columns = np.tile(members, (1, 9)).ravel()
    return rows, columns, block.ravel()


def _shrink(alpha: Floats, pixels: float) -> Floats:
    """Alpha pulled in by ``pixels`` with a soft, even edge; the picture's edge stays as it is."""
    soft = cv2.GaussianBlur(alpha, (0, 0), max(0.8, pixels), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(np.clip((soft - 0.62) / 0.36, 0, 1), np.float32)


def clean_colour(image: Floats, alpha: Floats, trusted: Floats, reach: float) -> Floats:
    """The person's own colour, 0 to 1, in every pixel where ``alpha`` is above 0.

    ``trusted`` says how far a pixel shows nothing but the person; elsewhere colour flows outwards
    from within.
    """
    colour = image
    for radius in (4 * reach, 0.5 * reach):
        colour = _fuse(image, colour, alpha, 2 * round(radius) + 3)
    solid = np.clip((trusted - 0.75) * 4, 0, 1)
    size = 2 * round(0.5 * reach) + 3
    inner = _spread(colour, solid**2, size)
    known = np.clip(_blur(solid, size) * 8, 0, 1)[..., None]
    trust = np.maximum(0.3 + 0.7 * solid, 1 - known[..., 0])[..., None]
    return np.asarray(np.clip(trust * colour + (1 - trust) * inner, 0, 1), np.float32)


def _fuse(image: Floats, colour: Floats, alpha: Floats, size: int) -> Floats:
    fore = _spread(colour, alpha, size)
    back = _spread(image, 1 - alpha, size)
    mix = alpha[..., None]
    fused = fore + mix * (image - mix * fore - (1 - mix) * back)
    return np.asarray(np.clip(fused, 0, 1), np.float32)


def _spread(colour: Floats, weight: Floats, size: int) -> Floats:
    """Mean of ``colour`` over a box, weighted: the colour of the nearest trusted pixels."""
    total = _blur(weight, size)
    return np.asarray(
        _blur(colour * weight[..., None], size) / (total[..., None] + 1e-5), np.float32
    )


def _blur(x: Floats, size: int) -> Floats:
    return np.asarray(cv2.blur(x, (size, size), borderType=cv2.BORDER_REPLICATE), np.float32)
