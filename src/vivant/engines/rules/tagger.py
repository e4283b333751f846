"""Part-of-speech tags for captions: closed classes first, then word forms, then neighbours.

Tags: D determiner, A adjective, N noun, PRS subject pronoun, REL relative pronoun, PRO object
pronoun, P preposition, S subordinator, C coordinator, X auxiliary, TO, R adverb or particle,
V finite verb, VI infinitive, VG -ing, VN participle, POS possessive noun, NUM, and ``.`` for marks.
"""

from __future__ import annotations

from collections.abc import Callable

from vivant.engines.rules import function_words as fw
from vivant.engines.rules import lexicon, morphology
from vivant.engines.rules.finite import choose_finite
from vivant.engines.rules.text import Token
from vivant.engines.rules.words import NOUNISH, Word

_Make = Callable[..., Word]
_ATTRIBUTE = frozenset({"D", "A", "NUM", "POS"})
_TAKEN = frozenset("capture film frame shoot record see view set".split())
_SAME = frozenset(
    "put cut set read let hit shut spread split burst cast bet hurt quit run come become".split()
)
"""Verbs with one form for all tenses."""
_COOKED = frozenset(
    """burnt burned baked fried broken torn faded worn dried frozen roasted melted rusted cracked
    polished overgrown painted""".split()
)
"""Participles that describe a noun even where the story is told in the past."""
_NAMED_BY_USE = frozenset(
    "glasses lamp light lights machine room chair boots shoes board gear".split()
)
"""Nouns that an -ing word names by its use: reading glasses, sewing machine, dressing room."""


def tag(tokens: tuple[Token, ...]) -> tuple[Word, ...]:
    """Tag the tokens of one prompt."""
    past = _told_in_past(tokens)
    first = _Pass(tokens, past).run()
    return choose_finite(first, past)


def _told_in_past(tokens: tuple[Token, ...]) -> bool:
    """Whether the story is told in the past tense, weighing its likely finite verbs."""
    past = present = 0
    still = lexicon.verbs("wear") | lexicon.verbs("static") | lexicon.verbs("pose") | _TAKEN
    earlier, before = ".", ","
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        word = token.lower
        if word in ("was", "were", "had", "did"):
            past += 2
        elif word in ("is", "are", "has", "have", "does", "do"):
            present += 2
        elif word.isalpha() and word not in fw.CONTENT_FREE:
            forms = morphology.forms(word)
            subject = before in fw.SUBJECTS or before in fw.RELATIVES
            if "VZ" in forms and (subject or "N" not in forms):
                present += 2
            elif "VZ" in forms and morphology.is_verb(forms["VZ"]):
                led = after is not None and after.lower in fw.CONTENT_FREE | fw.ADVERBS
                present += 1 if led and before.isalpha() else 0
            elif "VD" in forms and not {"N", "VB"} & forms.keys():
                verbal = after is not None and (
                    not after.is_word
                    or after.lower.endswith("ly")
                    or after.lower in fw.CONTENT_FREE | fw.ADVERBS
                )
                sure = subject or "VN" not in forms or earlier in fw.SUBORDINATORS
                stem = next((v for k, v in morphology.forms(before).items() if k == "N"), "") if (
                    before.isalpha()) else ""  # fmt: skip
                verbal = verbal and stem not in lexicon.nouns("looks") | lexicon.nouns("garment")
                past += 2 if sure or (verbal and forms["VD"] not in still) else 0
        earlier, before = before, word
    return past > present


class _Pass:
    """The first pass, left to right; ``?`` marks words that may be the clause's finite verb."""

    def __init__(self, tokens: tuple[Token, ...], past: bool) -> None:
        self.tokens = tokens
        self.past = past
        self.done: list[Word] = []

    def run(self) -> list[Word]:
        for i, token in enumerate(self.tokens):
            self.done.append(self._one(i, token))
        return self.done

    def _prev(self) -> Word | None:
        """The word before, adverbs skipped."""
        for word in reversed(self.done):
            if word.tag != "R":
                return word
        return None

    def _low(self, i: int) -> str:
        return self.tokens[i].lower if i < len(self.tokens) else "."

    def _can(self, i: int, *tags: str) -> bool:
        """Whether token ``i`` is an open-class word with one of the forms."""
        if i >= len(self.tokens) or not self.tokens[i].is_word:
            return False
        low = self.tokens[i].lower
        if low in fw.CONTENT_FREE or low in fw.ADVERBS:
            return False
        return not morphology.forms(low).keys().isdisjoint(tags)

    def _one(self, i: int, token: Token) -> Word:
        low = token.lower
        if not token.is_word:
            return Word(token, ".", low)
        if low[0].isdigit():
            named = "A" if self._can(i + 1, "N") else "N"
            return Word(token, "NUM" if low[-1].isdigit() else named, low)
        if token.text[0] in '"\u201c':
            return Word(token, "N", low)
        closed = self._closed(i, token, low)
        return closed if closed is not None else self._open(i, token, low)

    def _closed(self, i: int, token: Token, low: str) -> Word | None:
        prev = self._prev()
        if low.endswith("'s") and len(low) > 2:
            stem = low[:-2]
            if stem in fw.SUBJECTS or stem in ("who", "that", "there"):
                return Word(token, "PRS" if stem in fw.SUBJECTS else "REL", stem)
            return Word(token, "POS", stem)
        if low == "her":
            made = prev is not None and prev.lemma in ("make", "let", "watch", "help", "see")
            is_det = (
                not (made and self._can(i + 1, "VB")) and self._can(i + 1, "N", "A", "VG", "VN")
            ) or self._low(i + 1) in fw.NUMBERS
            return Word(token, "D" if is_det else "PRO", low)
        if low == "to":
            return Word(token, "TO" if self._infinitive_next(i) else "P", low)
        if low in fw.RELATIVES:
            noun_before = prev is not None and (prev.tag in NOUNISH or prev.low == ",")
            if low != "that" or (noun_before and self._verb_after_that(i + 1)):
                return Word(token, "REL", low)
            return Word(token, "D" if self._can(i + 1, "N", "A") else "PRO", low)
        if low in fw.SUBORDINATORS and self._clause_after(i):
            return Word(token, "S", low)
        if low in ("before", "after", "until", "till", "since") and self._can(i + 1, "VG"):
            return Word(token, "S", low)
        if low == "no" and not self._can(i + 1, "N", "A", "VG"):
            return Word(token, "R", low)
        for words, name in (
            (fw.SUBJECTS, "PRS"), (fw.OBJECTS, "PRO"), (fw.COORDINATORS, "C"),
            (fw.AUXILIARIES, "X"),
        ):  # fmt: skip
            if low in words:
                return Word(token, name, low)
        if low in fw.DETERMINERS:
            return Word(token, "D", low)
        inside = prev is not None and prev.tag == "D" and self._can(i + 1, "N")
        if low in fw.PARTICLES | fw.ADVERBS and inside and "A" in morphology.forms(low):
            return Word(token, "A", low)
        if low in fw.PARTICLES and not self._phrase_after(i):
            return Word(token, "R", low)
        if low in fw.PREPOSITIONS:
            return Word(token, "P", low)
        if low in fw.SUBORDINATORS:
            return Word(token, "S", low)
        if low in fw.ADVERBS or (low.endswith("ly") and "R" in morphology.forms(low)
                                 and not self._can(i + 1, "N") ):  # fmt: skip
            return Word(token, "R", low)
        return None

    def _infinitive_next(self, i: int) -> bool:
        j = i + 1
        while self._low(j).endswith("ly"):
            j += 1
        if self._low(j) in ("be", "have", "do"):
            return True
        if not self._can(j, "VB"):
            return False
        if self._can(j, "N"):
            known = morphology.is_verb(morphology.forms(self._low(j))["VB"])
            after = self._low(j + 1)
            return (
                known
                and self._low(j) not in lexicon.nouns("place")
                and (
                    after in fw.DETERMINERS
                    or after in fw.OBJECTS
                    or after in fw.PREPOSITIONS
                    or after in fw.PARTICLES
                    or after in ("her", ".", ",")
                    or self._can(j + 1, "N")
                )
            )
        return True

    def _phrase_after(self, i: int) -> bool:
        """Whether a noun phrase starts at the next token."""
        low = self._low(i + 1)
        if low in fw.DETERMINERS or low in fw.OBJECTS or low in ("her", "what"):
            return True
        if i + 1 < len(self.tokens) and self.tokens[i + 1].text[0] in '"\u201c0123456789':
            return True
        attribute = self._can(i + 1, "VN") and self._can(i + 2, "N")
        return attribute or self._can(i + 1, "N", "A", "VG") or (low.endswith("'s"))

    def _clause_after(self, i: int) -> bool:
        """Whether subject and verb follow a word that may also be a preposition."""
        low = self.tokens[i].lower
        if i and self.tokens[i - 1].lower == "such":
            return False
        if low in ("while", "whilst", "although", "though", "whereas", "because", "if", "where",
                   "when", "whenever"):  # fmt: skip
            return True
        if self._low(i + 1) in fw.SUBJECTS:
            return True
        for j in range(i + 1, min(i + 12, len(self.tokens))):
            word = self._low(j)
            if word in (",", ".", ";", ":") or word in fw.COORDINATORS or word in fw.RELATIVES:
                return False
            if j == i + 1 or (self._leads(j)):
                if j > i + 1:
                    return False
                continue
            if word in fw.AUXILIARIES:
                return True
            if self._low(j - 1) in fw.DETERMINERS or self._low(j - 1) in ("her", "of"):
                continue
            if self._verb_here(j):
                return True
        return False

    def _leads(self, j: int) -> bool:
        """Whether token ``j`` is a preposition with a phrase of its own; "of" continues one."""
        low = self._low(j)
        alone = low in fw.PARTICLES and not self._phrase_after(j)
        return low in fw.PREPOSITIONS and low != "of" and not alone

    def _verb_after_that(self, j: int) -> bool:
        if not self._can(j, "N", "A"):
            return True
        after = self._low(j + 1)
        acts = after in fw.DETERMINERS or after in fw.OBJECTS or after in ("it", "her")
        acts = acts or after in fw.ADVERBS
        return acts and self._can(j, "VZ", "VD", "VB")

    def _noun_after(self, j: int) -> bool:
        """Whether token ``j`` continues a noun phrase, and is not rather its verb."""
        if not self._can(j, "N", "A", "VG", "VN"):
            return False
        forms = morphology.forms(self._low(j))
        if not morphology.is_verb(forms.get("VZ", "")):
            return True
        after = self._low(j + 1)
        goes_on = after in fw.CONTENT_FREE or after in fw.ADVERBS or after in (",", ".", ";")
        return not (goes_on or after.endswith("ly"))

    def _object_after(self, i: int) -> bool:
        low = self._low(i + 1)
        return low in fw.DETERMINERS or low in fw.OBJECTS or low in ("her", "it")

    def _verb_here(self, j: int) -> bool:
        if not self._can(j, "VZ", "VD", "VB"):
            return False
        forms = morphology.forms(self._low(j))
        lemma = forms.get("VZ") or forms.get("VD") or forms.get("VB") or ""
        if "VD" in forms and "VZ" not in forms and not self.past and "VN" in forms:
            return False
        if "N" not in forms and "A" not in forms:
            return True
        before = morphology.forms(self._low(j - 1)) if self._low(j - 1).isalpha() else {}
        plural = "N" in before and before["N"] != self._low(j - 1)
        return morphology.is_verb(lemma) and (("VZ" in forms and not plural)
                                                   or ("VB" in forms and plural)
                                                   or ("VD" in forms and self.past))  # fmt: skip

    def _open(self, i: int, token: Token, low: str) -> Word:
        forms = morphology.forms(low)
        prev = self._prev()
        tags = forms.keys()
        before = prev.tag if prev else "."

        def word(name: str, form: str = "") -> Word:
            return Word(token, name, forms.get(form or name, low), form)

        verb = next((t for t in ("VZ", "VD", "VB", "VN", "VG") if t in tags), "")
        if (before == "TO" or self._made_to(prev)) and "VB" in tags:
            return word("VI", "VB")
        if prev is not None and before == "X":
            return self._after_auxiliary(i, word, forms, prev)
        owned = prev is not None and prev.low == "whose"
        if before in ("PRS", "REL") and not owned and verb in ("VZ", "VD", "VB"):
            return word("V", verb)
        if before in _ATTRIBUTE or owned or (prev is not None and prev.low in ("of", "with")):
            return self._in_phrase(i, word, forms, before)
        if "VG" in tags:
            return self._ing(i, word, forms, before)
        if verb in ("VZ", "VD", "VB") or ("VN" in tags):
            return self._maybe_finite(i, word, forms, verb)
        return self._plain(i, word, forms)

    def _made_to(self, prev: Word | None) -> bool:
        """Whether "makes her", "lets it" stand before: a base form follows."""
        if prev is None or prev.low not in ("him", "her", "it", "them") or len(self.done) < 2:
            return False
        cause = self.done[-2]
        return cause.lemma in ("make", "let", "watch", "help", "see", "have") and cause.tag in (
            "V", "?", "VG", "VI",
        )  # fmt: skip

    def _after_auxiliary(self, i: int, word: _Make, forms: dict[str, str], prev: Word) -> Word:
        low = prev.low
        if low in fw.BE:
            for name in ("VG", "VN"):
                if name in forms:
                    return word(name, name)
            if self.tokens[i].lower in _SAME:
                return word("VN", "VB")
            return self._plain(i, word, forms)
        if low in fw.HAVE:
            if "VN" in forms or self.tokens[i].lower in _SAME:
                return word("VN", "VN" if "VN" in forms else "VB")
            return self._in_phrase(i, word, forms, "D")
        if "VB" in forms:
            return word("VI", "VB")
        return self._plain(i, word, forms)

    def _in_phrase(self, i: int, word: _Make, forms: dict[str, str], before: str) -> Word:
        """Inside a noun phrase: before another noun anything but a noun is an attribute."""
        noun_next = self._noun_after(i + 1)
        known = self.tokens[i].lower in lexicon.known_nouns() and "N" in forms
        if known and not ("VG" in forms and noun_next):
            return word("N")
        if "N" in forms and before != "." and not ({"VG", "A"} & forms.keys() and noun_next):
            return word("N")
        if "A" in forms:
            return word("A") if noun_next or "N" not in forms else word("N")
        for name in ("VG", "VN", "VD"):
            if name in forms and noun_next:
                return word("A", name)
        if "VG" in forms:
            return word("VG", "VG")
        if "VN" in forms:
            return word("VN", "VN")
        if before in ("D", "POS") and "VB" in forms:
            return Word(self.tokens[i], "N", self.tokens[i].lower)
        if "VZ" in forms or "VD" in forms or "VB" in forms:
            return word("?", next(t for t in ("VZ", "VD", "VB") if t in forms))
        return self._plain(i, word, forms)

    def _ing(self, i: int, word: _Make, forms: dict[str, str], before: str) -> Word:
        lemma = forms["VG"]
        noun_next = self._can(i + 1, "N") and not self._can(i + 1, "VG")
        if self._low(i + 1) in _NAMED_BY_USE:
            return word("A", "VG")
        attribute = lemma in lexicon.verbs("weather") or lemma in lexicon.verbs("sound")
        if noun_next and (attribute or (before == "P" and "N" in forms)) and before not in NOUNISH:
            return word("A", "VG")
        if "A" in forms and noun_next and not morphology.is_verb(lemma):
            return word("A")
        if "N" in forms and (before == "P" or self.tokens[i].lower in lexicon.known_nouns()
                             or not morphology.is_verb(lemma)):  # fmt: skip
            known = self.tokens[i].lower in lexicon.known_nouns() and not self._object_after(i)
            if known or not morphology.is_verb(lemma):
                return word("N")
        return word("VG", "VG")

    def _maybe_finite(self, i: int, word: _Make, forms: dict[str, str], verb: str) -> Word:
        low = self.tokens[i].lower
        known = morphology.is_verb(forms.get(verb, ""))
        if verb == "VZ":
            return word("?", "VZ")
        if verb == "VD" or "VN" in forms:
            if "N" in forms and low in lexicon.known_nouns():
                return word("N")
            if self._can(i + 1, "N", "A") and (not self.past or low in _COOKED):
                return word("A", "" if "A" in forms else verb)
            if "VD" in forms and "VN" not in forms and "N" not in forms:
                return word("?", "VD")
            if self.past and "VD" in forms:
                return word("?", "VD")
            return word("VN", "VN") if "VN" in forms else word("?", "VD")
        prev = self._prev()
        if "N" in forms and low in lexicon.known_nouns() and prev is not None and prev.tag == "N":
            return word("?", "VB") if known and "A" not in forms else word("N")
        if "A" in forms and (self._can(i + 1, "N") or ("N" not in forms and not known)):
            return word("A")
        if known and low not in lexicon.nouns("looks"):
            return word("?", "VB")
        return self._plain(i, word, forms)

    def _plain(self, i: int, word: _Make, forms: dict[str, str]) -> Word:
        if "A" in forms and ("N" not in forms or self._can(i + 1, "N")):
            return word("A")
        for name in ("N", "A", "R"):
            if name in forms:
                return word(name)
        return word("N")
