"""Any film judged, also one made elsewhere: is it the person of the photo, and where is it not?"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest
from typing import TYPE_CHECKING, Any

import PIL.Image
from PIL.PngImagePlugin import PngInfo

import vivant
from vivant.engines import engine, lent, preflight
from vivant.errors import CastError, FaceChoiceError, OutputError, PortraitError
from vivant.files import atomic
from vivant.footage import Footage, read
from vivant.recipe import load
from vivant.runs import manifest
from vivant.runs.curve import identity_picture
from vivant.stages.cast import cast
from vivant.stages.verify import verify
from vivant.types import Film, Request
from vivant.video import opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vivant.engines.base import Eye
    from vivant.recipe import Recipe, VerifyPolicy
    from vivant.types import EngineInfo, Observer, Portrait, Reference, Verdict

MAKER = "vivant verify"
_CHUNK_NAME = "Software"


@dataclass(frozen=True, eq=False)
class Judged:
    """The verdict on a film file, with all that led to it."""

    path: Path
    footage: Footage
    references: tuple[Reference, ...]
    policy: VerifyPolicy
    verdict: Verdict
    eye: EngineInfo


def judge(
    path: Path,
    portraits: Sequence[Portrait],
    watch: Observer,
    *,
    faces: Sequence[int] = (),
    recipe: str | Recipe = "previz",
    eye: str | None = None,
) -> Judged:
    """Judge the film at ``path`` by the people of ``portraits``, with the recipe's eye and policy.

    ``faces`` choose one face of each portrait, counted from 1 at the left; empty: the only ones.
    Another ``eye`` measures in another space, so the recipe's limit is scaled to that space.
    Raises VideoError, ImageError or PortraitError for what can't be judged, MissingError for what
    must be installed first.
    """
    opened(path).close()
    looker, policy = _looker(load(recipe), eye)
    preflight.check([looker.info])
    with lent(looker) as held:
        watch.begin("references", 0)
        references = _references(portraits, faces, held)
        for notice in (notice for person in references for notice in person.notices):
            watch.note(notice.message)
        footage = read(path, watch)
        film = Film(footage.frames, footage.fps, seed=0)
        verdict = verify(film, references, held, policy, watch)
    return Judged(path, footage, references, policy, verdict, looker.info)


def _references(
    portraits: Sequence[Portrait], faces: Sequence[int], eye: Eye
) -> tuple[Reference, ...]:
    if faces and len(faces) != len(portraits):
        raise FaceChoiceError(
            f"{len(portraits)} photos and {len(faces)} choices of a face: each photo needs one."
        )
    first, *others = portraits
    chosen = (faces[0], tuple(faces[1:])) if faces else (None, ())
    who = Request(first, "", face=chosen[0], others=tuple(others), other_faces=chosen[1])
    try:
        return cast(who, eye)
    except (CastError, PortraitError) as error:
        # Here every photo's face is chosen by the same option.
        mend = error.mend.replace("--face or --with-face", "--face")
        mend = mend.replace("--with-face", "--face")
        raise type(error)(error.message, mend=mend) from error


def _looker(recipe: Recipe, name: str | None) -> tuple[Eye, VerifyPolicy]:
    own: Eye = engine("eye", recipe.eye, recipe.settings.get("eye"))
    if name is None or name == recipe.eye:
        return own, recipe.verify
    other: Eye = engine("eye", name)
    scaled = recipe.verify.most_distant * other.same_person / own.same_person
    return other, replace(recipe.verify, most_distant=scaled)


def record(judged: Judged) -> dict[str, Any]:
    """As plain data: what ``vivant verify --json`` prints, described in docs/manifest.md."""
    footage = judged.footage
    count, height, width = footage.frames.shape[:3]
    with judged.path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return {
        "vivant": vivant.__version__,
        "film": {
            "path": str(judged.path),
            "sha256": digest,
            "size": str(footage.size),
            "fps": round(float(footage.rate), 3),
            "seconds": round(footage.seconds, 3),
            "looked_at": {"size": f"{width}x{height}", "fps": footage.fps, "frames": count},
            "notices": list(footage.notices),
        },
        "references": [manifest.reference(person) for person in judged.references],
        "policy": asdict(judged.policy),
        "identity": manifest.identity(judged.verdict),
        "engines": {"eye": manifest.engine(judged.eye)},
    }


def check_picture(path: Path) -> None:
    """Raise OutputError unless the curve may be drawn to ``path``: new, or drawn by this before."""
    if path.suffix.lower() != ".png":
        raise OutputError(f"{path} does not end in .png: the curve is drawn as a PNG.")
    folder = path.absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError(f"{folder} is no folder that can be written to.")
    if path.exists() and not _drawn_here(path):
        raise OutputError(
            f"{path} exists and was not drawn by `{MAKER}`; it is not overwritten.",
            mend="Choose another name.",
        )


def _drawn_here(path: Path) -> bool:
    try:
        with PIL.Image.open(path, formats=("PNG",)) as picture:
            return bool(picture.info.get(_CHUNK_NAME) == MAKER)
    except (OSError, SyntaxError):
        return False


def draw(judged: Judged, path: Path) -> None:
    """The identity curve, whole or not at all. Raises OutputError."""
    check_picture(path)
    footage = judged.footage
    picture = identity_picture(
        judged.verdict, footage.fps, len(footage.frames), judged.policy.most_distant
    )
    said = PngInfo()
    said.add_text(_CHUNK_NAME, MAKER)
    with atomic(path) as temporary:
        PIL.Image.fromarray(picture).save(temporary, format="PNG", pnginfo=said)
