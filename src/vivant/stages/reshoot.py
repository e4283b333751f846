"""Film + verdict → film: what drifted is shot again, within a budget, and the best take wins.

A retake begins with the last true frame before the fault and has another seed; from the second
round on that frame first gets the reference's face anew, where the painter can do that. A retake is
kept where the eye finds fewer faulty frames in it than before, or as many that are less far off.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vivant.errors import EngineError, MissingError
from vivant.retakes import calls, retakes
from vivant.stages.motion import merged, shoot
from vivant.stages.seams import Anchor
from vivant.stages.timeline import prompt_for
from vivant.stages.verify import verify
from vivant.types import Length, Shot, ShotRecord

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vivant.engines import Engines
    from vivant.recipe import Recipe
    from vivant.retakes import Call, Retake
    from vivant.seeds import Seeds
    from vivant.types import (
        Film,
        FrameScore,
        Image,
        Keyframe,
        Observer,
        TemporalPrompt,
        Used,
        Verdict,
    )


def reshoot(
    film: Film,
    verdict: Verdict,
    keyframe: Keyframe,
    temporal: TemporalPrompt,
    engines: Engines,
    recipe: Recipe,
    seeds: Seeds,
    watch: Observer,
) -> tuple[Film, Verdict]:
    """The film with its faulty spans mended where a retake is better, and its verdict.

    Each span is shot again at most ``recipe.motion.takes`` times. Every retake is in ``shots``,
    also those that were no better. A retake that the animator fails at is a record, too: the film
    that is there is not lost for it. Where the keyframe itself is beyond the limit, a take from it
    would be somebody else again: such spans are left as they are.
    """

    def judged(cut: Film) -> Verdict:
        return verify(
            cut, keyframe.references, engines.eye, recipe.verify, watch, temporal.timeline
        )

    hopeless = ("drift", "swap") if keyframe.distance > recipe.verify.most_distant else ()
    if hopeless and verdict.spans:
        watch.note(
            f"The keyframe itself is {keyframe.distance:.2f} from the photo, more than"
            f" {recipe.verify.most_distant:.2f}; to shoot again from it would not help."
        )
    studio = _Studio(keyframe, temporal, engines, seeds, watch)
    for take in range(recipe.motion.takes):
        mended = [(shot.first, shot.last) for shot in film.shots if shot.why and shot.kept]
        faults = [span for span in verdict.spans if span.kind not in hopeless]
        wanted = retakes(faults, len(film.frames), engines.animator.reach, mended)
        if not wanted:
            break
        if take == 0:  # the caller's film stays as it is; this copy is mended in place
            film = replace(film, frames=film.frames.copy())
        studio.begin(wanted, film)
        made = [studio.make(each, take, film) for each in wanted]
        film, verdict = _choose(film, verdict, made, judged, watch)
    return film, verdict


@dataclass(frozen=True, eq=False)
class _Made:
    """A retake's own frames, None where the animator failed, and how it came about."""

    retake: Retake
    frames: Image | None
    made: int
    seed: int
    text: str
    reanchored: bool
    why: str = ""
    used: Used = field(default_factory=dict)


class _Studio:
    """Makes retakes; every call has a seed of its own."""

    def __init__(
        self,
        keyframe: Keyframe,
        temporal: TemporalPrompt,
        engines: Engines,
        seeds: Seeds,
        watch: Observer,
    ) -> None:
        self._keyframe = keyframe
        self._temporal = temporal
        self._engines = engines
        self._seeds = seeds
        self._watch = watch
        self._anchor = Anchor(keyframe, engines)
        self._calls = 0

    def begin(self, wanted: Sequence[Retake], film: Film) -> None:
        """Say how many steps these retakes will take."""
        animator, count = self._engines.animator, len(film.frames)
        steps = [
            animator.steps(Length(call.made, film.fps))
            for retake in wanted
            for call in calls(retake, count, animator.reach)
        ]
        self._watch.begin("reshoot", sum(steps))

    def make(self, retake: Retake, take: int, film: Film) -> _Made:
        """One retake. Its later calls continue what its earlier ones made."""
        seed, reach = self._seeds.of("reshoot", self._calls), self._engines.animator.reach
        earliest = max(0, retake.first - reach.repeats)
        frames = film.frames[earliest : retake.last + 1].copy()
        reanchored, made, text = False, 0, ""
        used: list[Used] = []
        try:
            for call in calls(retake, len(film.frames), reach):
                at = call.first - earliest
                start = frames[at - call.lead : at] if call.lead else None
                if start is not None and take > 0 and call.first == retake.first:
                    start, reanchored = self._reanchored(start)
                    self.begin([retake], film)
                shot = self._shot(call, start, film)
                text = f"{text} {shot.temporal.text}".strip()
                shown = shoot(shot, self._engines.animator, self._watch)
                frames[at : at + call.kept] = shown.frames[call.lead :][: call.kept]
                used.append(shown.used)
                made += call.made
        except (EngineError, MissingError) as error:
            return _Made(retake, None, made, seed, text, reanchored, str(error))
        own = frames[retake.first - earliest :]
        return _Made(retake, own, made, seed, text, reanchored, used=merged(used))

    def _shot(self, call: Call, start: Image | None, film: Film) -> Shot:
        whole = Length(len(film.frames), film.fps)
        first, after = call.first - call.lead, call.first + call.kept
        seed = self._seeds.of("reshoot", self._calls)
        self._calls += 1
        return Shot(
            self._keyframe,
            prompt_for(self._temporal, call.first, after - 1, whole, self._engines.animator.reach),
            Length(call.made, film.fps),
            seed,
            whole,
            first,
            start,
            film.frames[after] if call.arrives else None,
            film.seed,
        )

    def _reanchored(self, start: Image) -> tuple[Image, bool]:
        """``start`` with the faces painted anew, if it is one picture and the painter can do that.

        Of frames that are seen to move one made anew would be a jump.
        """
        if len(start) > 1 or not self._anchor.able:
            return start, False
        self._watch.begin("re-anchor", self._engines.painter.steps)
        seed = self._seeds.of("reanchor", self._calls)
        mended = self._anchor.mended(start[-1], seed, self._watch)
        if mended is None:
            return start, False
        return mended[None], True


def _choose(
    film: Film,
    verdict: Verdict,
    made: Sequence[_Made],
    judged: Callable[[Film], Verdict],
    watch: Observer,
) -> tuple[Film, Verdict]:
    """``film``, in place, with those retakes that are better than what they replace."""
    tried = [one for one in made if one.frames is not None]
    _exchange(film, tried)
    after = judged(film) if tried else verdict
    better = [one for one in tried if _fault(after, one.retake).mends(_fault(verdict, one.retake))]
    records = tuple(_record(one, one in better, verdict, after) for one in made)
    for record in records:
        watch.note(record.why)
    _exchange(film, [one for one in tried if one not in better])
    if len(better) < len(tried):
        after = judged(film) if better else verdict
    return replace(film, shots=(*film.shots, *records)), after


def _exchange(film: Film, made: Sequence[_Made]) -> None:
    """The frames of film and retakes change places; done again, they are where they were.

    Of a film of gigabytes there is no copy for each retake.
    """
    for one in made:
        if one.frames is not None:
            here = film.frames[one.retake.first : one.retake.last + 1]
            before = here.copy()
            here[:], one.frames[:] = one.frames, before


@dataclass(frozen=True)
class _Fault:
    """How bad a film is within a retake: faulty frames, those with a wrong face, the worst of it.

    ``depth`` is 0 where nothing could be measured.
    """

    frames: int
    wrong: int
    depth: float

    def mends(self, old: _Fault) -> bool:
        """Fewer faults and no more wrong faces; or as many, which are nearer.

        So nobody never takes the place of somebody else, nor somebody else that of nobody.
        """
        if self.frames != old.frames:
            return self.frames < old.frames and self.wrong <= old.wrong
        return self.wrong == old.wrong and self.depth < old.depth


def _fault(verdict: Verdict, retake: Retake) -> _Fault:
    frames: set[int] = set()
    wrong: set[int] = set()
    depth = 0.0
    for span in verdict.spans:
        inside = range(max(span.first, retake.first), min(span.last, retake.last) + 1)
        frames.update(inside)
        if span.kind in ("drift", "swap", "copy"):
            wrong.update(inside)
        if inside and span.depth is not None:
            depth = max(depth, span.depth)
    return _Fault(len(frames), len(wrong), depth)


def _record(one: _Made, kept: bool, before: Verdict, after: Verdict) -> ShotRecord:
    faults = "; ".join(
        f"{span.kind} in frames {span.first} to {span.last}: {span.why}"
        for span in one.retake.spans
    )
    if one.frames is None:
        outcome = f"could not be shot again: {one.why}"
    else:
        old, new = _fault(before, one.retake).frames, _fault(after, one.retake).frames
        outcome = f"shot again, {new} faulty frame(s) instead of {old}"
        outcome += "" if kept else ", so the old ones stay"
    return ShotRecord(
        one.retake.first,
        one.retake.last,
        one.made,
        one.seed,
        one.text,
        f"{faults}; {outcome}",
        kept,
        one.reanchored,
        () if one.frames is None else _scores(before if kept else after, one.retake),
        one.used,
    )


def _scores(verdict: Verdict, retake: Retake) -> tuple[FrameScore, ...]:
    """The measured frames within ``retake``, of the person who was farthest off there."""
    curves = [
        tuple(score for score in person.curve if retake.first <= score.frame <= retake.last)
        for person in verdict.people
    ]
    return max(curves, key=lambda curve: max((s.distance or 0.0 for s in curve), default=0.0))
