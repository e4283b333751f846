"""Recipes: values with a digest; a user's own starts from a shipped one and refuses what is odd."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from vivant.engines import TABLE
from vivant.errors import GeometryError, RecipeError
from vivant.recipe import PREVIZ, RECIPES, load
from vivant.types import Size


def own(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_shipped_recipes_name_engines_that_exist() -> None:
    for recipe in RECIPES.values():
        for role in ("writer", "painter", "animator", "eye"):
            assert (role, getattr(recipe, role)) in TABLE


def test_equal_recipes_have_equal_digests_and_others_differ() -> None:
    assert PREVIZ.digest == replace(PREVIZ).digest
    assert PREVIZ.digest != replace(PREVIZ, fps=25).digest
    tighter = replace(PREVIZ.keyframe, good_enough=0.3)
    assert PREVIZ.digest != replace(PREVIZ, keyframe=tighter).digest


def test_an_own_recipe_changes_only_what_it_says(tmp_path: Path) -> None:
    text = (
        'base = "previz"\nname = "mine"\nsize = "480x832"\nframes = 144\n[keyframe]\nattempts = 5'
    )
    mine = load(own(tmp_path, text))
    expected = replace(
        PREVIZ, name="mine", size=Size(480, 832), frames=144,
        keyframe=replace(PREVIZ.keyframe, attempts=5),
    )  # fmt: skip
    assert mine == expected
    assert load(mine) is mine


def test_the_summary_of_a_base_does_not_describe_other_engines(tmp_path: Path) -> None:
    text = 'base = "previz"\nanimator = "wan"\neye = "opencv"\n'
    assert load(own(tmp_path, text)).summary == "previz with another animator and eye."
    assert load(own(tmp_path, 'summary = "Mine."\n' + text)).summary == "Mine."


def test_settings_are_laid_over_the_base_s_unless_its_engine_is_replaced(tmp_path: Path) -> None:
    text = 'base = "previz"\n[settings.animator]\nsteps = 30\n'
    assert load(own(tmp_path, text)).settings == {"animator": {"steps": 30}}
    assert load(own(tmp_path, text)).digest != PREVIZ.digest


@pytest.mark.parametrize(
    "text,complaint",
    [
        ("", "base is None"),
        ('base = "none"', "base is 'none'"),
        ('base = "previz"\ncolour = 1', "no setting 'colour'"),
        ('base = "previz"\nfps = "fast"', "type int"),
        ('base = "previz"\nfps = true', "type int"),
        ('base = "previz"\nkeyframe = 3', "must be a table"),
        ('base = "previz"\n[keyframe]\nattempts = 0', "keyframe.attempts is 0"),
        ('base = "previz"\n[verify]\nleast_face_share = 1.5', "least_face_share is 1.5"),
        ('base = "previz"\nsize = 832', "must be text"),
        ("base = previz", "not TOML"),
        ('base = "previz"\nsettings = 3', "tables by role"),
        ('base = "previz"\n[settings]\nanimator = 3', "tables by role"),
        ('base = "previz"\n[settings.cook]\nx = 3', "no role 'cook'"),
        ('base = "previz"\n[settings.eye]\nx = [3]', "no plain value"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(RecipeError, match=complaint):
        load(own(tmp_path, text))


def test_a_wrong_size_and_absent_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GeometryError):
        load(own(tmp_path, 'base = "previz"\nsize = "big"'))
    with pytest.raises(RecipeError, match="no recipe 'fancy'"):
        load("fancy")
    with pytest.raises(RecipeError, match="can't be read"):
        load(str(tmp_path / "absent.toml"))
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(RecipeError, match="can't be read"):
        load(str(tmp_path / "folder.toml"))
