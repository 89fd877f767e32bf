"""docs/rules: one page for each kind of finding, made of what `xchange explain` shows and of the rules' cases."""

from collections.abc import Iterator
from textwrap import dedent

from docs.cases import FILE, invalid_case, valid_case
from docs.markdown import page, prose, table
from xchange_cli.components.catalog import Catalog
from xchange_cli.validation.pages import Page, pages
from xchange_cli.validation.rule import rules

_GROUPS = {
    "rule": "In integration files",
    "config": "In config sets, when a run starts",
    "file": "In payloads, flow tests and the project file",
    "run": "About the check itself",
}
_INTRODUCTION = """\
Each finding names its rule; `xchange explain RULE` shows the same text in the terminal. The severity is the worst
that a rule reports: what rests on an unsure fact about a component is a warning at most. A project grades rules in
`xchange.yaml`, under `lint` and `rules`."""
_ABOUT_CASES = f"""\
An example that begins with steps stands in the flow `Flow`, behind a webhook trigger called `Trigger`; one that
begins with keys of a flow stands in that flow. Lines are numbered from the top of the whole file, `{FILE}`."""


def rule_pages() -> Iterator[tuple[str, str]]:
    """Yield path and text of each page."""
    known = pages()
    yield "rules/index.md", _index(known)
    valid = {rule.slug: rule.valid for rule in rules()}
    catalog = Catalog.load()
    for found in known:
        yield f"rules/{found.slug}.md", _page(found, valid.get(found.slug, ()), catalog)


def _index(known: tuple[Page, ...]) -> str:
    parts = []
    for origin in dict.fromkeys([*_GROUPS, *(found.origin for found in known)]):
        rows = [
            (f"[`{found.slug}`]({found.slug}.md)", found.severity.value, prose(found.summary))
            for found in known
            if found.origin == origin
        ]
        parts += [f"## {_GROUPS[origin]}", table(("Rule", "Severity", "What it reports"), rows)]
    return page("# Rules", _INTRODUCTION, *parts)


def _page(found: Page, valid: tuple[str, ...], catalog: Catalog) -> str:
    wrong = [invalid_case(case, catalog) for case in found.examples]
    right = [valid_case(case) for case in valid]
    return page(
        f"# `{found.slug}`",
        f"**Severity:** {found.severity.value}",
        *_documentation(found.documentation),
        *(["## What it reports", _ABOUT_CASES, *wrong] if wrong else []),
        *(["## What it accepts", *right] if right else []),
        "[All rules](index.md)",
    )


def _documentation(text: str) -> Iterator[str]:
    """Yield the summary, then headings and their paragraphs."""
    summary, *sections = text.split("\n\n")
    yield prose(summary)
    for section in sections:
        first, _, rest = section.partition("\n")
        if not first.startswith(" "):
            yield f"## {first}"
            section = rest  # noqa: PLW2901 - the heading is dealt with
        yield prose_lines(dedent(section))


def prose_lines(text: str) -> str:
    """Escape the text but for the marks of its lists."""
    lines = (line for line in text.split("\n"))
    return "\n".join(f"- {prose(line[2:])}" if line.startswith("* ") else prose(line) for line in lines)
