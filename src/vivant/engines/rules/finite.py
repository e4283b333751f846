"""Which word of a clause is its finite verb, where several could be."""

from __future__ import annotations

from vivant.engines.rules import lexicon, morphology
from vivant.engines.rules.words import Word

_DRAPED = frozenset("between down around across over behind".split())
"""Where worn things are: "pins between her lips" has no verb."""


def choose_finite(words: list[Word], past: bool) -> tuple[Word, ...]:
    """The second pass: which ``?`` of each clause is its verb, and which are nouns."""
    done = list(words)
    start = 0
    for i in range(len(done) + 1):
        if i == len(done) or done[i].tag in (".", "S", "REL"):
            _choose(done, start, i, past)
            start = i + 1
    return tuple(done)


def _choose(done: list[Word], start: int, stop: int, past: bool) -> None:
    maybe = [i for i in range(start, stop) if done[i].tag == "?"]
    taken = -1
    all_nouns = lexicon.known_nouns()
    for i in maybe:
        word = done[i]
        finite = any(done[j].tag in ("V", "X") for j in range(max(start, taken), i))
        before = done[i - 1] if i else None
        joined = before is not None and (before.tag in ("C", ".") or _skip_adverbs(done, i, start))
        if joined:
            finite = False
        finite = finite and not any(done[j].tag == "C" for j in range(_last_verb(done, i), i))
        if finite or not _agrees(done, i, start) or _score(done, i, start, past) < 3:
            done[i] = _not_finite(word)
        else:
            rivals = [j for j in maybe if j > i and not joined and not _new_clause(done, i, j)]
            if word.form == "VB":
                rivals = [j for j in rivals if done[j].form != "VZ"]
            if word.form == "VZ" and morphology.forms(word.low).get("N") not in all_nouns:
                rivals = [j for j in rivals if done[j].form != "VB" and j != i + 1]
            mine = _score(done, i, start, past)
            if any(_score(done, j, start, past) > mine for j in rivals):
                done[i] = _not_finite(word)
            else:
                done[i] = Word(word.token, "V", word.lemma, word.form)
                taken = i


def _last_verb(done: list[Word], i: int) -> int:
    return next((j for j in range(i - 1, -1, -1) if done[j].tag in ("V", "X")), 0)


def _agrees(done: list[Word], i: int, start: int) -> bool:
    """A base form is finite only after a plural subject, or after another such verb."""
    if done[i].form != "VB":
        return True
    if i == start and i + 1 < len(done) and done[i + 1].tag in ("PRO", "PRS"):
        return i == 0 or done[i - 1].low in (".", "!", "?")
    if done[start].tag == "C" and start > 0 and done[start - 1].low == ",":
        return True
    head = _subject_head(done, start, i)
    if head is not None and _is_plural(head):
        return True
    return any(w.tag == "V" and w.form == "VB" for w in done[:i])


def _skip_adverbs(done: list[Word], i: int, start: int) -> bool:
    j = i - 1
    while j >= start and done[j].tag == "R":
        j -= 1
    return j < start or done[j].tag in ("C", ".")


def _new_clause(done: list[Word], i: int, j: int) -> bool:
    return any(done[k].tag in ("C", "TO") for k in range(i, j))


def _score(done: list[Word], i: int, start: int, past: bool) -> int:
    """How much word ``i`` looks like the verb of the clause from ``start`` on; 3 is enough."""
    word = done[i]
    forms = morphology.forms(word.low)
    noun = forms.get("N", "")
    before = done[i - 1] if i > start else None
    after = done[i + 1] if i + 1 < len(done) else None
    score = 0 if noun or "A" in forms else 2
    score += 2 if morphology.is_verb(word.lemma) else -2 if noun else 0
    score += 2 if before is not None and before.tag in ("N", "PRO", "R", "C", "NUM", "?") else 0
    if before is not None and before.tag in ("D", "A", "POS", "P") and noun:
        score -= 4
    if before is not None and before.tag in ("VG", "V", "VI"):
        score -= 3
    head = _subject_head(done, start, i)
    if head is not None:
        plural = _is_plural(head)
        agrees = {"VZ": not plural, "VB": plural, "VD": past or "VN" not in forms}
        score += 1 if agrees.get(word.form, True) else -3
    elif word.form == "VB":
        chained = any(w.tag == "V" and w.form == "VB" for w in done[:i])
        ordered = i == start and after is not None and after.tag in ("PRO", "PRS")
        score += 2 if chained else 3 if ordered else -2
    follows = before is None and word.form == "VZ" and morphology.is_verb(word.lemma)
    score += 1 if follows and any(w.tag == "V" and w.form == "VZ" for w in done[:start]) else 0
    if after is not None:
        score += 2 if after.tag in ("D", "PRO", "PRS") else 0
        score += 1 if after.tag in ("P", "R", "TO", ".", "C", "S") else 0
    opener = next((done[k] for k in range(start, i) if done[k].tag != "R"), None)
    if opener is not None and opener.tag in ("VN", "VG", "P"):
        joined = any(done[k].tag == "C" for k in range(start, i))
        score -= 0 if joined and before is not None and before.tag == "C" else 4
    if (
        head is not None
        and word.form == "VD"
        and after is not None
        and after.tag in (".", "P", "R", "A")
    ):
        worn = lexicon.nouns("garment") | lexicon.nouns("looks")
        score -= 8 if head.lemma in worn and "VN" in forms else 0
    if before is None and after is not None and after.low in _DRAPED:
        body = done[i + 2 : i + 4]
        on_body = [w.tag for w in body[:1]] == ["D"] and body[-1].lemma in lexicon.nouns("looks")
        score -= 4 if on_body and noun and noun not in lexicon.nouns("abstract") else 0
    led_on = after is not None and after.tag in ("D", "PRO", "PRS", "R")
    led_on = led_on or (after is not None and before is not None and before.tag == "C"
                        and after.tag in ("N", "?"))  # fmt: skip
    if noun and not led_on:
        if noun in lexicon.nouns("garment") or noun in lexicon.nouns("looks"):
            score -= 4
        elif noun in lexicon.known_nouns() and (after is None or after.tag not in ("P", "R")):
            score -= 1
        if after is None or after.tag == ".":
            bare = all(done[k].tag not in ("D", "PRS", "POS") for k in range(start, i))
            led = start > 0 and done[start - 1].tag == "S"
            score -= 4 if bare and not led and head is not None else 0
    return score


def _subject_head(done: list[Word], start: int, i: int) -> Word | None:
    """The last noun of the clause's first noun phrase, before word ``i``."""
    head = None
    for k in range(start, i):
        if done[k].tag == "C":
            head = None
        elif done[k].tag in ("N", "?"):
            head = done[k]
        elif head is not None and done[k].tag in ("P", "VN", "VG"):
            break
    return head


def _is_plural(word: Word) -> bool:
    low = word.low
    named = word.token.text[0].isupper() and not morphology.common(low)
    return (word.lemma != low and low.endswith("s") and not named) or low in (
        "people", "men", "women", "children", "police", "geese", "feet", "teeth"
    )  # fmt: skip


def _not_finite(word: Word) -> Word:
    forms = morphology.forms(word.low)
    if word.form == "VD" and "VN" in forms and "N" not in forms:
        return Word(word.token, "VN", forms["VN"], "VN")
    if "N" in forms:
        return Word(word.token, "N", forms["N"])
    if "VN" in forms:
        return Word(word.token, "VN", forms["VN"], "VN")
    if "A" in forms:
        return Word(word.token, "A", forms["A"])
    if "R" in forms:
        return Word(word.token, "R", forms["R"])
    return Word(word.token, "V", word.lemma, word.form)
