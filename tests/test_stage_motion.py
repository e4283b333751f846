"""The motion stage: as many shots as the film takes, each continuing the one before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiny import (
    HalfWriter,
    SquareAnimator,
    SquareEye,
    SquarePainter,
    Watcher,
    info,
    picture,
    reference,
)
from vivant.engines import Engines
from vivant.engines.base import Animator, Painter
from vivant.errors import CancelledError, EngineError
from vivant.recipe import MotionPolicy
from vivant.seeds import Seeds
from vivant.stages.motion import animate
from vivant.types import (
    EngineInfo,
    Film,
    Footprint,
    FrameRule,
    Image,
    Keyframe,
    Length,
    Observer,
    Painting,
    Reach,
    Reference,
    Segment,
    Shot,
    Size,
    SpatialPrompt,
    TemporalPrompt,
    Unshown,
)

SIZE = Size(256, 64)
RED = 100
KEYFRAME = Keyframe(
    picture(SIZE, RED, -100), SpatialPrompt("a beach"), (reference(RED),), 1, "square", 0.0, ()
)
SEEDS = Seeds(2)
ONCE = MotionPolicy(0, 0.1)
WAITS = TemporalPrompt("A person waits.")
TIMED = TemporalPrompt(
    "A person sits. The person nods.",
    timeline=(Segment(0, 2, "A person sits."), Segment(2, None, "A person nods.")),
)


@dataclass
class Walker:
    """Starts from a picture and moves it one pixel a frame, 17 frames at the most.

    The face turns redder by ``wear`` a frame. A shot with a seed in ``jumps`` begins that many
    pixels further on.
    """

    wear: int = 0
    jumps: dict[int, int] = field(default_factory=dict)
    lost: tuple[int, ...] = ()
    most: int = 17
    repeats: int = 1
    extra: int = 0
    shots: list[Shot] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    info: EngineInfo = field(default_factory=lambda: info("walker"))
    released: int = 0

    @property
    def reach(self) -> Reach:
        return Reach(FrameRule(4, 1, 5, self.most, "four in one"), repeats=self.repeats)

    def ways(self, size: Size, length: Length) -> tuple[Footprint, ...]:
        del size, length
        return ()

    def steps(self, length: Length) -> int:
        return length.frames

    def check(self, size: Size, length: Length) -> None:
        del size
        self.reach.frames.check(length)

    def release(self) -> None:
        self.released += 1

    def read(self, texts: Sequence[str]) -> None:
        assert not self.shots
        self.texts += texts

    def animate(self, shot: Shot, watch: Observer) -> Film:
        self.shots.append(shot)
        given_ = [shot.keyframe.image] if shot.start is None else list(shot.start)
        ahead = self.jumps.get(shot.seed, 0)
        frames = given_[:]
        for number in range(1, shot.length.frames - len(given_) + 1):
            frame = np.roll(given_[-1], number + ahead, 1)
            frame[..., 0] += (frame[..., 1] > 0).astype(np.uint8) * np.uint8(number * self.wear)
            frames.append(frame * (shot.first + len(given_) - 1 + number not in self.lost))
            watch.step()
        unshown = (Unshown("beach", "no waves"), Unshown(shot.temporal.text, "only walks"))
        used = {"model": "walker", "start": shot.first}
        made = np.stack(frames[: len(frames) - self.extra])
        return Film(made, shot.length.fps, shot.seed, unshown, used)


@dataclass
class Restorer(SquarePainter):
    """Paints the square over with this red; None: it can't."""

    red: int | None = RED
    painted: int = 0
    narrower: int = 0

    def reanchor(  # type: ignore[override]
        self,
        picture: Image,
        spatial: SpatialPrompt,
        references: Sequence[Reference],
        seed: int,
        watch: Observer,
    ) -> Painting | None:
        del spatial, references, seed
        if self.red is None:
            return None
        watch.step()
        self.painted += 1
        image = picture.copy()
        image[image[..., 1] > 0, 0] = self.red
        return Painting(image[:, self.narrower :])


def run(
    animator: Animator,
    frames: int = 6,
    temporal: TemporalPrompt = WAITS,
    painter: Painter | None = None,
    policy: MotionPolicy = ONCE,
    watch: Watcher | None = None,
) -> Film:
    engines = Engines(HalfWriter(), painter or SquarePainter([]), animator, SquareEye())
    return animate(
        KEYFRAME, temporal, Length(frames, 10), engines, policy, SEEDS, watch or Watcher()
    )


def walked(frames: int) -> Image:
    return np.stack([np.roll(KEYFRAME.image, number, 1) for number in range(frames)])


# -- one shot ----------------------------------------------------------------------------------


def test_the_film_has_the_asked_length_and_the_stage_seed() -> None:
    film = run(SquareAnimator())
    assert film.frames.shape == (6, 64, 256, 3)
    assert film.seed == SEEDS.of("motion")
    assert (film.frames[0] == KEYFRAME.image).all()


def test_what_a_call_makes_too_much_is_cut_off_and_recorded() -> None:
    film = run(Walker(), 6)
    assert (film.frames == walked(6)).all()
    (shot,) = film.shots
    assert (shot.first, shot.last, shot.made, shot.seed) == (0, 5, 9, SEEDS.of("motion"))
    assert (shot.text, shot.why, shot.kept, shot.reanchored) == (WAITS.text, "", True, False)


def test_a_film_of_one_call_is_not_held_twice() -> None:
    class Keeping(SquareAnimator):
        def animate(self, shot: Shot, watch: Observer) -> Film:
            films.append(super().animate(shot, watch))
            return films[0]

    films: list[Film] = []
    film = run(Keeping())
    assert np.shares_memory(film.frames, films[0].frames)


def test_another_length_is_an_error_of_the_engine() -> None:
    with pytest.raises(EngineError, match=r"\(8, 64, 256, 3\)"):
        run(SquareAnimator(extra=2))


def test_an_animator_that_reads_timelines_gets_the_whole_prompt_once() -> None:
    assert [shot.text for shot in run(SquareAnimator(), 30, TIMED).shots] == [TIMED.text]


# -- one shot after the other ------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 60), st.booleans(), st.integers(1, 3))
def test_shots_go_on_where_the_one_before_stopped(frames: int, timed: bool, repeats: int) -> None:
    walker = Walker(repeats=repeats)
    film = run(walker, frames, TIMED if timed and frames > 20 else WAITS)
    assert (film.frames == walked(frames)).all()
    made = [n for shot in film.shots for n in range(shot.first, shot.last + 1)]
    assert made == list(range(frames))
    for shot in walker.shots[1:]:
        assert shot.start is not None and len(shot.start) == min(repeats, shot.first + repeats)
        assert (shot.start == film.frames[shot.first :][: len(shot.start)]).all()
        assert shot.keyframe is KEYFRAME


def test_each_shot_has_the_words_that_hold_in_it_and_a_seed_of_its_own() -> None:
    film = run(Walker(), 45, TIMED)
    assert [(shot.first, shot.last, shot.text) for shot in film.shots] == [
        (0, 10, "A person sits."),
        (11, 19, "A person sits."),
        (20, 32, "A person nods."),
        (33, 44, "A person nods."),
    ]
    assert [shot.seed for shot in film.shots] == [SEEDS.of("motion", n) for n in range(4)]


def test_all_texts_are_read_before_the_first_shot_and_a_single_one_by_the_shot_itself() -> None:
    animator = Walker()
    run(animator, 45, TIMED)
    assert animator.texts == ["A person sits."] * 2 + ["A person nods."] * 2
    one = Walker()
    run(one, 9)
    assert not one.texts


def test_an_animator_that_knows_the_scene_makes_the_same_film_in_parts() -> None:
    parts = Walker(repeats=0)
    film = run(parts, 40)
    assert [(shot.first, shot.start, shot.seed) for shot in parts.shots] == [
        (0, None, SEEDS.of("motion")),
        (14, None, SEEDS.of("motion")),
        (27, None, SEEDS.of("motion")),
    ]
    assert len(film.frames) == 40


def test_what_shots_say_is_gathered() -> None:
    film = run(Walker(), 30, TIMED)
    assert film.unshown == (
        Unshown("beach", "no waves"),
        Unshown("A person sits.", "only walks"),
        Unshown("A person nods.", "only walks"),
    )
    assert film.used == {
        "model": "walker",
        "shots": [{"start": 0}, {"start": 10}, {"start": 19}],
    }
    assert run(Walker(), 6).used == {"model": "walker", "start": 0}


def test_the_observer_learns_of_all_steps_and_can_stop_in_a_later_shot() -> None:
    watch = Watcher()
    run(Walker(), 33, watch=watch)
    assert watch.said == ["motion 34"]
    stopped = Walker()
    with pytest.raises(CancelledError):
        run(stopped, 33, watch=Watcher(stop=20))
    assert len(stopped.shots) == 2


def test_a_later_shot_of_another_length_is_an_error_too() -> None:
    with pytest.raises(EngineError, match=r"made \(16, .* asked were \(17, "):
        run(Walker(extra=1), 33)


# -- the seam ----------------------------------------------------------------------------------


def test_a_shot_that_jumps_is_taken_again_with_another_seed() -> None:
    walker, watch = Walker(jumps={SEEDS.of("motion", 1): 4}), Watcher()
    film = run(walker, 33, policy=MotionPolicy(2, 0.1), watch=watch)
    assert (film.frames == walked(33)).all()
    first, jumped, smooth = film.shots
    assert (first.kept, jumped.kept, smooth.kept) == (True, False, True)
    assert (jumped.first, jumped.last, jumped.seed) == (17, 32, SEEDS.of("motion", 1))
    assert jumped.why == "", "it is the first shooting"
    assert smooth.seed == SEEDS.of("motion 1", 1)
    assert smooth.why == (
        "the first take jumps where it begins (5.0 steps); taken again: 1.0 steps"
    )
    assert watch.said == ["motion 34", "motion 17"]


def test_the_take_that_jumps_least_wins_and_the_rest_is_said() -> None:
    seeds = [SEEDS.of("motion", 1), SEEDS.of("motion 1", 1), SEEDS.of("motion 1", 2)]
    walker, watch = Walker(jumps=dict(zip(seeds, (6, 3, 4), strict=True))), Watcher()
    film = run(walker, 33, policy=MotionPolicy(2, 0.1), watch=watch)
    assert [(shot.seed, shot.kept) for shot in film.shots[1:]] == [
        (seeds[0], False), (seeds[1], True), (seeds[2], False),
    ]  # fmt: skip
    assert film.shots[3].why.endswith("taken again: 5.0 steps, so another stays")
    assert watch.said[-1].startswith(
        "At 1.7 s one shot continues another, and the person jumps 4.0"
    )
    assert (film.frames[17] == np.roll(KEYFRAME.image, 17 + 3, 1)).all()


def test_without_a_budget_a_jump_is_only_said() -> None:
    walker, watch = Walker(jumps={SEEDS.of("motion", 1): 4}), Watcher()
    film = run(walker, 33, watch=watch)
    assert len(film.shots) == 2 and "jumps 5.0 times as far" in watch.said[-1]


def test_a_seam_without_a_face_can_t_be_judged() -> None:
    walker = Walker(jumps={SEEDS.of("motion", 1): 4}, lost=(17,))
    assert len(run(walker, 33, policy=MotionPolicy(2, 0.1)).shots) == 2


# -- wear --------------------------------------------------------------------------------------


def distance(film: Film, frame: int) -> float:
    eye = SquareEye()
    (face,) = eye.look(film.frames[frame])
    return eye.distance(KEYFRAME.references[0].face, eye.embed(film.frames[frame], face))


def test_a_worn_face_is_painted_anew_before_the_next_shot() -> None:
    walker, painter, watch = Walker(wear=2), Restorer([]), Watcher()
    film = run(walker, 49, painter=painter, watch=watch)
    assert [shot.reanchored for shot in film.shots] == [False, True, True]
    assert [distance(film, frame) for frame in (16, 17, 32, 33, 48)] == pytest.approx(
        [32 / 255, 2 / 255, 32 / 255, 2 / 255, 32 / 255]
    )
    assert (walker.released, painter.released) == (2, 2)
    assert watch.said == ["motion 51", "re-anchor 1", "motion 34", "re-anchor 1", "motion 17"]
    worn = run(Walker(wear=2), 49)
    assert distance(worn, 48) == pytest.approx(96 / 255)


def test_a_face_that_is_as_near_as_the_keyframe_s_is_left_alone() -> None:
    painter = Restorer([])
    film = run(Walker(wear=1), 33, painter=painter)
    assert painter.painted == 0 and not film.shots[1].reanchored


@pytest.mark.parametrize("red", [RED + 32, 255])
def test_a_painting_that_is_no_nearer_is_not_used(red: int) -> None:
    painter = Restorer([], red=red)
    film = run(Walker(wear=2), 33, painter=painter)
    assert painter.painted == 1 and not film.shots[1].reanchored
    assert distance(film, 32) == pytest.approx(64 / 255)


def test_that_a_painter_can_t_is_said_once() -> None:
    watch = Watcher()
    film = run(Walker(wear=2), 49, painter=Restorer([], red=None), watch=watch)
    assert [said for said in watch.said if "can't paint" in said] == [
        "After 1.7 s a face is 0.13 farther from the photo than in the keyframe. square painter"
        " can't paint it anew, so the film goes on from it as it is."
    ]
    assert not any(shot.reanchored for shot in film.shots)


def test_a_painting_of_another_size_is_an_error_of_the_painter() -> None:
    with pytest.raises(EngineError, match=r"painted \(64, 254, 3\) over a picture of \(64, 256"):
        run(Walker(wear=2), 33, painter=Restorer([], narrower=2))


def test_a_face_that_turned_away_is_not_measured_and_not_painted() -> None:
    painter = Restorer([])
    run(Walker(wear=2, lost=(16,)), 33, painter=painter)
    assert painter.painted == 0


def test_frames_that_are_seen_to_move_are_not_painted_over() -> None:
    painter = Restorer([])
    film = run(Walker(wear=2, repeats=2), 33, painter=painter)
    assert painter.painted == 0 and len(film.shots) == 3
