"""What the ways to change config variables and connections have in common."""

from collections.abc import Iterator

from change_ways.edits import append, at_once
from change_ways.file import Data, File, Place
from change_ways.names import codes, is_said, rename_variable, users
from change_ways.way import SAFE, Reported, Site


def with_element(file: File, variable: Data, *reports: Reported) -> Site:
    """Add a config variable, and ask for it on the last page."""
    added = append(file.data, (), "requiredConfigVars", variable, *reports)
    page = file.pages[-1]
    element = {"type": "configVar", "value": variable["key"]}
    asked = Reported("page-element-added", SAFE, variable["key"])
    return at_once(added, append(page.part, page.path, "elements", element, asked))


def elements_of(file: File, key: str) -> list[Place]:
    return [one for one in file.elements if one.part["type"] == "configVar" and one.part["value"] == key]


def is_said_only_by_pages(file: File, variable: Place) -> bool:
    return len(users(file, variable)) == len(elements_of(file, variable.name)) and not is_said(
        variable.name, codes(file)
    )


def renamed(file: File, variable: Place, name: str, *reports: Reported) -> Site:
    touched = tuple(said.path for said in users(file, variable))
    return Site(lambda: rename_variable(file, variable, name), reports, (variable.path, *touched))


def renameable(file: File, places: tuple[Place, ...]) -> Iterator[tuple[Place, str]]:
    for variable in places:
        if not is_said(variable.name, codes(file)) and not variable.part.get("stableKey"):
            yield variable, f"Other {variable.name}"
