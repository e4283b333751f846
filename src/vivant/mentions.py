"""Whom a text mentions: names, nouns, "he", "they", "one … the other", followed by rules alone.

People get their numbers in the order in which the text names them. What more than one person could
be meant by goes to the one whom the story is about at that moment; where that is no single one, it
is noted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from vivant import people as tables
from vivant.coverage import FREE, WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vivant.coverage import Span
    from vivant.prompts import Gender

Who = tuple[int, ...]

_NUMBERS = {"two": 2, "both": 2, "three": 3, "four": 4}
_GROUPS = {"couple": 2, "duo": 2, "trio": 3, "quartet": 4}
_CROWDS = frozenset("people person crowd audience crew band troupe family".split())
"""Unnumbered, these are whoever else is there."""
_A = frozenset("a an another one two three four each every some".split())
_THE = frozenset("the this that these those both all other first second third".split())
_OWN = frozenset("his her their its my your our".split())
_LEADS = _A | _THE | _OWN
_ORDER = {"first": 0, "former": 0, "second": 1, "latter": 1, "third": 2}
_LINKS = frozenset(
    "and or but while whilst as when whenever until after before because so where then".split()
)
_MAKERS = frozenset("he she his her".split())
"""Pronouns that can be the first word for somebody."""
_OBJECTS = frozenset("him them himself herself themselves her".split())
_LONGEST_PHRASE = 5
_STOP = re.compile(r"[.,;:!?()\u2014\u2013\n]")
_CLOSED = re.compile(
    r"(?:\s+(?:with|in|of|from)\b[^,.;:!?]{0,60})?,\s*"
    r"(?!(?:and|or|a|an|the|his|her|another)\b)",
    re.IGNORECASE,
)
"""What follows "A ranger, a stocky woman": her looks, a comma, and no other person of a list."""


@dataclass(frozen=True)
class Person:
    """Somebody the prompt names: its words for them, the noun, and what else tells them apart."""

    text: str
    head: str
    marks: frozenset[str] = frozenset()
    gender: Gender | None = None


@dataclass(frozen=True)
class Mention:
    """``prompt[start:end]`` means the people ``who``; ``names`` where it is no mere pronoun."""

    start: int
    end: int
    who: Who
    names: bool = False


@dataclass(frozen=True)
class Cast:
    """Who is named, in order, each word that means one of them, and what could mean several."""

    people: tuple[Person, ...] = ()
    mentions: tuple[Mention, ...] = ()
    unsure: tuple[str, ...] = ()

    def at(self, start: int, end: int) -> Who:
        """Everybody whom ``prompt[start:end]`` mentions, in the order of the photos."""
        found = {n for m in self.mentions if start <= m.start and m.end <= end for n in m.who}
        return tuple(sorted(found))


def read(
    prompt: str, people: int, named: Iterable[Span] | None = None, known: tuple[Person, ...] = ()
) -> Cast:
    """Follow ``people`` people through ``prompt``.

    ``named`` says where its noun phrases for people are; None: they are looked for, by the tables
    of ``vivant.people``. ``known`` are people that another text has named already.
    """
    spans = tuple(sorted(_phrases(prompt) if named is None else named))
    strict = _Reading(prompt, people, spans, known).read()
    if len(strict.people) >= people:
        return strict
    # Too few are named by a noun of their own: "dancers twirl", "he smiles while she laughs".
    loose = _Reading(prompt, people, spans, known, loose=True).read()
    return loose if len(loose.people) > len(strict.people) else strict


def _phrases(text: str) -> Iterator[Span]:
    """Where noun phrases for people are, told by their articles and the tables."""
    words = list(WORD.finditer(text))
    at = 0
    while at < len(words):
        last = _head_from(text, words, at)
        if last is None:
            at += 1
            continue
        yield words[at].start(), words[last].end()
        at = last + 1


def _head_from(text: str, words: list[re.Match[str]], at: int) -> int | None:
    """Which word is the noun of the phrase that begins at word ``at``; None: no such phrase."""
    first = words[at].group()
    low = first.casefold()
    if first[0].isupper() and low in tables.HE_NAMES | tables.SHE_NAMES:
        return at
    if low not in _LEADS:
        return at if tables.is_known(tables.singular(low)) and opens(text, words, at) else None
    found = None
    for i in range(at + 1, min(len(words), at + 1 + _LONGEST_PHRASE)):
        between = text[words[i - 1].end() : words[i].start()]
        now = words[i].group().casefold()
        if _STOP.search(between) or (now in FREE and now not in _LEADS):
            break
        if now in _OWN or (found is not None and not tables.is_known(now)):
            break
        if tables.is_known(tables.singular(now)) or (now == "one" and i > at + 1):
            found = i
    return found


def opens(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a clause can begin with word ``at``."""
    k = at
    while k > 0 and not _STOP.search(text[words[k - 1].end() : words[k].start()]):
        before = words[k - 1].group().casefold()
        if before in _LINKS:
            return True
        if not before.endswith("ly") and before not in ("then", "now", "also"):
            return False
        k -= 1
    return True


@dataclass
class _Reading:
    """One pass over a text, word by word."""

    text: str
    room: int
    spans: tuple[Span, ...]
    known: tuple[Person, ...]
    loose: bool = False
    people: list[Person] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    unsure: list[str] = field(default_factory=list)
    marks: dict[str, int] = field(default_factory=dict)
    """What was learned of people whom the text calls alike: who is the bearded one."""
    about: Who = ()
    """Whom the clause before is about."""

    def read(self) -> Cast:
        self.people = list(self.known)
        self.words = list(WORD.finditer(self.text))
        starts = dict(self.spans)
        at = 0
        while at < len(self.words):
            start = self.words[at].start()
            at = self._phrase(at, starts[start]) if start in starts else self._word(at)
        return Cast(tuple(self.people), tuple(self.mentions), tuple(dict.fromkeys(self.unsure)))

    def _low(self, at: int) -> str:
        return self.words[at].group().casefold() if 0 <= at < len(self.words) else ""

    def _note(self, first: int, last: int, who: Who, *, names: bool = False) -> None:
        start, end = self.words[first].start(), self.words[last].end()
        if not who:
            return
        if opens(self.text, self.words, first):
            joined = self.mentions and self._is_joined(self.mentions[-1], first)
            before = self.mentions[-1].who if joined else ()
            self.about = tuple(sorted({*before, *who}))
        self.mentions.append(Mention(start, end, who, names))

    def _is_joined(self, before: Mention, first: int) -> bool:
        between = self.text[before.end : self.words[first].start()]
        return between.strip().casefold() in ("and", ",", ", and", "&", "or")

    # -- noun phrases --

    def _phrase(self, at: int, end: int) -> int:
        last = at
        while last + 1 < len(self.words) and self.words[last + 1].end() <= end:
            last += 1
        lows = [self._low(i) for i in range(at, last + 1)]
        if lows[0] in _OWN and len(lows) > 1:
            self._pronoun(at)
        lead = frozenset(w for w in lows[:-1] if w in _LEADS)
        noun = lows[-1]
        head = tables.singular(noun)
        if noun in _GROUPS or head != noun or lead & _NUMBERS.keys():
            who = self._several(lead, noun, head, lows, at, last)
        else:
            who = self._single(lead, head, lows, at, last)
        self._note(at, last, who, names=True)
        return last + 1

    def _several(
        self, lead: frozenset[str], noun: str, head: str, lows: list[str], at: int, last: int
    ) -> Who:
        everyone = tuple(range(len(self.people)))
        count = next((_NUMBERS[w] for w in lead if w in _NUMBERS), _GROUPS.get(noun, 0))
        definite = bool(lead & {"the", "both", "these", "those", "all"})
        if everyone and definite:
            gender = tables.gender_of(head)
            alike = tuple(n for n in everyone if self.people[n].head == head)
            same = tuple(n for n in everyone if gender and self.people[n].gender == gender)
            return alike or same or everyone
        free = self.room - len(everyone)
        counted = count or (free if self.loose and head not in _CROWDS else 0)
        if not counted or counted > free:
            return ()
        told = self._person(lows, head, at, last)
        self.people += [told] * counted
        return tuple(range(len(everyone), len(self.people)))

    def _single(self, lead: frozenset[str], head: str, lows: list[str], at: int, last: int) -> Who:
        found = self._matching(lead, head, frozenset(lows))
        grouped = [n for n in found if self._is_twin(n)]
        if "other" in lead or (("one" in lead or "another" in lead) and grouped):
            return self._one(other="one" not in lead, among=found)
        if lead & _A and not self._is_apposed(found, at, last):
            found = []
        if not found and len(self.people) < self.room and head not in _CROWDS - {"person"}:
            self.people.append(self._person(lows, head, at, last))
            return (len(self.people) - 1,)
        if not found:
            return ()
        return self._learn(self._choose(found, at, last), tables.gender_of(head))

    def _is_twin(self, number: int) -> bool:
        return (
            sum(p.text.casefold() == self.people[number].text.casefold() for p in self.people) > 1
        )

    def _person(self, lows: list[str], head: str, at: int, last: int) -> Person:
        marks = frozenset(w for w in lows[:-1] if w not in FREE)
        text = self.text[self.words[at].start() : self.words[last].end()]
        return Person(text, head, marks, tables.gender_of(head))

    def _matching(self, lead: frozenset[str], head: str, lows: frozenset[str]) -> list[int]:
        """Who a noun phrase can take up again."""
        everyone = range(len(self.people))
        found = [n for n in everyone if head == self.people[n].head or head in self.people[n].marks]
        if not found and head in tables.GENERIC:
            gender = tables.gender_of(head)
            found = [n for n in everyone if gender and self.people[n].gender == gender]
            found = found or [n for n in everyone if not (gender and self.people[n].gender)]
            found = self._of_age(found, head, lows)
        if head == "one":
            found = list(everyone)
        told = [n for n in found if self.people[n].marks & lows]
        if not told and self._is_another(found, lows):
            return []
        if not told and all(map(self._is_twin, found)):
            told = self._learned(found, lows)
        ordered = [_ORDER[w] for w in lead if w in _ORDER and _ORDER[w] < len(found)]
        return [found[ordered[0]]] if ordered else told or found

    def _of_age(self, found: list[int], head: str, lows: frozenset[str]) -> list[int]:
        """ "The boy" is the son rather than the father, "the old man" the grandfather."""
        elder = [n for n in found if self.people[n].head in tables.ELDERS]
        if lows & {"old", "older", "elderly"}:
            return elder or found
        younger = [n for n in found if n not in elder]
        return (younger or found) if head in tables.YOUNG else found

    def _learned(self, found: list[int], lows: frozenset[str]) -> list[int]:
        """Of "two men", "the bearded man" is one from now on, and "the bald man" the other."""
        marks = [w for w in lows if w not in FREE and not tables.is_known(tables.singular(w))]
        for mark in marks:
            if mark not in self.marks:
                free = [n for n in found if n not in self.marks.values()]
                self.marks |= {mark: free[0]} if free else {}
        return [self.marks[mark] for mark in marks if mark in self.marks][:1]

    def _is_another(self, found: list[int], lows: frozenset[str]) -> bool:
        """Whether "the younger woman" can't be "the older woman" of before, and may still come."""
        marks = frozenset(w for w in lows if w not in FREE and not tables.is_known(w))
        apart = all(self.people[n].marks for n in found)
        return bool(marks and found) and apart and len(self.people) < self.room

    def _is_apposed(self, found: list[int], at: int, last: int) -> bool:
        """Whether "a stocky woman" only describes the person named just before: between commas."""
        before = self.mentions[-1] if self.mentions else None
        if before is None or len(before.who) != 1 or not before.names:
            return False
        between = self.text[before.end : self.words[at].start()].strip()
        closed = _CLOSED.match(self.text, self.words[last].end()) is not None
        return between == "," and closed and before.who[0] in found

    # -- pronouns and the like --

    def _word(self, at: int) -> int:
        low, after = self._low(at), self._low(at + 1)
        if (low, after) in (("each", "other"), ("one", "another")):
            self._note(at, at + 1, tuple(range(len(self.people))))
            return at + 2
        if low in tables.HE or low in tables.SHE:
            self._pronoun(at)
        elif low in tables.TOGETHER:
            self._all(at)
        elif low == "one" and self.people and self._stands_alone(at):
            one = self._one(other=False, among=list(range(len(self.people))))
            self._note(at, at, one, names=True)
        elif low == "the" and self.people and self._stands_alone(at + 1):
            if after == "other":
                rest = self._one(other=True, among=list(range(len(self.people))))
                self._note(at, at + 1, rest, names=True)
            elif after in _ORDER:
                self._note(at, at + 1, self._numbered(at), names=True)
        return at + 1

    def _all(self, at: int) -> None:
        """They, both: all who were named; where nobody ever is, as many as there are photos."""
        word = self.words[at].group()
        if self.loose and not self.people and self._low(at) in ("they", "both", "everyone"):
            self.people += [Person(word, "person")] * self.room
        everyone = tuple(range(len(self.people)))
        self._note(at, at, everyone, names=self._low(at) == "both")

    def _numbered(self, at: int) -> Who:
        """ "The first", "the second", where a noun for them came before: the first man."""
        number = _ORDER[self._low(at + 1)]
        if 0 < number == len(self.people) < self.room:
            text = self.text[self.words[at].start() : self.words[at + 1].end()]
            self.people.append(
                Person(text, self.people[0].head, frozenset(), self.people[0].gender)
            )
        return (number,) if number < len(self.people) else ()

    def _stands_alone(self, at: int) -> bool:
        """Whether no noun follows: "the other waves", "one of them", not "the other side"."""
        after = self._low(at + 1)
        if at + 1 >= len(self.words):
            return True
        gap = self.text[self.words[at].end() : self.words[at + 1].start()]
        verbal = after.endswith(("s", "ing", "ed", "ly")) and not after.endswith("ss")
        return bool(_STOP.search(gap)) or after in FREE or verbal

    def _one(self, *, other: bool, among: list[int]) -> Who:
        """ "One" is the first of them; "the other" whoever the story was not about just now."""
        if not other:
            return tuple(among[:1])
        last = self.about if len(self.about) == 1 else (0,)
        return tuple(n for n in among if n not in last)[:1] if among else ()

    def _pronoun(self, at: int) -> None:
        low = self._low(at)
        gender = tables.gender_of(low)
        if low in _OWN and gender is None:
            if low == "their":
                self._note(at, at, tuple(range(len(self.people))))
            return
        everyone = range(len(self.people))
        found = [n for n in everyone if self.people[n].gender == gender]
        found = found or [n for n in everyone if self.people[n].gender is None]
        if not found and self.loose and len(self.people) < self.room and low in _MAKERS:
            word = "man" if gender == "man" else "woman"
            self.people.append(Person(self.words[at].group(), word, frozenset(), gender))
            found = [len(self.people) - 1]
        if low in _OBJECTS and low not in ("her",) and len(found) > 1:
            found = [n for n in found if (n,) != self.about or low.endswith("self")]
        if found:
            self._note(at, at, self._learn(self._choose(found, at, at), gender))

    def _learn(self, who: Who, gender: Gender | None) -> Who:
        """Of a pianist who is called "she" a later "he" is somebody else."""
        told = self.people[who[0]]
        if len(who) == 1 and told.gender is None:
            self.people[who[0]] = replace(told, gender=gender)
        return who

    def _choose(self, found: list[int], first: int, last: int) -> Who:
        """One of several: whom the story is about, else the last mentioned; then it is noted."""
        if len(found) == 1:
            return (found[0],)
        if len(self.about) == 1 and self.about[0] in found:
            return self.about
        recent = [n for m in reversed(self.mentions) for n in m.who if n in found]
        chosen = recent[0] if recent and len(self.mentions[-1].who) == 1 else found[0]
        said = self.text[self.words[first].start() : self.words[last].end()]
        self.unsure.append(
            f"{said!r} can mean {len(found)} of the people; it is taken for number {chosen + 1}."
        )
        return (chosen,)
