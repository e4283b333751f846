"""Who is who: the faces of a picture given to the references, and each followed by itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from vivant.stages.identity.cuts import cuts
from vivant.stages.identity.sampling import runs
from vivant.stages.matching import assign, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vivant.engines.base import Eye
    from vivant.types import Box, Face, Image, Reference

_ONE = 0.5
"""Two boxes that share this much of both are one face."""

_PASSING = 12
"""Frames. Two people hide each other for so long at most; where a track stays longer on somebody
else's face, its own person is gone. As often somebody else is looked for."""


@dataclass(frozen=True, eq=False)
class Followed:
    """One person's face in every frame; ``unsure`` are frames in which it may be another's."""

    track: tuple[Face | None, ...]
    unsure: frozenset[int] = frozenset()


def follow(frames: Image, references: Sequence[Reference], eye: Eye) -> tuple[Followed, ...]:
    """The people of ``references``, in their order, through ``frames``.

    One alone is the nearest of the first frame's ``matching.subjects``, or whoever comes in first
    where it has none. Of several, each gets the face that makes the sum of all
    distances least, in the first frame, after every cut, and where somebody comes in later; None
    where there are too few faces.
    """
    if len(references) == 1:
        faces = subjects(eye.look(frames[0]))
        several = len(faces) > 1  # one needs no embedding to be told from others
        alone = assign(frames[0], faces, references, eye)[0] if several else next(iter(faces), None)
        return (Followed(eye.track(frames, alone)),)
    tracks: list[list[Face | None]] = [[] for _ in references]
    unsure: list[set[int]] = [set() for _ in references]
    for first, after in pairwise((0, *cuts(frames), len(frames))):
        found = _found(frames[first:after], references, eye)
        _recognise(frames[first:after], references, eye, found)
        here: list[set[int]] = [set() for _ in found]
        for one in range(len(found)):
            for other in range(one + 1, len(found)):
                _part(_Pair(frames[first:after], references, eye, found, here, one, other))
        for who, (track, met) in enumerate(zip(found, here, strict=True)):
            tracks[who] += track
            unsure[who] |= {first + frame for frame in met}
    return tuple(
        Followed(tuple(track), frozenset(met)) for track, met in zip(tracks, unsure, strict=True)
    )


def _found(frames: Image, references: Sequence[Reference], eye: Eye) -> list[list[Face | None]]:
    """A track for each of ``references``, who are looked for until everybody has been seen."""
    tracks: list[list[Face | None]] = [[None] * len(frames) for _ in references]
    looked = 0
    for frame in _moments(frames, eye):
        missing = [who for who, track in enumerate(tracks) if not any(track)]
        if not missing:
            break
        new = [face for face in eye.look(frames[frame]) if not _taken(face, frame, tracks)]
        starts = assign(frames[frame], new, [references[who] for who in missing], eye)
        for who, start in zip(missing, starts, strict=True):
            if start is None:
                continue
            # Since when they are there, of the frames in which nobody looked.
            back = eye.track(frames[looked : frame + 1][::-1], start)[1:]
            for at, face in zip(range(frame - 1, looked - 1, -1), back, strict=True):
                if face is None or _taken(face, at, tracks):
                    break
                tracks[who][at] = face
            tracks[who][frame:] = eye.track(frames[frame:], start)
        looked = frame + 1
    return tracks


def _recognise(
    frames: Image, references: Sequence[Reference], eye: Eye, tracks: list[list[Face | None]]
) -> None:
    """Who comes back is asked who they are, as long as somebody else is gone, too.

    A track that was lost takes up the next face that shows. ``tracks`` are mended in place.
    """
    for frame in range(1, len(frames)):
        gone = [who for who, track in enumerate(tracks) if track[frame] is None]
        for who, track in enumerate(tracks):
            face = track[frame]
            if not gone or face is None or track[frame - 1] is not None:
                continue
            known = eye.embed(frames[frame], face)
            apart = {one: eye.distance(references[one].face, known) for one in (who, *gone)}
            own = min(apart, key=apart.__getitem__)
            if own != who:
                tracks[own][frame:], track[frame:] = track[frame:], tracks[own][frame:]
                gone[gone.index(own)] = who


def _moments(frames: Image, eye: Eye) -> Iterator[int]:
    """Frames to look for people in: the first, then one in ``_PASSING`` of those with a face."""
    yield 0
    seen = [frame for frame, face in enumerate(eye.track(frames)) if face is not None]
    yield from (frame for frame in seen[::_PASSING] if frame > 0)


def _taken(face: Face, frame: int, tracks: Sequence[Sequence[Face | None]]) -> bool:
    """Whether somebody's track is on ``face`` already."""
    there = (track[frame] for track in tracks)
    return any(other is not None and same(face.box, other.box) for other in there)


# -- where two meet ----------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class _Pair:
    """Two tracks of one film, which are mended in place."""

    frames: Image
    references: Sequence[Reference]
    eye: Eye
    tracks: list[list[Face | None]]
    unsure: list[set[int]]
    one: int
    other: int

    @property
    def meetings(self) -> list[tuple[int, int]]:
        """First and last of every stretch in which both are on one face."""
        pairs = zip(self.tracks[self.one], self.tracks[self.other], strict=True)
        return list(
            runs([a is not None and b is not None and same(a.box, b.box) for a, b in pairs])
        )


def _part(pair: _Pair) -> None:
    """Where both are on one face it is the steadier one's; the other is looked for elsewhere."""
    done = -1
    while meeting := next((m for m in pair.meetings if m[0] > done), None):
        first, last = meeting
        strayed = _strayed(pair, first)
        found = _find(pair, strayed, first, last)
        until = last + 1 if found is None else found
        if until - first <= _PASSING or found is not None:
            pair.unsure[strayed].update(range(first, until))
        else:
            pair.tracks[strayed][first:until] = [None] * (until - first)
        if found is None and until < len(pair.frames):
            _told_apart(pair, until)
        # A face that was found beside may be lost again at once.
        done = max(until - 1, first)


def _strayed(pair: _Pair, frame: int) -> int:
    """Which of the two came farther from the frame before; whose face it is not, if one was lost.

    A track that was lost takes up the next face that shows, whoever else is lost, too.
    """
    both = pair.one, pair.other
    moved = {who: _moved(pair.tracks[who], frame) for who in both}
    if frame and math.inf in moved.values():
        shared = pair.tracks[pair.one][frame]
        assert shared is not None, "they meet here"
        known = pair.eye.embed(pair.frames[frame], shared)
        return max(both, key=lambda who: pair.eye.distance(pair.references[who].face, known))
    return max(both, key=moved.__getitem__)


def _moved(track: Sequence[Face | None], frame: int) -> float:
    before = track[frame - 1] if frame else None
    here = track[frame]
    if before is None or here is None:
        return math.inf
    (x0, y0), (x1, y1) = before.box.centre, here.box.centre
    return math.hypot(x1 - x0, y1 - y0) / max(before.box.height, 1.0)


def _find(pair: _Pair, strayed: int, first: int, last: int) -> int | None:
    """The first frame with a face beside the one both are on; from there the strayed one's."""
    for frame in range(first, last + 1, _PASSING):
        shared = pair.tracks[strayed][frame]
        image = pair.frames[frame]
        rest = [f for f in pair.eye.look(image) if shared and not same(f.box, shared.box)]
        (face,) = assign(image, rest, [pair.references[strayed]], pair.eye)
        if face is not None:
            pair.tracks[strayed][frame:] = pair.eye.track(pair.frames[frame:], face)
            return frame
    return None


def _told_apart(pair: _Pair, frame: int) -> None:
    """After a meeting the two may have left with each other's track: ask who they are."""
    faces = [pair.tracks[who][frame] for who in (pair.one, pair.other)]
    seen = [face for face in faces if face is not None]
    if len(seen) < 2:
        return
    people = [pair.references[who] for who in (pair.one, pair.other)]
    first, _ = assign(pair.frames[frame], seen, people, pair.eye)
    if first is not None and first.box != seen[0].box:
        one, other = pair.tracks[pair.one], pair.tracks[pair.other]
        one[frame:], other[frame:] = other[frame:], one[frame:]


def same(one: Box, other: Box) -> bool:
    """Whether two boxes hold one face."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return max(wide, 0.0) * max(high, 0.0) > _ONE * max(one.area, other.area)
