"""The proof that no word of a prompt was lost on its way into the two halves.

The stage demands it of every writer; a writer that asks a language model demands it of the model.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from vivant.errors import VivantError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vivant.types import DecoupledPrompt, SpatialPrompt, TemporalPrompt

Half = Literal["spatial", "temporal"]
Span = tuple[int, int]

WORD = re.compile(r"[^\W_]+")
_SHORTEST_STEM = 3
_LONGEST_ENDING = 3  # -ing, the longest ending that a change of tense takes off or puts on
FREE = frozenset(
    """a an the this that these those each every some any no all both another such same other own
    i you he she it we they him her them me us his hers its their theirs my your our himself
    herself itself themselves who whom whose which what there one two three four five six seven
    eight nine ten eleven twelve half several many few various multiple dozen dozens hundred
    of in on at to from by for with into onto upon through across along around between behind
    beside besides beneath near above below toward towards against about among amongst amid amidst
    within inside outside past via per like over under underneath off up down out during until till
    before after atop aboard alongside without despite throughout opposite beyond except as than
    apart ahead next while whilst when whenever because although though once since where whereas if
    and or but nor yet plus be am is are was were been being have has had having do does did can
    could will would shall should may might must cannot not never then now first second third
    fourth fifth sixth finally later soon again also too just only even meanwhile afterward
    afterwards subsequently initially eventually instead thus so lastly likewise therefore however
    moreover secondly thirdly immediately shortly overall
    halfway more most much very yourself oneself
    nobody nothing everyone everybody someone let lets s t d ll re ve m""".split()
)
"""Words that hold a sentence together; a writer may drop, move or replace them."""


def check_coverage(prompt: DecoupledPrompt) -> None:
    """Prove that no word was lost on the way.

    Every word (a run of letters and digits) of the user's prompt lies in a part or in what was left
    out; every part is the stretch of text that it says it is; and every content word of a part
    stands in its half's text. Articles, pronouns, prepositions, auxiliaries and words that only
    order events ("then") are free to go. A word may change its tense or be mended: two words are
    the same where they share a base form (LemmInflect's tables), differ by an ending of at most
    three letters, or by one slip of the finger. Words can't be compared across languages: where
    ``used["translated"]`` is true, the writer found the prompt not to be English, and the third
    rule is not asked of it.
    Raises VivantError (a bug of ours or of the writer's) that names the lost words.
    """
    halves: tuple[tuple[Half, SpatialPrompt | TemporalPrompt], ...] = (
        ("spatial", prompt.spatial),
        ("temporal", prompt.temporal),
    )
    stretches = [(x.text, x.start, x.end) for x in prompt.left_out]
    for name, half in halves:
        by_hand = name in prompt.by_hand
        source = half.text if by_hand else prompt.prompt
        _check_places(((p.text, p.start, p.end) for p in half.parts), source, f"{name} part")
        if not by_hand:
            stretches += [(p.text, p.start, p.end) for p in half.parts]
        if prompt.used.get("translated") is not True:
            _check_reached(half, name)
    _check_places(stretches, prompt.prompt, "left-out piece")
    lost = uncovered(prompt.prompt, ((start, end) for _, start, end in stretches))
    if lost:
        named = ", ".join(repr(prompt.prompt[start:end]) for start, end in lost)
        raise VivantError(
            f"The writer {prompt.writer!r} lost {named}: every word of a "
            "prompt must go to a half or be left out for a reason, or the film shows too little."
        )


def uncovered(prompt: str, stretches: Iterable[Span]) -> tuple[Span, ...]:
    """Where the words of ``prompt`` are that no stretch holds whole, in order."""
    covered = bytearray(len(prompt))
    for start, end in stretches:
        covered[start:end] = b"\1" * (end - start)
    return tuple(w.span() for w in WORD.finditer(prompt) if not all(covered[w.start() : w.end()]))


def unreached(text: str, wanted: Iterable[str]) -> tuple[str, ...]:
    """The content words of ``wanted`` that don't stand in ``text``, in order."""
    there = words(text)
    return tuple(
        w.group() for piece in wanted for w in WORD.finditer(piece)
        if not reached(w.group().casefold(), there)
    )  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The words of ``text``, case-folded."""
    return frozenset(w.group().casefold() for w in WORD.finditer(text))


def _check_places(stretches: Iterable[tuple[str, int, int]], source: str, what: str) -> None:
    for text, start, end in stretches:
        if not 0 <= start < end <= len(source) or source[start:end] != text:
            raise VivantError(
                f"The {what} {text!r} is not at {start}:{end} of its text; parts must point at the "
                "words they stand for, or no one can trace a picture back to them."
            )


def _check_reached(half: SpatialPrompt | TemporalPrompt, name: Half) -> None:
    lost = unreached(half.text, (p.text for p in half.parts))
    if lost:
        raise VivantError(
            f"The {name} prompt {half.text!r} lacks {', '.join(map(repr, lost))}, which its parts "
            "hold; what is in a part must be asked for."
        )


def reached(word: str, there: frozenset[str]) -> bool:
    """Whether a case-folded word, or a form of it, is one of ``there`` or free to go."""
    if word in FREE or word in there or not forms(word).isdisjoint(there):
        return True
    return any(
        _same_stem(word, other)
        or any(form in forms(word) or _is_slip(word, form) for form in forms(other))
        for other in there
    )


@lru_cache(maxsize=4096)
def forms(word: str) -> frozenset[str]:
    """A lower-case word, its base forms, and what a change of tense makes of them."""
    from lemminflect import getAllLemmas, getInflection

    found = {word}
    for bases in getAllLemmas(word).values():
        for base in bases:
            found.add(base)
            for tense in ("VBZ", "VBG", "VBD", "VBN"):
                found.update(getInflection(base, tense))
    return frozenset(found)


def _same_stem(one: str, other: str) -> bool:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    shorter = min(len(one), len(other))
    return shared >= max(_SHORTEST_STEM, shorter - _LONGEST_ENDING)


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter was dropped, added or replaced, or two were swapped."""
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < _SHORTEST_STEM:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])
