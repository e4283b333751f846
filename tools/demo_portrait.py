"""Print the path of a public-domain portrait: NASA's photo of Eileen Collins in scikit-image."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path

from vivant.errors import MissingExtraError


def portrait() -> Path:
    """The photo's path. Raises MissingExtraError without scikit-image."""
    spec = find_spec("skimage")
    if spec is None or spec.origin is None:
        raise MissingExtraError(
            "The demo portrait comes with scikit-image, which is not installed.",
            mend="Run: pip install 'vivant[demo]'",
        )
    return Path(spec.origin).parent / "data" / "astronaut.png"


def main() -> int:
    """Print the path; 3 where scikit-image is not installed."""
    try:
        print(portrait())
    except MissingExtraError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
