"""The loop: a fault is found, shot again and no more than it, and the better take wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from tests.tiny import (
    HalfWriter,
    SquareAnimator,
    SquareEye,
    SquarePainter,
    Watcher,
    picture,
    reference,
)
from tools.corrupting import CorruptingAnimator
from vivant.engines import Engines
from vivant.engines.base import Animator
from vivant.errors import CancelledError, EngineError
from vivant.geometry import FrameRule
from vivant.recipe import PREVIZ, MotionPolicy, Recipe, VerifyPolicy
from vivant.retakes import MARGIN
from vivant.seeds import Seeds
from vivant.stages.motion import animate
from vivant.stages.reshoot import reshoot
from vivant.stages.verify import verify
from vivant.types import (
    Film,
    Image,
    Keyframe,
    Length,
    Observer,
    Painting,
    Reach,
    Reference,
    Shot,
    Size,
    SpatialPrompt,
    TemporalPrompt,
    Verdict,
)

SIZE, LENGTH, SEEDS = Size(160, 64), Length(49, 24), Seeds(2)
WHO = (reference(100),)
KEYFRAME = Keyframe(picture(SIZE, 100), SpatialPrompt("a beach"), WHO, 1, "square", 0.0, ())
WALKS = TemporalPrompt("A person walks.")
RECIPE = replace(PREVIZ, motion=MotionPolicy(2, 0.1), verify=VerifyPolicy(4, 0.2, 0.9))


def somebody_else(frames: Image, first: int, last: int) -> Image:
    spoilt = frames.copy()
    span = spoilt[max(first, 0) : max(last + 1, 0)]
    span[span[..., 1] > 100] = (255, 200, 0)
    return spoilt


@dataclass
class FromAPicture:
    """Continues from a picture; told where to arrive it would, but it stands still anyway."""

    arrives: bool
    asked: list[Shot] = field(default_factory=list)
    own: SquareAnimator = field(default_factory=SquareAnimator)

    @property
    def reach(self) -> Reach:
        return Reach(FrameRule(4, 1, 5, 49, "fours"), arrives=self.arrives)

    def read(self, texts: Sequence[str]) -> None:
        del texts

    def animate(self, shot: Shot, watch: Observer) -> Film:
        self.asked.append(shot)
        first = shot.keyframe.image if shot.start is None else shot.start[-1]
        still = np.repeat(first[None], shot.length.frames, 0)
        for _ in range(self.steps(shot.length)):
            watch.step()
        return Film(still, shot.length.fps, shot.seed)

    def __getattr__(self, name: str) -> object:
        return getattr(self.own, name)

    def steps(self, length: Length) -> int:
        return length.frames


@dataclass
class Mending(SquarePainter):
    """Can paint over a picture."""

    asked: list[Image] = field(default_factory=list)

    def reanchor(  # type: ignore[override]
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> Painting:
        del spatial, references, seed, watch
        self.asked.append(picture)
        return Painting(picture)


def made(
    animator: Animator,
    recipe: Recipe = RECIPE,
    watch: Watcher | None = None,
    painter: SquarePainter | None = None,
) -> tuple[Film, Verdict, Film, Verdict]:
    """The film as first shot with its verdict, and after the loop."""
    engines = Engines(HalfWriter(), painter or SquarePainter([]), animator, SquareEye())
    watch = watch or Watcher()
    film = animate(KEYFRAME, WALKS, LENGTH, engines, recipe.motion, SEEDS, watch)
    verdict = verify(film, WHO, engines.eye, recipe.verify, watch)
    after = reshoot(film, verdict, KEYFRAME, WALKS, engines, recipe, SEEDS, watch)
    return film, verdict, *after


def spoilt(calls: frozenset[int] | None, animator: Animator | None = None) -> CorruptingAnimator:
    return CorruptingAnimator(animator or SquareAnimator(), somebody_else, 20, 30, calls)


def test_a_clean_film_is_left_alone() -> None:
    film, verdict, after, judged = made(SquareAnimator())
    assert verdict.passed and not verdict.spans
    assert after is film and judged is verdict


def test_the_span_is_found_and_shot_again_and_no_more_than_it() -> None:
    animator = spoilt(frozenset({0}))
    film, verdict, after, judged = made(animator)
    (span,) = verdict.spans
    assert (span.first, span.last, span.kind) == (20, 30, "drift")
    assert not verdict.passed and judged.passed and not judged.spans
    again = animator.shots[1]
    assert (again.first, again.length.frames) == (20 - MARGIN, 11 + 2 * MARGIN)
    same = (after.frames == film.frames).all(axis=(1, 2, 3))
    assert not same[20:31].any() and same[: 20 - MARGIN].all() and same[31 + MARGIN :].all()


def test_the_retake_has_another_seed_and_knows_that_of_the_film_around_it() -> None:
    animator = spoilt(frozenset({0}))
    film, *_ = made(animator)
    again = animator.shots[1]
    assert again.seed == SEEDS.of("reshoot", 0) != film.seed
    assert again.around == film.seed and again.whole == LENGTH


def test_every_take_is_recorded_with_what_came_of_it() -> None:
    _, _, after, _ = made(spoilt(frozenset({0})))
    record = after.shots[-1]
    assert record.kept and (record.first, record.last) == (20 - MARGIN, 30 + MARGIN)
    assert "drift in frames 20 to 30" in record.why
    assert "0 faulty frame(s) instead of 11" in record.why
    assert max(score.distance or 0.0 for score in record.lost) == pytest.approx(155 / 255)


def test_a_retake_that_is_no_better_is_not_kept_and_the_budget_is_the_recipe_s() -> None:
    animator = spoilt(None)
    film, verdict, after, judged = made(animator)
    assert len(animator.shots) == 1 + RECIPE.motion.takes
    assert [record.kept for record in after.shots[-2:]] == [False, False]
    assert "so the old ones stay" in after.shots[-1].why
    assert (after.frames == film.frames).all() and judged == verdict and not judged.passed


def test_of_several_retakes_only_the_better_ones_stay() -> None:
    """Two spans; the second retake is spoilt again."""

    @dataclass
    class Twice(CorruptingAnimator):
        def animate(self, shot: Shot, watch: Observer) -> Film:
            film = super().animate(shot, watch)
            late = 40 - shot.first, 45 - shot.first
            return replace(film, frames=somebody_else(film.frames, *late))

    once = replace(RECIPE, motion=MotionPolicy(1, 0.1))
    animator = Twice(SquareAnimator(), somebody_else, 10, 15, frozenset({0}))
    film, verdict, after, judged = made(animator, once)
    assert [(span.first, span.last) for span in verdict.spans] == [(10, 15), (40, 45)]
    assert [(span.first, span.last) for span in judged.spans] == [(40, 45)]
    assert [record.kept for record in after.shots[-2:]] == [True, False]
    same = (after.frames == film.frames).all(axis=(1, 2, 3))
    assert not same[10:16].any() and same[16 + MARGIN :].all()


def test_a_second_take_may_succeed_where_the_first_did_not() -> None:
    animator = spoilt(frozenset({0, 1}))
    _, _, after, judged = made(animator)
    assert judged.passed and [record.kept for record in after.shots[-2:]] == [False, True]


def test_without_a_budget_nothing_is_shot_again() -> None:
    animator = spoilt(frozenset({0}))
    _, verdict, _, judged = made(animator, replace(RECIPE, motion=MotionPolicy(0, 0.1)))
    assert len(animator.shots) == 1 and judged is verdict


def test_one_that_only_continues_begins_at_the_last_true_frame_and_goes_on_to_the_end() -> None:
    animator = FromAPicture(arrives=False)
    film, _, after, judged = made(spoilt(frozenset({0}), animator))  # type: ignore[arg-type]
    again = animator.asked[1]
    assert again.start is not None and again.start.shape == (1, 64, 160, 3)
    assert (again.start[0] == film.frames[20 - MARGIN - 1]).all()
    assert again.first == 20 - MARGIN - 1 and again.end is None
    assert judged.passed and len(after.frames) == LENGTH.frames


def test_one_that_arrives_is_told_the_first_true_frame_after_the_span() -> None:
    animator = FromAPicture(arrives=True)
    film, *_ = made(spoilt(frozenset({0}), animator))  # type: ignore[arg-type]
    again = animator.asked[1]
    assert again.end is not None
    assert (again.end == film.frames[again.first + again.length.frames - 1]).all()


def test_the_second_take_begins_with_the_face_anew_where_the_painter_can() -> None:
    painter = Mending([])
    animator = spoilt(frozenset({0, 1}), FromAPicture(arrives=True))  # type: ignore[arg-type]
    _, _, after, judged = made(animator, painter=painter)
    assert judged.passed and len(painter.asked) == 1
    assert [record.reanchored for record in after.shots[-2:]] == [False, True]
    assert painter.released == 1


def test_a_painter_that_can_t_paint_a_face_anew_is_asked_once() -> None:
    """For each time the animator's models leave the card and are loaded again."""

    @dataclass
    class Leaving(FromAPicture):
        released: int = 0

        def release(self) -> None:
            self.released += 1

    leaving = Leaving(arrives=True)
    patient = replace(RECIPE, motion=MotionPolicy(4, 0.1))
    _, _, after, _ = made(spoilt(None, leaving), patient)  # type: ignore[arg-type]
    assert len(after.shots) == 1 + 4
    assert leaving.released == 1


def test_an_animator_that_fails_costs_the_retake_and_not_the_film() -> None:
    @dataclass
    class Failing(CorruptingAnimator):
        def animate(self, shot: Shot, watch: Observer) -> Film:
            if self.shots:
                raise EngineError("out of ideas")
            return super().animate(shot, watch)

    film, verdict, after, judged = made(Failing(SquareAnimator(), somebody_else, 20, 30))
    assert (after.frames == film.frames).all() and judged == verdict
    assert not after.shots[-1].kept and "out of ideas" in after.shots[-1].why
    assert after.shots[-1].lost == (), "no frames went"


def test_from_a_keyframe_of_somebody_else_nothing_is_shot_again() -> None:
    far = replace(KEYFRAME, image=picture(SIZE, 200), distance=100 / 255)
    engines = Engines(HalfWriter(), SquarePainter([]), SquareAnimator(), SquareEye())
    watch = Watcher()
    film = animate(far, WALKS, LENGTH, engines, RECIPE.motion, SEEDS, watch)
    verdict = verify(film, WHO, engines.eye, RECIPE.verify, watch)
    assert [span.kind for span in verdict.spans] == ["drift"]
    after, judged = reshoot(film, verdict, far, WALKS, engines, RECIPE, SEEDS, watch)
    assert after is film and judged is verdict
    assert "The keyframe itself is 0.39 from the photo" in watch.said[-1]


def test_nobody_does_not_take_the_place_of_somebody_else() -> None:
    def nobody(frames: Image, first: int, last: int) -> Image:
        black = frames.copy()
        black[max(first, 0) : max(last + 1, 0)] = 0
        return black

    once = spoilt(frozenset({0}))
    then = CorruptingAnimator(once, nobody, 20, 30, frozenset({1}))
    film, _, after, judged = made(then, replace(RECIPE, motion=MotionPolicy(1, 0.1)))
    assert not after.shots[-1].kept and (after.frames == film.frames).all()
    assert [span.kind for span in judged.spans] == ["drift"]


def test_the_observer_can_stop_it() -> None:
    counting = Watcher()
    made(spoilt(frozenset({0})), watch=counting)
    with pytest.raises(CancelledError):
        made(spoilt(frozenset({0})), watch=Watcher(stop=counting.steps - 1))
