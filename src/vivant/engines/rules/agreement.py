"""Verbs of several subjects: in "a man and a woman dance" the tagger hears a noun."""

from __future__ import annotations

from itertools import pairwise, product

from vivant.engines.rules import lexicon, morphology
from vivant.engines.rules.company import is_first_name
from vivant.engines.rules.phrases import is_person
from vivant.engines.rules.words import Word

_ENDS = frozenset({"S", "REL"})
_FINITE = frozenset({"V", "X"})
_ALONE = frozenset("one both".split())
_ORDERED = frozenset("other first second third former latter".split())
_COLOURS = frozenset("black white red blue green yellow grey gray pink purple brown".split())
"""Worn without a noun: "a dancer in white"."""
_PLURALS = frozenset("people men women children".split())
_GROUPS = frozenset("couple duo trio quartet".split())
"""With a verb of either number: "a couple dance", "a couple dances"."""


def agree(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words of a prompt with verbs where several people, or one of them, must have one."""
    done = list(words)
    start = 0
    for i in range(len(done) + 1):
        if i == len(done) or done[i].tag in _ENDS or (done[i].is_mark and done[i].low != ","):
            _clause(done, start, i)
            start = i + 1
    for i, word in enumerate(done[:-1]):
        led = i == 0 or done[i - 1].tag in ("C", "S", ".")
        one = (led and word.low in _ALONE) or (
            i > 0 and word.low in _ORDERED and done[i - 1].low == "the"
        )  # fmt: skip
        if word.low == "one" and i > 1 and done[i - 1].tag in ("A", "N"):
            done[i], one = Word(word.token, "PRO", word.lemma), True
        if one and done[i + 1].tag in ("N", "A") and not is_person(done[i + 1]):
            done[i + 1] = _verb(done[i + 1], "VB" if word.low == "both" else "VZ")
    return tuple(done)


def _clause(done: list[Word], start: int, stop: int) -> None:
    """Give a clause with two people, or with a group, a verb in the plural if it has none."""
    last, many = _subject_end(done, start, stop)
    if last is None:
        return
    comma = next((i for i in range(last, stop) if done[i].low == ","), stop)
    if many:
        _unmake(done, last, stop)
    numbers = ("VZ", "VB") if done[last].low in _GROUPS else ("VB",) if many else ("VZ",)
    for form, end in product(numbers, (comma, stop)):
        region = range(last + 1, end)
        if any(done[i].tag in _FINITE for i in region):
            return
        best = max(region, key=lambda i: _likely(done, i, form), default=None)
        if best is not None and _likely(done, best, form) > (form == "VZ"):
            done[best] = _verb(done[best], form)
            return


def _unmake(done: list[Word], last: int, stop: int) -> None:
    """Make a verb in the singular the object of the plural one before it: "feed ducks"."""
    at = next((i for i in range(last + 1, stop) if done[i].tag in _FINITE), None)
    if at is None or at - 1 == last or done[at].form != "VZ":
        return
    if _likely(done, at - 1, "VB") == 2:
        done[at] = Word(done[at].token, "N", done[at].lemma)


def _subject_end(done: list[Word], start: int, stop: int) -> tuple[int | None, bool]:
    """The last noun of a subject that names people, and whether they are several."""
    people = [i for i in range(start, stop) if _is_somebody(done, i)]
    if not people or any(done[i].tag in _FINITE for i in range(start, people[0])):
        return None, False
    last = people[0]
    for one, other in pairwise(people):
        between = done[one + 1 : other]
        if any(w.tag in _FINITE for w in between):
            break
        if any(w.tag == "C" for w in between):
            last = other
        elif not _is_list(done, one, other):
            break
    low = done[last].low
    many = low in _PLURALS or (done[last].lemma != low and low.endswith("s"))
    return last, many or last != people[0]


def _is_list(done: list[Word], one: int, other: int) -> bool:
    """Whether only a comma parts two people: "a man in a suit, a woman and a boy"."""
    inside = range(one + 1, other)
    listed = any(done[i].low == "," for i in inside)
    return listed and not any(_likely(done, i, "VB") for i in inside)


def _is_somebody(done: list[Word], i: int) -> bool:
    return (done[i].tag == "N" and is_person(done[i])) or is_first_name(done, i)


def _likely(done: list[Word], i: int, form: str) -> int:
    """How likely a word that was taken for a noun is the verb; 0: it can't be."""
    word, before = done[i], done[i - 1]
    lemma = morphology.forms(word.low).get(form)
    if word.tag not in ("N", "A", "R") or lemma is None:
        return 0
    apart = before.low == "," and (i + 1 == len(done) or done[i + 1].tag in ("P", "R", "D", "."))
    dressed = before.low in _COLOURS and i > 1 and done[i - 2].low == "in"
    if before.tag not in ("N", "R", "PRO") and not apart and not dressed:
        return 0
    if not dressed and lemma in lexicon.nouns("garment") | lexicon.nouns("body"):
        return 0
    return 2 if lemma in lexicon.known_verbs() else 1


def _verb(word: Word, form: str) -> Word:
    lemma = morphology.forms(word.low).get(form)
    return word if lemma is None else Word(word.token, "V", lemma, form)
