"""Optional packages: there, or one command that installs them."""

from __future__ import annotations

import json

import pytest

from vivant.engines import extras
from vivant.engines.extras import _origin, install, need
from vivant.errors import MissingExtraError


def test_what_is_installed_is_imported() -> None:
    assert need("json", "gpu") is json


def test_what_is_missing_is_an_error_with_its_command() -> None:
    with pytest.raises(MissingExtraError, match=r"'no_such'.*pip install 'vivant\[gpu\]'"):
        need("no_such.module", "gpu")


@pytest.mark.parametrize(
    "origin,said",
    [
        (("", False), "pip install 'vivant[gpu,llm]'"),
        (("/home/me/vivant", True), "pip install -e '/home/me/vivant[gpu,llm]'"),
        (("/home/me/my films", False), "pip install '/home/me/my films[gpu,llm]'"),
    ],
)
def test_the_command_installs_from_where_this_one_came(
    monkeypatch: pytest.MonkeyPatch, origin: tuple[str, bool], said: str
) -> None:
    monkeypatch.setattr(extras, "_origin", lambda: origin)
    assert install("gpu,llm") == said


def test_without_extras_nothing_is_bracketed() -> None:
    assert install() == "pip install vivant"
    assert install("", "--force-reinstall") == "pip install --force-reinstall vivant"


class Installed:
    """A distribution with this record of where it came from (PEP 610)."""

    def __init__(self, said: str | None) -> None:
        self.said = said

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return self.said


@pytest.mark.parametrize(
    "said,origin",
    [
        (None, ("", False)),
        ('{"url": "file:///home/me/my%20films", "dir_info": {}}', ("/home/me/my films", False)),
        ('{"url": "file:///src/vivant", "dir_info": {"editable": true}}', ("/src/vivant", True)),
        ('{"url": "https://x.org/v.whl", "archive_info": {}}', ("", False)),
    ],
)
def test_where_it_came_from_stands_in_the_installation(
    monkeypatch: pytest.MonkeyPatch, said: str | None, origin: tuple[str, bool]
) -> None:
    monkeypatch.setattr(extras, "distribution", lambda _: Installed(said))
    assert _origin() == origin
