"""Config pages and what stands on them."""

from collections.abc import Iterator

from change_ways.edits import add_behind, append, drop, move, move_to, put, remove
from change_ways.file import File, Place, below
from change_ways.way import BREAKING, RISKY, SAFE, Reported, Site

_HINT = {"type": "htmlElement", "value": "<p>Read this <i>first</i>.</p>"}


def _asking(file: File) -> Iterator[Place]:
    return (element for element in file.elements if element.part["type"] == "configVar")


def _texts(file: File) -> Iterator[Place]:
    return (element for element in file.elements if element.part["type"] == "htmlElement")


def _is_filled(file: File, page: Place) -> bool:
    """Tell whether the last element of a page asks for a variable that only this page asks for."""
    return any(element.part["type"] == "configVar" for element in below(page, "elements"))


def add_a_page(file: File) -> Iterator[Site]:
    """It asks for nothing yet."""
    for page in file.pages:
        new = {"name": f"Brand New Page after {page.name}", "elements": []}
        yield add_behind(page, new, Reported("config-page-added", SAFE, f"Brand New Page after {page.name}"))


def remove_an_empty_page(file: File) -> Iterator[Site]:
    """It asked for nothing."""
    for page in file.pages:
        if not _is_filled(file, page):
            yield remove(page, Reported("config-page-removed", SAFE, page.name))


def remove_a_page_that_asks(file: File) -> Iterator[Site]:
    """What it asked for cannot be set any more."""
    for page in file.pages:
        if _is_filled(file, page):
            yield remove(page, Reported("config-page-removed", RISKY, page.name))


def give_a_page_another_title(file: File) -> Iterator[Site]:
    """What it asks for is the same: that is all that a page is known by then."""
    for page in file.pages:
        if page.part["elements"]:
            name = f"Other {page.name}"
            site = put(page, "name", name, Reported("config-page-renamed", SAFE, name))
            yield site._replace(touches=(page.path,)) if len(page.part["elements"]) == 1 else site


def put_a_page_first(file: File) -> Iterator[Site]:
    """The same is asked, in another order."""
    if len(file.pages) > 2:
        page = file.pages[-1]
        yield move(page, None, Reported("config-page-moved", SAFE, page.name))


def write_another_tagline(file: File) -> Iterator[Site]:
    """Words for people."""
    for page in file.pages:
        yield put(page, "tagline", "In other words", Reported("config-page-tagline-changed", SAFE, page.name))


def let_users_fill_in_a_page(file: File) -> Iterator[Site]:
    """It was filled in once for the customer."""
    for page in file.pages:
        if not page.part.get("userLevelConfigured"):
            report = Reported("config-page-user-level-changed", BREAKING, page.name)
            yield put(page, "userLevelConfigured", True, report)


def fill_in_a_page_once(file: File) -> Iterator[Site]:
    """Each user filled it in."""
    for page in file.pages:
        if page.part.get("userLevelConfigured"):
            yield drop(
                page, "userLevelConfigured", Reported("config-page-user-level-changed", BREAKING, page.name)
            )


def show_a_text(file: File) -> Iterator[Site]:
    """It asks for nothing."""
    for page in file.pages:
        yield append(page.part, page.path, "elements", _HINT, Reported("page-element-added", SAFE, page.name))


def show_a_text_no_more(file: File) -> Iterator[Site]:
    """It asked for nothing."""
    for element in _texts(file):
        yield remove(element, Reported("page-element-removed", SAFE))


def ask_for_it_nowhere(file: File) -> Iterator[Site]:
    """Customers can no longer set it."""
    for element in _asking(file):
        yield remove(element, Reported("page-element-removed", RISKY, element.part["value"]))


def ask_on_another_page(file: File) -> Iterator[Site]:
    """The same is asked elsewhere."""
    for element in _asking(file):
        for page in file.pages:
            if page.path != element.path[:2]:
                report = Reported("page-element-moved", SAFE, element.part["value"])
                path = (*page.path, "elements")
                yield move_to(element, page.part["elements"], path, 0, report)


def ask_first(file: File) -> Iterator[Site]:
    """The same is asked, in another order."""
    for page in file.pages:
        elements = below(page, "elements")
        if len(elements) > 2 and elements[-1].part["type"] == "configVar":
            report = Reported("page-element-moved", SAFE, elements[-1].part["value"])
            yield move(elements[-1], None, report)


def write_another_text(file: File) -> Iterator[Site]:
    """Words for people."""
    for element in _texts(file):
        text = element.part["value"].replace("</p>", " And wait.</p>")
        yield put(element, "value", text, Reported("page-text-changed", SAFE))


def set_an_unknown_key(file: File) -> Iterator[Site]:
    """What it shows is not known."""
    for page in file.pages:
        yield put(page, "icon", "box", Reported("config-page-setting-changed", RISKY, page.name))
