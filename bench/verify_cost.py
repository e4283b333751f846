"""What does the verdict cost, and what does it lose to measuring every frame?

    python -m bench.verify_cost DATA FILMS -o OUT [--films 6] [--stride 16]

DATA holds the photos and FILMS the films of ``bench.identity``. On each film the verify stage and
the long way (every frame followed with ``track`` and embedded) take turns; both are counted in
seconds of processor time, which other work on the machine does not stretch. The render's seconds
are those of the film's manifest, by the clock, without verification.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.identity import people
from vivant.engines.dlib import DlibEye
from vivant.recipe import PREVIZ
from vivant.stages.admit import admit
from vivant.stages.identity.probes import cosine
from vivant.stages.verify import verify
from vivant.types import Film, Silent
from vivant.video import decode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.recipe import VerifyPolicy
    from vivant.types import Image, Reference


@dataclass(frozen=True)
class Row:
    """One film; seconds of processor time but for ``render``, similarities as mean cosines."""

    name: str
    measured: int
    frames: int
    verify: float
    every: float
    render: float
    similarity: float
    similarity_every: float
    distance: float
    distance_every: float
    spans: int


def main() -> None:
    """Measure, print the table and write it to OUT as ``verify_cost.md``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("films", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--films", type=int, default=6, dest="count")
    parser.add_argument("--stride", type=int, default=PREVIZ.verify.stride)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    eye = DlibEye(threads=1)
    references = {
        name: admit(str(photo), eye) for name, (photo, _) in people(arguments.data).items()
    }
    films = sorted(arguments.films.glob("*/prompt*/film.mp4"))
    chosen = [films[round(n)] for n in np.linspace(0, len(films) - 1, arguments.count)]
    policy = replace(PREVIZ.verify, stride=arguments.stride)
    rows: list[Row] = []
    for path in chosen:
        rows.append(measure(path, references[path.parent.parent.name], eye, policy))
        print(rows[-1], flush=True)
        (arguments.output / "verify_cost.md").write_text(table(rows))
    print(table(rows))


def measure(path: Path, reference: Reference, eye: DlibEye, policy: VerifyPolicy) -> Row:
    """Both ways on one film."""
    frames = decode(path)
    record = json.loads(path.with_name("manifest.json").read_text(encoding="utf-8"))
    seconds = record["timings_seconds"]
    start = time.process_time()
    verdict = verify(Film(frames, 24, 0), (reference,), eye, policy, Silent())
    middle = time.process_time()
    similarity, distance = every_frame(frames, reference, eye)
    end = time.process_time()
    (person,) = verdict.people
    if person.similarity is None or person.mean is None:
        raise SystemExit(f"{path} shows no face that could be measured")
    return Row(
        name=f"{path.parent.parent.name} {path.parent.name.removeprefix('prompt')}",
        measured=sum(score.distance is not None for score in person.curve),
        frames=len(frames),
        verify=middle - start,
        every=end - middle,
        render=sum(value for stage, value in seconds.items() if stage != "verify"),
        similarity=person.similarity,
        similarity_every=similarity,
        distance=person.mean,
        distance_every=distance,
        spans=len(person.spans),
    )


def every_frame(frames: Image, reference: Reference, eye: DlibEye) -> tuple[float, float]:
    """Mean cosine and mean distance of all frames that show a face."""
    known = [
        eye.embed(frame, face)
        for frame, face in zip(frames, eye.track(frames), strict=True)
        if face is not None
    ]
    cosines = [cosine(reference.face, face) for face in known]
    distances = [eye.distance(reference.face, face) for face in known]
    return float(np.mean(cosines)), float(np.mean(distances))


def table(rows: Sequence[Row]) -> str:
    """The rows and their sums as Markdown."""
    lines = [
        "| film | measured | verify s | every frame s | times faster | share of render"
        " | similarity | error | distance error | spans |",
        "|" + "---|" * 10,
    ]
    for row in rows:
        lines.append(
            f"| {row.name} | {row.measured}/{row.frames} | {row.verify:.2f} | {row.every:.2f}"
            f" | {row.every / row.verify:.1f} | {row.verify / row.render:.1%}"
            f" | {row.similarity:.4f} | {row.similarity - row.similarity_every:+.4f}"
            f" | {row.distance - row.distance_every:+.4f} | {row.spans} |"
        )
    verify_, every = sum(row.verify for row in rows), sum(row.every for row in rows)
    worst = max(abs(row.similarity - row.similarity_every) for row in rows)
    worst_distance = max(abs(row.distance - row.distance_every) for row in rows)
    lines.append(
        f"| all | {sum(row.measured for row in rows)}/{sum(row.frames for row in rows)}"
        f" | {verify_:.2f} | {every:.2f} | {every / verify_:.1f}"
        f" | {verify_ / sum(row.render for row in rows):.1%} |"
        f" | at most {worst:.4f} | at most {worst_distance:.4f}"
        f" | {sum(row.spans for row in rows)} |"
    )
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
