"""Changes of the pages on which config variables are asked."""

from xchange_cli.changes.change import Concern
from xchange_cli.changes.comparison.delta import Delta, What
from xchange_cli.changes.comparison.part import Part, PartKind
from xchange_cli.changes.grade import SAFE, Grade, Judgement, breaking, risky
from xchange_cli.changes.kind import Case, ChangeKind, Scene, always
from xchange_cli.changes.words.words import before_and_after
from xchange_cli.model.integration import PageElement

_LOST = "Customers can no longer set what was asked there."
_NOTE = "      - {type: configVar, value: Note}\n"
_HELP = "      - {type: htmlElement, value: <p>Ask the shop.</p>}\n"
_MORE = "  - name: More\n    elements:\n      - {type: configVar, value: Chat}\n"


def _page_removed(delta: Delta, scene: Scene) -> Judgement:
    elements = delta.part.children.get("elements", [])
    return risky(_LOST) if any(_is_lost(element, scene) for element in elements) else SAFE


def _element_removed(delta: Delta, scene: Scene) -> Judgement:
    return risky(_LOST) if _is_lost(delta.part, scene) else SAFE


def _is_lost(element: Part, scene: Scene) -> bool:
    """Tell whether an element of the old file asked for a config variable that is still there, but asked nowhere."""
    if not _asks(element):
        return False
    old = _variables(scene.old).get(element.name)
    new = scene.pairs.get(old) if old is not None else None
    return new is not None and new.name not in _asked(scene.new)


def _variables(integration: Part) -> dict[str, Part]:
    return {part.name: part for part in integration.children.get("requiredConfigVars", [])}


def _asked(integration: Part) -> set[str]:
    pages = integration.children.get("configPages", [])
    return {part.name for page in pages for part in page.children.get("elements", []) if _asks(part)}


def _asks(part: Part) -> bool:
    return isinstance(part.facts, PageElement) and part.facts.kind == "configVar"


def _page(part: Part | None) -> str:
    return part.parent.name if part is not None and part.parent is not None else ""


def _element(delta: Delta, happened: str, to_text: str) -> str:
    """Say what happened to a config variable, or to a text, on its page."""
    page = _page(delta.part)
    if _asks(delta.part):
        return f"`{delta.part.name}` {happened} on the page `{page}`"
    return f"a text {to_text} on the page `{page}`"


def _moved(delta: Delta, _scene: Scene) -> str:
    what = f"`{delta.part.name}`" if _asks(delta.part) else "a text"
    old, new = _page(delta.old), _page(delta.new)
    if old != new:
        return f"{what} moved to the page `{new}`, was on `{old}`"
    return f"{what} moved on the page `{new}`"


def _page_moved(delta: Delta, _scene: Scene) -> str:
    place = f"behind `{delta.behind.name}`" if delta.behind else "first"
    return f"the page `{delta.part.name}` moved: {place}"


def _in_page(delta: Delta) -> str:
    return delta.part.name if delta.kind is PartKind.PAGE else _page(delta.part)


KINDS = (
    ChangeKind(
        id="config-page-added",
        sentence="A config page is new; what it asks is told with the config variables.",
        on=((What.ADDED, PartKind.PAGE, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"the page `{delta.part.name}` is new",
        cases=(
            Case(
                (("configPages:\n", "configPages:\n  - {name: Welcome, elements: []}\n"),),
                "the page `Welcome` is new",
            ),
        ),
    ),
    ChangeKind(
        id="config-page-removed",
        sentence="A config page is gone; risky where it asked for a config variable that is asked nowhere now.",
        on=((What.REMOVED, PartKind.PAGE, ()),),
        grades=(Grade.SAFE, Grade.RISKY),
        judge=_page_removed,
        message=lambda delta, _scene: f"the page `{delta.part.name}` is gone",
        cases=(
            Case(((_MORE, ""),), "the page `More` is gone", grade=Grade.RISKY),
            Case(
                (("  - {name: Start, elements: []}\n", ""),),
                "the page `Start` is gone",
                grade=Grade.SAFE,
            ),
        ),
    ),
    ChangeKind(
        id="config-page-renamed",
        sentence="A config page has another title.",
        on=((What.RENAMED, PartKind.PAGE, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: (
            f"the page `{delta.part.name}` was called `{delta.old.name if delta.old else ''}`"
        ),
        cases=(
            Case(
                (("name: Settings", "name: Orders and Prices"),),
                "the page `Orders and Prices` was called `Settings`",
            ),
        ),
    ),
    ChangeKind(
        id="config-page-moved",
        sentence="A config page comes at another place among the pages.",
        on=((What.MOVED, PartKind.PAGE, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=_page_moved,
        cases=(
            Case(
                (
                    ("  - {name: Start, elements: []}\n", ""),
                    (_MORE, f"{_MORE}  - {{name: Start, elements: []}}\n"),
                ),
                "the page `Start` moved: behind `More`",
            ),
        ),
    ),
    ChangeKind(
        id="config-page-tagline-changed",
        sentence="The line below the title of a config page has other words.",
        on=((What.CHANGED, PartKind.PAGE, ("tagline",)),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"tagline of the page `{delta.part.name}`: {before_and_after(delta)}",
        cases=(
            Case(
                (("tagline: What to take", "tagline: What to fetch"),),
                "tagline of the page `Settings`: What to take → What to fetch",
            ),
        ),
    ),
    ChangeKind(
        id="config-page-user-level-changed",
        sentence="Each user fills in a page that was filled in once for the customer, or the other way round.",
        on=((What.CHANGED, PartKind.PAGE, ("userLevelConfigured",)),),
        grades=(Grade.BREAKING,),
        judge=always(breaking("What is asked there has to be given anew, by others than before.")),
        message=lambda delta, _scene: (
            f"the page `{delta.part.name}` filled in by each user: {before_and_after(delta)}"
        ),
        cases=(
            Case(
                (
                    (
                        "    tagline: What to take\n",
                        "    tagline: What to take\n    userLevelConfigured: true\n",
                    ),
                ),
                "the page `Settings` filled in by each user: none → true",
            ),
        ),
        concern=Concern.PAGE_NEEDED,
    ),
    ChangeKind(
        id="page-element-added",
        sentence="A page asks for a config variable, or shows a text, that it did not.",
        on=((What.ADDED, PartKind.ELEMENT, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: _element(delta, "is asked", "is new"),
        cases=(
            Case(
                ((_NOTE, ""), (_MORE, f"{_MORE}{_NOTE}{_NOTE.replace('Note', 'Mail')}")),
                "`Mail` is asked on the page `More`",
            ),
            Case(
                ((_MORE, f"{_MORE}      - {{type: htmlElement, value: <hr>}}\n"),),
                "a text is new on the page `More`",
            ),
        ),
    ),
    ChangeKind(
        id="page-element-removed",
        sentence="A page no longer asks for a config variable, or shows a text; risky where the variable is asked nowhere.",
        on=((What.REMOVED, PartKind.ELEMENT, ()),),
        grades=(Grade.RISKY, Grade.SAFE),
        judge=_element_removed,
        message=lambda delta, _scene: _element(delta, "is no longer asked", "is gone"),
        cases=(
            Case(((_NOTE, ""),), "`Note` is no longer asked on the page `Settings`"),
            Case(((_HELP, ""),), "a text is gone on the page `Settings`", grade=Grade.SAFE),
            Case(
                ((_NOTE, ""), ("  - {key: Note, dataType: string, defaultValue: ''}\n", "")),
                "`Note` is no longer asked on the page `Settings`",
                grade=Grade.SAFE,
            ),
        ),
    ),
    ChangeKind(
        id="page-element-moved",
        sentence="A config variable or a text comes at another place of a page, or on another page.",
        on=((What.MOVED, PartKind.ELEMENT, ()),),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=_moved,
        cases=(
            Case(
                ((_NOTE, ""), (_MORE, f"{_MORE}{_NOTE}")),
                "`Note` moved to the page `More`, was on `Settings`",
            ),
            Case(((_HELP, ""), (_NOTE, f"{_NOTE}{_HELP}")), "a text moved on the page `Settings`"),
        ),
    ),
    ChangeKind(
        id="page-text-changed",
        sentence="A text on a config page has other words.",
        on=((What.CHANGED, PartKind.ELEMENT, ("value",)), (What.RENAMED, PartKind.ELEMENT, ())),
        grades=(Grade.SAFE,),
        judge=always(SAFE),
        message=lambda delta, _scene: f"other text on the page `{_page(delta.part)}`",
        cases=(
            Case(
                (("<p>Ask the shop.</p>", "<p>Ask the shop first.</p>"),), "other text on the page `Settings`"
            ),
        ),
        lines=True,
    ),
    ChangeKind(
        id="config-page-setting-changed",
        sentence="Another key of a config page, or of what stands on it, has another value.",
        on=((What.CHANGED, PartKind.PAGE, ()), (What.CHANGED, PartKind.ELEMENT, ())),
        grades=(Grade.RISKY,),
        judge=always(risky("What the page shows may differ.")),
        message=lambda delta, _scene: (
            f"`{'.'.join(delta.address)}` on the page `{_in_page(delta)}`: {before_and_after(delta)}"
        ),
        cases=(
            Case(
                (("    tagline: What to take\n", "    tagline: What to take\n    icon: box\n"),),
                "`icon` on the page `Settings`: none → box",
            ),
        ),
    ),
)
