"""Word forms: which tags a word can have, and how a verb is turned to another tense.

The tables are LemmInflect's (MIT), made from the NIH SPECIALIST lexicon; words it does not know
are read by their endings.
"""

from __future__ import annotations

from functools import lru_cache

from lemminflect import getAllLemmas, getInflection

from vivant.engines.rules import lexicon

_ADJECTIVE_ENDS = ("ous", "ful", "less", "ish", "ive", "able", "ible", "ic", "al", "like", "esque")
_LEAST_TYPO = 4  # shorter words have too many neighbours
_MOST_TYPO = 14


@lru_cache(maxsize=4096)
def forms(word: str) -> dict[str, str]:
    """Possible tags of a lower-case word, each with its lemma.

    Tags: N noun, A adjective, R adverb, and of verbs VB base, VZ third person, VG -ing,
    VD past, VN past participle. Never empty.
    """
    found = _table(word)
    if found:
        return found
    if "-" in word:
        return _hyphenated(word)
    for cut in (1, 2):
        if word.endswith("s") and word[:-cut] in lexicon.known_verbs():
            return {"VZ": word[:-cut], "N": word[:-cut]}
    mended = mend(word)
    return _table(mended) if mended != word else _by_ending(word)


_AMENDED = {
    "clad": {"VN": "clothe"},
    "lit": {"VN": "light", "VD": "light"},
    "garbed": {"VN": "garb"},
    "mid": {"A": "mid"},
    "fader": {"N": "fader"},
    "dj": {"N": "dj"},
}
"""Where the tables are wrong for captions, or miss a word."""


def _table(word: str) -> dict[str, str]:
    if word in _AMENDED:
        return dict(_AMENDED[word])
    found: dict[str, str] = {}
    for pos, lemmas in getAllLemmas(word).items():
        lemma = lemmas[0]
        if pos in ("NOUN", "PROPN"):
            found["N"] = lemma
        elif pos == "ADJ":
            found["A"] = lemma
        elif pos == "ADV":
            found["R"] = lemma
        elif pos in ("VERB", "AUX"):
            best = next((x for x in lemmas if x in lexicon.known_verbs()), lemma)
            for tag in _verb_tags(word, best):
                found[tag] = best
    if word in lexicon.known_nouns():
        found.setdefault("N", word)
    if "N" not in found and word.endswith("s") and word[:-1] in lexicon.known_nouns():
        found["N"] = word[:-1]
    return found


def _verb_tags(word: str, lemma: str) -> list[str]:
    if word == lemma:
        # put, cut, set: one form for all tenses; the base is the likeliest
        return ["VB"]
    if word.endswith("ing"):
        return ["VG"]
    if word.endswith("s"):
        return ["VZ"]
    tags = [
        tag
        for tag, penn in (("VD", "VBD"), ("VN", "VBN"))
        if word in getInflection(lemma, penn, inflect_oov=False)
    ]
    return tags or ["VD", "VN"]


def _hyphenated(word: str) -> dict[str, str]:
    last = word.rsplit("-", 1)[1]
    if not last:
        return {"N": word}
    found = (_table(last) or _by_ending(last)) if last.isalpha() else {}
    if word.endswith("s") and word[:-1] in lexicon.known_verbs():
        return {"VZ": word[:-1], "N": word[:-1]}
    whole = {}
    for tag, lemma in found.items():
        if tag in ("VD", "VN"):
            whole["A"] = word
        elif tag in ("N", "VZ", "VG"):
            whole[tag] = word[: -len(last)] + lemma
        elif tag == "A":
            whole["A"] = word
    if last.endswith("ed") or not whole:
        whole["A"] = word
    return whole


def _by_ending(word: str) -> dict[str, str]:
    if word.endswith("ing") and len(word) > 5:
        return {"VG": word[:-3], "N": word}
    if word.endswith("ed") and len(word) > 4:
        return {"VD": word[:-2], "VN": word[:-2], "A": word}
    if word.endswith("ly") and len(word) > 4:
        return {"R": word}
    if word.endswith(_ADJECTIVE_ENDS) and len(word) > 5:
        return {"A": word}
    if word.endswith("s") and len(word) > 3 and not word.endswith("ss"):
        return {"N": word[:-1]}
    return {"N": word}


@lru_cache(maxsize=4096)
def lemmas(word: str) -> frozenset[str]:
    """The word and every base form it can have."""
    return frozenset({word, *forms(word).values()})


@lru_cache(maxsize=1024)
def mend(word: str) -> str:
    """The one known word that is a slip of the finger away, or ``word`` itself.

    A slip is two letters swapped, one dropped, doubled or replaced; the first letter is right.
    """
    if (
        not _LEAST_TYPO <= len(word) <= _MOST_TYPO
        or not (word.isascii() and word.isalpha())
        or getAllLemmas(word)
    ):
        return word
    swapped = [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)]
    undoubled = [word[:i] + word[i + 1 :] for i in range(1, len(word)) if word[i] == word[i - 1]]
    letters = "abcdefghijklmnopqrstuvwxyz"
    filled = [word[:i] + c + word[i:] for i in range(1, len(word) + 1) for c in letters]
    replaced = [word[:i] + c + word[i + 1 :] for i in range(1, len(word)) for c in letters]
    guesses = (*swapped, *undoubled, *filled, *replaced)
    vocabulary = _vocabulary()
    for guess in guesses:
        if guess in vocabulary:
            return guess
    for guess in (*swapped, *undoubled, *filled):
        tags = _table(guess)
        if any(lemma in lexicon.known_verbs() for t, lemma in tags.items() if t[0] == "V"):
            return guess
    return word


@lru_cache(maxsize=1)
def _vocabulary() -> frozenset[str]:
    return frozenset(w for w in lexicon.known_nouns() | lexicon.known_verbs() if len(w) > 3)


_BE = {"VBZ": "is", "VBP": "are", "VBG": "being", "VB": "be"}


@lru_cache(maxsize=2048)
def inflect(lemma: str, penn: str) -> str:
    """``lemma`` as VB, VBP, VBZ or VBG; a hyphenated verb bends at its end."""
    if lemma == "be":
        return _BE[penn]
    if penn in ("VB", "VBP"):
        return lemma
    head, dash, last = lemma.rpartition("-")
    got = getInflection(last, penn)
    return head + dash + (got[0] if got else last)


def is_verb(lemma: str) -> bool:
    """Whether the lexicon knows a base form as a verb of film captions; slow-dance is dance."""
    return not lexicon.known_verbs().isdisjoint({lemma, lemma.rsplit("-", 1)[-1]})


def common(word: str) -> bool:
    """Whether the tables know the word as one that is not only a name."""
    known = getAllLemmas(word)
    return any(pos != "PROPN" for pos in known) or bool(_table(word))
