"""Any text as Markdown: read back by a Markdown parser it is the same text, and nothing else."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from xchange_cli.formats.cells import showable
from xchange_cli.formats.markdown import code, prose
from xchange_cli.formats.page_markdown import documentation
from xchange_cli.validation.pages import pages

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXTS = st.text(max_size=40) | st.text("`|\\ <>&*_[](){}~$#!-\n😀a", max_size=20)


def rendered(text):
    """Put a text into a table, as reports do, and give the HTML of its cell."""
    html = PARSER.render(f"| A | B |\n|---|---|\n| x{text}x | end |\n")
    cells = re.findall(r"<td>(.*?)</td>", html, re.DOTALL)
    assert len(cells) == 2
    assert cells[1] == "end"
    return cells[0].removeprefix("x").removesuffix("x")


def words(html):
    return unescape(re.sub("</?code>", "", html))


@given(TEXTS)
def test_code_shows_exactly_its_text(text):
    html = rendered(code(text))
    assert words(html) == showable(text)
    assert html == "" or re.fullmatch("<code>[^<]*</code>", html)


@given(TEXTS)
def test_prose_has_no_markup_but_code(text):
    assert not re.search("<(?!/?code>)", rendered(prose(text)))


@given(TEXTS)
def test_prose_without_backquotes_shows_exactly_its_text(text):
    plain = text.replace("`", "'")
    assert words(rendered(prose(plain))) == showable(plain)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("no step is called `a_b`", "no step is called <code>a_b</code>"),
        ("`` a`b `` and `c", "<code>a`b</code> and `c"),
        ("`a|b` | c", "<code>a|b</code> | c"),
        ("<img onerror=x> **no**", "&lt;img onerror=x&gt; **no**"),
        ("[here](http://a.test)", "[here](http://a.test)"),
        ("two\nlines", "two lines"),
    ],
)
def test_what_stands_between_backquotes_stays_code(text, html):
    assert rendered(prose(text)) == html


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.slug)
def test_every_page_is_markdown_with_its_three_headings(page):
    html = PARSER.render(documentation(page))
    assert re.findall("<h2>(.*?)</h2>", html) == ["What it checks", "Why it matters", "How to fix"]
    assert html.startswith("<p>")
    assert "<pre>" not in html
