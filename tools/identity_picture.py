"""Draw docs/images/identity.png: a film of the demo portrait, spoilt in three places, judged.

make demo
python -m tools.identity_picture out/demo/film.mp4
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tools.corrupting import blur, donor, leaving, other_face, stranger
from tools.demo_portrait import portrait
from vivant.engines import engine
from vivant.image import open_image, save_png
from vivant.runs.curve import identity_picture
from vivant.runs.judge import judge
from vivant.types import Image, Silent
from vivant.video import decode, encode

TARGET = Path(__file__).parent.parent / "docs" / "images" / "identity.png"


def spoilt(frames: Image) -> Image:
    """Another face in frames 18 to 30, nobody in 46 to 58, and no sharp picture in 72 to 82."""
    eye = engine("eye", "dlib")
    photo = open_image(str(portrait()))
    somebody = donor(stranger(photo, eye.look(photo)[0]), eye)
    frames = other_face(frames, 18, 30, who=somebody, eye=eye)
    frames = leaving(frames, 46, 58)
    return blur(frames, 72, 82, sigma=6.0)


def main(arguments: list[str]) -> int:
    """Spoil the film at the path given, judge it and draw what was found."""
    with TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        encode(spoilt(decode(Path(arguments[0]))), film, 24, {})
        judged = judge(film, [str(portrait())], Silent())
    print(judged.verdict.sentence)
    frames, limit = len(judged.footage.frames), judged.policy.most_distant
    save_png(identity_picture(judged.verdict, judged.footage.fps, frames, limit), TARGET)
    print(TARGET)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
