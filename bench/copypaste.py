"""Can a pasted portrait be told from a picture of the person? Measure both beside the photo.

    python -m bench.copypaste DATA FILMS

DATA and FILMS are those of ``bench.identity``, which must have run: it made the films. Of each film
the keyframe and nine frames are compared with the photo, and the photo itself, pasted into every
keyframe of another person, at several sizes, lights and tilts.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from bench.identity import people
from vivant.engines.dlib import DlibEye
from vivant.image import open_image
from vivant.stages.admit import admit
from vivant.stages.keyframe import COPIED
from vivant.stages.looks import measure
from vivant.types import Image, Look, Reference
from vivant.video import decode

FRAMES = 9
PASTES = {
    "pasted": (0.34, 0, 1.0, 0.0),
    "pasted small": (0.18, 0, 1.0, 0.0),
    "pasted large": (0.60, 0, 1.0, 0.0),
    "pasted, tilted 10°": (0.34, 10, 1.0, 0.0),
    "pasted, lit from one side": (0.34, 0, 0.85, 0.35),
    "pasted, dark and warm": (0.34, 0, 0.6, 0.0),
}
"""Name → the face's share of the picture's height, tilt in degrees, gain, its fall from side to
side."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("films", type=Path)
    arguments = parser.parse_args()
    eye = DlibEye()
    references = {
        name: admit(str(photo), eye) for name, (photo, _) in people(arguments.data).items()
    }
    looks: dict[str, list[Look]] = defaultdict(list)
    for name, reference in references.items():
        for kind, picture in pictures(name, reference, arguments.films):
            if faces := eye.look(picture):
                face = max(faces, key=lambda face: face.box.area)
                looks[kind].append(measure(picture, face, reference, (), eye))
    print(table(looks))


def pictures(name: str, reference: Reference, films: Path) -> Iterator[tuple[str, Image]]:
    """Every picture that shows this person, with its kind."""
    for folder in sorted((films / name).glob("prompt*")):
        yield "keyframe", open_image(str(folder / "keyframe.png"))
        film = decode(folder / "film.mp4")
        for frame in np.linspace(1, len(film) - 1, FRAMES).round().astype(int):
            yield "film", film[frame]
    for other in sorted(films.glob("*/prompt1/keyframe.png")):
        if other.parent.parent.name != name:
            # Far out of focus, so that no other face is left in it.
            set_ = cv2.GaussianBlur(open_image(str(other)), (0, 0), 24)
            background = np.asarray(set_, np.uint8)
            for kind, how in PASTES.items():
                yield kind, paste(reference, background, *how)


def paste(
    reference: Reference, background: Image, share: float, tilt: float, gain: float, fall: float
) -> Image:
    """The photo's head, a soft oval of it, in the middle of ``background``, as a JPEG.

    ``share`` is the face's of the picture's height, ``tilt`` degrees clockwise; ``gain`` times the
    photo's levels, less by the share ``fall`` towards the right.
    """
    height, width = background.shape[:2]
    box = reference.face.box
    scale = share * height / box.height
    matrix = np.asarray(cv2.getRotationMatrix2D(box.centre, -tilt, scale), np.float64)
    matrix[:, 2] += np.array([width, height]) / 2 - box.centre
    photo = reference.image.astype(np.float32)
    if scale < 1:
        photo = np.asarray(cv2.GaussianBlur(photo, (0, 0), 0.5 / scale), np.float32)
    oval = np.zeros(photo.shape[:2], np.float32)
    middle = round(box.centre[0]), round(box.centre[1] - 0.1 * box.height)
    sides = round(0.6 * box.width), round(0.75 * box.height)
    cv2.ellipse(oval, middle, sides, 0, 0, 360, 1.0, -1)
    oval = np.asarray(cv2.GaussianBlur(oval, (0, 0), 0.03 * box.height), np.float32)
    head = cv2.warpAffine(photo, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    weight = cv2.warpAffine(oval, matrix, (width, height))[..., None]
    light = gain * (1 - fall * np.linspace(-1, 1, width, dtype=np.float32))[None, :, None]
    warm = light * np.array([1.0, gain**0.25, gain**0.5], np.float32)
    mixed = np.clip(weight * head * warm + (1 - weight) * background, 0, 255).astype(np.uint8)
    coded = cv2.imencode(".jpg", mixed[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 85])[1]
    return np.ascontiguousarray(np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR))[..., ::-1])


def table(looks: dict[str, list[Look]]) -> str:
    """Least, median and most of each measure, as Markdown; and the share that is called a copy."""
    heads = ["picture", "n", "distance", "pose", "expression", "copied", "blur", "called a copy"]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for kind, all_ in looks.items():
        cells = [
            _spread([getattr(look, name) for look in all_], digits)
            for name, digits in (
                ("distance", 2),
                ("pose", 0),
                ("expression", 4),
                ("copied", 3),
                ("blur", 2),
            )
        ]
        caught = sum(look.copied >= COPIED for look in all_) / len(all_)
        lines.append(f"| {kind} | {len(all_)} | {' | '.join(cells)} | {caught:.0%} |")
    return "\n".join(lines)


def _spread(values: list[float | None], digits: int) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "not measured"
    return " / ".join(f"{value:.{digits}f}" for value in np.percentile(known, (0, 50, 100)))


if __name__ == "__main__":
    main()
