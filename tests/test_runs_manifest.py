"""The manifest: asked and used, every seed and attempt, no number where nothing was measured."""

from __future__ import annotations

import json
from dataclasses import replace

from tests import tiny
from vivant.runs.manifest import decoupled, manifest, to_json
from vivant.seeds import Seeds
from vivant.types import FrameScore, LeftOut, Likeness, Segment


def test_asked_and_used_stand_side_by_side() -> None:
    take = tiny.take(seed=11)
    record = manifest(take, {"film.mp4": "ab"})
    assert record["asked"]["seed"] == 11 and record["asked"]["prompt"] == "beach walks"
    assert record["asked"]["seconds"] is None and record["film"]["seconds"] == 2.0
    assert record["recipe"]["digest"] == take.recipe.digest
    assert record["references"][0]["sha256_of_pixels"] == take.references[0].digest
    assert record["engines"]["eye"]["name"] == "square"


def test_everybody_s_photo_is_recorded() -> None:
    take = tiny.take()
    alone = manifest(take, {})["asked"]
    assert (alone["others"], alone["other_faces"]) == ([], [])
    pair = replace(
        take.request, others=("you.png", take.references[0].image), other_faces=(2, None)
    )
    asked = manifest(replace(take, request=pair), {})["asked"]
    assert asked["others"] == ["you.png", "(an array)"] and asked["other_faces"] == [2, None]


def test_every_seed_and_attempt_is_there() -> None:
    record = manifest(tiny.take(seed=11), {})
    seed = Seeds(11).of("keyframe", 0)
    assert record["keyframe"]["seed"] == record["keyframe"]["attempts"][0]["seed"] == seed
    assert record["film"]["seed"] == Seeds(11).of("motion")


def test_unshown_words_are_named_with_their_reason() -> None:
    assert manifest(tiny.take(), {})["keyframe"]["unshown"] == [
        {"text": "beach", "why": "a square has no place"}
    ]


def test_versions_of_packages_are_recorded_or_said_to_be_absent() -> None:
    packages = manifest(tiny.take(), {})["engines"]["painter"]["packages"]
    assert packages["numpy"][0].isdigit()
    assert packages["no-such-package"] == "not installed"


def test_what_was_not_measured_is_null_with_a_reason() -> None:
    take = tiny.take()
    nobody = Likeness((FrameScore(0, None, "hidden", 0.0),), None, None, 0.0)
    lost = replace(take.verdict, people=(nobody,))
    identity = manifest(replace(take, verdict=lost), {})["identity"]
    (person,) = identity["people"]
    assert identity["mean"] is None and person["measured_frames"] == 0
    assert person["curve"][0]["distance"] is None and person["curve"][0]["why"] == "hidden"


def test_it_is_json_and_reads_back() -> None:
    record = manifest(tiny.take(), {})
    assert json.loads(to_json(record)) == json.loads(json.dumps(record))


def test_a_decoupled_prompt_keeps_timeline_and_left_out() -> None:
    prompt = tiny.HalfWriter().decouple("beach walks")
    prompt = replace(
        prompt,
        temporal=replace(prompt.temporal, timeline=(Segment(0, 2, "walks"),)),
        left_out=(LeftOut("loudly", 0, 6, "a sound"),),
    )
    record = decoupled(prompt)
    assert record["temporal"]["timeline"] == [{"start": 0, "end": 2, "text": "walks"}]
    assert record["left_out"][0]["reason"] == "a sound"
