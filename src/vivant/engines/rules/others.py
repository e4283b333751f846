"""Clauses about something else than the person: face, clothes, camera, light, all others."""

from __future__ import annotations

from collections.abc import Callable

from vivant.engines.rules import lexicon
from vivant.engines.rules.clauses import Clause
from vivant.engines.rules.fragments import MOVING, read_fragment
from vivant.engines.rules.phrases import Phrase, head_of, is_person, split, thing_of
from vivant.engines.rules.pieces import GUESS, LINK, SOUND, Piece
from vivant.engines.rules.predicates import guessed, is_guess
from vivant.engines.rules.subjects import Memory
from vivant.engines.rules.words import Word

Read = tuple[list[Piece], Memory]

_FEELS = frozenset(
    "hot humid cold warm freezing chilly quiet loud silent noisy sweltering sticky stuffy".split()
)
_LASTING = frozenset("hang lie stand line surround fill cover tower stretch form cast sit".split())
_SHINING = frozenset("come enter filter reach catch fall".split())
_TRAILS = frozenset(
    "trail flutter billow flap sway stream blow swing bounce fly whip swirl".split()
)
_WHERE = frozenset("on over across along through above around behind outside at".split())
_HOURS = frozenset("night dusk dawn sunset sunrise noon midnight twilight evening morning".split())
_LAMPS = frozenset("light sun moon moonlight sunlight lamplight".split())


def _whole(clause: Clause) -> tuple[Word, ...]:
    """Subject, verb and rest, without the link before them."""
    return clause.subject + clause.verb + clause.rest


def _body(clause: Clause, memory: Memory) -> Read:
    """Eyes, hands, hair: how they look, or what they do."""
    verb = clause.head
    words = _whole(clause)
    if verb is None:
        return read_fragment(clause.subject + clause.rest, clause, memory, "appearance")
    if verb.lemma == "include":
        return read_fragment(clause.rest, clause, memory, "appearance")
    bare = clause.form == "participle" and not clause.auxiliaries
    passive = verb.tag == "VN" and "being" not in clause.auxiliaries
    lasting = verb.lemma in lexicon.verbs("static")
    if bare or (not memory.acted and (passive or lasting)):
        return [Piece("appearance", words, clause)], memory
    if memory.acted or verb.lemma not in lexicon.verbs("pose"):
        return [Piece("expression", words, clause, "other")], memory
    return [Piece("pose", words, clause)], memory


def _worn(clause: Clause, memory: Memory) -> Read:
    """Clothes: worn, put on, or moved by the wind."""
    verb = clause.head
    words = _whole(clause)
    if verb is None:
        return read_fragment(clause.subject + clause.rest, clause, memory, "appearance")
    if verb.lemma in ("include", "consist", "feature", "comprise"):
        return read_fragment(clause.rest, clause, memory, "appearance")
    shown = Piece("appearance", clause.subject, clause)
    moving = Piece("ambient", words, clause, "other")
    if verb.lemma in _TRAILS:
        return [shown, moving], memory
    lasting = verb.lemma in lexicon.verbs("static") | lexicon.verbs("have")
    if clause.form == "finite" and verb.tag == "V" and not lasting:
        return [moving], memory
    if verb.tag == "VN" and clause.auxiliaries and not lasting:
        return [shown, Piece("action", words, clause, "other")], memory.now(acted=True)
    return [Piece("appearance", words, clause)], memory


def _camera(clause: Clause, memory: Memory) -> Read:
    """Camera work; it may name the person: "the camera follows a bride"."""
    cut = len(clause.rest) if memory.hero is not None else _person_at(clause.rest)
    keep = clause.rest[:cut]
    while keep and keep[-1].tag in ("P", "D"):
        keep = keep[:-1]
    pieces = [Piece("camera", clause.subject + clause.verb + keep, clause, "camera")]
    if cut < len(clause.rest):
        shown, memory = read_fragment(clause.rest[cut:], clause, memory)
        return pieces + shown, memory.now(last="hero")
    return pieces, memory


def _person_at(rest: tuple[Word, ...]) -> int:
    head = next((i for i, w in enumerate(rest) if w.tag == "N" and is_person(w)), None)
    if head is None:
        return len(rest)
    start = head
    while start and rest[start - 1].tag in ("A", "N", "D", "VN"):
        start -= 1
    return start


def _scene(clause: Clause, memory: Memory) -> Read:
    """Light, sky and background: setting, as long as they stay."""
    verb = clause.head
    words = _whole(clause)
    if verb is not None and clause.form == "ing" and not clause.subject:
        return [Piece("setting", words, clause)], memory
    if verb is not None and verb.lemma in ("stay", "remain"):
        return _unchanged(clause, memory)
    if verb is not None and verb.lemma in ("include", "consist", "feature"):
        return read_fragment(clause.rest, clause, memory, "setting")
    if verb is None and any(w.low in MOVING for w in clause.rest):
        return [Piece("camera", words, clause, "camera")], memory
    if verb is None and thing_of(clause.subject) == "style":
        return [Piece("style", words, clause)], memory
    lasting = verb is None or verb.lemma in lexicon.verbs("static") | _SHINING
    if lasting or (verb is not None and verb.tag == "VN"):
        return [Piece("setting", words, clause)], memory
    return [Piece("ambient", words, clause, "other")], memory


def _unchanged(clause: Clause, memory: Memory) -> Read:
    """ "The background remains consistent with a blue curtain": only the curtain is news."""
    rest = clause.rest
    while rest and rest[0].low in ("consistent", "with", "the", "same", "unchanged"):
        rest = rest[1:]
    if rest and rest != clause.rest and rest[0].low not in ("from", "throughout"):
        return read_fragment(rest, clause, memory, "setting")
    return [Piece("glue", clause.words, clause, reason=LINK)], memory


def _other(clause: Clause, memory: Memory) -> Read:
    """Other people, animals, things: what they do is ambient, where they stay is setting."""
    verb = clause.head
    thing = thing_of(clause.subject)
    subject = head_of(clause.subject)
    if subject is not None and subject.low in ("it", "this", "that"):
        read = _impersonal(clause, memory)
        if read is not None:
            return read
    heard = verb is not None and verb.tag == "VN" and verb.lemma == "hear"
    sounds = verb is not None and verb.lemma in lexicon.verbs("sound")
    if heard or (sounds and thing not in ("person", "people")):
        return [Piece("sound", clause.words, clause, reason=SOUND)], memory
    if _stands_still(clause, memory, thing):
        return [Piece("setting", _whole(clause), clause)], memory
    if is_guess(clause) and thing == "abstract":
        return guessed(clause), memory
    plural = subject is not None and subject.lemma != subject.low
    return _around(clause), memory.now(group=memory.group or plural)


def _impersonal(clause: Clause, memory: Memory) -> Read | None:
    """It is cold, it was a raw evening, it shows a clerk; None where "it" is a thing that acts."""
    verb = clause.head
    if verb is None and any(w.low in _FEELS for w in clause.rest):
        return [Piece("sound", clause.words, clause, reason=SOUND)], memory
    if verb is None:
        return read_fragment(clause.rest, clause, memory, "setting")
    if verb.lemma in lexicon.verbs("meta"):
        return read_fragment(clause.rest, clause, memory)
    if is_guess(clause):
        return [Piece("glue", clause.words, clause, reason=GUESS)], memory
    return None


def _around(clause: Clause) -> list[Piece]:
    """What others do; the light and the place they do it in are setting."""
    pieces: list[Piece] = []
    subject = head_of(clause.subject)
    weather = subject is not None and subject.lemma in lexicon.nouns("weather")
    run = list(clause.subject + clause.verb)
    for phrase in split(clause.rest):
        if _frames(phrase, weather) and run:
            pieces.append(Piece("ambient", tuple(run), clause, "other"))
            pieces.append(Piece("setting", phrase.words, clause))
            run = []
        elif _frames(phrase, weather):
            pieces.append(Piece("setting", phrase.words, clause))
        else:
            run.extend(phrase.words)
    return [*pieces, Piece("ambient", tuple(run), clause, "other")] if run else pieces


def _frames(phrase: Phrase, weather: bool) -> bool:
    """Whether a phrase says where or when: rain falls *on a neon street* *at night*."""
    head = phrase.head.lemma if phrase.head is not None else ""
    lit = head in _LAMPS and phrase.prep in ("under", "beneath", "in", "inside")
    inside = phrase.thing == "place" and phrase.prep in ("in", "inside")
    under_weather = weather and phrase.thing == "place" and phrase.prep in _WHERE
    return lit or inside or under_weather or (head in _HOURS and phrase.prep in ("at", "by", "in"))


def _stands_still(clause: Clause, memory: Memory, thing: str) -> bool:
    verb = clause.head
    if verb is None:
        return True
    human = thing in ("person", "people")
    if verb.tag == "VN" and clause.auxiliaries:
        return verb.lemma in lexicon.verbs("static") and not human
    if clause.form == "participle":
        return not memory.acted
    if verb.lemma in lexicon.verbs("weather") or any(w.tag == "R" for w in clause.rest[:1]):
        return False
    if memory.acted and verb.lemma not in _LASTING:
        return False
    if human:
        stays = verb.lemma in ("stand", "sit", "line", "fill", "surround", "wait")
        return stays and not memory.acted
    return verb.lemma in lexicon.verbs("static")


OTHERS: dict[str, Callable[[Clause, Memory], Read]] = {
    "body": _body, "worn": _worn, "camera": _camera, "scene": _scene, "other": _other,
}  # fmt: skip
"""How a clause is read, by whose clause it is."""
