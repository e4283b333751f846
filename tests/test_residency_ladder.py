"""When memory runs out: rung after rung, each once, and smaller only where that is allowed."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from vivant.engines.residency import Home, Offload, climb
from vivant.errors import CancelledError, EngineError

HOME = Home("cuda", torch.float32, "none", False, "whole", "auto")
OFFLOADS: list[Offload] = ["none", "model", "group"]
VAES = ["whole", "sliced", "tiled"]


@pytest.fixture(autouse=True, scope="module")
def light() -> Iterator[None]:
    """Let the collector pass over what the libraries hold: it runs at every rung."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


class Work:
    """Fails for want of memory ``fails`` times, then gives the home it worked in."""

    def __init__(self, fails: int) -> None:
        self.fails = fails
        self.homes: list[Home] = []

    def __call__(self, home: Home) -> Home:
        self.homes.append(home)
        if len(self.homes) <= self.fails:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB. GPU 0.")
        return home


class Shrinking:
    """Halves the picture ``times`` times."""

    def __init__(self, times: int) -> None:
        self.times = times
        self.asked = 0

    def __call__(self) -> str | None:
        self.asked += 1
        return f"half the size {self.asked}" if self.asked <= self.times else None


def test_work_that_fits_climbs_nothing() -> None:
    notes: list[str] = []
    assert climb(HOME, Work(0), notes.append) == (HOME, ())
    assert not notes


def test_the_whole_ladder_in_order() -> None:
    notes: list[str] = []
    work = Work(5)
    got, rungs = climb(HOME, work, notes.append, may_shrink=True, shrink=Shrinking(1))
    assert rungs == ("offload model", "offload group", "vae sliced", "vae tiled", "half the size 1")
    assert notes == [f"Out of memory; trying again with {rung}." for rung in rungs]
    assert [(home.offload, home.vae) for home in work.homes] == [
        ("none", "whole"), ("model", "whole"), ("group", "whole"), ("group", "sliced"),
        ("group", "tiled"), ("group", "tiled"),
    ]  # fmt: skip
    assert got == replace(HOME, offload="group", vae="tiled")


@given(
    st.sampled_from(["cuda", "cpu"]),
    st.sampled_from(OFFLOADS),
    st.sampled_from(VAES),
    st.integers(0, 9),
    st.integers(0, 3),
    st.booleans(),
    st.sets(st.sampled_from(["offload model", "offload group", "vae sliced", "vae tiled"])),
)
def test_rungs_go_up_only_never_repeat_and_shrink_only_if_allowed(
    device: str, offload: Offload, vae: str, fails: int, smaller: int, may: bool, skip: set[str]
) -> None:
    start = replace(HOME, device=device, offload="none" if device == "cpu" else offload, vae=vae)
    work, shrink, released = Work(fails), Shrinking(smaller), []
    more = {"may_shrink": may, "shrink": shrink, "release": lambda: released.append(1)}
    said: list[str] = []
    rungs: tuple[str, ...] | None
    try:
        got, rungs = climb(start, work, said.append, skip=tuple(skip), **more)  # type: ignore[arg-type]
        assert got == work.homes[-1]
        assert len(rungs) == fails
    except EngineError:
        rungs = None
    heights = [(OFFLOADS.index(home.offload), VAES.index(home.vae)) for home in work.homes]
    assert heights == sorted(heights), "thriftier from rung to rung"
    assert len(said) == len(set(said)) == len(work.homes) - 1, "each rung once, each told"
    assert len(released) == min(fails, len(work.homes)), "nothing is held between rungs"
    assert may or not shrink.asked
    assert not any(rung in told for rung in skip for told in said)
    if device == "cpu":
        assert all(home.offload == "none" for home in work.homes)
    if shrink.asked:
        top = (work.homes[-1].offload, work.homes[-1].vae)
        assert (top[0] == "group" or device == "cpu" or "offload group" in skip) and (
            top[1] == "tiled" or "vae tiled" in skip
        ), "smaller comes last"
    if rungs is None:
        assert fails >= len(work.homes)


def test_exhausted_it_names_what_was_tried_what_was_needed_and_what_to_change() -> None:
    with pytest.raises(EngineError) as caught:
        climb(HOME, Work(9), lambda _: None)
    said = str(caught.value)
    assert "as settled, offload model, offload group, vae sliced, vae tiled" in said
    assert "Tried to allocate 2.00 GiB" in said
    assert "may_shrink = true" in said
    with pytest.raises(EngineError) as caught:
        climb(HOME, Work(9), lambda _: None, may_shrink=True, shrink=Shrinking(2))
    assert "half the size 2" in str(caught.value)
    assert "may_shrink" not in str(caught.value)


@pytest.mark.parametrize(
    "error", [RuntimeError("sizes do not match"), CancelledError("stop"), ValueError("no")]
)
def test_other_errors_pass_at_once(error: Exception) -> None:
    def work(home: Home) -> None:
        del home
        raise error

    with pytest.raises(type(error)):
        climb(HOME, work, pytest.fail)


@pytest.mark.parametrize(
    "error",
    [
        MemoryError("Unable to allocate 3 GiB"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling cublasCreate(handle)"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"),
    ],
)
def test_other_ways_of_running_out_climb_too(error: Exception) -> None:
    errors = [error]

    def work(home: Home) -> str:
        if errors:
            raise errors.pop()
        return home.offload

    assert climb(HOME, work, lambda _: None) == ("model", ("offload model",))


def test_what_the_failed_attempt_held_is_gone_before_the_next() -> None:
    alive: list[weakref.ref[torch.nn.Module]] = []

    def work(home: Home) -> int:
        gc.disable()
        held = torch.nn.Linear(2, 2)
        vars(held)["hook"] = (
            held.forward
        )  # a ring, as hooked models are: only the collector frees it
        alive.append(weakref.ref(held))
        if home.offload != "group":
            raise torch.OutOfMemoryError("CUDA out of memory.")
        return sum(each() is not None for each in alive)

    try:
        assert climb(HOME, work, lambda _: None)[0] == 1
    finally:
        gc.enable()
