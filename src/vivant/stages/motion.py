"""Keyframe + temporal prompt → film (the paper's section 3.3), in as many shots as it takes.

An animator that starts from a picture continues a film from its last frame. Two things can go wrong
there, and both are measured: the movement may jump, then the shot is taken again with another seed;
and the face may have worn off, then it is painted anew before the next shot starts from it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from vivant.errors import EngineError
from vivant.shots import plan
from vivant.stages.seams import SMOOTH, Anchor, jump
from vivant.stages.timeline import prompt_for
from vivant.types import Film, Length, Shot, ShotRecord

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vivant.engines import Engines
    from vivant.engines.base import Animator
    from vivant.recipe import MotionPolicy
    from vivant.seeds import Seeds
    from vivant.shots import Window
    from vivant.types import Image, Keyframe, Observer, TemporalPrompt, Used


def animate(
    keyframe: Keyframe,
    temporal: TemporalPrompt,
    length: Length,
    engines: Engines,
    policy: MotionPolicy,
    seeds: Seeds,
    watch: Observer,
) -> Film:
    """Move the keyframe. ``Film.shots`` says which call made which frames, and of shots retaken.

    Raises EngineError where the animator breaks its word on the length.
    """
    windows = plan(length, temporal.timeline, engines.animator.reach)
    crew = _Crew(keyframe, temporal, length, engines, policy, seeds, watch)
    frames = np.empty((length.frames, *keyframe.image.shape), np.uint8)
    records: list[ShotRecord] = []
    films: list[Film] = []
    crew.read(windows)
    crew.begin(windows)
    for number, window in enumerate(windows):
        film, tried = crew.make(number, windows[number:], frames[: window.first])
        if len(windows) == 1:  # no second copy of what may be gigabytes
            frames = film.frames[window.kept]
        else:
            frames[window.first : window.last + 1] = film.frames[window.kept]
        films.append(replace(film, frames=film.frames[:0].copy()))
        records += tried
    unshown = dict.fromkeys(words for film in films for words in film.unshown)
    used = merged([film.used for film in films])
    return Film(frames, length.fps, films[0].seed, tuple(unshown), used, tuple(records))


def shoot(shot: Shot, animator: Animator, watch: Observer) -> Film:
    """One call of the animator, held to its word.

    Raises EngineError where the frames' number, size or rate are not those asked for.
    """
    film = animator.animate(shot, watch)
    asked = (shot.length.frames, *shot.keyframe.image.shape)
    if film.frames.shape != asked or film.fps != shot.length.fps:
        raise EngineError(
            f"{animator.info.name} made {film.frames.shape} at {film.fps} frames a second; asked"
            f" were {asked} at {shot.length.fps}."
        )
    return film


class _Crew:
    """Makes the shots of one film, one after the other."""

    def __init__(
        self,
        keyframe: Keyframe,
        temporal: TemporalPrompt,
        whole: Length,
        engines: Engines,
        policy: MotionPolicy,
        seeds: Seeds,
        watch: Observer,
    ) -> None:
        self._keyframe = keyframe
        self._temporal = temporal
        self._whole = whole
        self._engines = engines
        self._policy = policy
        self._seeds = seeds
        self._watch = watch
        self._anchor = Anchor(keyframe, engines)

    def begin(self, windows: Sequence[Window]) -> None:
        """Say how many steps the work that is left will take."""
        lengths = [Length(window.made, self._whole.fps) for window in windows]
        self._watch.begin("motion", sum(map(self._engines.animator.steps, lengths)))

    def read(self, windows: Sequence[Window]) -> None:
        """Have the animator read what moves in all of its shots; for one it does so by itself."""
        if len(windows) > 1:
            texts = [self._shot(window, None, 0).temporal.text for window in windows]
            self._engines.animator.read(texts)

    def make(
        self, number: int, windows: Sequence[Window], before: Image
    ) -> tuple[Film, list[ShotRecord]]:
        """The first of ``windows``, and a record of every call; ``before`` is the film so far."""
        window = windows[0]
        if window.start == window.first:
            # An animator that knows the scene meets its own frames where the seed is the same.
            shot = self._shot(window, None, self._seeds.of("motion"))
            return shoot(shot, self._engines.animator, self._watch), [_record(shot, window)]
        start, reanchored = self._start(number, windows, before)
        seeds = [self._seeds.of("motion", number)]
        for take in range(1, self._policy.takes + 1):
            seeds.append(self._seeds.of(f"motion {number}", take))
        shots = [self._shot(window, start, seed) for seed in seeds]
        film, records = self._smoothest(shots, windows, before)
        return film, [replace(record, reanchored=reanchored) for record in records]

    def _shot(self, window: Window, start: Image | None, seed: int) -> Shot:
        reach = self._engines.animator.reach
        return Shot(
            self._keyframe,
            prompt_for(self._temporal, window.first, window.last, self._whole, reach),
            Length(window.made, self._whole.fps),
            seed,
            self._whole,
            window.start,
            start,
        )

    def _start(self, number: int, windows: Sequence[Window], before: Image) -> tuple[Image, bool]:
        """The frames that a shot continues, and whether the faces were painted anew in them.

        Only a single picture is: of frames that are seen to move one made anew would be a jump.
        """
        start = before[windows[0].start :]
        if len(start) > 1 or not self._anchor.able:
            return start, False
        drift = self._anchor.drift(start[0])
        if drift is None or drift <= self._policy.reanchor:
            return start, False
        self._watch.begin("re-anchor", self._engines.painter.steps)
        mended = self._anchor.mended(start[0], self._seeds.of("anchor", number), self._watch)
        self.begin(windows)
        if mended is None:
            self._watch.note(
                f"After {len(before) / self._whole.fps:.1f} s a face is {drift:.2f} farther from"
                f" the photo than in the keyframe. {self._engines.painter.info.name} can't paint it"
                " anew, so the film goes on from it as it is."
            )
            return start, False
        nearer = self._anchor.drift(mended)
        better = nearer is not None and nearer < drift
        return (mended[None], True) if better else (start, False)

    def _smoothest(
        self, shots: Sequence[Shot], windows: Sequence[Window], before: Image
    ) -> tuple[Film, list[ShotRecord]]:
        """The first shot that goes on smoothly; where none does, the one that jumps least."""
        window, animator, best = windows[0], self._engines.animator, 0
        film = shoot(shots[0], animator, self._watch)
        jumps = [jump(before, film.frames[window.kept], self._engines.eye)]
        for take, shot in enumerate(shots[1:], 1):
            least = jumps[best]
            if least is None or least <= SMOOTH:
                break
            self.begin(windows)
            other = shoot(shot, animator, self._watch)
            jumps.append(jump(before, other.frames[window.kept], self._engines.eye))
            if (found := jumps[take]) is not None and found < least:
                best, film = take, other
        if (least := jumps[best]) is not None and least > SMOOTH:
            self._watch.note(
                f"At {len(before) / self._whole.fps:.1f} s one shot continues another, and the"
                f" person jumps {least:.1f} times as far as from frame to frame around it."
            )
        records = [
            replace(_record(shots[take], window), why=_why(jumps, take, best), kept=take == best)
            for take in range(len(jumps))
        ]
        return film, records


def _record(shot: Shot, window: Window) -> ShotRecord:
    return ShotRecord(window.first, window.last, window.made, shot.seed, shot.temporal.text)


def _why(jumps: Sequence[float | None], take: int, best: int) -> str:
    """Why a shot was taken again, and what came of it; empty for its first take."""
    if take == 0:
        return ""
    steps = ["the face is lost" if each is None else f"{each:.1f} steps" for each in jumps]
    outcome = "" if take == best else ", so another stays"
    return f"the first take jumps where it begins ({steps[0]}); taken again: {steps[take]}{outcome}"


def merged(used: Sequence[Used]) -> Used:
    """What all calls used alike; under ``shots``, call by call, in what they differ."""
    if len(used) == 1:
        return used[0]
    shared = {
        key: value
        for key, value in used[0].items()
        if all(key in one and one[key] == value for one in used)
    }
    rest = [{key: one[key] for key in one if key not in shared} for one in used]
    return {**shared, "shots": rest} if any(rest) else shared
