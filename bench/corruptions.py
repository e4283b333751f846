"""Does the verdict find what is wrong with a film? Random corruptions of clean films, found or not.

    python -m bench.corruptions DATA FILMS -o OUT [--count 100] [--seed 1] [--stride 24]

DATA holds the photos and FILMS the films of ``bench.identity``. Each corruption takes 48 frames of
a film, a kind, a span of 8 to 30 frames and a strength from the seed. What is true of a frame:

- another face, blur, blackout, photo: every frame of the span;
- morph: the frames of the span whose own embedding is beyond the limit;
- leaving: those in which less than half of the face is in the picture;
- frozen frame: none; it is no fault of identity, and finding one there is an error.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.identity import people
from tools import corrupting
from tools.corrupting import Donor
from vivant.engines.dlib import DlibEye
from vivant.recipe import PREVIZ
from vivant.stages import looks
from vivant.stages.admit import admit
from vivant.stages.identity.sampling import runs
from vivant.stages.identity.sights import GONE
from vivant.stages.identity.spans import SHORT
from vivant.stages.verify import verify
from vivant.types import Box, Film, Silent
from vivant.video import decode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tools.corrupting import Corruption
    from vivant.recipe import VerifyPolicy
    from vivant.types import Face, Image, Reference, Span

FAULTS = {
    "another face": "drift", "morph": "drift", "blur": "blurred", "blackout": "no face",
    "leaving": "no face", "photo": "copy", "frozen frame": "",
}  # fmt: skip
FRAMES, SHORTEST, LONGEST = 48, 8, 30
SOFT, SOFTEST = 0.04, 0.10
"""Blur, as shares of the face's height: from where identity is lost, see ``stages.admit``."""
NEAR = 2
"""Frames by which the end of a span may be off."""


@dataclass(frozen=True)
class Case:
    """One corruption of one film, and what was found."""

    person: str
    prompt: int
    kind: str
    first: int
    last: int
    strength: float
    true: frozenset[int]
    found: tuple[Span, ...]

    @property
    def marked(self) -> frozenset[int]:
        """All frames of the found spans."""
        return frozenset(n for span in self.found for n in range(span.first, span.last + 1))

    @property
    def ends(self) -> list[int]:
        """By how many frames each end of each true stretch is missed; ``LONGEST`` where unfound."""
        off = []
        for first, last in _stretches(self.true):
            met = [s for s in self.found if s.first <= last and first <= s.last]
            off.append(abs(met[0].first - first) if met else LONGEST)
            off.append(abs(met[-1].last - last) if met else LONGEST)
        return off


def main() -> None:
    """Corrupt, verify, print a line for each case, and write ``corruptions.md`` to OUT."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("data", type=Path)
    parser.add_argument("films", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stride", type=int, default=PREVIZ.verify.stride)
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    eye = DlibEye()
    references = {
        name: admit(str(photo), eye) for name, (photo, _) in people(arguments.data).items()
    }
    films = sorted(arguments.films.glob("*/prompt*/film.mp4"))
    chance = np.random.default_rng(arguments.seed)
    policy = replace(PREVIZ.verify, stride=arguments.stride)
    cases: list[Case] = []
    for number in range(arguments.count):
        path = films[chance.integers(len(films))]
        kind = list(FAULTS)[number % len(FAULTS)]
        cases.append(_case(path, kind, references, eye, policy, chance))
        print(_line(number, cases[-1]), flush=True)
        (arguments.output / "corruptions.md").write_text(table(cases))
    print(table(cases))


def _case(
    path: Path,
    kind: str,
    references: Mapping[str, Reference],
    eye: DlibEye,
    policy: VerifyPolicy,
    chance: np.random.Generator,
) -> Case:
    person, prompt = path.parent.parent.name, int(path.parent.name.removeprefix("prompt"))
    reference, film = references[person], decode(path)
    start = int(chance.integers(len(film) - FRAMES + 1))
    frames = film[start : start + FRAMES]
    length = int(chance.integers(SHORTEST, LONGEST + 1))
    first = int(chance.integers(len(frames) - length + 1))
    strength = float(chance.random())
    other = sorted(set(references) - {person})[chance.integers(len(references) - 1)]
    who = Donor(references[other].image, references[other].face)
    track = eye.track(frames)
    how = _how(kind, strength, who, reference, track, eye)
    spoilt = how(frames, first, first + length - 1)
    verdict = verify(Film(spoilt, 24, 0), (reference,), eye, policy, Silent())
    case = Case(
        person, prompt, kind, first, first + length - 1, strength, frozenset(), verdict.spans
    )
    return replace(case, true=_truth(case, spoilt, track, reference, eye))


def _how(
    kind: str,
    strength: float,
    who: Donor,
    reference: Reference,
    track: Sequence[Face | None],
    eye: DlibEye,
) -> Corruption:
    """The corruption of this kind; ``strength``, 0 to 1, matters to blurs only."""
    height = max(face.box.height for face in track if face)
    centre = reference.face.box.centre
    kinds: dict[str, Corruption] = {
        "another face": partial(corrupting.other_face, who=who, eye=eye),
        "morph": partial(corrupting.morph, who=who, eye=eye),
        "blur": partial(corrupting.blur, sigma=height * (SOFT + strength * (SOFTEST - SOFT))),
        "blackout": corrupting.blackout,
        "leaving": corrupting.leaving,
        "photo": partial(corrupting.photo, image=reference.image, centre=centre),
        "frozen frame": corrupting.frozen,
    }
    return kinds[kind]


def _truth(
    case: Case, spoilt: Image, track: Sequence[Face | None], reference: Reference, eye: DlibEye
) -> frozenset[int]:
    span = range(case.first, case.last + 1)
    if case.kind == "frozen frame":
        return frozenset()
    if case.kind == "morph":
        faces = eye.track(spoilt[case.first : case.last + 1], track[case.first])
        limit = PREVIZ.verify.most_distant
        return frozenset(
            n
            for n, face in zip(span, faces, strict=True)
            if face and eye.distance(reference.face, eye.embed(spoilt[n], face)) > limit
        )
    if case.kind == "leaving":
        width = spoilt.shape[2]
        places = [(n - case.first + 0.5) / len(span) for n in span]
        return frozenset(
            n
            for n, place in zip(span, places, strict=True)
            if (face := track[n])
            and looks.visible(spoilt[n], _pushed(face, corrupting.away(place) * width)) < GONE
        )
    return frozenset(span)


def _pushed(face: Face, right: float) -> Face:
    box, shift = face.box, np.array([right, 0], np.float32)
    moved = Box(box.x0 + right, box.y0, box.x1 + right, box.y1)
    return replace(face, box=moved, landmarks=face.landmarks + shift)


def _stretches(frames: frozenset[int]) -> list[tuple[int, int]]:
    """Those that are long enough to be spans."""
    present = [n in frames for n in range(max(frames, default=-1) + 1)]
    return [(first, last) for first, last in runs(present) if last - first + 1 > SHORT]


def table(cases: Sequence[Case]) -> str:
    """Precision and recall of frames, and of the spans' ends, by kind, as Markdown."""
    lines = [
        "| corruption | films | precision | recall | ends within 2 | right kind |",
        "|---|---|---|---|---|---|",
    ]
    for kind in (*FAULTS, ""):
        chosen = [case for case in cases if kind in (case.kind, "")]
        if chosen:
            lines.append(_row(kind or "all", chosen))
    return "\n".join(lines) + "\n"


def _row(name: str, cases: Sequence[Case]) -> str:
    both = sum(len(case.true & case.marked) for case in cases)
    marked, true = (sum(len(part) for part in parts) for parts in zip(
        *((case.marked, case.true) for case in cases), strict=True
    ))  # fmt: skip
    ends = [off for case in cases for off in case.ends]
    kinds = [span.kind == FAULTS[case.kind] for case in cases for span in case.found]
    return (
        f"| {name} | {len(cases)} | {_share(both, marked)} | {_share(both, true)}"
        f" | {_share(sum(off <= NEAR for off in ends), len(ends))}"
        f" | {_share(sum(kinds), len(kinds))} |"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part}/{whole})" if whole else "none"


def _line(number: int, case: Case) -> str:
    found = ", ".join(f"{span.first}-{span.last} {span.kind}" for span in case.found)
    true = ", ".join(f"{first}-{last}" for first, last in _stretches(case.true))
    return (
        f"{number} {case.person} {case.prompt} {case.kind} {case.first}-{case.last}"
        f" ({case.strength:.2f}): true {true}; found {found}"
    )


if __name__ == "__main__":
    main()
