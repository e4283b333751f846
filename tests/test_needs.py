"""What a recipe needs, and what keeps it from running on a given machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivant.engines import extras, load, weights
from vivant.needs import Machine, Needs, machine, needs, shortages
from vivant.recipe import PREVIZ, RECIPES
from vivant.types import EngineInfo, Footprint, ModelFile

WHOLE, THRIFTY = Footprint("none", 20.0, 4.0, "by hand"), Footprint("group", 6.0, 40.0, "by hand")
SMALL = Footprint("none", 8.0, 2.0, "by hand")
FREE = ModelFile("free", "", "MIT", "hub/free@main", 3_000_000_000)
BOUND = ModelFile("bound", "", "CC-BY-NC-4.0", "hub/bound@main", 500_000_000, commercial=False)
LARGE = Machine(gpu=24.0, gpu_name="a card", ram=64.0, disk=500.0)


def engine(
    *ways: Footprint, models: tuple[ModelFile, ...] = (), package: str = "numpy"
) -> EngineInfo:
    return EngineInfo("e", "1", "MIT", models, (package,), ways)


def need(**engines: EngineInfo) -> Needs:
    return Needs("some", engines)


@pytest.fixture(autouse=True)
def _pulled(monkeypatch: pytest.MonkeyPatch) -> None:
    class Ready:
        condition = "ready"

    monkeypatch.setattr(weights, "status", lambda _: Ready)


def test_models_are_counted_once_and_one_that_forbids_it_forbids_all() -> None:
    both = need(painter=engine(models=(FREE, BOUND)), animator=engine(models=(FREE,)))
    assert [m.name for m in both.models] == ["free", "bound"]
    assert both.disk == pytest.approx(3.5) and not both.commercial
    assert need(painter=engine(models=(FREE,))).commercial


def test_the_hungriest_engine_decides_because_stages_take_turns() -> None:
    both = need(painter=engine(SMALL), animator=engine(WHOLE, THRIFTY))
    assert both.easy == WHOLE and both.least == SMALL
    assert need(painter=engine()).least is None


@pytest.mark.parametrize(
    "gpu,ram,short",
    [(24.0, 8.0, ""), (10.0, 64.0, ""), (7.0, 64.0, "8.0 GB of GPU memory, there is 7.0 GB"),
     (0.0, 64.0, "there is no GPU")],
)  # fmt: skip
def test_memory_that_is_short_is_named(gpu: float, ram: float, short: str) -> None:
    both = need(painter=engine(SMALL), animator=engine(WHOLE, THRIFTY))
    found = shortages(both, Machine(gpu, "a card", ram, 500.0))
    assert short in "".join(s.what for s in found) and bool(found) == bool(short)


def test_offloading_needs_somewhere_to_offload_to() -> None:
    found = shortages(need(animator=engine(WHOLE, THRIFTY)), Machine(10.0, "a card", 16.0, 500.0))
    assert [s.what for s in found] == ["40 GB of memory to offload to, there are 16"]


def test_a_missing_package_names_the_extra_that_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRA_OF, "no-such-package", "gpu")
    (short,) = shortages(need(painter=engine(package="no-such-package")), LARGE)
    assert short.mend == "pip install 'vivant[gpu]'"


def test_packages_of_several_extras_take_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRA_OF, "no-such-package", "gpu")
    monkeypatch.setitem(extras.EXTRA_OF, "nor-this", "arcface")
    lacking = need(painter=engine(package="no-such-package"), eye=engine(package="nor-this"))
    (short,) = shortages(lacking, LARGE)
    assert short.mend == "pip install 'vivant[arcface,gpu]'"
    monkeypatch.delitem(extras.EXTRA_OF, "no-such-package")
    (short,) = shortages(lacking, LARGE)
    assert short.mend == "pip install --force-reinstall 'vivant[arcface]'"


def test_absent_models_name_one_command_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    class Absent:
        condition = "absent"

    monkeypatch.setattr(weights, "status", lambda _: Absent)
    wanted = need(painter=engine(models=(FREE, BOUND)))
    (short,) = shortages(wanted, LARGE)
    assert short.what == "2 models, 3.5 GB" and short.mend == "vivant models pull free bound"
    (short,) = shortages(wanted, Machine(24.0, "a card", 64.0, 2.0))
    assert "2 GB are free" in short.what


@pytest.mark.parametrize("name", RECIPES)
def test_every_recipe_says_licences_disk_and_memory(name: str) -> None:
    wanted = needs(RECIPES[name])
    assert all(model.licence and model.size for model in wanted.models)
    assert all(model.licence in " ".join(wanted.lines) for model in wanted.models)
    assert (wanted.least is None) == (name == "previz")
    assert wanted.record["disk_gb"] > 0


def test_a_smaller_film_needs_less_than_the_engine_s_largest() -> None:
    lite = needs(RECIPES["lite"])
    largest = min(way.gpu for way in load(RECIPES["lite"]).animator.info.footprints)
    assert min(way.gpu for way in lite.engines["animator"].footprints) < largest


def test_the_default_recipe_needs_no_card() -> None:
    assert shortages(needs(PREVIZ), Machine(0.0, "", 4.0, 10.0)) == ()


def test_this_machine_has_memory_and_disk(tmp_path: Path) -> None:
    have = machine(tmp_path / "not" / "there" / "yet")
    assert have.ram > 0.5 and have.disk > 0 and have.gpu_name
