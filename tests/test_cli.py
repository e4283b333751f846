"""The command line: what it prints, and the exit code for each kind of trouble."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.demo_portrait import portrait
from vivant.errors import EXIT_DONE, EXIT_GATE, EXIT_INPUT, EXIT_INTERRUPTED, EXIT_MISSING

PROMPT = (
    "A woman in a red raincoat turns to the camera and smiles as rain falls on a neon street"
    " at night"
)
SMALL = ("--size", "416x256", "--seconds", "1", "--fps", "8")


def vivant(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        (sys.executable, "-m", "vivant", *arguments),
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )  # fmt: skip


def test_version_and_help() -> None:
    assert vivant("--version").stdout.startswith("vivant ")
    done = vivant("generate", "--help")
    assert done.returncode == EXIT_DONE
    for option in ("--recipe", "--seed", "--size", "--seconds", "--fps", "--face", "--with",
                   "--with-face", "--dry-run"):  # fmt: skip
        assert option in done.stdout


def test_decouple_says_where_the_words_went() -> None:
    done = vivant("decouple", PROMPT, "--json")
    assert done.returncode == EXIT_DONE, done.stderr
    record = json.loads(done.stdout)
    assert record["temporal"]["text"].startswith("A woman")
    assert {part["kind"] for part in record["spatial"]["parts"]} >= {"appearance", "setting"}
    plain = vivant("decouple", PROMPT).stdout
    assert plain.startswith("Spatial:") and "setting" in plain and "left out" in plain


def test_decouple_says_whom_each_part_speaks_of() -> None:
    prompt = "A man in a suit and a woman wave; she smiles."
    plain = vivant("decouple", prompt, "--people", "2").stdout
    assert "a suit  (person 1)" in plain and "wave  (person 1+2)" in plain
    assert "smiles  (person 2)" in plain
    assert "person" not in vivant("decouple", prompt.replace("person", "")).stdout.split("left")[0]
    assert "Note: " in vivant("decouple", "A man waves.", "--people", "2").stdout
    record = json.loads(vivant("decouple", prompt, "--people", "2", "--json").stdout)
    assert record["used"]["cast"]["people"] == ["A man", "a woman"]
    assert vivant("decouple", prompt, "--people", "0").returncode == EXIT_INPUT


def test_recipes_and_doctor_have_json() -> None:
    recipes = json.loads(vivant("recipes", "--json").stdout)
    assert recipes[0]["name"] == "previz" and len(recipes[0]["digest"]) == 64
    checks = json.loads(vivant("doctor", "--json").stdout)
    assert {check["name"] for check in checks} >= {"Python", "recipe previz", "package av"}


def test_doctor_names_the_command_that_mends(tmp_path: Path) -> None:
    done = vivant("doctor", VIVANT_HOME=str(tmp_path))
    assert done.returncode == EXIT_MISSING
    assert "vivant models pull" in done.stdout


@pytest.mark.models
def test_generate_makes_a_film_and_prints_what_it_scored(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    done = vivant("generate", str(portrait()), PROMPT, *SMALL, "-o", str(film), "--json", "-q")
    assert done.returncode == EXIT_DONE, done.stderr
    assert done.stderr == ""
    record = json.loads(done.stdout)
    assert record["identity"]["passed"] and record["film"]["frames"] == 8
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "contact_sheet.png", "film.mp4", "identity.png", "keyframe.png", "manifest.json",
    ]  # fmt: skip


@pytest.mark.models
def test_a_film_below_the_gate_is_kept_and_is_exit_4(tmp_path: Path) -> None:
    strict = tmp_path / "strict.toml"
    strict.write_text('base = "previz"\nname = "strict"\n[verify]\nmost_distant = 0.01\n')
    film = tmp_path / "out" / "film.mp4"
    options = (*SMALL, "--recipe", str(strict), "-o", str(film), "-q")
    done = vivant("generate", str(portrait()), PROMPT, *options)
    assert done.returncode == EXIT_GATE, done.stderr
    assert "at most 0.01 passes" in done.stdout and film.exists()
    record = json.loads(film.with_name("manifest.json").read_text(encoding="utf-8"))
    assert record["identity"]["passed"] is False and record["recipe"]["name"] == "strict"


@pytest.mark.models
def test_dry_run_prints_the_plan_and_makes_nothing(tmp_path: Path) -> None:
    film = tmp_path / "new" / "film.mp4"
    done = vivant("generate", str(portrait()), PROMPT, "-o", str(film), "--dry-run")
    assert "shot: frames 0 to 95, in a call of 96" in done.stdout
    assert done.returncode == EXIT_DONE, done.stderr
    for word in ("Spatial:", "Temporal:", "832x480", "frames: 96", "motion seed", "writer rules"):
        assert word in done.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments",
    [
        ("generate",),
        ("generate", "absent.jpg", PROMPT),
        ("generate", str(portrait()), ""),
        ("generate", str(portrait()), PROMPT, "--size", "big"),
        ("generate", str(portrait()), PROMPT, "--fps", "many"),
        ("generate", str(portrait()), PROMPT, "--seconds", "nan"),
        ("generate", str(portrait()), PROMPT, "--recipe", "fancy"),
        ("generate", str(portrait()), PROMPT, "-o", "film.avi"),
        ("generate", __file__, PROMPT),
        ("generate", str(portrait()), PROMPT, "--with-face", "1"),
        ("generate", str(portrait()), PROMPT, "--with", "absent.jpg", "--recipe", "paper"),
        ("decouple", ""),
        ("nonsense",),
    ],
)
def test_a_user_s_mistake_is_exit_2_without_a_traceback(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    done = subprocess.run(
        (sys.executable, "-m", "vivant", *arguments),
        capture_output=True, text=True, check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == EXIT_INPUT, done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr) > 10
    assert not list(tmp_path.iterdir())


def test_missing_models_are_exit_3_with_the_command(tmp_path: Path) -> None:
    done = vivant("generate", str(portrait()), PROMPT, "--dry-run", VIVANT_HOME=str(tmp_path))
    assert done.returncode == EXIT_MISSING
    assert "vivant models pull" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.models
def test_an_interrupt_is_exit_130_and_leaves_nothing(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    command = ("generate", str(portrait()), PROMPT, "-o", str(film))
    with subprocess.Popen(
        (sys.executable, "-m", "vivant", *command),
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background hands down an ignored SIGINT.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        assert process.stderr is not None
        while not process.stderr.readline().startswith("motion"):
            assert process.poll() is None
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
    assert process.returncode == EXIT_INTERRUPTED
    assert "Interrupted" in said and "Traceback" not in said
    assert not list(tmp_path.iterdir())
