"""Small English: the forms of a verb, phrase templates, and which words carry content.

A phrase template is a line of words separated by spaces:

- ``<nod>`` or ``<nod|bow>``: every form of these verbs (nod, nods, nodded, nodding);
- ``~``: an optional article, possessive or "both"; ``(so|ever)?``, ``<fall>?``: an optional word;
- ``*``: up to four other words, which count as not understood;
- anything else: a regular expression for one word or a group such as ``(to|at)``.

Between two words of a template one adverb in *-ly* may stand; it also counts as not understood, so
that the reader of tempo and amount finds it.
"""

from __future__ import annotations

import re
from functools import lru_cache

IRREGULAR: dict[str, tuple[str, ...]] = {
    "bite": ("bit", "bitten"), "blow": ("blew", "blown"), "break": ("broke", "broken"),
    "bring": ("brought",), "burst": ("burst",), "build": ("built",), "catch": ("caught",),
    "come": ("came",), "cut": ("cut",), "dig": ("dug",), "do": ("did", "done"),
    "draw": ("drew", "drawn"), "dream": ("dreamt", "dreamed"), "drink": ("drank", "drunk"),
    "drive": ("drove", "driven"), "eat": ("ate", "eaten"), "fall": ("fell", "fallen"),
    "feed": ("fed",), "feel": ("felt",), "fight": ("fought",), "fly": ("flew", "flown"),
    "freeze": ("froze", "frozen"), "get": ("got", "gotten"), "give": ("gave", "given"),
    "go": ("went", "gone"), "grow": ("grew", "grown"), "hang": ("hung",), "have": ("had",),
    "hear": ("heard",), "hit": ("hit",), "hold": ("held",), "keep": ("kept",),
    "kneel": ("knelt", "kneeled"), "lay": ("laid",), "lean": ("leant", "leaned"),
    "leap": ("leapt", "leaped"), "let": ("let",), "lie": ("lay", "lain"), "light": ("lit",),
    "make": ("made",), "pay": ("paid",), "put": ("put",), "read": ("read",), "ride": ("rode",
    "ridden"),
    "ring": ("rang", "rung"), "rise": ("rose", "risen"), "run": ("ran",), "say": ("said",),
    "see": ("saw", "seen"), "set": ("set",), "sew": ("sewed", "sewn"), "shake": ("shook", "shaken"),
    "shine": ("shone",), "shoot": ("shot",), "shut": ("shut",), "sing": ("sang", "sung"),
    "sink": ("sank", "sunk"), "sit": ("sat",), "sleep": ("slept",), "slide": ("slid",),
    "speak": ("spoke", "spoken"), "speed": ("sped", "speeded"), "spin": ("spun",),
    "spring": ("sprang", "sprung"), "stand": ("stood",), "steal": ("stole",),
    "stick": ("stuck",), "stride": ("strode",), "strike": ("struck",), "sweep": ("swept",),
    "swim": ("swam", "swum"), "swing": ("swung",), "take": ("took", "taken"),
    "teach": ("taught",), "tell": ("told",), "think": ("thought",), "throw": ("threw", "thrown"),
    "tread": ("trod",), "wake": ("woke", "woken", "waked"), "wear": ("wore",),
    "weave": ("wove", "woven", "weaved"), "weep": ("wept",), "write": ("wrote", "written"),
}  # fmt: skip

_DOUBLING = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_SIBILANT = re.compile(r".*(?:s|x|z|ch|sh|o)")


@lru_cache(maxsize=2048)
def forms(verb: str) -> tuple[str, ...]:
    """The verb with its third person, past and participles: ``nod, nods, nodding, nodded``."""
    hard_y = verb.endswith("y") and verb[-2:-1] not in "aeiou"
    doubled = verb + verb[-1] if _DOUBLING.fullmatch(verb) else verb
    suffix = "es" if _SIBILANT.fullmatch(verb) else "s"
    third = verb[:-1] + "ies" if hard_y else verb + suffix
    if verb.endswith("ie"):
        present = verb[:-2] + "ying"
    elif verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        present = verb[:-1] + "ing"
    else:
        present = doubled + "ing"
    if verb in IRREGULAR:
        past = IRREGULAR[verb]
    elif verb.endswith("e"):
        past = (verb + "d",)
    else:
        past = (verb[:-1] + "ied" if hard_y else doubled + "ed",)
    return (verb, third, present, *past)


_ARTICLE = r"(?:his|her|their|its|the|a|an|my|your|one|both|some)"
_BETWEEN = r"\s+((?:\w+ly\s+)?)"


@lru_cache(maxsize=4096)
def phrase(template: str) -> re.Pattern[str]:
    """Compile a phrase template. The numbered groups of a match are the words not understood."""
    pattern = ""
    for word in template.split():
        optional = word == "~" or word.endswith((")?", ">?"))
        if word == "~":
            word = _ARTICLE
        elif word == "*":
            pattern += r"((?:\s+[\w'-]+){0,4}?)"
            continue
        elif word.startswith("<"):
            known = [form for verb in word.strip("<>?").split("|") for form in forms(verb)]
            word = "(" + "|".join(sorted(known, key=len, reverse=True)) + ")"
        word = re.sub(r"\((?!\?)", "(?:", word.removesuffix("?"))
        if optional:
            pattern += f"(?:{_BETWEEN}{word})?" if pattern else f"(?:{word}\\s+)?"
        else:
            needs_space = pattern and not pattern.endswith(r"\s+)?")
            pattern += (_BETWEEN if needs_space else "") + word
    return re.compile(rf"(?<![\w-]){pattern}(?![\w-])")


def vocabulary(words: str) -> frozenset[str]:
    """The words between the spaces."""
    return frozenset(words.split())


def any_of(verbs: str) -> str:
    """The template of any of these verbs, given as words between spaces."""
    return "<" + "|".join(verbs.split()) + ">"


FUNCTION_WORDS = vocabulary(
    """a an the this that these those some any each every both all one it its itself he him his
    himself she her hers herself they them their theirs themselves we us our you your i my me who
    whose which what someone something there here of to in on at by for from with without into onto
    upon over under up down out off about around along across through toward towards against
    between among behind before after above below near beside past during until till while as than
    then so and or but nor if when where because though although not no never yet also too very
    just only even still again once more most much many few several other another such same own
    is are was were be been being am do does did done has have had having can could will would
    shall should may might must let lets get gets got getting begin begins began begun beginning
    start starts started starting continue continues continued continuing keep keeps kept keeping
    finally next afterwards afterward eventually meanwhile suddenly simultaneously later now soon
    first second immediately moment moments seconds time times bit little kind sort way toward
    forward back away apart together aside slightly while's it's he's she's they're doesn't don't
    isn't aren't didn't won't can't cannot
    without throughout whole entire film video scene clip sequence frame
    frames person man woman boy girl guy lady gentleman subject individual people's
    make makes made making discernible noticeable apparent visible visibly there's
    which what's very quite rather almost nearly actively"""
)
"""Words that ask for nothing by themselves, the names of the person, and verbs that only begin."""

PERSON_WORDS = vocabulary(
    """he she they him her them his their i we you who person man woman boy girl guy lady gentleman
    subject individual child kid character figure speaker presenter himself herself themselves
    chef teacher astronaut driver cyclist firefighter photographer gymnast"""
)
BODY_WORDS = vocabulary(
    """eye eyes eyelid eyelids eyebrow eyebrows brow brows head face chin jaw mouth lip lips nose
    forehead cheek cheeks gaze glance stare look expression smile grin frown tear tears shoulder
    shoulders chest breath body neck hair voice features tongue"""
)


def _factors(*rows: tuple[float, str]) -> dict[str, float]:
    return {word: factor for factor, words in rows for word in words.split()}


TEMPOS = _factors(
    (0.62, "slow slowly gradually leisurely languidly unhurried unhurriedly lazily calmly"),
    (0.62, "carefully smoothly smooth serenely delicately tenderly steadily"),
    (0.75, "gently gentle softly peacefully"),
    (1.5, "quick quickly rapid rapidly fast faster swiftly swift sudden suddenly abruptly"),
    (1.5, "hurriedly sharply sharp briskly brisk hastily frantically instantly snappily"),
)
"""Adverbs of pace → factor on the speed of what they go with."""

AMOUNTS = _factors(
    (0.6, "slightly slight faint faintly subtle subtly softly soft gently gentle lightly light"),
    (0.6, "barely shyly shy small little weak weakly weary wearily brief briefly thin drizzly"),
    (0.6, "quiet quietly tender tenderly"),
    (1.35, "broadly broad widely wide big deep deeply strongly strong loudly loud violently"),
    (1.35, "wildly heavily heavy intense intensely vigorously hard hysterically dramatically"),
    (1.35, "thick dense fiercely fierce bright brightly huge uncontrollably heartily furiously"),
)
"""Words of degree → factor on the size of what they go with."""

REPEATS: dict[str, int] = {"once": 1, "twice": 2, "thrice": 3}

_WORD = re.compile(r"[A-Za-z][\w'-]*")


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The words of ``text`` in lower case, with where each begins and ends."""
    return [(m.group().lower(), m.start(), m.end()) for m in _WORD.finditer(text)]


@lru_cache(maxsize=1)
def _lemmas() -> dict[str, str]:
    return {form: verb for verb in IRREGULAR for form in forms(verb)}


def stem(word: str) -> str:
    """A crude common stem, so that "chopping", "chops" and "chop" compare equal."""
    word = _lemmas().get(word, word).removesuffix("'s")
    for ending in ("ing", "ied", "ies", "ed", "es", "ly", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + ("y" if ending in ("ied", "ies") else "")
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e")


def content(text: str) -> list[tuple[str, int, int]]:
    """The words that ask for something: no function word, no name of the person."""
    return [w for w in words_of(text) if w[0] not in FUNCTION_WORDS]
