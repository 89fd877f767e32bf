"""All generated pages, and what to do about those that are out of date."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from docs.change_pages import change_page
from docs.cli_page import cli_page
from docs.component_pages import component_pages
from docs.exit_code_page import exit_code_page
from docs.rule_pages import rule_pages
from docs.schema_page import schema_page

GENERATED_FOLDERS = ("rules", "components")
"""Folders of `docs` that hold nothing but generated pages."""


def pages() -> dict[str, str]:
    """Give the text of each generated page by its path below `docs`."""
    single = {
        "changes.md": change_page(),
        "cli.md": cli_page(),
        "exit-codes.md": exit_code_page(),
        "schemas.md": schema_page(),
    }
    return {**single, **dict(rule_pages()), **dict(component_pages())}


def stale(wanted: Mapping[str, str], folder: Path) -> list[str]:
    """Name the pages that are missing, different, or there for nothing."""
    unwanted = (name for name in _present(folder) if name not in wanted)
    differing = (name for name, text in wanted.items() if _text(folder / name) != text)
    return sorted([*unwanted, *differing])


def write(wanted: Mapping[str, str], names: list[str], folder: Path) -> None:
    for name in names:
        path = folder / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[name], encoding="utf-8", newline="\n")
        else:
            path.unlink()


def _present(folder: Path) -> Iterator[str]:
    for name in GENERATED_FOLDERS:
        yield from (path.relative_to(folder).as_posix() for path in (folder / name).glob("*.md"))


def _text(path: Path) -> str | None:
    return path.read_bytes().decode() if path.is_file() else None
