"""What to try when memory runs out, in which order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from vivant.engines.residency.leases import tidy
from vivant.engines.residency.room import ran_out
from vivant.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vivant.engines.residency.placement import Home, Offload

T = TypeVar("T")

OFFLOADS: tuple[Offload, ...] = ("none", "model", "group")
VAES = ("whole", "sliced", "tiled")
"""Each from the fastest to the thriftiest."""


def climb(
    home: Home,
    work: Callable[[Home], T],
    note: Callable[[str], None],
    may_shrink: bool = False,
    shrink: Callable[[], str | None] | None = None,
    release: Callable[[], None] | None = None,
    skip: tuple[str, ...] = (),
) -> tuple[T, tuple[str, ...]]:
    """``work(home)``, and on running out of memory again on each next rung of the ladder.

    First offloading goes none → model → group, then the VAE whole → sliced → tiled; on the CPU only
    the VAE's. Rungs in ``skip``, such as ``vae sliced`` where there is no batch, can't help this
    engine and are left out. Then, only with ``may_shrink``, ``shrink`` makes the work smaller and
    says how in a few words, or gives None where it can't; it is asked until it does.

    Between rungs ``release`` ends the engine's leases and all that ``work`` held is let go, so
    ``work`` must load and place anew, and begin again from its seed. Each rung goes to ``note``.

    Gives the result and the rungs that were climbed, in words, for the record. Raises EngineError
    when the last rung fails too; other errors pass.
    """
    climbed: list[str] = []
    ladder = _rungs(home, shrink if may_shrink else None, skip)
    while True:
        got = _attempt(work, home)
        if not isinstance(got, _RanOut):
            return got, tuple(climbed)
        if release is not None:
            release()
        tidy()
        rung = next(ladder, None)
        if rung is None:
            raise EngineError(_exhausted(home, climbed, got.said), mend=_mend(may_shrink))
        words, home = rung
        climbed.append(words)
        note(f"Out of memory; trying again with {words}.")


@dataclass(frozen=True)
class _RanOut:
    said: str


def _attempt(work: Callable[[Home], T], home: Home) -> T | _RanOut:
    """The error itself goes no further: its frames hold the tensors that must leave."""
    try:
        return work(home)
    except (RuntimeError, MemoryError) as error:
        if not ran_out(error):
            raise
        return _RanOut(". ".join(str(error).split(". ")[:2]))


def _rungs(
    home: Home, shrink: Callable[[], str | None] | None, skip: tuple[str, ...]
) -> Iterator[tuple[str, Home]]:
    if home.device != "cpu":
        for offload in OFFLOADS[OFFLOADS.index(home.offload) + 1 :]:
            if f"offload {offload}" not in skip:
                home = replace(home, offload=offload)
                yield f"offload {offload}", home
    for vae in VAES[VAES.index(home.vae) + 1 :]:
        if f"vae {vae}" not in skip:
            home = replace(home, vae=vae)
            yield f"vae {vae}", home
    while shrink is not None and (words := shrink()) is not None:
        yield words, home


def _exhausted(home: Home, climbed: list[str], said: str) -> str:
    tried = ", ".join(["as settled", *climbed])
    return f"Out of memory on {home.device}, however it was tried: {tried}. The last error: {said}."


def _mend(may_shrink: bool) -> str:
    allow = "" if may_shrink else ", or allow a smaller picture with may_shrink = true"
    return f"Choose a smaller size or fewer frames, or a recipe that needs less memory{allow}."
