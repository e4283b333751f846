"""Progress: plain lines where there is no terminal, nothing when asked for quiet."""

from __future__ import annotations

import pytest
from rich.console import Console
from rich.progress import Progress

from vivant.console import Bar, Lines, observer
from vivant.types import Silent


def test_lines_say_every_tenth_of_a_long_stage(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines.begin("motion", 96)
    for _ in range(96):
        lines.step()
    said = capsys.readouterr().err.splitlines()
    assert said[0] == "motion …"
    assert len(said) == 11 and said[-1] == "motion 96/96, 0 s left"


def test_short_stages_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines()
    lines.begin("keyframe", 3)
    lines.step()
    lines.note("photo is dark")
    captured = capsys.readouterr()
    assert captured.err.splitlines() == ["keyframe …", "photo is dark"]
    assert captured.out == ""


def test_quiet_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with observer(quiet=True) as watch:
        watch.begin("motion", 20)
        watch.note("dark")
        assert isinstance(watch, Silent)
    assert capsys.readouterr().err == ""


def test_the_bar_counts_the_steps_of_each_stage() -> None:
    progress = Progress(console=Console(quiet=True))
    bar = Bar(progress)
    bar.begin("keyframe", 3)
    bar.step()
    bar.begin("motion", 96)
    bar.step()
    bar.step()
    stages = [(task.description, task.completed, task.total) for task in progress.tasks[1:]]
    assert stages == [("keyframe", 1, 1), ("motion", 2, 96)]
