"""Whose face is in the films? Render a folder of people and prompts, and measure each film.

    python -m bench.identity DATA -o OUT [--only id001]

DATA has the challenge's layout: ``idNNN/image.png`` with ``prompt1.txt`` …; scikit-image's
astronaut joins as one more person with prompts of our own. The films are read back from disk, so
that what is measured is what a viewer sees: nine frames a film, each compared with every person's
photo. A film that is already there is measured, not rendered again.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from tools.demo_portrait import portrait
from vivant import Request, generate, save
from vivant.engines.dlib import DlibEye
from vivant.stages.admit import admit
from vivant.types import Reference
from vivant.video import decode

FRAMES = 9
ASTRONAUT_PROMPTS = (
    "A woman in a red raincoat turns to the camera and smiles as rain falls on a neon street at"
    " night",
    "An astronaut floats in a space station and looks down while the Earth turns in the window",
    "A woman in a navy blazer nods and speaks in a conference room, the camera slowly pushes in",
    "0-2s: a woman reads in a library; 2-4s: she looks up and laughs",
    "A chef in a white jacket looks down, then smiles in a busy kitchen, steam rising",
)


@dataclass(frozen=True)
class Row:
    """What was measured on one film; distances in dlib's space, None where no frame has a face."""

    person: str
    prompt: int
    mean: float | None
    worst: float | None
    nearest_other: float | None
    right_person_nearest: bool
    faces: int
    frames: int
    face_share: float
    seconds: float


def main() -> None:
    """Render, measure, and write ``identity.json`` and ``identity.md`` to OUT."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--only", action="append", default=[])
    arguments = parser.parse_args()
    work = people(arguments.data)
    eye = DlibEye()
    references = {name: admit(str(photo), eye) for name, (photo, _) in work.items()}
    rows = [
        measure(name, number, photo, prompt, references, eye, arguments.output)
        for name, (photo, prompts) in work.items()
        for number, prompt in enumerate(prompts, 1)
        if not arguments.only or name in arguments.only
    ]
    (arguments.output / "identity.json").write_text(
        json.dumps([asdict(row) for row in rows], indent=1)
    )
    (arguments.output / "identity.md").write_text(table(rows))
    print(table(rows))


def people(data: Path) -> dict[str, tuple[Path, list[str]]]:
    """Person → photo and prompts."""
    found = {
        folder.name: (
            folder / "image.png",
            [path.read_text(encoding="utf-8") for path in sorted(folder.glob("prompt*.txt"))],
        )
        for folder in sorted(data.glob("id*"))
    }
    return {"astronaut": (portrait(), list(ASTRONAUT_PROMPTS)), **found}


def measure(
    name: str,
    number: int,
    photo: Path,
    prompt: str,
    references: dict[str, Reference],
    eye: DlibEye,
    output: Path,
) -> Row:
    """Render one film unless it is there, and compare its frames with everybody."""
    path = output / name / f"prompt{number}" / "film.mp4"
    if not path.with_name("manifest.json").exists():
        save(generate(Request(str(photo), prompt)), path)
    record = json.loads(path.with_name("manifest.json").read_text(encoding="utf-8"))
    film = decode(path)
    chosen = film[np.linspace(0, len(film) - 1, FRAMES).round().astype(int)]
    own, others = [], []
    for frame in chosen:
        faces = eye.look(frame)
        if faces:
            seen = eye.embed(frame, max(faces, key=lambda face: face.box.area))
            own.append(eye.distance(references[name].face, seen))
            others.append(
                min(eye.distance(r.face, seen) for who, r in references.items() if who != name)
            )
    row = Row(
        person=name,
        prompt=number,
        mean=float(np.mean(own)) if own else None,
        worst=max(own, default=None),
        nearest_other=min(others, default=None),
        right_person_nearest=bool(own) and all(a < b for a, b in zip(own, others, strict=True)),
        faces=len(own),
        frames=FRAMES,
        face_share=record["identity"]["face_share"],
        seconds=sum(record["timings_seconds"].values()),
    )
    print(name, number, row.mean, row.worst, row.nearest_other, f"{row.seconds:.0f} s", flush=True)
    return row


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    heads = [
        "person",
        "prompt",
        "mean",
        "worst",
        "nearest-other",
        "right-nearest",
        "faces",
        "face-share",
        "s",
    ]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for row in rows:
        numbers = " | ".join(_two(v) for v in (row.mean, row.worst, row.nearest_other))
        lines.append(
            f"| {row.person} | {row.prompt} | {numbers} | {row.right_person_nearest}"
            f" | {row.faces}/{row.frames} | {row.face_share:.2f} | {row.seconds:.0f} |"
        )
    return "\n".join(lines) + "\n"


def _two(value: float | None) -> str:
    return "not measured" if value is None else f"{value:.2f}"


if __name__ == "__main__":
    main()
