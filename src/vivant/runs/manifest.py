"""The record of a film: what was asked and what was used. Written last: the film is whole."""

from __future__ import annotations

import json
import platform
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

import vivant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.types import (
        DecoupledPrompt,
        EngineInfo,
        Film,
        Keyframe,
        Likeness,
        Portrait,
        Reference,
        Take,
        Verdict,
    )

SCHEMA = 2


def manifest(take: Take, files: Mapping[str, str]) -> dict[str, Any]:
    """The manifest of a take. ``files`` maps file name → SHA-256 of what was written."""
    return {
        "schema": SCHEMA,
        "vivant": vivant.__version__,
        "asked": _asked(take),
        "recipe": {**asdict(take.recipe), "digest": take.recipe.digest},
        "references": [reference(person) for person in take.references],
        "prompt": decoupled(take.prompt),
        "keyframe": _keyframe(take.keyframe),
        "film": _film(take.film),
        "identity": identity(take.verdict),
        "engines": {role: engine(info) for role, info in take.engines.items()},
        "machine": {"python": platform.python_version(), "system": platform.platform()},
        "timings_seconds": dict(take.timings),
        "files": dict(sorted(files.items())),
    }


def to_json(record: Mapping[str, Any]) -> str:
    """JSON as the manifest is written: two spaces, plain Unicode, no NaN."""
    return json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _asked(take: Take) -> dict[str, Any]:
    request = take.request
    size = request.size
    return {
        "portrait": _path(request.portrait),
        "prompt": request.prompt,
        "spatial": request.spatial,
        "temporal": request.temporal,
        "recipe": request.recipe if isinstance(request.recipe, str) else request.recipe.name,
        "seed": request.seed,
        "size": None if size is None else str(size),
        "seconds": request.seconds,
        "frames": request.frames,
        "fps": request.fps,
        "face": request.face,
        "others": [_path(other) for other in request.others],
        "other_faces": list(request.other_faces),
    }


def _path(portrait: Portrait) -> str:
    return portrait if isinstance(portrait, str) else "(an array)"


def reference(person: Reference) -> dict[str, Any]:
    """A reference as plain data, without pixels."""
    face = person.face
    return {
        "sha256_of_pixels": person.digest,
        "size": f"{person.image.shape[1]}x{person.image.shape[0]}",
        "face": {
            "box": asdict(face.box),
            "pose": None if face.pose is None else asdict(face.pose),
            "confidence": face.confidence,
        },
        "notices": [asdict(notice) for notice in person.notices],
    }


def decoupled(prompt: DecoupledPrompt) -> dict[str, Any]:
    """A decoupled prompt as plain data; ``vivant decouple --json`` prints the same."""
    return {
        "prompt": prompt.prompt,
        "spatial": {
            "text": prompt.spatial.text,
            "parts": [asdict(part) for part in prompt.spatial.parts],
        },
        "temporal": {
            "text": prompt.temporal.text,
            "parts": [asdict(part) for part in prompt.temporal.parts],
            "timeline": [asdict(segment) for segment in prompt.temporal.timeline],
        },
        "left_out": [asdict(words) for words in prompt.left_out],
        "gender": prompt.gender,
        "writer": prompt.writer,
        "by_hand": list(prompt.by_hand),
        "used": dict(prompt.used),
    }


def _keyframe(keyframe: Keyframe) -> dict[str, Any]:
    return {
        "painter": keyframe.painter,
        "seed": keyframe.seed,
        "identity_distance": keyframe.distance,
        "attempts": [asdict(attempt) for attempt in keyframe.attempts],
        "unshown": [asdict(words) for words in keyframe.unshown],
        "used": dict(keyframe.used),
    }


def _film(film: Film) -> dict[str, Any]:
    count, height, width = film.frames.shape[:3]
    return {
        "size": f"{width}x{height}",
        "frames": count,
        "fps": film.fps,
        "seconds": count / film.fps,
        "seed": film.seed,
        "unshown": [asdict(words) for words in film.unshown],
        "used": dict(film.used),
        "shots": [asdict(shot) for shot in film.shots],
    }


def identity(verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain data; ``vivant verify --json`` prints the same."""
    return {
        "passed": verdict.passed,
        "sentence": verdict.sentence,
        "eye": verdict.eye,
        "how": "distance of face embeddings to the reference image; lower is closer",
        "same_person_below": verdict.same_person,
        "mean": verdict.mean,
        "worst": verdict.worst,
        "face_share": verdict.face_share,
        "people": [_likeness(person) for person in verdict.people],
        "segments": [asdict(segment) for segment in verdict.segments],
    }


def _likeness(person: Likeness) -> dict[str, Any]:
    measured = sum(score.distance is not None for score in person.curve)
    return {"measured_frames": measured, **asdict(person)}


def engine(info: EngineInfo) -> dict[str, Any]:
    """Who did the work, as plain data, with the versions of its packages here."""
    return {
        "name": info.name,
        "version": info.version,
        "licence": info.licence,
        "models": [asdict(model) for model in info.models],
        "packages": {name: _version(name) for name in info.packages},
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"
