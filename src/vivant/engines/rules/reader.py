"""Reading: one pass over the clauses of a prompt, each word labelled once."""

from __future__ import annotations

from dataclasses import replace

from vivant.engines.rules import function_words as fw
from vivant.engines.rules import lexicon
from vivant.engines.rules.clauses import Clause, clauses, sentences
from vivant.engines.rules.fragments import MOVING as _MOVING
from vivant.engines.rules.fragments import is_order, read_fragment
from vivant.engines.rules.others import OTHERS
from vivant.engines.rules.phrases import head_of, is_person, thing_of
from vivant.engines.rules.pieces import GUESS, LINK, META, ORDER, REPEATED, SOUND, WHY, Piece
from vivant.engines.rules.predicates import guessed, is_guess, read_hero
from vivant.engines.rules.subjects import Memory, Subject, subject_of
from vivant.engines.rules.turns import Turns
from vivant.engines.rules.words import Word
from vivant.types import PartKind

_WHYS = frozenset("although though because whereas if since".split())
_HEADINGS = frozenset("scene character setting style camera action subject location mood".split())
"""One of these alone is a heading of film notes: "Scene: a rooftop"."""
_ORDERS = frozenset("imagine picture envision generate create depict film show make".split())
"""What a prompt may tell the filmer to do with all that follows."""
_HUMAN = frozenset(
    "sit stand walk kneel crouch wait run smile laugh look stare squat hold jog dance gaze".split()
)
"""What people do, and clothes and hair do not."""
_EARLIER = frozenset("before earlier previously beforehand".split())
_CARRIED = ("appearance", "setting", "style", "framing")
_MEANS = frozenset(
    "suggest imply convey evoke emphasize emphasise heighten enhance symbolize".split()
)


class Reader:
    """Reads sentence after sentence; ``pieces`` grows, ``memory`` changes."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.pieces: list[Piece] = []
        self.back = 0
        self.step: int | None = None
        self._sentence = 0
        self._later: list[Clause] = []
        self.turns = Turns(memory.company) if memory.company is not None else None

    def read(self, words: tuple[Word, ...], step: int | None = None) -> None:
        """Read one stretch of the prompt; ``step`` is its place in the timeline, if it has one."""
        self.step = step
        for sentence in sentences(words):
            self._sentence += 1
            self.back = 0
            self.memory = self.memory.now(last="nobody", introduced=self.memory.hero is not None)
            if len(sentence) > 1 and sentence[0].low in _ORDERS and sentence[1].tag == "D":
                self._emit([Piece("glue", sentence[:1], reason=META)])
                sentence = sentence[1:]
            parsed = clauses(sentence, self._sentence)
            if self.turns is not None:
                parsed = self.turns.parted(parsed)
            for i, clause in enumerate(parsed):
                self._later = parsed[i + 1 :]
                self._clause(clause)

    def _emit(self, pieces: list[Piece]) -> None:
        for p in pieces:
            if p.words:
                cast = self.turns.now if self.turns is not None else ()
                self.pieces.append(replace(p, back=self.back, step=self.step, cast=cast))

    def _fragment(
        self, words: tuple[Word, ...], clause: Clause, default: PartKind | None = None
    ) -> None:
        pieces, self.memory = read_fragment(words, clause, self.memory, default)
        self._emit(pieces)

    def _clause(self, clause: Clause) -> None:
        if self.turns is not None:
            self.turns.enter(clause)
        if clause.lead in _WHYS and clause.verb:
            self._emit([Piece("glue", clause.words, clause, reason=WHY)])
        elif clause.form == "none":
            self._verbless(clause)
        elif clause.words[0].low == "like" or (
            clause.lead == "as" and clause.words[1].low in ("if", "though")
        ):
            self._emit([Piece("glue", clause.words, clause, reason=GUESS)])
        elif self._is_aside(clause):
            self._emit([Piece("glue", clause.words, clause, reason=ORDER)])
        else:
            self._verbal(self._front(self._framed(clause)))

    def _framed(self, clause: Clause) -> Clause:
        """Take "close-up of" from the front of a subject: it is about the picture."""
        s = clause.subject
        of = next((i for i, w in enumerate(s) if w.low == "of" and i), None)
        if of is None or thing_of(s[:of]) not in ("framing", "style", "meta", "camera"):
            return clause
        if head_of(s[:of]) not in s[max(0, of - 1) : of]:
            return clause
        self._fragment(s[:of], clause)
        self._emit([Piece("glue", s[of : of + 1], clause, reason=LINK)])
        return replace(clause, subject=s[of + 1 :])

    def _is_aside(self, clause: Clause) -> bool:
        """Orders to the filmer and remarks on the telling: "show it in order", "to start with"."""
        words = [w for w in clause.words if w.low not in ("then", "and", "please")]
        if clause.form == "infinitive":
            return (
                clause.head is not None
                and clause.head.lemma in ("start", "begin")
                and (len(words) <= 3)
            )
        if clause.form == "ing" and words[0].lemma in ("follow", "moment") and len(words) <= 3:
            return True
        imperative = not clause.subject and clause.form == "finite" and clause.head is not None
        if (
            imperative
            and clause.head is not None
            and clause.head.form == "VB"
            and words[0] is clause.head
        ):
            return self.memory.last == "nobody" and clause.head.lemma in lexicon.verbs("meta")
        return clause.lead == "which" and clause.head is not None and clause.head.lemma == "happen"

    def _front(self, clause: Clause) -> Clause:
        """Take what stands before the subject proper: "for a moment he", "with tongs she"."""
        s = clause.subject
        if not s or s[0].tag not in ("P", "R", "VN", "VG", "A"):
            return clause
        cut = next((j for j in range(len(s) - 1, 0, -1) if s[j].tag == "PRS"), None)
        if cut is None and s[0].tag == "P":
            cut = next(
                (j for j in range(2, len(s)) if s[j].tag == "D" and s[j - 1].tag == "N"), None
            )
        if cut is None and s[0].tag == "R":
            cut = 1
        if cut is None:
            return clause
        front = s[:cut]
        rest = replace(clause, subject=s[cut:])
        if any(w.low in _EARLIER for w in front):
            self.back = max((p.back for p in self.pieces), default=0) + 1
            self._emit([Piece("glue", front, clause, reason=ORDER)])
            return rest
        if front[0].tag == "VG" and front[0].lemma in lexicon.verbs("guess"):
            self._emit([Piece("glue", front, clause, reason=GUESS)])
        elif is_order(front) or all(w.low in fw.CONTENT_FREE or w.low in fw.FILLERS for w in front):
            self._emit([Piece("glue", front, clause, reason=ORDER)])
        elif all(w.tag == "R" for w in front) or (
            front[0].low in ("with", "using", "without") and s[cut].tag == "PRS"
        ):
            self._emit([Piece("action", front, rest)])
        else:
            self._fragment(front, clause)
        return rest

    def _verbless(self, clause: Clause) -> None:
        words = clause.rest
        if not words:
            self._emit([Piece("glue", clause.words, clause, reason=LINK)])
            return
        if self.turns is not None and self.turns.company.named(words):
            self._introduce_each(words, clause, self.turns)
            return
        if words[0].low in _EARLIER or any(w.low == "earlier" for w in words):
            content = [w for w in words if w.tag == "N"]
            if not content or is_order(words):
                self.back = max((p.back for p in self.pieces), default=0) + 1
                self._emit([Piece("glue", clause.words, clause, reason=ORDER)])
                return
        if self.memory.last == "sound" and clause.mark in ("and", ""):
            self._emit([Piece("sound", clause.words, clause, reason=SOUND)])
            return
        if len(words) == 1 and words[0].low in _HEADINGS:
            self._emit([Piece("glue", clause.words, clause, reason=META)])
            return
        last = self._last(clause)
        goes_on = last is not None and last.reason == GUESS and clause.mark in (",", "and")
        if goes_on and thing_of(words) not in ("person", "name"):
            self._emit([Piece("glue", clause.words, clause, reason=GUESS)])
            return
        if last is not None and last.kind == "camera" and last.words[0].low in ("no", "not"):
            self._emit([Piece("camera", words, last.clause, "camera")])
            return
        if self._is_other(clause):
            self._emit([Piece("ambient", words, clause, "other")])
            self.memory = self.memory.now(last="other")
            return
        carried = last.kind if last is not None and last.kind in _CARRIED else None
        self._fragment(words, clause, carried)
        now = self.pieces[-1]
        ends: dict[str, Subject] = {"sound": "sound", "subject": "hero"}
        if now.reason == META and thing_of(words) == "meta":
            self.memory = self.memory.now(last="meta")
        if now.kind in ends:
            self.memory = self.memory.now(last=ends[now.kind])
        elif clause.mark == "and" and now.kind == "style" and words[0].low == "the":
            self.memory = self.memory.now(last="scene")

    def _is_other(self, clause: Clause) -> bool:
        """ "Her cat, asleep on the sill, twitches": a subject that its verb is parted from."""
        words, head = clause.rest, head_of(clause.rest)
        opens = clause.mark == ";" or (clause.mark in ("", ".") and self.memory.introduced)
        if not opens or words[0].tag != "D" or head is None or is_person(head):
            return False
        thing = thing_of(words)
        told = next((c for c in self._later if c.form == "finite"), None)
        alone = told is not None and not told.subject and not told.lead
        return alone and thing in ("object", "nature", "furniture")

    def _last(self, clause: Clause) -> Piece | None:
        """The piece just before, if it is in the same sentence."""
        last = self.pieces[-1] if self.pieces else None
        same = (
            last is not None
            and last.clause is not None
            and (last.clause.sentence == clause.sentence)
        )
        return last if same else None

    def _verbal(self, clause: Clause) -> None:
        if clause.lead in ("which", "that") and is_guess(clause):
            self._guess(clause)
            return
        if not clause.subject and is_guess(clause) and (
            clause.form == "ing" or (clause.lead == "" and clause.form == "finite"
            and clause.head is not None and clause.head.lemma in _MEANS)
        ):  # fmt: skip
            self._guess(clause)
            return
        what = next((i for i, w in enumerate(clause.subject) if w.low == "what"), None)
        if what is not None and clause.head is not None and clause.head.lemma in ("appear", "seem"):
            deed = thing_of(clause.rest) == "abstract"
            self._emit([Piece("glue", clause.subject + clause.verb, clause, reason=GUESS)])
            self._fragment(clause.rest, clause, "action" if deed else "setting")
            return
        if clause.lead in ("that", "which"):
            self._relative(clause)
            return
        who, _ = subject_of(clause, self.memory)
        if who in ("body", "worn") and _belongs_to_person(clause):
            self._fragment(clause.subject, clause, "appearance")
            clause = replace(clause, subject=())
            who = "hero"
        aside = clause.form == "participle" and self.memory.last == "meta"
        if who != "meta" and not aside:
            keep = who if who in ("hero", "other", "sound", "camera", "scene") else "hero"
            self.memory = self.memory.now(last=keep)
        own = {"hero": self._hero, "meta": self._meta, "sound": self._sound}
        if who in own:
            own[who](clause)
        elif who == "camera" and self.turns is not None and self.turns.is_new(clause.rest):
            self._emit([Piece("camera", clause.subject + clause.verb, clause, "camera")])
            self._introduce_each(clause.rest, clause, self.turns)
        else:
            pieces, self.memory = OTHERS[who](clause, self.memory)
            self._emit(pieces)
            if self.turns is not None:
                self.pieces += self.turns.new_in(clause.rest)

    def _guess(self, clause: Clause) -> None:
        """A guess is left out, but not the camera work that it may name."""
        if thing_of(clause.rest) in ("framing", "camera") and any(
            w.low in ("continuous", "single", "steady", "static", "fixed") for w in clause.rest
        ):
            self._emit([Piece("glue", clause.verb, clause, reason=GUESS)])
            self._emit([Piece("camera", clause.rest, clause, "camera")])
            return
        if clause.head is not None and clause.head.lemma in ("lend", "give", "add"):
            starts = [i for i, w in enumerate(clause.rest) if i and w.tag == "D"]
            last = next((i for i in starts if thing_of(clause.rest[i:]) == "style"), None)
            if last is not None:
                self._emit([Piece("style", clause.rest[last:], clause)])
                return
        self._emit(guessed(clause))

    def _relative(self, clause: Clause) -> None:
        """Which, that: more about the thing before, so it goes where that went."""
        last = next((p for p in reversed(self.pieces) if p.kind not in ("glue", "sound")), None)
        if last is None or last.kind in ("subject", "action", "expression"):
            self._emit([Piece("glue", clause.words, clause, reason=LINK)])
        else:
            self._emit([Piece(last.kind, clause.words, last.clause, last.who)])

    def _hero(self, clause: Clause) -> None:
        if (
            clause.head is not None
            and self.memory.last == "nobody"
            and is_guess(clause)
            and (clause.form == "finite" and clause.head.lemma in ("suggest", "imply", "convey"))
        ):
            self._emit(guessed(clause))
            return
        self._introduce(clause)
        past_perfect = "had" in clause.auxiliaries and self.back == 0 and self.memory.acted
        if past_perfect and clause.lead in ("before",):
            self.back = 1
        if self.turns is not None:
            self.memory = self.memory.now(acted=self.turns.has_acted)
        pieces, self.memory = read_hero(clause, self.memory, timed=self.step is not None)
        self._emit(pieces)
        if self.turns is not None:
            self.turns.act(self.memory.acted)
            self.pieces += self.turns.new_in(clause.rest)

    def _introduce(self, clause: Clause) -> None:
        words = tuple(w for w in clause.subject if w.tag not in ("PRS", "PRO", "REL"))
        if not words:
            return
        if self.turns is not None:
            self._introduce_each(words, clause, self.turns)
            return
        head = head_of(words)
        if self.memory.hero is not None and head is not None and is_person(head):
            again = head.lemma == self.memory.hero.lemma or words[0].low in ("the", "this")
            if again:
                return
        before = self.memory.hero
        self._fragment(words, clause)
        if before is None and self.memory.hero is None and head is not None:
            self.memory = self.memory.now(hero=head)

    def _introduce_each(self, words: tuple[Word, ...], clause: Clause, turns: Turns) -> None:
        """A subject for each of several people; what follows a name describes its bearer."""
        about = turns.now
        for mention, chunk in turns.company.chunks(words):
            count = sum(1 for w in chunk if mention and w.token.start < mention.end)
            name, rest = chunk[:count], chunk[count:]
            if mention is None:
                self._fragment(rest, clause)
                continue
            turns.now = mention.who
            if turns.meets(mention):
                self._emit([Piece("subject", name, clause)])
            elif name[0].low in ("a", "an"):
                self._emit([Piece("appearance", name, clause)])
            else:
                self._emit([Piece("glue", name, clause, reason=REPEATED)])
            if self.memory.hero is None:
                self.memory = self.memory.now(hero=head_of(name))
            self._fragment(rest, clause, "appearance")
        turns.now = about
        self.memory = self.memory.now(last="hero")

    def _meta(self, clause: Clause) -> None:
        """The video shows, the clip opens on: only what is shown is kept."""
        verb = clause.head
        self.memory = self.memory.now(last="nobody")
        if verb is None and any(w.low in _MOVING for w in clause.rest):
            self._emit(
                [Piece("camera", clause.subject + clause.verb + clause.rest, clause, "camera")]
            )
            return
        plain = (
            verb is None or verb.lemma in lexicon.verbs("meta") or verb.lemma in ("be", "include")
        )
        if clause.lead in ("as", "while") or not plain:
            reason = GUESS if is_guess(clause) else META
            self._emit([Piece("glue", clause.words, clause, reason=reason)])
            return
        if verb is not None and is_guess(clause) and verb.lemma not in lexicon.verbs("meta"):
            self._emit(guessed(clause))
            return
        rest = clause.rest
        while rest and (rest[0].tag in ("P", "PRO", "R") and rest[0].low not in ("no", "in", "at")):
            rest = rest[1:]
        self._fragment(
            rest, clause, "style" if verb is None and "is" in clause.auxiliaries else None
        )

    def _sound(self, clause: Clause) -> None:
        verb = clause.head
        made = next((i for i, w in enumerate(clause.rest) if w.tag == "VI"), None)
        if verb is not None and verb.lemma == "make" and made is not None:
            self._emit([Piece("sound", clause.subject + clause.verb, clause, reason=SOUND)])
            rest = clause.rest
            then = replace(
                clause, lead="", subject=rest[:made], verb=rest[made : made + 1],
                rest=rest[made + 1 :], form="finite",
            )  # fmt: skip
            self._verbal(then)
            return
        self._emit([Piece("sound", clause.words, clause, reason=SOUND)])


def _belongs_to_person(clause: Clause) -> bool:
    """ "Grey eyes and a nose ring leans on a wall": the verb is the person's, not the list's."""
    verb = clause.head
    if verb is None or verb.form != "VZ":
        return False
    listed = clause.mark == "," and any(w.tag == "C" for w in clause.subject)
    return listed or verb.lemma in _HUMAN
