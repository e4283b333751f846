"""Seams of a timeline: every motion leaves its beat at rest, so that the next one takes over."""

from __future__ import annotations

import math

import cv2
import numpy as np
import pytest

from bench.seams import FILMS, LIMIT
from tests.test_previz_rig import MESH, RIG
from vivant.engines.previz import score
from vivant.engines.previz.curves import Curves
from vivant.engines.previz.motions.base import MOTIONS, Beat, Cue
from vivant.engines.rules import writer
from vivant.types import Length, Segment, TemporalPrompt

START = 6.0
FINE = np.arange(0, 14, 1 / 240)
ENDING = [
    (name, followed)
    for name, motion in sorted(MOTIONS.items())
    for followed in (True, False)
    if motion.layer == "figure" and (followed or motion.keep != "hold")
]
"""Motions and whether another of their group follows; without one, a hold goes on."""
RESTING = 0.15
"""Of a motion's top speed: what the tail of a turn has left, whose overshoot settles late."""


def speed(name: str, seconds: float, until: float) -> np.ndarray:
    """Sum of all channels' speeds, each in shares of its range, while the motion is played."""
    rng = np.random.default_rng(3)
    beat = Beat(FINE, START, START + seconds, until, Cue(name, name), rng, beside=1.0)
    total = np.zeros_like(FINE)
    for channel, values in MOTIONS[name].play(beat).items():
        span = score.FIGURE_RANGES[channel].high
        total += np.abs(np.gradient(values, FINE)) / span
    return total


@pytest.mark.parametrize("length", ["seconds", "least"])
@pytest.mark.parametrize(("name", "followed"), ENDING)
def test_a_motion_begins_and_ends_its_beat_at_rest(name: str, length: str, followed: bool) -> None:
    seconds = getattr(MOTIONS[name], length)
    end = START + seconds
    moved = speed(name, seconds, end if followed else math.inf)
    if moved.max() == 0:
        assert name == "still"
        return
    for at in (START, end):
        near = np.abs(FINE - at) < 0.02
        assert moved[near].mean() <= RESTING * moved.max()


def landmark_jumps(curves: Curves, frames: int) -> np.ndarray:
    """What ``bench.seams`` measures on the film, from the rig of the drawn person instead."""
    points = MESH[:, :2] / RIG.step
    placed = []
    for index in range(frames):
        field = RIG.field(curves.at("figure", index))
        moved = cv2.remap(field, points[None, :, 0], points[None, :, 1], cv2.INTER_LINEAR)[0]
        placed.append(MESH[:, :2] + moved)
    height = float(np.ptp(MESH[:468, 1]))
    steps = np.linalg.norm(np.diff(placed, axis=0), axis=-1)
    return np.asarray(steps.mean(axis=1) / height)


@pytest.mark.parametrize("fps", [12, 24])
@pytest.mark.parametrize("text", FILMS, ids=range(1, len(FILMS) + 1))
def test_no_jump_at_a_seam(text: str, fps: int) -> None:
    temporal = writer({}).decouple(text, "woman").temporal
    starts = [math.ceil(segment.start * fps) for segment in temporal.timeline][1:]
    length = Length(round(fps * (temporal.timeline[-1].end or 0)), fps)
    moved = landmark_jumps(score.write(temporal, length, 1).curves, length.frames)
    inside = np.median(np.delete(moved, [start - 1 for start in starts]))
    assert starts
    assert max(moved[start - 1] for start in starts) <= LIMIT * inside


@pytest.mark.parametrize("text", ["She reads.", "He looks down."])
def test_lids_follow_the_eyes_down(text: str) -> None:
    blink = score.write(TemporalPrompt(text), Length(96, 24), 1).curves.figure["blink"]
    assert blink[0] == 0
    assert 0.2 < np.median(blink[36:72]) < 0.5


def test_a_segment_of_one_second_holds_a_sentence() -> None:
    """The film's first and last moments are at rest, but not where words would find no room."""
    prompt = TemporalPrompt(
        "She talks. She laughs.",
        timeline=(Segment(0, 1, "she talks"), Segment(1, 2, "she laughs")),
    )
    made = score.write(prompt, Length(48, 24), 1)
    assert [shown.motion for shown in made.shown] == ["talk", "laugh"]
    assert made.unshown == ()
