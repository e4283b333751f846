"""Sentences and clauses: what the subject is, which verb it has, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from vivant.engines.rules import lexicon
from vivant.engines.rules.phrases import is_person
from vivant.engines.rules.words import Word

Form = Literal["finite", "ing", "participle", "infinitive", "none"]
_STOPS = frozenset(".!?")
_BREAKS = frozenset(",;:()[]\u2014\u2013-\u2026/|")
_DESCRIBING = frozenset("depict display show feature contain bear read say picture".split())
"""What lettering and pictures on things do; they describe the noun before them."""
_RAISING = frozenset(
    "begin start continue seem appear try keep proceed happen manage attempt go come".split()
)
"""Verbs that lend their place to the verb after them: it is that one which is filmed."""


@dataclass(frozen=True)
class Clause:
    """A stretch of one sentence with at most one verb group.

    ``lead`` is the linking word before it ("while", "and", "who", ";", "" for none). ``subject``,
    ``verb`` and ``rest`` are its words in order; a clause without a verb has only ``rest``.
    """

    words: tuple[Word, ...]
    lead: str
    subject: tuple[Word, ...]
    verb: tuple[Word, ...]
    rest: tuple[Word, ...]
    form: Form
    sentence: int
    mark: str = ""
    """The mark or word that divides it from the clause before: a comma, semicolon, colon, "and"."""

    @property
    def head(self) -> Word | None:
        """The verb that says what happens, or None."""
        main = [w for w in self.verb if w.tag in ("V", "VI", "VG", "VN")]
        if not main:
            return None
        for i, word in enumerate(main):
            last = i == len(main) - 1
            if last or word.lemma not in _RAISING:
                return word
        return main[-1]

    @property
    def auxiliaries(self) -> tuple[str, ...]:
        """The helping verbs: is, has, might."""
        return tuple(w.low for w in self.verb if w.tag == "X")


def sentences(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """Cut at full stops, question marks and quoted ends."""
    start = 0
    for i, word in enumerate(words):
        quoted_end = word.token.text[-1] in '"\u201d' and word.token.text[-2:-1] in ".!?"
        following = words[i + 1].token.text[0] if i + 1 < len(words) else "A"
        if word.low in _STOPS or (quoted_end and following.isupper()):
            yield words[start : i + 1]
            start = i + 1
    if start < len(words):
        yield words[start:]


def clauses(sentence: tuple[Word, ...], number: int) -> list[Clause]:
    """The clauses of one sentence, in the order they are written."""
    cuts = _cuts(sentence)
    found = []
    mark = ""
    for start, stop in zip(cuts, [*cuts[1:], len(sentence)], strict=True):
        words = sentence[start:stop]
        body = tuple(w for w in words if not w.is_mark)
        for w in words:
            if w.is_mark:
                mark = w.low
            else:
                break
        if body:
            found.append(_clause(body, number, mark))
            mark = ""
        for w in reversed(words):
            if w.is_mark:
                mark = w.low
            else:
                break
    return found


def _cuts(s: tuple[Word, ...]) -> list[int]:
    cuts = [0]
    for i in range(1, len(s)):
        if _starts_clause(s, i, cuts[-1]):
            cuts.append(i)
    return cuts


def _starts_clause(s: tuple[Word, ...], i: int, start: int) -> bool:
    word, before = s[i], s[i - 1]
    if before.low in _BREAKS and before.is_mark:
        return not (before.low == "," and _attributes(s, i))
    if word.is_mark:
        return False
    if word.low == "what" and i + 1 < len(s) and s[i + 1].lemma in ("appear", "seem"):
        return True
    if word.tag in ("S", "REL"):
        return not (before.tag in ("S", "C") and i - 1 == start)
    if word.tag == "C":
        return _joins_clause(s, i, start)
    if before.tag == "C" and i - 1 == start:
        return False
    has_verb = any(w.tag in ("V", "X") for w in s[start:i])
    if word.tag == "X" and not has_verb and s[start].tag == "VG" and _person_before(s, start):
        return True
    if word.tag == "V":
        contact = before.tag == "PRS" and i >= 2 and s[i - 2].tag == "N"
        led = not has_verb and s[start].tag == "VG" and _person_before(s, start)
        return (has_verb or led) and not contact and not any(w.tag == "X" for w in s[start:i])
    if word.tag == "VG":
        if word.lemma in _DESCRIBING and before.tag == "N":
            return False
        if not has_verb and before.tag == "N" and _person_before(s, i) and _verb_later(s, i):
            return True
        worn = word.lemma in lexicon.verbs("wear") or word.lemma in lexicon.verbs("pose")
        has_verb = has_verb or (worn and any(w.tag == "VG" for w in s[start:i]))
        return (
            has_verb and before.tag in ("N", "PRO", "R", "A", "NUM") and not _in_group(s, i, start)
        )
    if word.tag == "P" and word.low == "with":
        return _absolute_after(s, i) and (has_verb or any(w.tag == "VG" for w in s[start:i]))
    return False


def _attributes(s: tuple[Word, ...], i: int) -> bool:
    """Whether the comma before ``i`` only divides adjectives: a dim, half-empty cabin."""
    if i < 2 or s[i].tag not in ("A", "VN"):
        return False
    return (
        s[i - 2].tag in ("A", "VN")
        and i + 1 < len(s)
        and s[i + 1].tag in ("A", "N", ".", "C")
        and ((i >= 3 and s[i - 3].tag in ("D", "A", "P", ".", "POS")) or i == 2)
    )


def _person_before(s: tuple[Word, ...], i: int) -> bool:
    """Whether the noun just before names a person: "a samurai kneeling in a grove"."""
    return i > 0 and s[i - 1].tag == "N" and is_person(s[i - 1])


def _verb_later(s: tuple[Word, ...], i: int) -> bool:
    for word in s[i + 1 :]:
        if word.is_mark or word.tag in ("S", "REL", "C"):
            return False
        if word.tag in ("V", "X"):
            return True
    return False


def _in_group(s: tuple[Word, ...], i: int, start: int) -> bool:
    """Whether an -ing word belongs to the verb just before it: is slowly walking."""
    k = i - 1
    while k >= start and s[k].tag == "R":
        k -= 1
    return k >= start and s[k].tag in ("X", "V")


def _joins_clause(s: tuple[Word, ...], i: int, start: int) -> bool:
    j = i + 1
    while j < len(s) and s[j].tag == "R":
        j += 1
    if j >= len(s):
        return False
    if s[j].tag in ("V", "X", "PRS", "S"):
        return True
    earlier = {w.tag for w in s[start:i]}
    if s[j].tag in ("VG", "VN"):
        return bool(earlier & {"V", "VG", "VN"}) and not (
            s[i - 1].tag in ("VG", "VN")
            or (i >= 2 and s[i - 1].tag == "R" and s[i - 2].tag == "VG")
        )
    if s[j].tag == "VI":
        return False
    return bool(earlier & {"V", "X", "VG"}) and _noun_then_verb(s, j)


def _noun_then_verb(s: tuple[Word, ...], j: int) -> bool:
    seen = False
    last: Word | None = None
    inside = False
    for word in s[j:]:
        if word.tag in ("V", "X"):
            return last is not None and _agree(last, word)
        if word.is_mark or word.tag in ("C", "S", "REL", "PRS"):
            return word.tag == "PRS" and not seen
        if word.tag in ("VG",):
            return False
        seen = seen or word.tag in ("N", "PRO", "NUM")
        last = word if word.tag in ("N", "PRO", "NUM") and (last is None or not inside) else last
        inside = inside or word.tag == "P"
    return False


_PLURALS = frozenset("people women men children police crowd".split())


def _agree(subject: Word, verb: Word) -> bool:
    """Whether a noun and a verb form can be subject and verb."""
    low = subject.low
    plural = subject.lemma != low and low.endswith("s")
    if verb.form == "VZ":
        return not plural
    single = low.endswith("s") or (subject.tag == "N" and subject.lemma == low)
    return verb.form != "VB" or plural or low in _PLURALS or not single


def _absolute_after(s: tuple[Word, ...], i: int) -> bool:
    """with + noun + -ing: "with shards of glass raining down"."""
    seen = False
    for word in s[i + 1 :]:
        if word.tag == "VG":
            still = lexicon.verbs("pose") | lexicon.verbs("wear") | _DESCRIBING
            return seen and word.lemma not in still
        if word.tag not in ("D", "A", "N", "POS", "R", "NUM") and word.low != "of":
            return False
        seen = seen or word.tag == "N"
    return False


def _clause(words: tuple[Word, ...], number: int, mark: str) -> Clause:
    lead = ""
    k = 0
    if words[0].tag == "C":
        mark = "and" if not mark or mark == "," else mark
        k = 1
        while k < len(words) - 1 and words[k].tag == "R" and words[k].low in ("then", "finally"):
            k += 1
    linked = k < len(words) and words[k].tag in ("S", "REL")
    joined = k < len(words) and words[k].low in ("with", "without") and _absolute_after(words, k)
    if linked or joined:
        lead = words[k].low
        k += 1
    first = next((j for j in range(k, len(words)) if words[j].tag in ("V", "X")), None)
    form: Form = "finite"
    if first is None:
        first, form = _non_finite(words, k)
    if first is None:
        return Clause(words, lead, (), (), words[k:], "none", number, mark)
    while first > k and words[first - 1].tag == "R":
        first -= 1
    last = _group_end(words, first)
    return Clause(words, lead, words[k:first], words[first:last], words[last:], form, number, mark)


def _non_finite(words: tuple[Word, ...], k: int) -> tuple[int | None, Form]:
    if [w.tag for w in words[k : k + 2]] == ["P", "VG"]:
        return None, "none"
    for j in range(k, len(words)):
        tag, before = words[j].tag, words[j - 1].tag if j else ""
        if tag == "VG" and not (before in ("P", "S") and j > k):
            return j, "ing"
        if tag == "VN":
            alone = all(w.tag in ("R", "C", "A") for w in words[k:j])
            absolute = not any(w.tag in ("P", "D") and w.low != "of" for w in words[k:j])
            if alone or absolute:
                return j, "participle"
        if tag == "VI" and j <= k + 1:
            return k, "infinitive"
    return None, "none"


def _group_end(words: tuple[Word, ...], first: int) -> int:
    """Auxiliaries, adverbs between, one verb, and what a raising verb brings along."""
    j = first
    while j < len(words) and words[j].tag in ("R", "TO"):
        j += 1
    while j < len(words):
        word = words[j]
        if word.tag == "X" or word.tag in ("V", "VI", "VG", "VN"):
            j += 1
            raising = word.tag == "X" or (word.tag in ("V", "VG", "VI") and word.lemma in _RAISING)
            if word.tag == "X" and word.low in ("have", "has", "had"):
                raising = any(w.tag == "VN" for w in words[j : j + 2])
            k = j
            while k < len(words) and words[k].tag in ("R", "TO"):
                k += 1
            if not (raising and k < len(words) and words[k].tag in ("V", "VI", "VG", "VN", "X")):
                return j
            j = k
        else:
            return j
    return j
