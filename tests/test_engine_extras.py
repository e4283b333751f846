"""Optional packages: there, or one command that installs them."""

from __future__ import annotations

import json

import pytest

from vivant.engines.extras import need
from vivant.errors import MissingExtraError


def test_what_is_installed_is_imported() -> None:
    assert need("json", "gpu") is json


def test_what_is_missing_is_an_error_with_its_command() -> None:
    with pytest.raises(MissingExtraError, match=r"'no_such'.*pip install 'vivant\[gpu\]'"):
        need("no_such.module", "gpu")
