"""The engine table: every row loads and keeps its Protocol; unknown names are refused."""

from __future__ import annotations

import inspect

import pytest

from vivant import engines
from vivant.engines import TABLE, base, engine
from vivant.errors import MissingExtraError, RecipeError
from vivant.recipe import PREVIZ
from vivant.types import EngineInfo

PROTOCOLS = {
    "writer": base.Writer, "painter": base.Painter, "animator": base.Animator, "eye": base.Eye,
}  # fmt: skip


@pytest.mark.parametrize("role,name", TABLE)
def test_a_row_gives_an_engine_of_its_role(role: engines.Role, name: str) -> None:
    made = engine(role, name)
    for method, _ in inspect.getmembers(PROTOCOLS[role], inspect.isfunction):
        if not method.startswith("_"):
            assert callable(getattr(made, method))
    assert isinstance(made.info, EngineInfo) and made.info.name.split()[0] == name
    assert all(len(model.sha256) in (0, 64) and model.licence for model in made.info.models)
    assert made.info.verified and made.info.unverified, "say what was shown and what was not"


def test_a_recipe_loads_its_four_engines() -> None:
    loaded = engines.load(PREVIZ)
    assert {role: info.name for role, info in loaded.infos.items()} == {
        "writer": "rules", "painter": "previz", "animator": "previz", "eye": "dlib",
    }  # fmt: skip


def test_an_unknown_engine_is_refused_and_the_known_are_named() -> None:
    with pytest.raises(RecipeError, match=r"no eye 'argus'.*dlib"):
        engine("eye", "argus")


def test_a_missing_package_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TABLE, ("eye", "lost"), "no_such_package.eye:eye")
    with pytest.raises(MissingExtraError, match="no_such_package"):
        engine("eye", "lost")
