"""Times in a prompt: "0-2s: ...", "At 3s ...", "00:00-00:03 -", "Shot 1, 0.0s-2.5s:"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vivant.errors import PromptError

_CLOCK = r"\d{1,2}:\d{2}(?:\.\d{1,3})?"
_COUNT = r"\d{1,4}(?:\.\d{1,3})?"
_UNIT = r"(?:seconds|second|secs|sec|s)\b"
_TO = r"\s{0,2}(?:-|\u2013|\u2014|to|until|and)\s{0,2}"
_OPEN = r"(?:(?:shot|scene|beat|part|clip|cut)\s?\d{1,3}\s?[,:.(\[-]?\s?)?[\[(]?\s?"
_CLOSE = r"\s?[\])]?\s?[:,\u2014\u2013-]?"
_RANGE = re.compile(
    _OPEN + r"(?:from|between|seconds?)?\s?"
    rf"(?:(?P<c1>{_CLOCK}){_TO}(?P<c2>{_CLOCK})"
    rf"|(?P<n1>{_COUNT})\s?(?:{_UNIT})?{_TO}(?P<n2>{_COUNT})\s?{_UNIT})" + _CLOSE,
    re.IGNORECASE,
)
_POINT = re.compile(
    _OPEN + r"(?:"
    rf"(?:at|by)\s(?:the\s)?(?:second\s(?P<p0>{_COUNT})\b|(?P<p1>{_COUNT})[\s-]?{_UNIT}(?:\smark)?"
    rf"|(?P<c1>{_CLOCK})\b)"
    rf"|(?P<p2>{_COUNT})\s?{_UNIT}\s?[\])]?\s?[:\u2014\u2013]|(?P<c2>{_CLOCK})\s?[\])]?\s?[:\u2014\u2013-])"
    + _CLOSE,
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:^|[.;:,!?\n\t)\]\u2014\u2013|-])\s*$")


@dataclass(frozen=True)
class Mark:
    """A time written at ``prompt[at:to]``; ``end`` is None for a single moment. Seconds."""

    start: float
    end: float | None
    at: int
    to: int
    text: str


def marks(prompt: str) -> tuple[Mark, ...]:
    """The times of a prompt, in the order they are written; empty for a prompt without times.

    Raises PromptError for times that run backwards, overlap or have no length.
    """
    found: list[Mark] = []
    at = 0
    while at < len(prompt):
        mark = _next(prompt, at)
        if mark is None:
            break
        found.append(mark)
        at = mark.to
    _check(found)
    return tuple(found)


def _next(prompt: str, at: int) -> Mark | None:
    best: Mark | None = None
    for pattern, read in ((_RANGE, _range), (_POINT, _point)):
        for m in pattern.finditer(prompt, at):
            if best is not None and m.start() >= best.at:
                break
            if _BEFORE.search(prompt[max(0, m.start() - 8) : m.start()]) or m.start() == 0:
                best = read(m)
                break
    return best


def _range(m: re.Match[str]) -> Mark:
    start = _seconds(m["c1"] or m["n1"])
    return Mark(start, _seconds(m["c2"] or m["n2"]), m.start(), m.end(), m.group().strip())


def _point(m: re.Match[str]) -> Mark:
    value = next(v for v in (m["p0"], m["p1"], m["p2"], m["c1"], m["c2"]) if v)
    return Mark(_seconds(value), None, m.start(), m.end(), m.group().strip())


def _seconds(text: str) -> float:
    minutes, colon, seconds = text.rpartition(":")
    return (int(minutes) * 60 if colon else 0) + float(seconds)


def _check(found: list[Mark]) -> None:
    last: Mark | None = None
    for mark in found:
        if mark.end is not None and mark.end <= mark.start:
            raise PromptError(
                f"The time {mark.text!r} ends at {mark.end:g} s and starts at {mark.start:g} s; a "
                "stretch of a film must end after it starts."
            )
        if last is not None:
            ended = last.end if last.end is not None else last.start
            if mark.start < ended or (last.end is None and mark.start <= last.start):
                raise PromptError(
                    f"The time {mark.text!r} starts at {mark.start:g} s, before {last.text!r} is "
                    f"over at {ended:g} s; a timeline runs forward and shows one thing at a time."
                )
        last = mark


def spans(found: tuple[Mark, ...]) -> tuple[tuple[float, float | None], ...]:
    """Start and end of each entry; a moment lasts until the next one, the last one stays open."""
    ends = [*(m.start for m in found[1:]), None][: len(found)]
    return tuple(
        (m.start, m.end if m.end is not None else after)
        for m, after in zip(found, ends, strict=True)
    )
