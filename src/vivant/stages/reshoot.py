"""Film + verdict → film: what drifted is shot again, within a budget, and the best take wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivant.engines import Engines
    from vivant.recipe import Recipe
    from vivant.seeds import Seeds
    from vivant.types import Film, Keyframe, Observer, TemporalPrompt, Verdict


def reshoot(
    film: Film,
    verdict: Verdict,
    keyframe: Keyframe,
    temporal: TemporalPrompt,
    engines: Engines,
    recipe: Recipe,
    seeds: Seeds,
    watch: Observer,
) -> tuple[Film, Verdict]:
    """The film with its faulty spans mended where a new take is better, and its verdict."""
    del keyframe, temporal, engines, recipe, seeds, watch
    return film, verdict
