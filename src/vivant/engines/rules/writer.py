"""The embedded writer: prompt in, spatial and temporal prompt out, by rules alone."""

from __future__ import annotations

from collections.abc import Callable

import vivant
from vivant.engines.rules import company, ensemble, spatial, temporal, timeline
from vivant.engines.rules.agreement import agree
from vivant.engines.rules.english import is_english, known
from vivant.engines.rules.gender import gender_of, of_noun
from vivant.engines.rules.moves import moves
from vivant.engines.rules.naming import Alone, Among
from vivant.engines.rules.phrases import is_person
from vivant.engines.rules.pieces import LINK, TIME, Piece
from vivant.engines.rules.props import props
from vivant.engines.rules.reader import Reader
from vivant.engines.rules.subjects import Memory
from vivant.engines.rules.tagger import tag
from vivant.engines.rules.text import Token, check_prompt, tokens
from vivant.engines.rules.words import Word
from vivant.errors import PromptError
from vivant.types import (
    DecoupledPrompt,
    EngineInfo,
    Gender,
    LeftOut,
    Segment,
    TemporalPrompt,
)


class RulesWriter:
    """Deterministic language rules; English only."""

    @property
    def info(self) -> EngineInfo:
        """Who writes: the rules are ours, the word forms are LemmInflect's."""
        return EngineInfo(
            name="rules",
            version=vivant.__version__,
            licence="Apache-2.0",
            packages=("lemminflect",),
            verified="F1 0.92 on labelled prompts it was not tuned on, 0.98 on those it was",
            unverified="prompts in the style of image captions and verbs it does not know",
        )

    def decouple(
        self, prompt: str, gender: Gender | None = None, people: int = 1
    ) -> DecoupledPrompt:
        """Split ``prompt``. ``gender`` is what is known of the person, None where nothing is.

        ``people`` are in the film. Raises PromptError for a prompt that is empty, too long, not
        text, not English, or whose times do not run forward.
        """
        check_prompt(prompt)
        _check_english(prompt)
        marks = timeline.marks(prompt)
        stretches = _stretches(prompt, marks)
        if people > 1:
            stretches = [(step, agree(run)) for step, run in stretches]
        read = tuple(w for _, run in stretches for w in run)
        named = any(w.tag == "N" and is_person(w) for w in read)
        neutral = not any(w.low in ("he", "she", "his", "him") or of_noun(w) for w in read)
        several = company.find(prompt, read, people) if people > 1 else None
        reader = Reader(Memory(awaited=named, they=neutral, company=several))
        for step, run in stretches:
            reader.read(run, step)
        pieces = reader.pieces
        who = gender_of(read, pieces)
        person = gender if gender is not None else who
        if several is not None:
            still = ensemble.compose(pieces, props(pieces), prompt, several)
        else:
            still = spatial.compose(pieces, props(pieces), prompt)

        def teller() -> temporal.Teller:
            naming = Among(several) if several is not None else Alone(person)
            return temporal.Teller(naming, _waiting(pieces))

        return DecoupledPrompt(
            prompt=prompt,
            spatial=still,
            temporal=_temporal(prompt, pieces, teller, timeline.spans(marks)),
            left_out=_left_out(prompt, pieces, marks),
            gender=person,
            writer="rules",
            used={} if several is None else {"cast": several.record},
        )

    def release(self) -> None:
        """Nothing: the word tables are small."""


def _check_english(prompt: str) -> None:
    if not is_english(prompt):
        found, heard = known(prompt)
        raise PromptError(
            f"Of the {heard} words of {prompt.strip()[:40]!r}, {found} are English; the rules "
            "read English only, and would put words they can't read where they don't belong.",
            mend="Write the prompt in English, or choose a writer that reads other languages.",
        )


def _stretches(
    prompt: str, marks: tuple[timeline.Mark, ...]
) -> list[tuple[int | None, tuple[Word, ...]]]:
    """The tagged words before the first time mark, and after each one; paragraphs are ended."""
    everything = [t for t in tokens(prompt) if not any(m.at <= t.start < m.to for m in marks)]
    edges = [m.to for m in marks]
    found: list[tuple[int | None, tuple[Word, ...]]] = []
    for step, (low, high) in enumerate(
        zip([0, *edges], [*edges, len(prompt) + 1], strict=True), start=-1
    ):
        run = tuple(t for t in everything if low <= t.start < high)
        if run:
            found.append((step if step >= 0 else None, run))  # type: ignore[arg-type]
    tagged = iter(tag(tuple(t for _, run in found for t in run)))  # type: ignore[misc]
    return [(step, _ended(prompt, [next(tagged) for _ in run])) for step, run in found]


def _ended(prompt: str, run: list[Word]) -> tuple[Word, ...]:
    """A line break ends a sentence where no mark does."""
    out: list[Word] = []
    for word in run:
        if out and "\n" in prompt[out[-1].token.end : word.token.start] and not out[-1].is_mark:
            at = out[-1].token.end
            out.append(Word(Token(".", at, at), ".", "."))
        out.append(word)
    return tuple(out)


def _temporal(
    prompt: str,
    pieces: list[Piece],
    teller: Callable[[], temporal.Teller],
    times: tuple[tuple[float, float | None], ...],
) -> TemporalPrompt:
    told = moves(pieces)
    parts = tuple(
        spatial.part(p.kind, p.words, prompt, p.cast)
        for p in pieces
        if p.kind in ("action", "expression", "camera", "ambient")
    )
    segments = tuple(
        Segment(start, end, teller().whole([m for m in told if m.step == step]))
        for step, (start, end) in enumerate(times)
    )
    text = teller().whole(told)
    return TemporalPrompt(text, tuple(sorted(parts, key=lambda x: x.start)), segments)


def _waiting(pieces: list[Piece]) -> str:
    """What the person does while others act first: the pose's own verb, if it has one."""
    for p in pieces:
        if p.kind == "pose" and p.clause is not None and p.clause.head is not None:
            head = p.clause.head
            if head in p.words and head.lemma in ("sit", "stand", "wait", "kneel", "lie", "rest"):
                return head.lemma
    return "wait"


def _left_out(
    prompt: str, pieces: list[Piece], marks: tuple[timeline.Mark, ...]
) -> tuple[LeftOut, ...]:
    """Every word that is in no part, with the reason; neighbours with one reason stand together."""
    reasons: dict[int, str] = {}
    for p in pieces:
        for w in p.words:
            kept = p.kind not in ("glue", "sound")
            reasons[w.token.start] = "" if kept else p.reason or LINK
    spans = [(p.words[0].token.start, p.words[-1].token.end) for p in pieces
             if p.kind not in ("glue", "sound")]  # fmt: skip
    found: list[LeftOut] = []
    for token in tokens(prompt):
        if not token.is_word or any(a <= token.start and token.end <= b for a, b in spans):
            continue
        reason = reasons.get(token.start, LINK) or LINK
        if any(m.at <= token.start < m.to for m in marks):
            reason = TIME
        last = found[-1] if found else None
        between = prompt[last.end : token.start] if last is not None else "x"
        if last is not None and last.reason == reason and not any(c.isalnum() for c in between):
            found[-1] = LeftOut(prompt[last.start : token.end], last.start, token.end, reason)
        else:
            found.append(LeftOut(token.text, token.start, token.end, reason))
    return tuple(found)
