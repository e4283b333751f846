"""docs/manifest.md names every key of a manifest that has everything, and no other."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests import tiny
from vivant.footage import Footage
from vivant.geometry import Size
from vivant.runs.judge import Judged, record
from vivant.runs.manifest import manifest, to_json
from vivant.types import (
    Attempt,
    EngineInfo,
    FrameScore,
    LeftOut,
    Look,
    ModelFile,
    Notice,
    Part,
    Pose,
    Segment,
    SegmentScore,
    ShotRecord,
    Span,
    Take,
    Unshown,
)

DOC = Path(__file__).parent.parent / "docs" / "manifest.md"
OPEN = ("recipe.settings", "timings_seconds", "files", "used")
"""Tables whose keys are names: of roles and settings, of stages, of files, of what engines say."""


def whole() -> Take:
    """A take in which nothing is empty."""
    take = tiny.take()
    pose, notice = Pose(1.0, 2.0, 3.0), Notice("blur", 0.7, 0.66, "Soft.")
    look = Look(0.2, 0.1, 1.0, 0.3, 0.4, 5.0, 0.1, 0.2)
    reference = replace(
        take.references[0], face=replace(take.references[0].face, pose=pose), notices=(notice,)
    )
    keyframe = replace(
        take.keyframe,
        attempts=(Attempt(1, 0.2, "best", 0.5, (look,)),),
        unshown=(Unshown("wind", "no wind here"),),
    )
    prompt = replace(
        take.prompt,
        spatial=replace(take.prompt.spatial, parts=(Part("subject", "she", 0, 3, (0,)),)),
        temporal=replace(take.prompt.temporal, timeline=(Segment(0, 2, "walks"),)),
        left_out=(LeftOut("loudly", 0, 6, "a sound"),),
        by_hand=("temporal",),
    )
    span = Span(1, 2, "drift", 0.7, "another face")
    verdict = replace(
        take.verdict,
        people=tuple(replace(person, spans=(span,)) for person in take.verdict.people),
        segments=(SegmentScore(0, 5, "walks", 0.2, 0.1, None),),
    )
    film = replace(
        take.film,
        unshown=(Unshown("wind", "no wind here"),),
        shots=(ShotRecord(0, 5, 6, 1, "walks", lost=(FrameScore(3, 0.7),)),),
    )
    return replace(
        take, references=(reference,), keyframe=keyframe, prompt=prompt, film=film, verdict=verdict,
        engines={"eye": _eye()},
    )  # fmt: skip


def _eye() -> EngineInfo:
    model = ModelFile("a", "0" * 64, "https://example.org", "CC0")
    return EngineInfo("square", "1", "CC0", (model,), ("numpy",))


def paths(value: Any, at: str = "") -> set[str]:
    """``a.b[].c`` for every leaf, and for every table whose keys are names."""
    if isinstance(value, dict) and value and not at.endswith(OPEN):
        return set().union(*(paths(v, f"{at}.{k}" if at else k) for k, v in value.items()))
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return set().union(*(paths(item, at + "[]") for item in value))
    return {at}


def named(heading: str) -> set[str]:
    """The keys of the tables under a heading of the document; ``*`` stands for any role."""
    section = DOC.read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| `([^`]+)`", section, re.M))


def anyone(keys: set[str]) -> set[str]:
    """The same with ``*`` for each role."""
    packages = {re.sub(r"\.packages\..*", ".packages", key) for key in keys}
    return {re.sub(r"^engines\.\w+\.", "engines.*.", key) for key in packages}


def test_every_key_of_a_manifest_is_described_and_none_that_isn_t_there() -> None:
    take = whole()
    keys = anyone(paths(json.loads(to_json(manifest(take, {"film.mp4": "ab"})))))
    assert keys - named("manifest.json") == set()
    assert named("manifest.json") - keys == set()


def test_every_key_of_verify_is_described(tmp_path: Path) -> None:
    take = whole()
    path = tmp_path / "film.mp4"
    path.write_bytes(b"a film")
    size = Size(64, 64)
    footage = Footage(take.film.frames, 3, size, Fraction(3), 2.0, ())
    judged = Judged(path, footage, take.references, take.recipe.verify, take.verdict, _eye())
    keys = anyone(paths(json.loads(to_json(record(judged)))))
    own = {key for key in keys if key.split(".")[0] in ("film", "policy")}
    assert own == named("vivant verify --json")
    assert keys - own <= named("manifest.json")
