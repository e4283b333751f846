"""The ``rules`` writer: deterministic English language rules, no model and no download.

Read in this order: ``text`` (tokens), ``tagger`` (parts of speech), ``clauses``, ``reader``
(labels), ``spatial`` and ``temporal`` (the two halves), ``writer`` (all together).
"""

from __future__ import annotations

from vivant.engines.rules.writer import RulesWriter

__all__ = ["RulesWriter", "writer"]


def writer() -> RulesWriter:
    """The engine for the table of engines."""
    return RulesWriter()
