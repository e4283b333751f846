"""The people of a film of several: which words mean whom, and how each of them is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivant import people as tables
from vivant.casting import record
from vivant.engines.rules import function_words as fw
from vivant.engines.rules import lexicon, morphology
from vivant.engines.rules.phrases import is_person
from vivant.engines.rules.words import Word
from vivant.mentions import Cast, Mention, Person, Who, read

_BEFORE_NOUN = ("A", "N", "POS", "NUM", "VN", "VG")
_TOGETHER = ("couple", "duo", "trio", "quartet")
_NOBODY = frozenset("camera video scene film clip shot wind rain snow sun light dog cat".split())
_COUNTS = {2: "two", 3: "three", 4: "four"}
_RANKS = ("first", "second", "third", "fourth")
_OWNER = re.compile(r"['\u2019]s?$")
Chunk = tuple[Mention | None, tuple[Word, ...]]


@dataclass(frozen=True)
class Company:
    """``cast`` as casting read it, looked up by words."""

    cast: Cast
    size: int

    def of(self, words: tuple[Word, ...]) -> Who:
        """Everybody whom one of ``words`` means."""
        found = {n for w in words if (m := self.mention(w)) is not None for n in m.who}
        return tuple(sorted(found))

    def mention(self, word: Word) -> Mention | None:
        """The mention that a word belongs to, if any."""
        at = word.token.start
        found = [m for m in self.cast.mentions if m.start <= at < m.end]
        return max(found, key=lambda m: m.names, default=None)

    def acting(self, words: tuple[Word, ...]) -> Who:
        """Who a subject names: "a man in a suit and a woman", not whom it only relates to."""
        found: set[int] = set()
        for mention, chunk in self.chunks(words):
            at = words.index(chunk[0])
            joined = at == 0 or words[at - 1].tag in ("C", ".") or words[at - 1].low == "with"
            if mention is not None and (joined or not found):
                found |= set(mention.who)
        return tuple(sorted(found)) or self.of(words)

    def chunks(self, words: tuple[Word, ...]) -> Iterator[Chunk]:
        """Cut where somebody is named: "A man in a suit" and "a woman in a red dress"."""
        starts = [i for i, w in enumerate(words) if self._names_at(w)]
        if not starts or starts[0]:
            starts.insert(0, 0)
        for low, high in zip(starts, [*starts[1:], len(words)], strict=True):
            run = words[low:high]
            while run and run[-1].tag in ("C", "."):
                run = run[:-1]
            if run:
                yield self._named(run[0]), run

    def _named(self, word: Word) -> Mention | None:
        mention = self.mention(word)
        return mention if mention is not None and mention.names else None

    def _names_at(self, word: Word) -> bool:
        mention = self._named(word)
        return mention is not None and mention.start == word.token.start

    def named(self, words: tuple[Word, ...]) -> bool:
        """Whether one of ``words`` is, or begins, a name or a noun for somebody."""
        return any(self._names_at(w) for w in words)

    @property
    def record(self) -> dict[str, list[str]]:
        """Who is who, for the manifest."""
        return record(self.cast, self.size)

    @property
    def everyone(self) -> Who:
        """All whom the prompt names."""
        return tuple(range(len(self.cast.people)))

    def name(self, who: Who) -> tuple[str, bool]:
        """How a sentence calls them, and whether their verb is a plural one."""
        people = [self.cast.people[n] for n in who]
        if not who or (self.is_nameless and len(who) > 1):
            return f"the {self.counted}", True
        if len(who) > 1 and all(p.text == people[0].text for p in people):
            text = _without_article(people[0].text)
            return f"the {text}", people[0].head not in _TOGETHER
        names = [self._name(n) for n in who]
        return " and ".join(names) if len(names) < 3 else _listed(names), len(who) > 1

    def pronoun(self, who: Who) -> str | None:
        """He or she, where nobody else can be meant, they for all; None where it takes a name."""
        if len(who) > 1:
            return "they" if who == self.everyone else None
        gender = self.cast.people[who[0]].gender if who else None
        alone = sum(p.gender in (gender, None) for p in self.cast.people) == 1
        return {"man": "he", "woman": "she"}.get(gender or "") if alone else None

    @property
    def is_nameless(self) -> bool:
        """Whether nothing but "they" ever names them."""
        return all(p.text.lower() in tables.TOGETHER for p in self.cast.people)

    @property
    def counted(self) -> str:
        """ "Two people"."""
        return f"{_COUNTS.get(self.size, self.size)} people"

    def called(self, number: int) -> str:
        """Somebody whom no noun names: "he" is a man."""
        person = self.cast.people[number]
        return person.text if person.text.startswith("the ") else f"a {person.head}"

    def _name(self, number: int) -> str:
        person = self.cast.people[number]
        twins = [
            n for n in self.everyone if self.cast.people[n].text.lower() == person.text.lower()
        ]
        genders = {self.cast.people[n].gender for n in twins}
        if len(genders - {None}) == len(twins) > 1:
            return f"the {person.gender}"
        if person.head in _TOGETHER and len(twins) == 2:
            return "one of them" if number == twins[0] else "the other"
        if len(twins) == 2:
            return f"{'one' if number == twins[0] else 'the other'} {person.head}"
        if len(twins) > 2:
            return f"the {_RANKS[twins.index(number)]} {person.head}"
        if is_name(person):
            return person.text
        first = person.text.split()[0].lower()
        if first in ("his", "her", "their") and person.head not in tables.HE | tables.SHE:
            return f"{first} {person.head}"
        alike = [n for n in self.everyone if self.cast.people[n].head == person.head]
        if len(alike) == 1:
            return f"the {person.head}"
        if len(alike) == 2 and first == "another":
            return f"the other {person.head}"
        told = bool(person.marks)
        return (
            f"the {_without_article(person.text)}"
            if told
            else (f"the {_RANKS[alike.index(number)]} {person.head}")
        )


def find(prompt: str, words: tuple[Word, ...], people: int) -> Company:
    """Read who is who; the tagged ``words`` of ``prompt`` say where noun phrases are."""
    spans = list(_phrases(words))
    cast = read(prompt, people, spans)
    if len(cast.people) < people:
        more = read(prompt, people, sorted({*spans, *_acting(words)}))
        cast = more if len(more.people) > len(cast.people) else cast
    return Company(cast, people)


def _acting(words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    """Subjects whose noun no table knows: "a jester juggles"."""
    for i, word in enumerate(words[:-1]):
        acts = words[i + 1].tag == "V" and word.tag == "N"
        if not acts or word.lemma in lexicon.known_nouns() or word.lemma in _NOBODY:
            continue
        start = i
        while start and words[start - 1].tag in ("A", "D"):
            start -= 1
        if words[start].low in ("a", "an", "the"):
            yield words[start].token.start, word.token.end


def _phrases(words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    """Where noun phrases for people and first names stand."""
    done = -1
    for i, word in enumerate(words):
        after = words[i + 1] if i + 1 < len(words) else None
        if i <= done:
            continue
        if is_first_name(words, i):
            yield word.token.start, word.token.start + len(_OWNER.sub("", word.token.text))
            done = i
            continue
        compound = after is not None and after.tag == "N"
        if compound or not (_is_human(word) or _is_the_one(words, i)):
            continue
        start = i
        while start - 1 > done and words[start - 1].tag in _BEFORE_NOUN and not (
            words[start - 1].tag == "VG" and words[start - 2 : start - 1] == ()
        ):  # fmt: skip
            start -= 1
        while start - 1 > done and words[start - 1].tag == "D":
            start -= 1
        yield words[start].token.start, word.token.start + len(_OWNER.sub("", word.token.text))
        done = i


def _is_human(word: Word) -> bool:
    """ "A man", and "the man's hand"."""
    if word.tag == "POS":
        return tables.is_known(tables.singular(_OWNER.sub("", word.low)))
    return word.tag == "N" and is_person(word)


def _is_the_one(words: tuple[Word, ...], i: int) -> bool:
    """ "The short one", where a noun would only be said again."""
    return (
        words[i].low == "one"
        and i > 1
        and words[i - 1].tag in ("A", "N")
        and words[i - 2].low == "the"
    )


def is_first_name(words: Sequence[Word], i: int) -> bool:
    """A capital that no sentence asks for, where a name can stand: "Anna", "Kofi waves"."""
    word = words[i]
    if not word.token.text[0].isupper() or word.tag not in ("N", "V", "A", "POS"):
        return False
    if _OWNER.sub("", word.low) in tables.HE_NAMES | tables.SHE_NAMES:
        return True
    before = words[i - 1].tag if i else "."
    after = words[i + 1] if i + 1 < len(words) else None
    known = word.low in fw.CONTENT_FREE or morphology.common(word.low) or is_person(word)
    acts = after is not None and (after.tag in ("V", "X", "C") or before == "C")
    return before in ("C", "S", ".", "V") and acts and not known and word.tag == "N"


def is_name(person: Person) -> bool:
    """Whether the prompt calls somebody by a first name."""
    first = person.text.split()[0]
    known = tables.is_known(person.head) or first.lower() in ("a", "an", "the")
    return first[0].isupper() and not known


def _without_article(text: str) -> str:
    first, _, rest = text.partition(" ")
    bare = rest if rest and first.lower() in ("a", "an", "the", "another", "one") else text
    return bare[:1].lower() + bare[1:]


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + f", and {names[-1]}"
