"""The program `xchange`, also `python -m xchange_cli`."""

import sys

from xchange_cli import __version__


def main() -> None:
    """Run the command line and exit; `--version` alone is answered without loading anything more."""
    if sys.argv[1:] == ["--version"]:
        print(f"xchange {__version__}")  # noqa: T201 - this is the terminal
        sys.exit(0)
    import atexit
    import gc

    gc.set_threshold(100_000, 50, 50)  # most of what is made lives on: looking for garbage early finds none
    atexit.register(gc.freeze)  # and at the end the process takes it along: no need to look for it once more
    try:
        from xchange_cli.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
