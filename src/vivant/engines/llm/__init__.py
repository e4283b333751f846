"""Writers through language models: ``llm`` at an endpoint, ``transformers`` in this process.

Read in this order: ``instructions`` (what a model is told), ``reply`` (the shape of its answer),
``quotes`` and ``draft`` (an answer becomes a decoupled prompt), ``faults`` and ``identity`` (what
is not accepted), ``dialogue`` (asking again), ``writer`` (and the rules that stand by); then the
two models, ``endpoint`` and ``local``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vivant.engines import settings
from vivant.engines.llm.endpoint import Endpoint, Settings
from vivant.engines.llm.writer import Asking, LanguageWriter

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vivant.recipe import Scalar

__all__ = ["LanguageWriter", "Settings", "writer"]


def writer(given: Mapping[str, Scalar]) -> LanguageWriter:
    """The writer ``llm`` of the engine table. Raises RecipeError."""
    server, asking = settings.read_both(Settings, Asking, given, "llm")
    return LanguageWriter(Endpoint(server, asking), asking)
