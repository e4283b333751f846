"""READ FIRST: the whole way from a photo and a sentence to a film, on one screen."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from vivant import engines as table
from vivant.engines import lent, preflight
from vivant.recipe import RECIPES, load
from vivant.seeds import Seeds
from vivant.shots import plan as windows
from vivant.stages import lengths
from vivant.stages.cast import cast
from vivant.stages.cast import check as check_cast
from vivant.stages.decouple import decouple, notes
from vivant.stages.keyframe import paint
from vivant.stages.motion import animate
from vivant.stages.reshoot import reshoot
from vivant.stages.verify import verify
from vivant.types import Silent, Take

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vivant.engines import Engines
    from vivant.recipe import Recipe
    from vivant.shots import Window
    from vivant.types import DecoupledPrompt, Length, Observer, Reference, Request, Size


@dataclass(frozen=True, eq=False)
class Plan:
    """Everything that is settled before the first picture: what ``--dry-run`` prints."""

    request: Request
    recipe: Recipe
    references: tuple[Reference, ...]
    prompt: DecoupledPrompt
    size: Size
    length: Length
    shots: tuple[Window, ...]
    seeds: Seeds


def generate(
    request: Request, engines: Engines | None = None, watch: Observer | None = None
) -> Take:
    """Make one film.

    Writes no file and reads no environment; the request's seed is its only chance. ``engines`` are
    those of the request's recipe unless given. Raises InputError for what can't be made,
    MissingError for what must be installed first, EngineError where an engine fails.
    """
    watch = watch or Silent()
    engines = engines or _ready(request)
    clock = _Clock()

    with lent(engines.eye) as eye:
        with clock("plan"):
            plan_ = plan(request, engines, watch)
        recipe, seeds, prompt = plan_.recipe, plan_.seeds, plan_.prompt
        references, timeline = plan_.references, prompt.temporal.timeline
        with clock("keyframe"), lent(engines.painter) as painter:
            keyframe = paint(
                prompt.spatial, references, painter, eye, recipe.keyframe, plan_.size, seeds, watch
            )
        with lent(engines.animator):
            with clock("motion"):
                film = animate(
                    keyframe, prompt.temporal, plan_.length, engines, recipe.motion, seeds, watch
                )
            with clock("verify"):
                verdict = verify(film, references, eye, recipe.verify, watch, timeline)
            with clock("reshoot"):
                film, verdict = reshoot(
                    film, verdict, keyframe, prompt.temporal, engines, recipe, seeds, watch
                )

    return Take(
        request, recipe, references, prompt, keyframe, film, verdict, clock.seconds, engines.infos
    )


def plan(request: Request, engines: Engines | None = None, watch: Observer | None = None) -> Plan:
    """Check the request and settle all that needs no picture: reference, prompts, size, length."""
    recipe = load(request.recipe)
    engines = engines or table.load(recipe)
    watch = watch or Silent()
    watch.begin("plan", 0)
    size, length = lengths.asked(request, recipe, engines)
    _check_cast(request, recipe, engines)
    references = cast(request, engines.eye)
    for reference in references:
        for notice in reference.notices:
            watch.note(notice.message)
    with lent(engines.writer) as writer:
        prompt = decouple(
            request.prompt, writer, gender=references[0].face.gender,
            spatial=request.spatial, temporal=request.temporal, people=len(references),
        )  # fmt: skip
    for note in notes(prompt):
        watch.note(note)
    timeline = prompt.temporal.timeline
    length = lengths.told(request, length, timeline, watch)
    lengths.check(size, length, timeline, engines.animator)
    shots = windows(length, timeline, engines.animator.reach)
    return Plan(request, recipe, references, prompt, size, length, shots, Seeds(request.seed))


def _check_cast(request: Request, recipe: Recipe, engines: Engines) -> None:
    """Raise CastError where the painter takes fewer people than there are photos."""

    def able(people: int) -> tuple[str, ...]:
        painters = {
            name: table.engine("painter", one.painter, one.settings.get("painter"))
            for name, one in RECIPES.items()
        }
        return tuple(name for name, painter in painters.items() if painter.people >= people)

    check_cast(request, engines.painter.people, recipe.painter, able)


def _ready(request: Request) -> Engines:
    """The recipe's engines, if they make such a film and all that they need is here.

    In this order: nobody should pull models for a film of an illegal size, nor wait for one stage
    to learn what the next one lacks.
    """
    recipe = load(request.recipe)
    engines = table.load(recipe)
    _check_cast(request, recipe, engines)
    lengths.asked(request, recipe, engines)
    preflight.check(engines.infos.values())
    return engines


class _Clock:
    """Seconds of each stage, for the record only: nothing depends on them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.seconds[stage] = round(perf_counter() - start, 3)
