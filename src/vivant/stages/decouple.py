"""Prompt → spatial and temporal prompt, with halves written by hand and a proof of coverage."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from vivant.casting import assign
from vivant.coverage import check_coverage
from vivant.types import DecoupledPrompt, LeftOut, SpatialPrompt, TemporalPrompt

if TYPE_CHECKING:
    from vivant.coverage import Half
    from vivant.engines.base import Writer
    from vivant.types import Gender, Part

__all__ = ["check_coverage", "decouple", "notes"]


def decouple(
    prompt: str,
    writer: Writer,
    *,
    gender: Gender | None = None,
    spatial: str | None = None,
    temporal: str | None = None,
    people: int = 1,
) -> DecoupledPrompt:
    """Split ``prompt`` into what the first frame shows and what moves.

    ``spatial`` and ``temporal`` are halves the user wrote: such a half's text is theirs to the
    letter. The writer still reads it, so that its parts and timeline are known; these parts point
    into the half's own text, and the words of the prompt that it replaces are left out.
    ``people`` are in the film, at least one; with two or more, each part says whom it speaks of.
    Raises PromptError for a prompt or half that is empty, too long or not text, VivantError where
    the writer lost a word.
    """
    split = writer.decouple(prompt, gender, people)
    if spatial is not None:
        read = writer.decouple(spatial, gender, people).spatial
        split = _replaced(split, "spatial", split.spatial.parts)
        split = replace(split, spatial=SpatialPrompt(spatial, read.parts))
    if temporal is not None:
        moving = writer.decouple(temporal, gender, people).temporal
        split = _replaced(split, "temporal", split.temporal.parts)
        split = replace(split, temporal=TemporalPrompt(temporal, moving.parts, moving.timeline))
    check_coverage(split)
    return assign(split, people)


def notes(split: DecoupledPrompt) -> tuple[str, ...]:
    """What a user should know of how the prompt was read: who stepped in, who may be mixed up."""
    why = split.used.get("why")
    return (*((why,) if why else ()), *split.used.get("cast", {}).get("notes", ()))


def _replaced(split: DecoupledPrompt, half: Half, parts: tuple[Part, ...]) -> DecoupledPrompt:
    reason = f"replaced by the {half} prompt written by hand"
    gone = tuple(LeftOut(p.text, p.start, p.end, reason) for p in parts)
    left_out = tuple(sorted(split.left_out + gone, key=lambda x: (x.start, x.end)))
    return replace(split, left_out=left_out, by_hand=(*split.by_hand, half))
