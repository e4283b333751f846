"""Tests marked ``models`` need the pulled model files and are skipped, with the reason, without."""

from __future__ import annotations

import pytest

from vivant.engines import weights


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = [s.spec.name for s in weights.catalogue() if s.condition != "ready"]
    if absent:
        skip = pytest.mark.skip(reason=f"run `vivant models pull` for: {', '.join(absent)}")
        for item in items:
            if item.get_closest_marker("models"):
                item.add_marker(skip)
