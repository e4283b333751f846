"""Runs of words without a verb: "a baker in a striped apron, flour on his cheek"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from vivant.engines.rules import function_words as fw
from vivant.engines.rules import lexicon
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.phrases import Phrase, head_of, split
from vivant.engines.rules.pieces import GUESS, META, NEGATED, ORDER, SOUND, Piece, Who
from vivant.engines.rules.subjects import Memory
from vivant.engines.rules.words import Word
from vivant.types import PartKind

_KIND: dict[str, PartKind] = {
    "garment": "appearance", "looks": "appearance", "place": "setting", "furniture": "setting",
    "nature": "setting", "style": "style", "framing": "framing", "camera": "camera",
    "sound": "sound", "meta": "glue", "people": "setting",
}  # fmt: skip
_CARRIED = ("appearance", "setting", "style", "framing", "pose", "camera", "action")
_DEEDS = frozenset(
    """stroke swing motion movement gesture dance speech presentation performance exercise routine
    demonstration rotation jump kick punch throw serve pirouette somersault handstand discussion
    conversation lecture interview duel fight
    """.split()
)
_TIMES = frozenset(
    """moment second minute beginning start while time end point instant beat outset last first
    meantime sequence video clip demonstration footage frame recording film order""".split()
)
_BACKDROPS = frozenset("background distance foreground".split())
_DANGLING = frozenset("of during with for from at in".split())
"""Prepositions whose noun was left out as a guess."""
_FACES = frozenset("smile grin frown scowl smirk tear expression stare glare laugh pout".split())
_EMOTIONS = frozenset(
    """satisfied mortified startled surprised amused relieved delighted horrified terrified puzzled
    confused exhausted embarrassed shocked stunned thrilled excited frightened scared determined
    overwhelmed ashamed annoyed proud happy sad angry furious joyful calm content thoughtful
    pensive serene breathless speechless tearful triumphant smug wistful nervous anxious worried
    wary focused concentrated impressed disappointed disgusted bored curious tired shy defiant
    unimpressed undaunted moved flustered bewildered astonished ecstatic elated grim solemn
    stern
    """.split()
)
PICTURES = frozenset(
    """footage photo photograph painting illustration animation rendering render film recording
    drawing sketch cartoon image picture movie video clip shot scene""".split()
)
MOVING = frozenset(
    """rack whip zoom tracking dolly static handheld pan panning crane gimbal orbit orbiting
    continuous fixed steady moving steadicam locked locked-off whip tilt push-in single-take
    one-take arc
    """.split()
)


def is_order(words: tuple[Word, ...]) -> bool:
    """Whether the words only say when: "in the beginning", "next", "a moment later"."""
    content = [w for w in words if w.low not in fw.CONTENT_FREE and not w.is_mark]
    if not content:
        return bool(words)
    head = head_of(words[1:] if words[0].tag == "P" else words)
    if head is None:
        return all(
            w.low in fw.FILLERS or w.low in fw.ADVERBS for w in content if w.tag == "R"
        ) and (all(w.tag in ("R", "A") and w.low in _ORDERING for w in content))
    timed = head.lemma in _TIMES and not any(w.lemma in ("heat", "last-light") for w in content)
    return timed and words[0].tag in ("P", "D", "R", "A")


_ORDERING = fw.FILLERS | frozenset(
    "early earlier previously beforehand shortly immediately later suddenly initially".split()
)


def has_emotion(words: tuple[Word, ...]) -> bool:
    """Whether words without a noun name a feeling that a face shows."""
    return any(w.low in _EMOTIONS for w in words)


def read_fragment(
    words: tuple[Word, ...], clause: Clause, memory: Memory, default: PartKind | None = None
) -> tuple[list[Piece], Memory]:
    """Label the phrases of a run of words. ``default`` is the kind of what nothing else tells."""
    words = tuple(w for w in words if not w.is_mark)
    while len(words) > 1 and words[-1].low in _DANGLING:
        words = words[:-1]
    if not words:
        return [], memory
    if words[0].low in fw.HEDGES:
        return [Piece("glue", words, clause, reason=GUESS)], memory
    if words[0].low == "like" and len(words) > 1:
        return [Piece("glue", words, clause, reason=GUESS)], memory
    if words[0].low in fw.NEGATIONS or words[0].low == "no":
        return _negated(words, clause, memory)
    if is_order(words):
        if any(w.low in ("initially", "beginning", "outset", "start") for w in words):
            memory = memory.now(acted=False)
        return [Piece("glue", words, clause, reason=ORDER)], memory
    nouns = [w for w in words if w.tag in ("N", "POS", "PRO", "NUM")]
    if not nouns:
        return _bare(words, clause, memory, default)
    if head_of(words[1:] if words[0].tag == "P" else words) is not None:
        head = head_of(words[1:] if words[0].tag == "P" else words)
        if head is not None and head.lemma in _BACKDROPS and len(nouns) == 1:
            return [Piece("ambient", words, clause, "other")], memory.now(last="other")
        if head is not None and head.lemma in _FACES:
            return [Piece("expression" if memory.acted else "pose", words, clause)], memory
    return _phrases(words, clause, memory, default)


def _negated(words: tuple[Word, ...], clause: Clause, memory: Memory) -> tuple[list[Piece], Memory]:
    if any(w.tag in ("VG", "VI") for w in words):
        return [Piece("expression", words, clause)], memory
    moving = {"camera", "cut", "change", "movement", "motion"}
    if any(w.lemma in moving or w.lemma in lexicon.nouns("camera") for w in words):
        return [Piece("camera", words, clause, "camera")], memory
    return [Piece("glue", words, clause, reason=NEGATED)], memory


def _bare(
    words: tuple[Word, ...], clause: Clause, memory: Memory, default: PartKind | None
) -> tuple[list[Piece], Memory]:
    """Adjectives and adverbs alone."""
    if has_emotion(words):
        return [Piece("expression", words, clause)], memory
    if {w.low for w in words} <= {"slow", "fast", "handheld", "static", "motion"}:
        return [Piece("camera", words, clause, "camera")], memory
    if memory.acted and default is None:
        return [Piece("expression", words, clause)], memory
    return [Piece(default or "appearance", words, clause)], memory


def _phrases(
    words: tuple[Word, ...], clause: Clause, memory: Memory, default: PartKind | None
) -> tuple[list[Piece], Memory]:
    pieces: list[Piece] = []
    before: PartKind | None = default
    for phrase in _shown(split(words)):
        kind, memory = _kind(phrase, before, memory, clause, first=not pieces)
        if before == "sound":
            kind = "sound"
        reason = {"sound": SOUND, "glue": META}.get(kind, "")
        reason = NEGATED if phrase.prep == "without" and kind == "glue" else reason
        who: Who = "camera" if kind == "camera" else "other" if kind == "ambient" else "hero"
        body = _without_link(phrase.words, kind)
        if pieces and pieces[-1].kind == kind and _joined(pieces[-1], phrase):
            last = pieces.pop()
            body = last.words + phrase.words
        pieces.append(Piece(kind, body, clause, who, reason))
        before = kind if kind != "glue" else before
    return pieces, memory


def _joined(piece: Piece, phrase: Phrase) -> bool:
    """Whether a phrase describes the one before it, so that the two are one part."""
    if piece.kind == "subject":
        return phrase.prep in ("of", "with") or phrase.thing == "abstract"
    return piece.kind in ("appearance", "style", "framing", "camera", "sound", "glue", "setting",
                          "ambient", "pose")  # fmt: skip


def _without_link(words: tuple[Word, ...], kind: PartKind) -> tuple[Word, ...]:
    while len(words) > 1 and words[0].low in ("just", "only", "simply", "merely"):
        words = words[1:]
    if kind in ("appearance", "style", "framing", "subject") and words[0].tag == "P":
        keep = words[0].low in ("over", "under", "from", "between", "around", "across")
        return words if keep or len(words) == 1 else words[1:]
    if kind == "setting" and words[0].low == "by" and len(words) > 1:
        return words[1:] if words[-1].lemma != words[-1].low else words
    return words


def _shown(phrases: list[Phrase]) -> Iterator[Phrase]:
    """Open "close-up of a baker": the picture's name and what it shows are two phrases."""
    for phrase in phrases:
        of = next((i for i, w in enumerate(phrase.words) if w.low == "of" and i), None)
        named = phrase.head is not None and phrase.head.lemma in PICTURES | lexicon.nouns("framing")
        if of is not None and (named or phrase.thing in ("meta", "camera")):
            first, second = phrase.words[:of], phrase.words[of:]
            yield from split(first)
            inner = split(second[1:])
            if inner:
                yield replace(inner[0], words=second[1:], prep="")
        else:
            yield phrase


def _kind(
    phrase: Phrase, before: PartKind | None, memory: Memory, clause: Clause, *, first: bool
) -> tuple[PartKind, Memory]:
    thing, head = phrase.thing, phrase.head
    rings = any(w.form == "VG" and w.lemma in lexicon.verbs("sound") for w in phrase.words)
    if rings and thing in ("object", "garment", "style", "sound") and first:
        return "sound", memory
    lows = {w.low for w in phrase.words}
    if phrase.prep == "without":
        return "glue", memory
    if before == "camera" and not first:
        return "camera", memory
    if head is not None and head.low.endswith(("teens", "ties")) and before == "subject":
        return "subject", memory
    if thing == "meta" and head is not None and head.lemma in PICTURES:
        return _picture(phrase, head), memory
    if lows & {"slow", "fast", "reverse", "stop"} and lows & {"motion", "reverse"}:
        return "camera", memory
    if thing in ("framing", "camera", "style") and any(w.low in MOVING for w in phrase.words):
        return "camera", memory
    if memory.company is not None and head is not None and memory.company.of((head,)):
        return "subject", memory.now(hero=memory.hero or head)
    if thing == "person" or (thing == "name" and not phrase.prep):
        return _person(phrase, before, memory)
    if thing == "people" and clause.lead in ("while", "as", "until"):
        return "ambient", memory.now(last="other", group=True)
    if thing == "name":
        return "setting", memory
    if thing == "people":
        return "setting", memory.now(group=True)
    if any(w.lemma in _DEEDS for w in phrase.words) and memory.hero is not None and not clause.lead:
        return "action", memory.now(acted=True)
    if phrase.prep == "with" and before in ("subject", "appearance") and thing in (
        "nature", "furniture", "object", "style", "abstract"
    ):  # fmt: skip
        return "appearance", memory
    if (
        thing in ("garment", "looks")
        and memory.hero is not None
        and before == "setting"
        and not first
    ):
        return "setting", memory
    if thing in _KIND:
        return _KIND[thing], memory
    if phrase.prep in ("in", "with", "wearing") and before in ("subject", None) and memory.hero:
        return "appearance", memory
    if before in _CARRIED:
        return before, memory
    if before == "subject":
        return ("subject" if phrase.prep == "of" or not phrase.prep else "appearance"), memory
    if memory.hero is None and not phrase.prep and head is not None and not memory.awaited:
        return "subject", memory.now(hero=head)
    return "setting", memory


def _picture(phrase: Phrase, head: Word) -> PartKind:
    """Grainy footage is a style, a gliding shot is camera work, a video is only a video."""
    others = [w for w in phrase.words if w is not head and w.tag in ("A", "NUM", "N")]
    moving = any(w.low in MOVING or w.lemma in lexicon.nouns("camera") for w in others)
    return "camera" if moving else "style" if others else "glue"


def _person(phrase: Phrase, before: PartKind | None, memory: Memory) -> tuple[PartKind, Memory]:
    if memory.hero is None:
        return "subject", memory.now(hero=phrase.head)
    apposed = before in (None, "subject") and not phrase.prep and not memory.acted
    named = apposed and phrase.words[0].low in ("a", "an")
    return ("subject" if named else "setting"), memory
