"""Still pictures in and out: open whatever a user hands over, refuse what is none, write PNG.

A portrait is a file from a stranger. Three formats are opened; size is judged from the header,
before a pixel is decoded; whatever the decoder raises becomes one ``ImageError``.
"""

from __future__ import annotations

import hashlib
import io
import os
import stat
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
from PIL import ImageCms

from vivant.errors import ImageError
from vivant.files import atomic

if TYPE_CHECKING:
    from vivant.types import Image, Size

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 128 * 2**20
"""A 64-megapixel photo is at most about this large as a PNG; more is no photo."""
MAX_PIXELS = 64_000_000
"""Above today's full-resolution phone pictures; decoded, 192 MB."""
MAX_SIDE = 30_000
"""OpenCV's warps address pixels with 16-bit integers."""
MIN_SIDE = 64
"""Below this no face has room for the pixels an identity needs."""

_ORIENTATION = 0x0112
_UPRIGHT = {
    2: PIL.Image.Transpose.FLIP_LEFT_RIGHT,
    3: PIL.Image.Transpose.ROTATE_180,
    4: PIL.Image.Transpose.FLIP_TOP_BOTTOM,
    5: PIL.Image.Transpose.TRANSPOSE,
    6: PIL.Image.Transpose.ROTATE_270,
    7: PIL.Image.Transpose.TRANSVERSE,
    8: PIL.Image.Transpose.ROTATE_90,
}


def open_image(source: str | os.PathLike[str] | bytes) -> Image:
    """The picture in a file, or in the bytes of one, as it is meant to be seen.

    Turned upright by its EXIF orientation, in sRGB by its colour profile (a broken profile is
    ignored, as browsers do), on white where it is transparent, 8 bits a channel. Of a JPEG that
    holds several pictures (a phone's depth or gain map) it is the first, the photo.

    Raises ImageError for anything that is no still JPEG, PNG or WebP between 64 pixels a side and
    64 megapixels: also for folders, pipes, devices, animations and broken files.
    """
    if isinstance(source, bytes):
        return _decode(source, "The image")
    return _decode(_read(Path(source)), str(source))


def check_array(array: object) -> Image:
    """``array`` as an image, proven to be one: uint8 RGB ``(height, width, 3)``, C-contiguous.

    Raises ImageError; converts nothing, because 0-1 floats and BGR can't be told from the values.
    """
    if not isinstance(array, np.ndarray):
        raise ImageError(f"An image is a NumPy array or a path, not {type(array).__name__}.")
    if array.dtype != np.uint8 or array.ndim != 3 or array.shape[2] != 3:
        raise ImageError(
            f"An image array is uint8 RGB of shape (height, width, 3), not {array.dtype} of "
            f"shape {array.shape}."
        )
    _check_size(array.shape[1], array.shape[0], "The array")
    return np.ascontiguousarray(array)


def digest(image: Image) -> str:
    """SHA-256 of shape and pixels, hexadecimal: equal for equal pictures, however stored."""
    height, width = image.shape[:2]
    head = f"rgb8 {width}x{height}\n".encode()
    return hashlib.sha256(head + np.ascontiguousarray(image).tobytes()).hexdigest()


def save_png(image: Image, path: Path) -> None:
    """Write ``image`` as PNG without metadata, whole or not at all; same pixels, same bytes.

    Raises OutputError where ``path`` can't be written.
    """
    with atomic(path) as temporary:
        PIL.Image.fromarray(image).save(temporary, format="PNG", compress_level=6)


def crop_to_aspect(image: Image, size: Size, centre: tuple[float, float] | None = None) -> Image:
    """The largest part of ``image`` with the aspect of ``size``; never stretched.

    It lies around ``centre`` (x, y in pixels; the middle by default) as nearly as the edges allow.
    """
    height, width = image.shape[:2]
    wide = min(width, max(1, round(height * size.width / size.height)))
    high = min(height, max(1, round(width * size.height / size.width)))
    x, y = centre or (width / 2, height / 2)
    left = min(max(0, round(x - wide / 2)), width - wide)
    top = min(max(0, round(y - high / 2)), height - high)
    return np.ascontiguousarray(image[top : top + high, left : left + wide])


def resize(image: Image, size: Size) -> Image:
    """``image`` at ``size``, by Lanczos. Raises ImageError if more than a pixel would be stretched.

    The pixel is what rounding a crop to whole pixels costs.
    """
    height, width = image.shape[:2]
    if abs(width * size.height - height * size.width) > max(size.width, size.height):
        raise ImageError(
            f"A {width}x{height} image would be stretched at {size}; crop it to that aspect first."
        )
    scaled = PIL.Image.fromarray(image).resize(
        (size.width, size.height), PIL.Image.Resampling.LANCZOS
    )
    return np.array(scaled, np.uint8)


# -- reading -----------------------------------------------------------------------------------


def _read(path: Path) -> bytes:
    try:
        # Look before opening: a pipe would block, and to open some devices is to use them.
        if not stat.S_ISREG(path.stat().st_mode):
            kind = "a folder" if path.is_dir() else "no regular file"
            raise ImageError(f"{path} is {kind}; a portrait is a JPEG, PNG or WebP file.")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ImageError(f"{path} can't be read: {why}.") from error
    if len(data) > MAX_BYTES:
        raise ImageError(f"{path} is larger than {MAX_BYTES // 2**20} MB, more than any photo.")
    return data


def _decode(data: bytes, name: str) -> Image:
    try:
        with _header(data) as picture:
            _check_size(*picture.size, name)
            if picture.format != "MPO" and getattr(picture, "is_animated", False):
                raise ImageError(f"{name} is an animation; a portrait is one still picture.")
            turn = _UPRIGHT.get(picture.getexif().get(_ORIENTATION, 1))
            pixels = _flat(picture)
            upright = pixels if turn is None else pixels.transpose(turn)
            return np.array(upright, np.uint8)
    except ImageError:
        raise
    except PIL.UnidentifiedImageError as error:
        raise ImageError(f"{name} is not a JPEG, PNG or WebP image.") from error
    except PIL.Image.DecompressionBombError as error:
        raise ImageError(f"{name} is larger than {MAX_PIXELS // 10**6} megapixels.") from error
    # On broken files decoders raise nearly anything: OSError, SyntaxError, ValueError, KeyError,
    # struct.error, zlib.error, MemoryError. All of it means one thing here.
    except Exception as error:
        raise ImageError(f"{name} is a broken image: {error or type(error).__name__}.") from error


def _header(data: bytes) -> PIL.Image.Image:
    with warnings.catch_warnings():
        # Pillow warns at a size that we refuse a line later.
        warnings.simplefilter("ignore", PIL.Image.DecompressionBombWarning)
        return PIL.Image.open(io.BytesIO(data), formats=FORMATS)


def _check_size(width: int, height: int, name: str) -> None:
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise ImageError(
            f"{name} has {width}x{height} pixels; at most {MAX_PIXELS // 10**6} megapixels and "
            f"{MAX_SIDE} a side are opened."
        )
    if min(width, height) < MIN_SIDE:
        raise ImageError(
            f"{name} has {width}x{height} pixels; a face needs at least {MIN_SIDE} a side."
        )


def _flat(picture: PIL.Image.Image) -> PIL.Image.Image:
    """Any mode of the three formats as 8-bit sRGB on white."""
    if picture.mode.startswith("I"):  # 16-bit grey: Pillow's own conversion would clip at 255
        grey = np.asarray(picture).astype(np.uint32)
        return PIL.Image.fromarray(((grey + 128) // 257).astype(np.uint8)).convert("RGB")
    if picture.has_transparency_data:
        sheer = picture.convert("RGBA")
        white = PIL.Image.new("RGBA", sheer.size, "white")
        opaque = PIL.Image.alpha_composite(white, sheer).convert("RGB")
        return _in_srgb(opaque, picture.info.get("icc_profile"))
    plain = picture if picture.mode in ("L", "RGB", "CMYK") else picture.convert("RGB")
    return _in_srgb(plain, picture.info.get("icc_profile")).convert("RGB")


def _in_srgb(picture: PIL.Image.Image, profile: bytes | None) -> PIL.Image.Image:
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, own, srgb, outputMode="RGB")
            return converted or picture
    return picture
