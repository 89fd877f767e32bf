"""The whole page: what somebody wrote, then what the file says by itself."""

from pathlib import Path

from xchange_cli.formats.documentation_page.configuration import configuration, connections
from xchange_cli.formats.documentation_page.contents import Heading, Ids, contents
from xchange_cli.formats.documentation_page.facts import paragraphs
from xchange_cli.formats.documentation_page.flows import flows, triggers
from xchange_cli.formats.documentation_page.markup import Html, joined, tag, without_controls
from xchange_cli.formats.documentation_page.written import written_parts
from xchange_cli.overview.documentation import Documentation

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
"""What a browser may do for the page: paint it, and show the images in it."""


def page_of(documentation: Documentation, *, policy: str = POLICY, more_head: str = "") -> str:
    """Give the page as text; `more_head` is HTML for its head, which `policy` has to allow."""
    headings: list[Heading] = []
    parts: list[Html] = []
    ids = Ids()
    for found, part in (
        *written_parts(documentation, ids),
        triggers(documentation, ids),
        configuration(documentation, ids),
        connections(documentation, ids),
        flows(documentation, ids),
    ):
        headings += found
        parts.append(part)
    body = joined(
        tag("a", "To the text", class_="skip", href="#text"),
        tag("header", *_head(documentation)),
        contents(headings) if headings else "",
        tag("main", *parts, id="text", tabindex="-1"),
        tag("footer", tag("p", f"Made by xchange docs from {Path(documentation.file).name}.")),
    )
    return framed(documentation.name or documentation.key, body, policy=policy, more_head=more_head)


def framed(title: str, body: Html, *, policy: str = POLICY, more_head: str = "") -> str:
    """Give a whole page around its body."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    head = joined(
        Html('<meta charset="utf-8">\n'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">\n'),
        Html('<meta name="referrer" content="no-referrer">\n'),
        tag("title", title),
        Html(f"\n<style>\n{style}</style>\n{more_head}"),
    )
    page = f'<!doctype html>\n<html lang="en">\n<head>\n{head}</head>\n{tag("body", body)}\n</html>\n'
    return without_controls(page)


def _head(documentation: Documentation) -> list[Html]:
    about = [part for part in (documentation.category, *documentation.labels) if part]
    return [
        tag("h1", documentation.name or documentation.key),
        *paragraphs(documentation.description),
        *(
            [tag("ul", *(tag("li", one) for one in about), class_="labels", aria_label="Labels")]
            if about
            else ()
        ),
    ]
