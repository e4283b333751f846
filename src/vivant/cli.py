"""The command line: parse → Request → API → print. No logic of the method lives here."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from vivant import __version__, errors, models_cli, verify_cli
from vivant.console import print_json

if TYPE_CHECKING:
    from types import FrameType

    from vivant.generate import Plan
    from vivant.runs.folder import Saved
    from vivant.types import DecoupledPrompt, Request, Take

app = typer.Typer(
    name="vivant",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="One photo and one sentence become a film of that person.",
    epilog="Exit codes: 0 done · 1 our bug · 2 bad input or usage · 3 something must be installed"
    " or pulled · 4 film made, but identity below the gate · 5 an engine could not do"
    " its work · 130 interrupted.",
)
app.add_typer(models_cli.app, name="models")

Json = Annotated[bool, typer.Option("--json", help="Print JSON on standard output.")]
Spatial = Annotated[str | None, typer.Option(help="The spatial prompt, written by hand.")]
RecipeName = Annotated[str, typer.Option(help="A recipe's name, or your own as .toml.")]
Temporal = Annotated[str | None, typer.Option(help="The temporal prompt, written by hand.")]


def main() -> NoReturn:
    """Run the command line and exit with a documented code; a user's mistake shows no traceback."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = app(standalone_mode=False)
        if code == errors.EXIT_INTERRUPTED:  # so typer reports a KeyboardInterrupt
            raise KeyboardInterrupt
    except errors.VivantError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        _complain("Interrupted; nothing half-written is left.")
        sys.exit(errors.EXIT_INTERRUPTED)
    except Exception as error:
        # Click's usage errors carry their own message and code; all else is our bug.
        if not hasattr(error, "format_message"):
            raise
        _complain(error.format_message())
        sys.exit(errors.EXIT_INPUT)
    sys.exit(code or errors.EXIT_DONE)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _complain(message: str) -> None:
    print(f"vivant: {message}", file=sys.stderr)


def _version(asked: bool) -> None:
    if asked:
        print(f"vivant {__version__}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """One photo and one sentence become a film of that person."""
    del version


@app.command()
def generate(
    portrait: Annotated[str, typer.Argument(help="The photo of the person: JPEG, PNG or WebP.")],
    prompt: Annotated[str, typer.Argument(help="What the film shows, in one or more sentences.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The film.")] = Path("film.mp4"),
    recipe: RecipeName = "previz",
    seed: Annotated[int, typer.Option(help="The only chance of the film.")] = 0,
    size: Annotated[str | None, typer.Option(help="WIDTHxHEIGHT in pixels.")] = None,
    seconds: Annotated[
        float | None, typer.Option(help="Length; else the timeline's, else the recipe's.")
    ] = None,
    frames: Annotated[int | None, typer.Option(help="Length in whole frames instead.")] = None,
    fps: Annotated[int | None, typer.Option(help="Frames a second.")] = None,
    face: Annotated[int | None, typer.Option(help="Which face, 1 at the left.")] = None,
    others: Annotated[
        list[str] | None,
        typer.Option("--with", help="The photo of another person; may be given again."),
    ] = None,
    other_faces: Annotated[
        list[int] | None,
        typer.Option("--with-face", help="Which face of it; once for each --with, or never."),
    ] = None,
    spatial: Spatial = None,
    temporal: Temporal = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Print the plan; make nothing.")] = False,
) -> int:
    """Make a film of the person in PORTRAIT doing what PROMPT says.

    With more people: the first whom PROMPT names is PORTRAIT, the second the first --with.
    """
    from vivant import geometry, types

    request = types.Request(
        portrait, prompt, recipe, seed,
        None if size is None else geometry.parse_size(size),
        seconds, fps, face, spatial, temporal, frames,
        tuple(others or ()), tuple(other_faces or ()),
    )  # fmt: skip
    if dry_run:
        return _print_plan(request, as_json)
    return _make(request, output, as_json, quiet)


def _make(request: Request, output: Path, as_json: bool, quiet: bool) -> int:
    from vivant.console import observer
    from vivant.generate import generate as make
    from vivant.runs.folder import check_free, save

    check_free(output)
    with observer(quiet) as watch:
        take = make(request, watch=watch)
        watch.begin("save", 0)
        saved = save(take, output)
    if as_json:
        print_json({"film": str(saved.film), "manifest": str(saved.manifest), **saved.record})
    else:
        _print_take(take, saved)
    return errors.EXIT_DONE if take.verdict.passed else errors.EXIT_GATE


def _print_take(take: Take, saved: Saved) -> None:
    for path in (saved.film, saved.keyframe, saved.contact_sheet, saved.identity, saved.manifest):
        print(path)
    print(take.verdict.sentence)
    unshown = [*take.keyframe.unshown, *take.film.unshown]
    if unshown:
        print("Not shown: " + "; ".join(f"{words.text} ({words.why})" for words in unshown))
    print(f"Made in {sum(take.timings.values()):.1f} s.")


def _print_plan(request: Request, as_json: bool) -> int:
    from vivant.generate import plan
    from vivant.observer import Listener
    from vivant.stages.decouple import notes

    listener = Listener()
    made = plan(request, watch=listener)
    record = _plan_record(made, [note for note in listener.notes if note not in notes(made.prompt)])
    if as_json:
        print_json(record)
        return errors.EXIT_DONE
    _print_prompt(made.prompt)
    for person in record["people"]:
        print(f"photo {person['photo']}: {person['named']}  ({person['portrait']})")
    for key in ("recipe", "size", "frames", "fps", "seed", "keyframe_seeds", "motion_seed"):
        print(f"{key.replace('_', ' ')}: {record[key]}")
    for shot in record["shots"]:
        print(f"shot: frames {shot['first']} to {shot['last']}, in a call of {shot['made']}")
    print("engines: " + ", ".join(f"{role} {name}" for role, name in record["engines"].items()))
    for notice in record["notices"]:
        print(f"notice: {notice}")
    return errors.EXIT_DONE


def _plan_record(made: Plan, notes: list[str]) -> dict[str, Any]:
    from dataclasses import asdict

    from vivant.runs.manifest import decoupled

    recipe, seeds = made.recipe, made.seeds
    return {
        "prompt": decoupled(made.prompt),
        "people": _people(made),
        "recipe": recipe.name,
        "recipe_digest": recipe.digest,
        "size": str(made.size),
        "frames": made.length.frames,
        "fps": made.length.fps,
        "shots": [asdict(shot) for shot in made.shots],
        "seed": seeds.root,
        "keyframe_seeds": [seeds.of("keyframe", n) for n in range(recipe.keyframe.attempts)],
        "motion_seed": seeds.of("motion"),
        "engines": {
            "writer": recipe.writer,
            "painter": recipe.painter,
            "animator": recipe.animator,
            "eye": recipe.eye,
        },
        "notices": notes,
    }


def _people(made: Plan) -> list[dict[str, Any]]:
    """Who is who, where there are several: each photo, and whom of the prompt it shows."""
    photos = (made.request.portrait, *made.request.others)
    named = made.prompt.used.get("cast", {}).get("people", ())
    return [
        {
            "photo": number + 1,
            "portrait": photo if isinstance(photo, str) else "(an array)",
            "named": named[number] if number < len(named) else "nobody in the prompt",
        }
        for number, photo in enumerate(photos)
        if len(photos) > 1
    ]


@app.command()
def decouple(
    prompt: Annotated[str, typer.Argument(help="The prompt to split.")],
    spatial: Spatial = None,
    temporal: Temporal = None,
    recipe: RecipeName = "previz",
    people: Annotated[int, typer.Option(min=1, help="How many photos there are.")] = 1,
    as_json: Json = False,
) -> int:
    """Split PROMPT into its spatial and temporal prompt, and say where every word went."""
    from vivant.engines import engine, lent
    from vivant.recipe import load
    from vivant.runs.manifest import decoupled
    from vivant.stages.decouple import decouple as split

    chosen = load(recipe)
    with lent(engine("writer", chosen.writer, chosen.settings.get("writer"))) as writer:
        made = split(prompt, writer, spatial=spatial, temporal=temporal, people=people)
    if as_json:
        print_json(decoupled(made))
    else:
        _print_prompt(made)
    return errors.EXIT_DONE


def _print_prompt(made: DecoupledPrompt) -> None:
    from vivant.stages.decouple import notes

    for note in notes(made):
        print(f"Note: {note}")
    print(f"Spatial:  {made.spatial.text}")
    print(f"Temporal: {made.temporal.text}")
    for segment in made.temporal.timeline:
        end = "end" if segment.end is None else f"{segment.end:g} s"
        print(f"  {segment.start:g} s to {end}: {segment.text}")
    for half, parts in (("spatial", made.spatial.parts), ("temporal", made.temporal.parts)):
        for part in parts:
            who = "+".join(str(number + 1) for number in part.who)
            who = f"  (person {who})" if who else ""
            print(f"  {half:<8} {part.kind:<10} {part.start:>4}-{part.end:<4} {part.text}{who}")
    for words in made.left_out:
        print(f"  left out            {words.start:>4}-{words.end:<4} {words.text}: {words.reason}")


app.command()(verify_cli.verify)


@app.command()
def recipes(as_json: Json = False) -> int:
    """Show the recipes there are."""
    from dataclasses import asdict

    from vivant.needs import needs
    from vivant.recipe import RECIPES

    wanted = {name: needs(recipe) for name, recipe in RECIPES.items()}
    if as_json:
        print_json(
            [
                {**asdict(recipe), "digest": recipe.digest, "needs": wanted[name].record}
                for name, recipe in RECIPES.items()
            ]
        )
        return errors.EXIT_DONE
    for name, recipe in RECIPES.items():
        print(f"{name:<8}{recipe.summary}")
        print(
            f"        writer {recipe.writer}, painter {recipe.painter}, animator {recipe.animator},"
            f" eye {recipe.eye}; {recipe.size}, {recipe.frames} frames at {recipe.fps} fps"
        )
        for line in wanted[name].lines:
            print(f"        {line}")
    return errors.EXIT_DONE


@app.command()
def doctor(
    recipe: Annotated[str, typer.Option(help="Whose needs decide the exit code.")] = "previz",
    as_json: Json = False,
) -> int:
    """Say what this machine can run, what is missing, and the one command that mends it."""
    from dataclasses import asdict

    from vivant.doctor import examine

    checks = examine(recipe)
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            print(f"{'ok  ' if check.ok else 'MISS'}  {check.name:<34} {check.detail}")
            if check.mend:
                print(f"      {check.mend}")
    ready = all(check.ok for check in checks if check.vital)
    return errors.EXIT_DONE if ready else errors.EXIT_MISSING
