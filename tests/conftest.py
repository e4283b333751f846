"""Tests marked ``models`` need the pulled model files and are skipped, with the reason, without."""

from __future__ import annotations

import os

import pytest

# Before torch is loaded: tests run beside each other, and small models lose by sharing out work.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from vivant.engines import extras, weights


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = [s.spec.name for s in weights.catalogue() if s.condition != "ready"]
    if absent:
        skip = pytest.mark.skip(reason=f"run `vivant models pull` for: {', '.join(absent)}")
        for item in items:
            if item.get_closest_marker("models"):
                item.add_marker(skip)


@pytest.fixture(autouse=True)
def _from_an_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said of installing doesn't depend on where the tests run."""
    monkeypatch.setattr(extras, "_origin", lambda: ("", False))
