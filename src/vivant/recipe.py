"""A recipe names one engine for each role, with the settings of the stages. Recipes are values.

A user's own recipe is a TOML file that starts from a shipped one:

    base = "previz"
    name = "mine"
    frames = 144
    [keyframe]
    attempts = 5
    [settings.animator]
    steps = 30

What ``settings`` an engine has is in docs/engines.md. A recipe that replaces an engine of its base
starts that engine's settings anew, and the base's summary no longer describes it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from vivant.errors import RecipeError
from vivant.geometry import Size, parse_size

Scalar: TypeAlias = str | int | float | bool
ROLES = ("writer", "painter", "animator", "eye")


@dataclass(frozen=True)
class KeyframePolicy:
    """How the keyframe stage spends its budget.

    ``attempts`` is the most pictures painted. Painting stops early at a picture in which everybody
    is at most ``good_enough`` from the photo (the eye's own space), well seen, and not a copy of
    it. The best picture wins (``stages.keyframe.rank``); never a faceless one.
    """

    attempts: int
    good_enough: float


@dataclass(frozen=True)
class MotionPolicy:
    """How the motion stage holds the person.

    ``takes`` is how often one faulty span may be shot again; 0: never. Where a shot continues
    another, its first picture gets the reference's face anew once it is ``reanchor`` farther from
    the reference than the keyframe is (the eye's own space).
    """

    takes: int
    reanchor: float


@dataclass(frozen=True)
class VerifyPolicy:
    """How the verify stage looks and judges.

    At least every ``stride``-th frame and the last are compared with the reference, more where the
    face changes. The film passes with a mean identity distance of at most ``most_distant``, a face
    in at least ``least_face_share`` of all frames, and no span in which it is another person.
    """

    stride: int
    most_distant: float
    least_face_share: float


@dataclass(frozen=True)
class Recipe:
    """One way to make a film. Names are those of the table in ``vivant.engines``.

    ``settings`` has for a role what its engine is told beyond that engine's own defaults.
    """

    name: str
    summary: str
    writer: str
    painter: str
    animator: str
    eye: str
    size: Size
    frames: int
    fps: int
    keyframe: KeyframePolicy
    motion: MotionPolicy
    verify: VerifyPolicy
    settings: Mapping[str, Mapping[str, Scalar]] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """SHA-256 of all settings, hexadecimal: equal digests are equal recipes."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


PREVIZ = Recipe(
    name="previz",
    summary="The photo itself, relit and moved in a rendered set. CPU only, no weights to pull"
    " beyond the face models.",
    writer="rules",
    painter="previz",
    animator="previz",
    eye="dlib",
    size=Size(832, 480),
    frames=96,
    fps=24,
    # 0.60 is dlib's published "same person"; a frontal previz keyframe lies near 0.3, a profile
    # near 0.5, and painting again moves it by less than 0.05: so one attempt nearly always does.
    keyframe=KeyframePolicy(attempts=3, good_enough=0.55),
    motion=MotionPolicy(takes=2, reanchor=0.10),
    # Five samples in four seconds tell the mean similarity to 0.003 for a tenth of the render.
    verify=VerifyPolicy(stride=24, most_distant=0.60, least_face_share=0.90),
)

OPEN = Recipe(
    name="open",
    summary="Only weights under Apache-2.0 and CC0, on one card of 24 GB.",
    writer="transformers",
    painter="flux",
    animator="wan",
    eye="dlib",
    size=Size(1280, 704),
    frames=121,
    fps=24,
    # A generated face must earn its place: 0.50 leaves a margin below dlib's "same person", 0.60.
    keyframe=KeyframePolicy(attempts=4, good_enough=0.50),
    motion=MotionPolicy(takes=2, reanchor=0.10),
    verify=VerifyPolicy(stride=8, most_distant=0.60, least_face_share=0.80),
    settings={
        "writer": {"model": "qwen3-8b"},
        "painter": {"model": "flux2-klein-4b"},
        "animator": {"model": "wan2.2-ti2v-5b"},
    },
)

PAPER = Recipe(
    name="paper",
    summary="arXiv 2507.04705 with the settings of its published code. Not for commercial use.",
    writer="transformers",
    painter="hyperlora",
    animator="wan",
    eye="insightface",
    size=Size(1280, 704),
    frames=121,
    fps=24,
    # At most three pictures, until one has an ArcFace cosine above 0.5; a distance is 1 - cosine.
    # Which picture is good and which is best is the stage's own rule, stricter than the paper's.
    # The paper judges no film; its own score, FaceSim-Arc 0.441, is a mean distance of 0.559.
    keyframe=KeyframePolicy(attempts=3, good_enough=0.5),
    # The paper shoots once.
    motion=MotionPolicy(takes=0, reanchor=0.10),
    verify=VerifyPolicy(stride=8, most_distant=0.60, least_face_share=0.80),
    settings={
        "writer": {"model": "qwen3-8b", "order": "paper", "temperature": 0.1},
        "painter": {
            "variant": "fidelity", "weight": 0.85, "steps": 20, "guidance": 5.0,
            "pixels": 832 * 480, "refine": True, "dtype": "float16",
        },
        "animator": {
            "model": "wan2.2-ti2v-5b", "steps": 50, "guidance": 5.0, "flow_shift": 5.0,
        },
        "eye": {"model": "antelopev2"},
    },
)  # fmt: skip

BEST = replace(
    OPEN,
    name="best",
    summary="The largest free models: Qwen-Image-Edit paints, both experts of Wan2.2 A14B animate.",
    painter="qwen_image",
    size=Size(1280, 720),
    frames=81,
    fps=16,
    settings={
        "writer": {"model": "qwen3-8b"},
        "painter": {"model": "qwen-image-edit-2511"},
        "animator": {
            "model": "wan2.2-i2v-a14b", "steps": 40, "guidance": 3.5, "guidance_low": 3.5,
            "flow_shift": 5.0,
        },
    },
)  # fmt: skip

FAST = replace(
    OPEN,
    name="fast",
    summary="Four steps for the picture, four for the film; movement is slower for it.",
    writer="rules",
    size=Size(832, 480),
    frames=81,
    fps=16,
    settings={
        "painter": {"model": "flux2-klein-4b"},
        "animator": {"model": "wan2.2-i2v-a14b-lightning"},
    },
)

LITE = replace(
    OPEN,
    name="lite",
    summary="For a card of 8 to 12 GB: SDXL with an IP-Adapter paints, layers stream to the card.",
    writer="rules",
    painter="sdxl",
    size=Size(832, 480),
    frames=97,
    settings={
        "painter": {"model": "realvisxl-v4", "dtype": "float16"},
        "animator": {"model": "wan2.2-ti2v-5b", "vae": "tiled"},
    },
)

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe for recipe in (PREVIZ, OPEN, PAPER, BEST, FAST, LITE)
}


def load(which: str | Recipe) -> Recipe:
    """A shipped recipe by name, or a user's own by the path of its TOML file.

    Raises RecipeError naming what is unknown or wrong.
    """
    if isinstance(which, Recipe):
        return which
    if which in RECIPES:
        return RECIPES[which]
    if not which.endswith(".toml"):
        raise RecipeError(
            f"There is no recipe {which!r}; there are: {', '.join(RECIPES)}."
            " A recipe of your own is a path that ends in .toml."
        )
    try:
        table = tomllib.loads(Path(which).read_text(encoding="utf-8"))
    except OSError as error:
        raise RecipeError(f"The recipe {which} can't be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise RecipeError(f"The recipe {which} is not TOML: {error}.") from error
    return from_table(table, which)


def from_table(table: dict[str, Any], where: str) -> Recipe:
    """A recipe from the table of a TOML file. Raises RecipeError."""
    table = dict(table)
    base = table.pop("base", None)
    if base not in RECIPES:
        raise RecipeError(f"{where}: base is {base!r}; it must be one of {', '.join(RECIPES)}.")
    settings = _settings(RECIPES[base], table, table.pop("settings", {}), where)
    recipe: Recipe = _override(RECIPES[base], table, where)
    _check(recipe, where)
    replaced = [role for role in ROLES if getattr(recipe, role) != getattr(RECIPES[base], role)]
    if replaced and "summary" not in table:
        recipe = replace(recipe, summary=f"{base} with another {' and '.join(replaced)}.")
    return replace(recipe, settings=settings)


def _settings(
    base: Recipe, table: dict[str, Any], given: Any, where: str
) -> Mapping[str, Mapping[str, Scalar]]:
    """The base's settings under the given ones; engines check names and types when made."""
    if not isinstance(given, dict) or not all(isinstance(v, dict) for v in given.values()):
        raise RecipeError(f"{where}: settings must be tables by role, as in [settings.animator].")
    if unknown := given.keys() - set(ROLES):
        raise RecipeError(f"{where}: there is no role {unknown.pop()!r}; there are: {ROLES}.")
    for role, values in given.items():
        for name, value in values.items():
            if not isinstance(value, (str, int, float, bool)):
                raise RecipeError(f"{where}: settings.{role}.{name} is {value!r}, no plain value.")
    merged = {}
    for role in ROLES:
        kept = (
            {}
            if table.get(role, getattr(base, role)) != getattr(base, role)
            else base.settings.get(role, {})
        )
        if both := {**kept, **given.get(role, {})}:
            merged[role] = both
    return merged


def _override(settings: Any, table: dict[str, Any], where: str) -> Any:
    """``settings`` with the fields of ``table`` replaced; nested policies field by field."""
    known = {f.name for f in fields(settings)}
    changes: dict[str, Any] = {}
    for key, value in table.items():
        if key not in known:
            raise RecipeError(f"{where}: there is no setting {key!r}; there are: {_listed(known)}.")
        old = getattr(settings, key)
        if isinstance(old, Size):
            changes[key] = _size(value, where)
        elif isinstance(old, (KeyframePolicy, MotionPolicy, VerifyPolicy)):
            if not isinstance(value, dict):
                raise RecipeError(f"{where}: {key} must be a table, not {value!r}.")
            changes[key] = _override(old, value, f"{where}: {key}")
        else:
            changes[key] = _same_type(old, value, f"{where}: {key}")
    return replace(settings, **changes)


def _size(value: Any, where: str) -> Size:
    if not isinstance(value, str):
        raise RecipeError(f'{where}: size must be text such as "832x480", not {value!r}.')
    return parse_size(value)


def _same_type(old: Any, value: Any, where: str) -> Any:
    if isinstance(old, float) and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not type(old):
        raise RecipeError(f"{where} is {value!r}; it must be of type {type(old).__name__}.")
    return value


def _check(recipe: Recipe, where: str) -> None:
    rules = (
        ("keyframe.attempts", recipe.keyframe.attempts, 1, 100),
        ("keyframe.good_enough", recipe.keyframe.good_enough, 0.0, 10.0),
        ("motion.takes", recipe.motion.takes, 0, 100),
        ("motion.reanchor", recipe.motion.reanchor, 0.0, 10.0),
        ("verify.stride", recipe.verify.stride, 1, 1000),
        ("verify.most_distant", recipe.verify.most_distant, 0.0, 10.0),
        ("verify.least_face_share", recipe.verify.least_face_share, 0.0, 1.0),
    )
    for name, value, low, high in rules:
        if not low <= value <= high:
            raise RecipeError(f"{where}: {name} is {value:g}; it must lie within {low} to {high}.")


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
