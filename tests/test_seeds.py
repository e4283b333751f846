"""Seeds: one root, many independent seeds, always the same."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivant.errors import InputError
from vivant.seeds import LARGEST, Seeds

roots = st.integers(0, LARGEST)


def test_a_seed_is_the_start_of_a_sha256() -> None:
    expected = int(sha256(b"7/keyframe/2").hexdigest()[:16], 16) // 2
    assert Seeds(7).of("keyframe", 2) == expected


@given(roots, st.text(max_size=10), st.integers(0, 1000))
def test_seeds_repeat_and_stay_in_range(root: int, stage: str, attempt: int) -> None:
    seed = Seeds(root).of(stage, attempt)
    assert seed == Seeds(root).of(stage, attempt)
    assert 0 <= seed <= LARGEST


@given(roots)
def test_stages_and_attempts_differ(root: int) -> None:
    seeds = Seeds(root)
    all_of = {seeds.of(stage, n) for stage in ("keyframe", "motion") for n in range(50)}
    assert len(all_of) == 100


@pytest.mark.parametrize("root", [-1, LARGEST + 1])
def test_a_root_outside_63_bits_is_refused(root: int) -> None:
    with pytest.raises(InputError, match=str(root)):
        Seeds(root)
