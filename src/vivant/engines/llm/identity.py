"""Words about the face itself: they come from the user or from nobody.

The photo says who the person is. A model that adds "young" or "blue eyes" changes the face, so
every claim about a face in a half must be one that the prompt makes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vivant.coverage import reached

if TYPE_CHECKING:
    from collections.abc import Iterator

_ALWAYS = frozenset(
    """elderly aged ageing aging middle-aged teenage teenaged teenager adolescent toddler
    twenty-something thirty-something forty-something youthful wrinkled wrinkle wrinkles freckled
    freckle freckles caucasian asian african hispanic latino latina arab arabic european indian
    chinese japanese korean ethnic ethnicity mixed-race dark-skinned light-skinned fair-skinned
    pale-skinned brown-skinned olive-skinned complexion beard bearded moustache mustache moustached
    mustached stubble stubbled goatee sideburns clean-shaven unshaven handsome attractive
    good-looking beautiful gorgeous pretty cute ugly blond blonde brunette redhead red-haired
    redheaded auburn-haired black-haired brown-haired dark-haired fair-haired gray-haired
    grey-haired white-haired long-haired short-haired curly-haired bald balding blue-eyed
    brown-eyed green-eyed hazel-eyed dark-eyed almond-eyed cheekbone cheekbones jawline chiseled
    chiselled dimple dimples dimpled mole birthmark snub-nosed hook-nosed plump-cheeked
    chubby-cheeked plus-sized overweight obese skinny""".split()
)
"""Words that are about a face or its age wherever they stand."""

_BEFORE_PERSON = frozenset(
    """young younger old older black white brown tan tanned fair pale dark lovely fat thin slim
    slender""".split()
)
_PERSON = frozenset(
    "man woman person boy girl lady gentleman guy male female adult human individual figure child"
    " face".split()
)
_OF_FACE = frozenset(
    """young old black white brown tan tanned fair pale dark light olive ebony porcelain smooth
    flawless weathered rosy ruddy blue green hazel grey gray amber golden gold silver red auburn
    ginger blonde blond chestnut raven jet long short curly wavy straight thick thinning receding
    bushy arched full thin plump narrow wide broad round oval square angular hooked aquiline
    crooked sharp soft delicate piercing almond""".split()
)
_FACE = frozenset(
    """skin eye eyes hair face nose lip lips brow brows eyebrow eyebrows cheek cheeks chin jaw
    forehead eyelashes lashes teeth ears""".split()
)
_AGE = re.compile(
    r"\b(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)[-\s]years?[-\s]old\b"
    r"|\bin (?:his|her|their) (?:(?:early|mid|late)[-\s])?(?:teens|\w{2,5}ties)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[^.;:!?\n]+")
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_REACH = 3  # "long, dark, curly hair"

Claim = tuple[str, str]


def invented(text: str, prompt: str) -> tuple[str, ...]:
    """What ``text`` claims about the person's face, age or origin that ``prompt`` doesn't.

    In the order of the text, as "descriptor thing". Words of the prompt may stand in another form,
    and anywhere in the same clause as the thing they describe.
    """
    own = [[w.group().lower() for w in _WORD.finditer(c.group())] for c in _CLAUSE.finditer(prompt)]
    there = frozenset(part for clause in own for w in clause for part in (w, *w.split("-")))
    return tuple(
        dict.fromkeys(
            f"{word} {thing}".strip()
            for word, thing in _claims(text)
            if not _claimed(word, thing, own, there)
        )
    )


def _claims(text: str) -> Iterator[Claim]:
    for clause in _CLAUSE.finditer(text):
        for part in clause.group().split(" and "):
            heard = [w.group().lower() for w in _WORD.finditer(part)]
            for at, word in enumerate(heard):
                near = heard[at + 1 : at + 1 + _REACH]
                if word in _ALWAYS:
                    yield word, ""
                if word in _BEFORE_PERSON and near and near[0] in _PERSON:
                    yield word, near[0]
                if word in _OF_FACE:
                    yield from ((word, x) for x in near if x in _FACE)
        yield from ((m.group().lower(), "") for m in _AGE.finditer(clause.group()))


def _claimed(word: str, thing: str, own: list[list[str]], there: frozenset[str]) -> bool:
    pieces = [p for p in re.split(r"[-\s]", word) if p]
    if thing in _FACE - {"face"}:
        return any(_has(word, clause) and _has(thing, clause) for clause in own)
    return reached(word, there) or all(reached(p, there) for p in pieces)


def _has(word: str, clause: list[str]) -> bool:
    return reached(word, frozenset(p for w in clause for p in (w, *w.split("-"))))
