"""No seam: how far do a face's landmarks jump where one segment of a timeline meets the next?

    python -m bench.seams -o OUT

Twenty timeline films of the astronaut's portrait. A jump is the mean distance of the eye's
landmarks from one frame to the next, in face heights; the jump at a seam is that from the last
frame before a segment's start to the first frame in it. It may be at most 1.5 times the median
jump of all other frames.

An eye's landmarks tremble by about 0.0023 face heights a frame (at 24 frames a second that is half
of the median, at 12 a third), which makes the ratio milder than it is. So the same is measured
without an eye: how far the rig moves the places of the face. That knows no tremble, but neither
the lids, the irises, the inner mouth nor the camera, so both are shown and both have to keep the
limit.

Each film is made in one call, and again as one shot for each segment, which must give the same
bytes. Writes ``seams.md`` and the frames round each seam to OUT.
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from tools.demo_portrait import portrait
from vivant.engines.dlib import DlibEye
from vivant.engines.previz import score
from vivant.engines.previz.engine import PrevizAnimator, PrevizPainter
from vivant.engines.previz.scene import set_scene
from vivant.engines.rules import writer
from vivant.geometry import Length
from vivant.stages.admit import admit
from vivant.types import Keyframe, Shot, Silent, Size

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from vivant.types import Face, Image, Reference, Segment, TemporalPrompt

SIZE, FPS, SEED = Size(416, 256), 12, 1
LIMIT = 1.5
SIDE = 3
"""Frames shown on either side of a seam."""

FILMS = (
    "A woman in a library. 0-2s: she reads; 2-4s: she looks up and laughs; 4-6s: she turns away",
    "A woman in a park. 0-2s: she laughs; 2-4s: she frowns; 4-6s: she shakes her head",
    "A woman in a cafe. 0-1s: she talks; 1-2s: she nods; 2-3s: she looks left; 3-4s: she"
    " looks right; 4-5s: she smiles",
    "A woman in a rainy street at night. 0-3s: she walks; 3-6s: she stops and looks around",
    "A woman in a kitchen. 0-2s: she chops vegetables; 2-4s: she tastes and smiles; 4-6s: she"
    " dances",
    "A woman on a stage. 0-2s: she sings; 2-3s: she bows; 3-5s: she laughs; 5-7s: she waves",
    "A woman in an office. 0-2s: she types; 2-4s: she yawns; 4-6s: she stretches; 6-8s: she drinks",
    "A woman in a forest. 0-2s: she runs; 2-4s: she stops and pants; 4-6s: she looks back"
    " over her shoulder",
    "A woman on a beach. 0-3s: she closes her eyes and breathes; 3-6s: she opens her eyes and"
    " smiles as the camera pushes in",
    "A woman in a conference room. 0-2s: she listens; 2-4s: she thinks; 4-6s: she speaks;"
    " 6-8s: she nods; 8-10s: she smiles",
    "A woman in a hospital. 0-2s: she cries; 2-4s: she looks up; 4-6s: she smiles",
    "A woman in a living room. 0-2s: she shouts; 2-4s: she whispers; 4-6s: she laughs",
    "A woman in a neon street. 0-2s: she turns left; 2-4s: she turns right; 4-6s: she turns"
    " to the camera",
    "A woman in the mountains. 0-2s: she shivers; 2-4s: she sneezes; 4-6s: she laughs; snow falls",
    "A woman in a ballroom. 0-2s: she dances; 2-4s: she spins; 4-6s: she bows and smiles",
    "A woman on a train. 0-2s: she falls asleep; 2-4s: she wakes up; 4-6s: she looks around,"
    " surprised",
    "A woman in a car. 0-2s: she drives; 2-3s: she gasps; 3-5s: she leans forward; 5-7s: she sighs",
    "A woman in a library. 0-1s: she reads; 1-2s: she glances up; 2-3s: she reads; 3-4s: she"
    " laughs; 4-5s: she shrugs; 5-6s: she turns away",
    "A woman in a park. 0-2.5s: the camera pans left as she walks; 2.5-5s: the camera pushes"
    " in as she stops and smiles",
    "A woman in a workshop. 0-2s: she hammers; 2-4s: she jumps; 4-6s: she stumbles; 6-8s: she"
    " stands still",
)
"""Two to six segments each; soft handovers and abrupt ones."""


@dataclass(frozen=True)
class Row:
    """What was measured on one film, by the eye and by the rig."""

    text: str
    segments: int
    eye: Jumps
    rig: Jumps
    same: bool


@dataclass(frozen=True)
class Jumps:
    """In face heights a frame: the largest at a seam, the median of all others."""

    seam: float
    median: float

    @property
    def ratio(self) -> float:
        """The largest jump at a seam over the median inside the segments."""
        return self.seam / self.median


def main() -> None:
    """Measure the films, print the table, write it and the pictures to OUT."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--only", type=int, action="append", default=[], help="from 1")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    eye = DlibEye()
    reference = admit(str(portrait()), eye)
    rows = []
    for number, text in enumerate(FILMS, 1):
        if not arguments.only or number in arguments.only:
            rows.append(measure(text, reference, eye, arguments.output / f"seams{number:02}.png"))
            print(f"{number} {rows[-1].eye.ratio:.2f} {rows[-1].rig.ratio:.2f}", flush=True)
    (arguments.output / "seams.md").write_text(table(rows))
    print(table(rows))


def measure(text: str, reference: Reference, eye: DlibEye, sheet: Path) -> Row:
    """Make one film both ways, follow the face, write the frames round the seams to ``sheet``."""
    prompt = writer({}).decouple(text, "woman")
    whole, starts = boundaries(prompt.temporal)
    painted = PrevizPainter().paint(prompt.spatial, (reference,), SIZE, SEED, Silent())
    keyframe = Keyframe(painted.image, prompt.spatial, (reference,), SEED, "previz", 0.0, ())
    shot = Shot(keyframe, prompt.temporal, whole, SEED, whole)
    frames = PrevizAnimator().animate(shot, Silent()).frames
    cv2.imwrite(str(sheet), around(frames, starts)[..., ::-1])
    return Row(
        text, len(starts) + 1, at_seams(seen(eye.track(frames)), starts),
        at_seams(meant(shot), starts), np.array_equal(chained(shot, starts), frames),
    )  # fmt: skip


def boundaries(temporal: TemporalPrompt) -> tuple[Length, tuple[int, ...]]:
    """The film's length and the first frame of each segment but the first."""
    ends = [_end(segment) for segment in temporal.timeline]
    starts = [math.ceil(segment.start * FPS - 1e-9) for segment in temporal.timeline]
    return Length(round(max(ends) * FPS), FPS), tuple(starts[1:])


def _end(segment: Segment) -> float:
    return segment.start + 2.0 if segment.end is None else segment.end


def at_seams(moved: NDArray[np.float64], starts: tuple[int, ...]) -> Jumps:
    """The jumps into the frames ``starts`` beside all others."""
    seams = [start - 1 for start in starts]
    return Jumps(float(moved[seams].max()), float(np.median(np.delete(moved, seams))))


def seen(track: tuple[Face | None, ...]) -> NDArray[np.float64]:
    """Mean landmark displacement from each frame to the next, in face heights, ``(t - 1,)``."""
    faces = [face for face in track if face is not None]
    if len(faces) < len(track):
        raise ValueError(f"The face is lost in {len(track) - len(faces)} frames.")
    height = float(np.median([face.box.height for face in faces]))
    points = np.stack([face.landmarks for face in faces])
    steps = np.linalg.norm(np.diff(points, axis=0), axis=-1)
    return np.asarray(steps.mean(axis=1) / height, np.float64)


def meant(shot: Shot) -> NDArray[np.float64]:
    """The same from the rig: mean displacement of the places of the face, ``(t - 1,)``."""
    keyframe = shot.keyframe
    (figure,) = set_scene(keyframe.references, keyframe.spatial, SIZE, keyframe.seed).figures
    x0, y0, x1, y1 = figure.face
    left, top = figure.canvas.left, figure.canvas.top
    x, y = figure.rig.x - left, figure.rig.y - top
    face = (x >= x0) & (x <= x1) & (y >= y0) & (y <= y1)
    curves = score.write(shot.temporal, shot.whole, shot.seed).curves
    poses = (curves.at("figure", index) for index in range(shot.whole.frames))
    places = np.stack([figure.rig.field(pose)[face] for pose in poses])
    steps = np.linalg.norm(np.diff(places, axis=0), axis=-1)
    return np.asarray(steps.mean(axis=1) / (y1 - y0), np.float64)


def chained(shot: Shot, starts: tuple[int, ...]) -> Image:
    """The same film, one shot for each segment."""
    edges = (0, *starts, shot.whole.frames)
    parts = [
        PrevizAnimator().animate(
            replace(shot, length=Length(after - first, FPS), first=first), Silent()
        )
        for first, after in pairwise(edges)
    ]
    return np.concatenate([part.frames for part in parts])


def around(frames: Image, starts: tuple[int, ...]) -> Image:
    """One row for each seam: the frames before it, then those from it on."""
    rows = [np.concatenate(list(frames[start - SIDE : start + SIDE]), axis=1) for start in starts]
    return np.concatenate(rows)


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    lines = [
        "| film | segments | eye: median | at a seam | ratio | rig: median | at a seam | ratio"
        " | in shots |",
        "|---" * 9 + "|",
    ]
    for row in rows:
        shots = "same bytes" if row.same else "DIFFERS"
        measured = " | ".join(
            f"{by.median:.5f} | {by.seam:.5f} | {by.ratio:.2f}" for by in (row.eye, row.rig)
        )
        lines.append(f"| {row.text} | {row.segments} | {measured} | {shots} |")
    within = sum(max(row.eye.ratio, row.rig.ratio) <= LIMIT for row in rows)
    eye, rig = max(row.eye.ratio for row in rows), max(row.rig.ratio for row in rows)
    lines += ["", f"{within} of {len(rows)} within {LIMIT}; the largest ratio is {eye:.2f} by the"
              f" eye, {rig:.2f} by the rig."]  # fmt: skip
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
