"""The shape of a model's reply, and the strict way to read one.

The JSON schema that is sent and the check of what comes back are one definition: whether a server
keeps to a schema is its own affair.
"""

from __future__ import annotations

import json
import re
from typing import Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

MOST_CHARACTERS = 64_000
"""Sixteen times the longest prompt: quotes, halves and JSON around them stay well below."""

_NAMED_ERRORS = 4
_THOUGHTS = re.compile(r"\A\s*(?:<think>)?(?:(?!</think>).)*</think>", re.DOTALL)
_FENCE = re.compile(r"\A```[a-zA-Z]{0,10}\s*\n(.*)\n?```\Z", re.DOTALL)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class SpatialPiece(_Strict):
    """Words of the prompt that the first frame shows."""

    quote: str
    kind: Literal["subject", "appearance", "setting", "style", "framing", "pose", "prop"]


class TemporalPiece(_Strict):
    """Words of the prompt that move."""

    quote: str
    kind: Literal["action", "expression", "camera", "ambient"]


class LeftOutPiece(_Strict):
    """Words of the prompt that no picture is asked for; the reasons are ``draft.REASONS``."""

    quote: str
    reason: Literal[
        "unseen", "negated", "guess", "film", "order", "why", "link", "repeated", "face", "outside",
        "request",
    ]  # fmt: skip


class SpatialHalf(_Strict):
    """The first frame."""

    text: str
    pieces: list[SpatialPiece]


class TemporalHalf(_Strict):
    """The motion; one segment for each time in the prompt."""

    text: str
    pieces: list[TemporalPiece]
    segments: list[str]


class Motion(_Strict):
    """The temporal prompt polisher's reply."""

    temporal: TemporalHalf


class Still(_Strict):
    """The spatial semantic parser's reply."""

    spatial: SpatialHalf
    left_out: list[LeftOutPiece]


class Both(_Strict):
    """Both halves in one reply."""

    spatial: SpatialHalf
    temporal: TemporalHalf
    left_out: list[LeftOutPiece]


Shape = TypeVar("Shape", Motion, Still, Both)


class ReplyError(Exception):
    """A reply that can't be used; each fault is a sentence that tells the model what to mend."""

    def __init__(self, *faults: str) -> None:
        super().__init__(*faults)
        self.faults = faults


def schema(shape: type[Shape]) -> dict[str, Any]:
    """The JSON schema of a shape as servers want it: every field required, none beside."""
    bare: dict[str, Any] = _bare(shape.model_json_schema())
    return bare


def _bare(value: Any) -> Any:
    """Without titles and our own docstrings, which are not for the model."""
    if isinstance(value, list):
        return [_bare(x) for x in value]
    if not isinstance(value, dict):
        return value
    return {k: _bare(v) for k, v in value.items() if k not in ("title", "description")}


def parse(text: str, shape: type[Shape]) -> Shape:
    """The reply as ``shape``. Thoughts before it and a code fence around it are put aside.

    Raises ReplyError for anything else: not JSON, NaN, keys given twice, other types, other fields.
    """
    if len(text) > MOST_CHARACTERS:
        raise ReplyError(
            f"The reply has {len(text)} characters; at most {MOST_CHARACTERS} are read."
        )
    bare = text.strip()
    if not bare.startswith("{"):
        bare = _THOUGHTS.sub("", bare, count=1).strip()
    if fenced := _FENCE.match(bare):
        bare = fenced[1].strip()
    if not bare:
        raise ReplyError("The reply is empty.")
    try:
        value = json.loads(bare, object_pairs_hook=_once, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise ReplyError(
            "The reply is JSON that is no text: too deep, or broken characters."
        ) from error
    except ValueError as error:
        raise ReplyError(
            f"The reply is not one JSON object and nothing else: {_short(error)}"
        ) from error
    try:
        return shape.model_validate(value)
    except ValidationError as error:
        raise ReplyError(*_named(error)) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) != len(pairs):
        raise ValueError("a key is given twice.")
    return table


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")


def _short(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} at character {error.pos}."
    return str(error)[:100]


def _named(error: ValidationError) -> list[str]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [
        f"The field {'.'.join(map(str, e['loc'])) or 'of the whole'} is wrong: {e['msg']}."[:200]
        for e in found[:_NAMED_ERRORS]
    ]
