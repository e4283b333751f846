"""What a film leaves on disk: film, keyframe, contact sheet, curve and manifest, each whole.

One film has one folder. The old manifest goes first and the new one comes last, so a manifest on
disk always speaks of the files beside it; a stop at any moment leaves no partial file.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vivant
from vivant.errors import OutputError, VideoError
from vivant.files import atomic, sweep
from vivant.image import save_png
from vivant.runs.curve import identity_picture
from vivant.runs.manifest import manifest, to_json
from vivant.runs.sheet import contact_sheet
from vivant.video import encode, probe

if TYPE_CHECKING:
    from vivant.types import Image, Take

KEYFRAME, SHEET, CURVE = "keyframe.png", "contact_sheet.png", "identity.png"
MANIFEST = "manifest.json"
BESIDE = (KEYFRAME, SHEET, CURVE, MANIFEST)
MAKER = "vivant"


@dataclass(frozen=True)
class Saved:
    """Where everything went, and the manifest as it was written."""

    film: Path
    keyframe: Path
    contact_sheet: Path
    identity: Path
    manifest: Path
    record: dict[str, Any]


def save(take: Take, path: str | Path) -> Saved:
    """Write the film to ``path``, and keyframe, contact sheet, curve and manifest beside it.

    Raises OutputError where that would overwrite what is not this film's.
    """
    film = Path(path)
    check_free(film)
    folder = film.parent
    folder.mkdir(parents=True, exist_ok=True)
    sweep(folder)
    keyframe, sheet, curve, record = (folder / name for name in BESIDE)
    saved = Saved(film, keyframe, sheet, curve, record, {})
    saved.manifest.unlink(missing_ok=True)
    with atomic(film) as temporary:
        encode(take.film.frames, temporary, take.film.fps, _tags(take))
    save_png(take.keyframe.image, saved.keyframe)
    save_png(contact_sheet(take), saved.contact_sheet)
    save_png(_curve(take), saved.identity)
    written = (saved.film, saved.keyframe, saved.contact_sheet, saved.identity)
    text = to_json(manifest(take, {file.name: _hash(file) for file in written}))
    saved.record.update(json.loads(text))
    with atomic(saved.manifest) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return saved


def check_free(film: Path) -> None:
    """Raise OutputError unless a film may be written to ``film``. Writes nothing."""
    if film.suffix.lower() != ".mp4":
        raise OutputError(f"{film} does not end in .mp4: films are H.264 in an mp4 container.")
    if film.is_dir():
        raise OutputError(f"{film} is a folder; the film needs a file name.")
    standing = next(folder for folder in film.absolute().parents if folder.exists())
    if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
        raise OutputError(f"{standing} is no folder that can be written to, so no film fits there.")
    beside = {name: film.parent / name for name in BESIDE}
    owner = _film_of(beside[MANIFEST])
    if owner is not None and owner != film.name:
        raise OutputError(
            f"{beside[MANIFEST]} is the manifest of {owner}; one folder keeps one film, or their"
            " manifests would overwrite each other.",
            mend=f"Try: -o {film.parent / film.stem / film.name}",
        )
    if owner is None and not _tagged(film):
        for path in (film, *beside.values()):
            if path.exists():
                raise OutputError(
                    f"{path} exists and was not made by vivant; it is not overwritten.",
                    mend=f"Try: -o {film.parent / film.stem / film.name}",
                )


def _curve(take: Take) -> Image:
    film, limit = take.film, take.recipe.verify.most_distant
    return identity_picture(take.verdict, film.fps, len(film.frames), limit, film.shots)


def _film_of(path: Path) -> str | None:
    """The film that the manifest at ``path`` speaks of; None where there is no such manifest."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        names = record["files"] if "vivant" in record else ()
        return next(str(name) for name in names if name.endswith(".mp4"))
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return None


def _tagged(film: Path) -> bool:
    """Whether the film says that vivant made it: so it does after a stop before the manifest."""
    try:
        return probe(film).metadata.get("artist") == MAKER
    except VideoError:
        return False


def _tags(take: Take) -> dict[str, str]:
    """What the film says of itself: that it is synthetic, and how made; never the prompt."""
    return {
        "artist": MAKER,
        "comment": (
            f"Synthetic film made by vivant {vivant.__version__}, recipe {take.recipe.name}:"
            f" animated by {take.recipe.animator} from a photo."
        ),
        "vivant_recipe": take.recipe.name,
        "vivant_animator": take.recipe.animator,
        "vivant_seed": str(take.request.seed),
    }


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
