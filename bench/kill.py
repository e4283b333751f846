"""kill -9 at random moments of ``vivant generate``: is anything partial under a final name?

python -m bench.kill [--times 20] [--seed 1]
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from tools.demo_portrait import portrait
from vivant.errors import VivantError
from vivant.video import decode

COMMAND = ("-m", "vivant", "generate", str(portrait()), "A woman smiles on a beach", "--quiet")
SMALL = ("--size", "320x256", "--seconds", "1", "--fps", "8")


def main() -> int:
    """Kill, look, and finish the film afterwards; 1 where anything partial was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "film.mp4"
        start = time.perf_counter()
        _start(film).wait()
        whole = time.perf_counter() - start
        chance = random.Random(arguments.seed)
        wrong: list[str] = []
        for number in range(arguments.times):
            # The last half second, when the files are written, gets every second kill.
            moment = chance.uniform(0, whole) if number % 2 else whole - chance.uniform(0, 0.5)
            if chance.random() < 0.5:
                for path in Path(folder).iterdir():
                    path.unlink()
            process = _start(film)
            time.sleep(max(moment, 0.01))
            process.kill()
            process.wait()
            wrong += partial(film)
        code = _start(film).wait()
        left = sorted(path.name for path in Path(folder).iterdir())
    print(f"{arguments.times} kills over {whole:.1f} s runs; partial files: {wrong or 'none'}")
    print(f"afterwards the film was made again: exit {code}, folder {left}")
    return 1 if wrong or code else 0


def partial(film: Path) -> list[str]:
    """What is wrong with the files under final names."""
    wrong = []
    if film.exists():
        try:
            if len(decode(film)) != 8:
                wrong.append("film.mp4 is short")
        except VivantError as error:
            wrong.append(f"film.mp4: {error}")
    for name in ("keyframe.png", "contact_sheet.png"):
        path = film.with_name(name)
        if path.exists() and not path.read_bytes().endswith(b"IEND\xaeB`\x82"):
            wrong.append(f"{name} breaks off")
    path = film.with_name("manifest.json")
    if path.exists():
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        wrong += [
            f"manifest does not match {name}"
            for name, digest in files.items()
            if sha256(film.with_name(name).read_bytes()).hexdigest() != digest
        ]
    return wrong


def _start(film: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        (sys.executable, *COMMAND, *SMALL, "-o", str(film)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    sys.exit(main())
