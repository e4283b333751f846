"""The ``rules`` writer: deterministic English language rules, no model and no download.

Read in this order: ``text`` (tokens), ``tagger`` (parts of speech), ``clauses``, ``reader``
(labels), ``spatial`` and ``temporal`` (the two halves), ``writer`` (all together). For films of
several people: ``agreement`` (their verbs), ``company`` (who is who), ``turns`` (whose clause),
``ensemble`` (their still), ``naming`` (what a sentence calls them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.engines import settings
from vivant.engines.rules.writer import RulesWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.recipe import Scalar

__all__ = ["RulesWriter", "writer"]


def writer(given: Mapping[str, Scalar]) -> RulesWriter:
    """The writer of the engine table; it has no settings."""
    settings.none(given, "rules")
    return RulesWriter()
