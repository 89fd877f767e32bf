"""Write the generated pages of docs/ from rules, components, commands, exit codes and schemas.

`make_docs.py` writes; `make_docs.py --check` only compares and exits 1 when something differs.
"""

import argparse
import sys
from pathlib import Path

from docs.pages import pages, stale, write
from docs.sessions import SessionError

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 when something differs")
    only_check = parser.parse_args(arguments).check
    try:
        wanted = pages()
    except SessionError as error:
        print(error)
        return 1
    names = stale(wanted, DOCS)
    if only_check:
        for name in names:
            print(f"docs/{name} is out of date; run `make docs`")
        return 1 if names else 0
    write(wanted, names, DOCS)
    print(f"{len(wanted)} pages, {len(names)} files changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
