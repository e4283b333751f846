"""Whatever is handed over, it is an upright RGB picture or one ImageError."""

from __future__ import annotations

import io
import os
import struct
import warnings
import zlib
from pathlib import Path

import numpy as np
import PIL.Image
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import ImageCms

from vivant import image
from vivant.errors import ImageError, OutputError
from vivant.types import Image, Size


def gradient(width: int = 96, height: int = 80) -> Image:
    """A picture in which every place has its own colour: red grows to the right, green down."""
    y, x = np.mgrid[:height, :width]
    rgb = [x * 255 // (width - 1), y * 255 // (height - 1), 128 + 0 * x]
    return np.stack(rgb, axis=-1).astype(np.uint8)


def encoded(picture: PIL.Image.Image, kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format=kind, **options)
    return buffer.getvalue()


def as_png(pixels: Image, **options: object) -> bytes:
    return encoded(PIL.Image.fromarray(pixels), "PNG", **options)


# -- what is opened -------------------------------------------------------------------------------


def test_a_png_comes_back_pixel_for_pixel_from_bytes_and_path(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(as_png(gradient()))
    for source in (path, str(path), path.read_bytes()):
        opened = image.open_image(source)
        assert (opened == gradient()).all()
        assert opened.dtype == np.uint8 and opened.flags.c_contiguous


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_lossy_formats_come_back_nearly(kind: str) -> None:
    opened = image.open_image(encoded(PIL.Image.fromarray(gradient()), kind, quality=95))
    assert np.abs(opened.astype(int) - gradient()).mean() < 4


def test_a_symbolic_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(as_png(gradient()))
    (tmp_path / "link").symlink_to(tmp_path / "a.png")
    assert (image.open_image(tmp_path / "link") == gradient()).all()


# The EXIF standard (CIPA DC-008, tag 274): how a viewer must turn the stored picture.
UPRIGHT = {
    1: lambda a: a,
    2: lambda a: a[:, ::-1],
    3: lambda a: a[::-1, ::-1],
    4: lambda a: a[::-1],
    5: lambda a: a.transpose(1, 0, 2),
    6: lambda a: np.rot90(a, -1),
    7: lambda a: a[::-1, ::-1].transpose(1, 0, 2),
    8: lambda a: np.rot90(a),
}


@pytest.mark.parametrize("orientation", [*range(1, 9)])
def test_exif_orientation_is_applied(orientation: int) -> None:
    exif = PIL.Image.Exif()
    exif[274] = orientation
    opened = image.open_image(as_png(gradient(), exif=exif))
    assert (opened == UPRIGHT[orientation](gradient())).all()


@pytest.mark.parametrize("orientation", [0, 9, 65535])
def test_reserved_orientations_turn_nothing(orientation: int) -> None:
    exif = PIL.Image.Exif()
    exif[274] = orientation
    assert (image.open_image(as_png(gradient(), exif=exif)) == gradient()).all()


def test_transparency_shows_white() -> None:
    clear = np.dstack([gradient(), np.zeros((80, 96), np.uint8)])
    clear[:40, :, 3] = 255
    opened = image.open_image(encoded(PIL.Image.fromarray(clear), "PNG"))
    assert (opened[:40] == gradient()[:40]).all()
    assert (opened[40:] == 255).all()


def test_half_transparency_mixes_with_white() -> None:
    half = np.full((64, 64, 4), (0, 0, 0, 128), np.uint8)
    opened = image.open_image(encoded(PIL.Image.fromarray(half), "PNG"))
    assert np.abs(opened.astype(int) - 127).max() <= 1


def test_a_palette_with_a_transparent_colour_shows_white() -> None:
    picture = PIL.Image.new("P", (64, 64), 1)
    picture.putpalette([0, 0, 0, 10, 200, 30])
    assert (image.open_image(encoded(picture, "PNG")) == (10, 200, 30)).all()
    assert (image.open_image(encoded(picture, "PNG", transparency=1)) == 255).all()


@pytest.mark.parametrize(("mode", "colour"), [("1", 1), ("L", 255), ("LA", (255, 255))])
def test_grey_becomes_rgb(mode: str, colour: object) -> None:
    picture = PIL.Image.new(mode, (64, 70), colour)  # type: ignore[arg-type]
    opened = image.open_image(encoded(picture, "PNG"))
    assert opened.shape == (70, 64, 3) and (opened == 255).all()


def test_sixteen_bits_keep_their_tones() -> None:
    ramp = np.linspace(0, 65535, 64 * 64).astype(np.uint16).reshape(64, 64)
    opened = image.open_image(encoded(PIL.Image.fromarray(ramp), "PNG"))
    assert np.abs(opened[..., 0] - ramp / 257).max() <= 0.51
    assert (opened[..., 0] == opened[..., 2]).all()


def test_cmyk_becomes_rgb() -> None:
    ink = PIL.Image.new("CMYK", (64, 64), (0, 255, 255, 0))
    opened = image.open_image(encoded(ink, "JPEG", quality=100))
    assert np.abs(opened.astype(int) - (255, 0, 0)).max() < 8


def test_colour_profiles_are_applied_and_broken_ones_ignored() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = image.open_image(as_png(gradient(), icc_profile=srgb))
    assert np.abs(same.astype(int) - gradient()).max() <= 2
    assert (image.open_image(as_png(gradient(), icc_profile=b"rubbish")) == gradient()).all()
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert (image.open_image(as_png(gradient(), icc_profile=lab)) == gradient()).all()


def test_of_a_phones_double_jpeg_the_photo_is_taken() -> None:
    photo = PIL.Image.fromarray(gradient())
    depth = PIL.Image.new("RGB", (40, 40), "red")
    data = encoded(photo, "MPO", save_all=True, append_images=[depth], quality=95)
    opened = image.open_image(data)
    assert opened.shape == (80, 96, 3)
    assert np.abs(opened.astype(int) - gradient()).mean() < 4


# -- what is refused ------------------------------------------------------------------------------


def png_claiming(width: int, height: int) -> bytes:
    """A tiny PNG file whose header claims a size (RFC 2083, IHDR)."""
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [header, b"IDAT" + zlib.compress(b""), b"IEND"]
    framed = [struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


@pytest.mark.parametrize(
    ("width", "height"),
    [(17_320, 17_320), (50_000, 50_000), (2**31 - 1, 2**31 - 1), (9_000, 9_000), (31_000, 64)],
)
def test_a_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(ImageError, match="pixels"):
            image.open_image(png_claiming(width, height))


def test_a_picture_too_small_for_a_face_is_refused() -> None:
    with pytest.raises(ImageError, match=r"63x64.*at least 64"):
        image.open_image(as_png(gradient(63, 64)))
    assert image.open_image(as_png(gradient(64, 64))).shape == (64, 64, 3)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PPM"])
def test_other_formats_are_refused(kind: str) -> None:
    with pytest.raises(ImageError, match="not a JPEG, PNG or WebP"):
        image.open_image(encoded(PIL.Image.fromarray(gradient()), kind))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_an_animation_is_refused(kind: str) -> None:
    frames = [PIL.Image.fromarray(np.roll(gradient(), n, axis=1)) for n in (0, 20)]
    data = encoded(frames[0], kind, save_all=True, append_images=frames[1:])
    with pytest.raises(ImageError, match="animation"):
        image.open_image(data)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"no image"])
def test_rubbish_is_refused(data: bytes) -> None:
    with pytest.raises(ImageError):
        image.open_image(data)


def test_a_truncated_file_is_refused() -> None:
    data = encoded(PIL.Image.fromarray(gradient()), "JPEG")
    with pytest.raises(ImageError, match="broken"):
        image.open_image(data[: len(data) // 2])


def test_folders_pipes_devices_and_absent_files_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "loop").symlink_to("loop")
    for name in (tmp_path, tmp_path / "pipe", "/dev/zero", "/dev/null"):
        with pytest.raises(ImageError, match="JPEG, PNG or WebP"):
            image.open_image(name)
    for name in (tmp_path / "absent", tmp_path / "dangling", tmp_path / "loop", "a\0b", "x" * 5000):
        with pytest.raises(ImageError, match="can't be read"):
            image.open_image(name)


def test_a_file_larger_than_any_photo_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "huge.png").open("wb") as file:
        file.truncate(image.MAX_BYTES + 1)
    with pytest.raises(ImageError, match="128 MB"):
        image.open_image(tmp_path / "huge.png")


SEEDS = (
    as_png(gradient(64, 64), exif=PIL.Image.Exif()),
    encoded(PIL.Image.fromarray(gradient(64, 64)).quantize(16), "PNG"),
    encoded(PIL.Image.fromarray(gradient(64, 64)), "JPEG", progressive=True, comment=b"c"),
    encoded(PIL.Image.fromarray(gradient(64, 64)), "WEBP", lossless=True),
    encoded(PIL.Image.fromarray(gradient(64, 64)), "WEBP", quality=60),
)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.sampled_from(SEEDS),
    edits=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=1, max_size=4)),
        min_size=1, max_size=6,
    ),
    keep=st.one_of(st.just(1.0), st.floats(0, 1)),
)  # fmt: skip
def test_mutated_files_give_a_picture_or_an_image_error(
    seed: bytes, edits: list[tuple[float, bytes]], keep: float
) -> None:
    data = bytearray(seed)
    for place, patch in edits:
        at = int(place * len(data))
        data[at : at + len(patch)] = patch
    broken = bytes(data[: int(keep * len(data))])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Pillow warns about odd EXIF; it is no error
        try:
            opened = image.open_image(broken)
        except ImageError:
            return
    assert opened.dtype == np.uint8 and opened.ndim == 3 and opened.shape[2] == 3


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_picture_or_an_image_error(data: bytes) -> None:
    with pytest.raises(ImageError):
        image.open_image(data)


# -- arrays ---------------------------------------------------------------------------------------


def test_a_right_array_passes_and_becomes_contiguous() -> None:
    flipped = gradient()[:, ::-1]
    checked = image.check_array(flipped)
    assert (checked == flipped).all() and checked.flags.c_contiguous


@pytest.mark.parametrize(
    "wrong",
    [
        "photo.png",
        None,
        [[1, 2, 3]],
        np.zeros((80, 80, 3), np.float32),
        np.zeros((80, 80), np.uint8),
        np.zeros((80, 80, 4), np.uint8),
        np.zeros((3, 80, 80), np.uint8),
        np.zeros((10, 80, 3), np.uint8),
        np.zeros((0, 0, 3), np.uint8),
    ],
    ids=lambda value: f"{type(value).__name__}{getattr(value, 'shape', '')}",
)
def test_a_wrong_array_is_refused(wrong: object) -> None:
    with pytest.raises(ImageError):
        image.check_array(wrong)


# -- digest and PNG -------------------------------------------------------------------------------


def test_the_digest_is_of_pixels_and_shape() -> None:
    one = gradient()
    assert image.digest(one) == image.digest(one.copy()) == image.digest(np.asfortranarray(one))
    other = one.copy()
    other[0, 0, 0] ^= 1
    assert image.digest(other) != image.digest(one)
    flat = np.zeros((64, 100, 3), np.uint8)
    assert image.digest(flat) != image.digest(flat.reshape(100, 64, 3))


def test_a_saved_png_has_the_pixels_and_always_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        image.save_png(gradient(), tmp_path / name)
    assert (image.open_image(tmp_path / "a.png") == gradient()).all()
    assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.png", "b.png"]
    with pytest.raises(OutputError):
        image.save_png(gradient(), tmp_path / "nowhere" / "a.png")


# -- crop and resize ------------------------------------------------------------------------------

SIDE = st.integers(64, 400)
SIZE = st.builds(Size, SIDE, SIDE)


def test_a_wide_crop_of_a_square_is_its_middle() -> None:
    square = gradient(100, 100)
    assert (image.crop_to_aspect(square, Size(200, 100)) == square[25:75]).all()
    assert (image.crop_to_aspect(square, Size(50, 100)) == square[:, 25:75]).all()
    assert (image.crop_to_aspect(square, Size(9, 9)) == square).all()


def test_a_crop_goes_where_it_is_asked_until_the_edge() -> None:
    square = gradient(100, 100)
    assert (image.crop_to_aspect(square, Size(200, 100), (50, 40)) == square[15:65]).all()
    assert (image.crop_to_aspect(square, Size(200, 100), (50, 0)) == square[:50]).all()
    assert (image.crop_to_aspect(square, Size(200, 100), (50, 999)) == square[50:]).all()


@settings(deadline=None)
@given(of=SIZE, to=SIZE)
def test_a_crop_is_the_largest_of_its_aspect_and_never_stretched(of: Size, to: Size) -> None:
    picture = np.zeros((of.height, of.width, 3), np.uint8)
    crop = image.crop_to_aspect(picture, to)
    height, width = crop.shape[:2]
    assert width == of.width or height == of.height
    assert abs(width * to.height - height * to.width) <= max(to.width, to.height)
    assert image.resize(crop, to).shape == (to.height, to.width, 3)


def test_resizing_never_stretches() -> None:
    with pytest.raises(ImageError, match="stretched"):
        image.resize(gradient(96, 80), Size(96, 96))


def test_resizing_keeps_a_flat_colour() -> None:
    flat = np.full((90, 160, 3), (12, 200, 77), np.uint8)
    assert (image.resize(flat, Size(64, 36)) == (12, 200, 77)).all()
    assert (image.resize(flat, Size(320, 180)) == (12, 200, 77)).all()
