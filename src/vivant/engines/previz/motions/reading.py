"""Words → cues: which motions a clause asks for, how fast and how much, and what it leaves over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from vivant.engines.previz.motions.base import MOTIONS, Cue
from vivant.engines.previz.motions.words import (
    AMOUNTS,
    BODY_WORDS,
    PERSON_WORDS,
    REPEATS,
    TEMPOS,
    content,
    vocabulary,
    words_of,
)

if TYPE_CHECKING:
    from vivant.engines.previz.motions.base import Motion

About: TypeAlias = Literal["person", "camera", "place"]
Join: TypeAlias = Literal["first", "next", "then", "with", "after", "before"]


@dataclass(frozen=True)
class Clause:
    """A stretch of words with one subject, how it joins the one before, and what it is about.

    ``sure`` is False where ``about`` is only a guess from the words. ``who`` has the numbers of the
    people it speaks of, empty for nobody in particular.
    """

    text: str
    join: Join
    about: About
    sure: bool = False
    who: tuple[int, ...] = ()


@dataclass(frozen=True)
class Found:
    """A motion at its place in a clause; ``spans`` are the characters it understood."""

    cue: Cue
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    negated: bool


@dataclass(frozen=True)
class Reading:
    """One clause, understood: motions in order of their words, and (text, after which) leftovers.

    A leftover's number is the index in ``found`` of the motion it belongs to, None without one.
    ``others`` is True where somebody or something else than the person acts.
    """

    clause: Clause
    found: tuple[Found, ...]
    leftovers: tuple[tuple[str, int | None], ...]
    others: bool = False


_PAIRS = r"(?!\s+(?:forth|right|left|down|up|again|more|then\s+(?:left|right|out|up|down))\b)"
_JOINS: tuple[tuple[str, Join], ...] = (
    (r"[.;:!?—–,]+(?=\s|$)|\s-\s", "next"),
    (r"\b(?:then|afterwards?|next|finally|eventually|until|before\s+long)\b", "then"),
    (r"\b(?:while|whilst|meanwhile|when|during|simultaneously|at\s+the\s+same\s+time)\b", "with"),
    (r"(?<!such )(?<!just )\bas\b(?!\s+(?:if|though|well|usual)\b)", "with"),
    (r"\bafter\b", "after"),
    (r"\bbefore\b", "before"),
    (rf"\b(?:and|but)\b{_PAIRS}", "next"),
)
_SPLIT = re.compile("|".join(f"({pattern})" for pattern, _ in _JOINS), re.IGNORECASE)
_STRENGTH: dict[Join, int] = {"first": 0, "next": 1, "with": 2, "then": 3, "before": 3, "after": 3}

_ACTORS = PERSON_WORDS - vocabulary("his her their him them himself herself themselves")
_NOUNLIKE = frozenset({"gait", "task", "level", "lids", "head"})
"""Groups whose verbs are also everyday nouns."""
_DETERMINERS = vocabulary("a an the his her their its this that it")
_PREPOSITIONS = vocabulary("of into in with from for at through over across")
_NEGATOR = re.compile(
    r"\b(?:not|never|without|no|nor|neither|cannot|\w+n't|avoid\w*|refus\w+(?:\s+to)?|"
    r"instead\s+of|stops?(?=\s+\w+ing))\b"
)
_SCOPE_ENDS = re.compile(r"\b(?:and|but|except|apart\s+from|other\s+than|besides|only|just)\b")
_TOWARDS_CAMERA = re.compile(
    r"\b(?:to|at|toward|towards|into|facing|from|for|on|off|with|face|faces|a\s+small|his|her|"
    r"their)"
    r"\s+(?:the\s+|a\s+|small\s+|his\s+|her\s+|their\s+)*(?:camera|lens|shot|view)\b"
)
_CAMERA = re.compile(
    r"\b(?:camera|lens|shot|gimbal|drone|steadicam|dolly|zooms?|zooming|handheld|hand-held|"
    r"rack focus|whip pan|crane|tracking|pans?|panning|slow motion|slow-motion|time-lapse|"
    r"timelapse|push(?:es|ing)? in|pull(?:s|ing)? (?:back|out)|the\s+view|orbits?|push-in|"
    r"dolly-in|close-up|macro|dutch)\b|"
    r"^(?:\w+\s+)?(?:tilt|truck|pedestal|boom|jib|push|pull)\b"
)
_COUNT = re.compile(r"\b(two|three|four|five|several|a few|many) times\b")
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "several": 3, "a few": 3, "many": 4}
_SETS_IN = re.compile(r"\b(?:begin|start|sudden|burst)\w*\b|\bsets in\b")


def joins_in(text: str) -> Join:
    """The strongest way of joining that the words between two clauses name."""
    best: Join = "next"
    for match in _SPLIT.finditer(text):
        join = _JOINS[(match.lastindex or 1) - 1][1]
        if _STRENGTH[join] > _STRENGTH[best]:
            best = join
    return best


def split(text: str, first: Join = "first") -> list[tuple[str, Join]]:
    """Clauses with the way each joins the one before it."""
    clauses: list[tuple[str, Join]] = []
    join, at = first, 0
    for match in [*_SPLIT.finditer(text), None]:
        piece = text[at : match.start() if match else len(text)].strip()
        if re.search(r"\w", piece):
            clauses.append((piece, join))
            join = "next"
        if match is not None:
            named = _JOINS[(match.lastindex or 1) - 1][1]
            if _STRENGTH[named] > _STRENGTH[join]:
                join = named
            at = match.end()
    return clauses


def guess(text: str, before: About | None) -> About:
    """What a clause is about, from its words alone and from the clause before it."""
    low = text.lower()
    subject = _subject_of(low)
    has_person = any(
        w in _ACTORS and (start < subject or subject < 0) for w, start, _ in words_of(low)
    )
    if not has_person and _CAMERA.search(_TOWARDS_CAMERA.sub(" ", low)):
        return "camera"
    has_subject = any(w in PERSON_WORDS for w, _, _ in words_of(text))
    if before == "camera" and not has_subject and _matches(low, "camera", bare=False):
        return "camera"
    opens_with_verb = low.split()[0].endswith("ing")
    if before == "place" and not has_subject and not opens_with_verb:
        return "place"
    hits = _matches(low, "effects", bare=True)
    if hits and not _matches(low, "figure", bare=False):
        return "place"
    return "place" if not has_person and subject in _starts(hits) else "person"


def _subject_of(low: str) -> int:
    """Where the first word stands that could name who or what acts; -1 without one."""
    named = (start for word, start, _ in content(low) if word not in AMOUNTS and word not in TEMPOS)
    return next(named, -1)


def _starts(hits: list[tuple[Motion, re.Match[str]]]) -> set[int]:
    """Every place that one of these matches understood."""
    return {k for _, match in hits for a, b in _understood(match) for k in range(a, b)}


def _matches(low: str, layer: str, *, bare: bool) -> list[tuple[Motion, re.Match[str]]]:
    """Every phrase of every motion of a layer, wherever it occurs."""
    hits: list[tuple[Motion, re.Match[str]]] = []
    for motion in MOTIONS.values():
        if motion.layer != layer:
            continue
        for pattern in (*motion.says, *(motion.bare if bare else ())):
            hits.extend((motion, match) for match in pattern.finditer(low))
    return hits


def _understood(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """The match without the words its gaps let through."""
    gaps = sorted(match.span(k) for k in range(1, match.re.groups + 1) if match.group(k))
    spans, at = [], match.start()
    for start, end in gaps:
        spans.append((at, start))
        at = end
    spans.append((at, match.end()))
    return tuple((a, b) for a, b in spans if b > a)


def _best(low: str, about: About) -> list[tuple[Motion, re.Match[str]]]:
    """The longest phrases that do not overlap, in order of their words."""
    if about == "camera":
        hits = _matches(low, "camera", bare=False)
    else:
        hits = _matches(low, "effects", bare=about == "place")
        if about == "person":
            hits += [h for h in _matches(low, "figure", bare=False) if not _is_noun(low, *h)]
    sized = [(sum(b - a for a, b in _understood(m)), motion, m) for motion, m in hits]
    sized.sort(key=lambda hit: (-hit[0], hit[2].end() - hit[2].start()))
    taken: set[int] = set()
    chosen: list[tuple[Motion, re.Match[str]]] = []
    for _, motion, match in sized:
        letters = {k for a, b in _understood(match) for k in range(a, b)}
        if letters & taken:
            continue
        taken |= letters
        chosen.append((motion, match))
    return sorted(chosen, key=lambda hit: hit[1].start())


def _is_noun(low: str, motion: Motion, match: re.Match[str]) -> bool:
    """Is a lone verb of body or hands a noun or an adjective here: "the wave", "a carved staff"?"""
    if motion.group not in _NOUNLIKE or len(match.group().split()) > 1:
        return False
    before = re.findall(r"[\w'-]+", low[: match.start()])[-2:]
    if not before:
        return False
    plain = not match.group().endswith("ing")
    if before[-1] in _DETERMINERS or (plain and before[-1] in _PREPOSITIONS):
        return True
    base = not match.group().endswith(("s", "ed", "ing"))
    return base and len(before) == 2 and before[0] in _DETERMINERS and before[1] not in PERSON_WORDS


def _negated(low: str, at: int) -> bool:
    """Does a negator stand before ``at`` with nothing between that ends its reach?"""
    before = [m for m in _NEGATOR.finditer(low) if m.end() <= at]
    near = [m for m in before if not _SCOPE_ENDS.search(low[m.end() : at])]
    # "Cannot stop laughing" laughs: two negators cancel, "neither … nor" counts once.
    stops = sum(m.group().startswith("stop") for m in near)
    return bool(near) and not (stops and len(near) > stops)


def _manner(low: str) -> tuple[float, float, int | None]:
    """Tempo, amount and number of times that the words of a clause name."""
    tempo, amount = 1.0, 1.0
    repeats: int | None = None
    for word, _, _ in words_of(low):
        tempo = TEMPOS.get(word, tempo)
        amount = AMOUNTS.get(word, amount)
        repeats = REPEATS.get(word, repeats)
    if (count := _COUNT.search(low)) is not None:
        repeats = _COUNTS[count.group(1)]
    if re.search(r"\ba (?:little|bit)\b", low):
        amount = 0.6
    return tempo, amount, repeats


def read(clause: Clause) -> Reading:
    """Understand one clause. ``others`` is set where its motions belong to someone else."""
    low = clause.text.lower()
    tempo, amount, repeats = _manner(low)
    cue = Cue("", "", tempo, amount, repeats, clause.join == "then" or bool(_SETS_IN.search(low)))
    found = [
        Found(
            replace(cue, motion=motion.name, text=clause.text[match.start() : match.end()]),
            match.start(),
            match.end(),
            _understood(match),
            _negated(low, match.start()),
        )
        for motion, match in _best(low, clause.about)
    ]
    others = clause.about == "person" and not clause.sure and _other_subject(clause, found)
    if others:
        found = [f for f in found if MOTIONS[f.cue.motion].layer == "effects"]
    return Reading(clause, tuple(found), _left_over(clause.text, tuple(found)), others)


def _other_subject(clause: Clause, found: list[Found]) -> bool:
    """Does a noun other than the person and their body stand before the first motion?"""
    figure = [f for f in found if MOTIONS[f.cue.motion].layer == "figure"]
    if clause.join == "first" or not figure:
        return False
    before = [w for w, _, _ in words_of(clause.text[: figure[0].start])]
    if any(w in PERSON_WORDS or w in BODY_WORDS for w in before):
        return False
    named = [w for w, _, _ in content(clause.text[: figure[0].start])]
    return any(w not in TEMPOS and w not in AMOUNTS and not w.endswith("ly") for w in named)


def _left_over(text: str, found: tuple[Found, ...]) -> tuple[tuple[str, int | None], ...]:
    """Runs of content words that no motion, tempo, amount or number took."""
    taken = {k for f in found for a, b in f.spans for k in range(a, b)}
    manner = set() if not found else {*TEMPOS, *AMOUNTS, *REPEATS, "camera", "lens", "shot"}
    negators = {k for m in _NEGATOR.finditer(text.lower()) for k in range(*m.span())}
    runs: list[tuple[int, int, int | None]] = []
    for word, start, end in content(text):
        if start in taken or word in manner or start in negators:
            continue
        behind = [k for k, f in enumerate(found) if f.start <= start]
        owner = behind[-1] if behind else 0 if found else None
        if runs and runs[-1][2] == owner and not taken & set(range(runs[-1][1], start)):
            runs[-1] = (runs[-1][0], end, owner)
        else:
            runs.append((start, end, owner))
    return tuple((text[a:b], owner) for a, b, owner in runs)
