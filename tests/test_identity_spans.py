"""Faults become spans, spans a sentence; and on a real face each corruption gets its own name."""

from __future__ import annotations

from functools import cache, partial

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tiny import Watcher
from tools import corrupting
from tools.corrupting import Corruption
from tools.demo_portrait import portrait
from vivant.engines.dlib import DlibEye
from vivant.recipe import VerifyPolicy
from vivant.stages.admit import admit
from vivant.stages.identity.probes import Probe
from vivant.stages.identity.segments import jumps, segments, speed
from vivant.stages.identity.sentence import sentence
from vivant.stages.identity.spans import SHORT, Fault, spans
from vivant.stages.verify import verify
from vivant.types import Box, Face, Film, FrameScore, Image, Likeness, Reference, Segment, Span

POLICY = VerifyPolicy(stride=16, most_distant=0.6, least_face_share=0.9)


def faults(text: str) -> list[Fault]:
    """One frame a letter: ``d`` drift, ``n`` no face, anything else no fault."""
    kinds: dict[str, Fault] = {"d": "drift", "n": "no face"}
    return [kinds.get(letter) for letter in text]


def found(text: str) -> list[tuple[int, int, str]]:
    return [(span.first, span.last, span.kind) for span in spans(faults(text), {})]


def test_a_stretch_of_one_fault_is_a_span() -> None:
    assert found("...ddd....nnnn") == [(3, 5, "drift"), (10, 13, "no face")]


def test_what_is_shorter_than_anybody_can_see_is_none() -> None:
    assert found("..dd...n..") == []


@pytest.mark.parametrize("text", ["d", "dd", "ddd"])
def test_a_fault_of_all_frames_is_one_in_however_short_a_film(text: str) -> None:
    assert found(text) == [(0, len(text) - 1, "drift")]


def test_a_pause_as_short_joins_two_of_a_kind_only() -> None:
    assert found("ddd..ddd..nnn") == [(0, 7, "drift"), (10, 12, "no face")]


@given(st.text("dn.", max_size=60))
def test_spans_are_long_enough_in_order_and_begin_and_end_with_their_fault(text: str) -> None:
    kinds = faults(text)
    for span in spans(kinds, {}):
        assert span.frames > min(SHORT, len(kinds) - 1)
        assert kinds[span.first] == kinds[span.last] == span.kind
    firsts = [span.first for span in spans(kinds, {})]
    assert firsts == sorted(firsts)


def test_the_depth_of_a_span_is_the_largest_distance_measured_in_it() -> None:
    probes = {n: Probe(n, "drift", 1.0, distance=d) for n, d in ((0, 0.9), (3, 0.7), (5, 0.8))}
    (span,) = spans(faults("...ddd"), probes)
    assert span.depth == 0.8


# -- words -------------------------------------------------------------------------------------


def person(*spans_: Span, mean: float | None = 0.25, why: str = "") -> Likeness:
    return Likeness((FrameScore(0, mean, why),), mean, mean, 1.0, spans=spans_)


def said(*people: Likeness) -> str:
    return sentence(people, 96, 24, POLICY).partition(" (Mean")[0]


def span(first: int, last: int, kind: Fault) -> Span:
    assert kind is not None
    return Span(first, last, kind, None, "")


def test_the_sentence_says_how_often_and_where_not() -> None:
    assert said(person()) == "This is the person of the photo in 96 of 96 frames."
    assert said(person(span(30, 44, "drift"), span(60, 71, "blurred"))) == (
        "This is the person of the photo in 69 of 96 frames, but from 1.2 s to 1.9 s (frames 30 to"
        " 44) it is somebody else and from 2.5 s to 3.0 s (frames 60 to 71) the face is too blurred"
        " to tell."
    )


def test_who_is_in_no_frame_is_not_counted() -> None:
    assert said(person(span(0, 47, "copy"), span(48, 95, "no face"))) == (
        "This is not the person of the photo in any frame: from 0.0 s to 2.0 s (frames 0 to 47) it"
        " is the photo itself, standing still and from 2.0 s to 4.0 s (frames 48 to 95) the face"
        " is not in the picture."
    )


def test_frames_that_could_not_be_told_are_counted_as_such() -> None:
    far = "the face is 26 pixels high"
    curve = (
        *(FrameScore(n, 0.2) for n in (0, 16, 47)),
        *(FrameScore(n, None, far) for n in (48, 64, 71)),
        *(FrameScore(n, 0.2) for n in (72, 95)),
    )
    assert said(Likeness(curve, 0.2, 0.2, 1.0)) == (
        f"This is the person of the photo in 72 of 96 frames; in 24 it could not be told: {far}."
    )
    lost = Likeness(curve, 0.2, 0.2, 1.0, spans=(span(60, 71, "no face"),))
    assert "in 72 of 96 frames, but from 2.5 s" in said(lost)
    assert said(lost).endswith(f"; in 12 it could not be told: {far}.")


def test_of_many_faults_the_longest_are_told() -> None:
    many = [span(12 * n, 12 * n + 3 + (n > 2), "drift") for n in range(6)]
    told = said(person(*many))
    assert "in 69 of 96 frames, but from 1.5 s" in told and told.count("somebody else") == 3
    assert told.endswith("; 3 more stretches are at fault.")


def test_a_film_of_one_frame_is_not_counted() -> None:
    told = sentence((person(),), 1, 24, POLICY)
    assert told.startswith("This is the person of the photo. (Mean")


def test_the_photo_itself_is_no_film() -> None:
    assert said(person(span(0, 95, "copy"))).startswith(
        "This is the photo itself, not a film of the person of the photo"
    )


def test_what_could_not_be_told_says_why() -> None:
    assert said(person(mean=None, why="the face is 9 pixels high")) == (
        "Whether this is the person of the photo could not be told: the face is 9 pixels high."
    )


def test_several_people_are_told_one_by_one() -> None:
    assert said(person(), person(span(0, 95, "swap"))) == (
        "This is the person of photo 1 in 96 of 96 frames."
        " This is not the person of photo 2 but the other one in every frame."
    )


# -- motion and seams --------------------------------------------------------------------------


def face(x: float) -> Face:
    corners = np.array([[x, 0], [x + 10, 20]], np.float32)
    return Face(Box(x, 0, x + 10, 20), corners, None, 1.0)


def test_motion_is_in_face_heights_a_second() -> None:
    track = [face(2.0 * n) for n in range(5)]
    assert jumps(track) == pytest.approx([0.1] * 4)
    assert speed(track, 24) == pytest.approx(2.4)
    assert speed([face(0), None, face(9)], 24) is None


def test_a_seam_is_its_jump_over_the_usual_one() -> None:
    track = [face(x) for x in (0, 1, 2, 3, 8, 9, 10, 11)]
    timeline = (Segment(0.0, 1.0, "one"), Segment(1.0, None, "two"))
    first, second = segments([track], [person()], timeline, 4)
    assert (first.first, first.last, second.first, second.last) == (0, 3, 4, 7)
    assert first.seam is None and second.seam == pytest.approx(5.0)
    assert first.motion == pytest.approx(4 / 20) and second.motion == pytest.approx(4 / 20)


def test_a_segment_that_the_film_does_not_reach_has_no_score() -> None:
    timeline = (Segment(0.0, 1.0, "one"), Segment(5.0, 6.0, "two"))
    assert len(segments([[face(0)] * 4], [person()], timeline, 4)) == 1


# -- a real face -------------------------------------------------------------------------------


@cache
def eye() -> DlibEye:
    return DlibEye()


@cache
def reference() -> Reference:
    return admit(str(portrait()), eye())


@cache
def clean() -> Image:
    """The portrait, swaying like a reflection in water, so that it is no copy of itself."""
    head = reference().image[0:300, 80:400]
    y, x = np.mgrid[: head.shape[0], : head.shape[1]].astype(np.float32)
    frames = []
    for n in range(40):
        sway = 2.0 * np.sin(2 * np.pi * (y / 70 + n / 30)) + 0.5 * n
        frames.append(cv2.remap(head, x + sway, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT))
    return np.asarray(np.stack(frames), np.uint8)


@pytest.mark.models
def test_a_clean_film_is_measured_at_few_frames_and_passes() -> None:
    verdict = verify(Film(clean(), 24, 0), (reference(),), eye(), POLICY, Watcher())
    assert verdict.passed and verdict.spans == ()
    assert len(verdict.people[0].curve) == 4


def kinds() -> dict[str, Corruption]:
    who = corrupting.donor(corrupting.stranger(reference().image, reference().face), eye())
    image, centre = reference().image, reference().face.box.centre
    return {
        "drift": partial(corrupting.other_face, who=who, eye=eye()),
        "blurred": partial(corrupting.blur, sigma=12.0),
        "no face": corrupting.blackout,
        "copy": partial(corrupting.photo, image=image, centre=centre),
    }


@pytest.mark.models
@pytest.mark.parametrize("kind", ["drift", "blurred", "no face", "copy"])
def test_a_corruption_is_found_to_the_frame_by_its_name(kind: str) -> None:
    spoilt = kinds()[kind](clean(), 12, 25)
    verdict = verify(Film(spoilt, 24, 0), (reference(),), eye(), POLICY, Watcher())
    (span,) = verdict.spans
    assert abs(span.first - 12) <= 2 and abs(span.last - 25) <= 2
    assert span.kind == kind
    assert not verdict.passed


@pytest.mark.models
def test_the_photo_throughout_is_named_as_what_it_is() -> None:
    image, centre = reference().image, reference().face.box.centre
    still = corrupting.photo(clean(), 0, 39, image=image, centre=centre)
    verdict = verify(Film(still, 24, 0), (reference(),), eye(), POLICY, Watcher())
    assert not verdict.passed
    assert [(span.first, span.last, span.kind) for span in verdict.spans] == [(0, 39, "copy")]
    assert verdict.sentence.startswith("This is the photo itself, not a film of the person")


@pytest.mark.models
def test_a_frozen_frame_of_the_person_is_no_copy_of_the_photo() -> None:
    frozen = corrupting.frozen(clean(), 10, 30)
    verdict = verify(Film(frozen, 24, 0), (reference(),), eye(), POLICY, Watcher())
    assert verdict.spans == ()
