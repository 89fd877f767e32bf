"""Whatever somebody writes, a page of it does nothing, and editing it without a change changes nothing."""

import io
import re
import string
import tempfile
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from xchange_cli.authoring.written_documentation import Draft
from xchange_cli.formats import documentation_text
from xchange_cli.formats.documentation_page.page import page_of
from xchange_cli.overview.documentation import Documentation
from xchange_cli.overview.documentation_images import Images
from xchange_cli.overview.documentation_parts import WrittenPage

NEVER = {"script", "iframe", "object", "embed", "form", "link", "base", "input", "button", "video", "audio"}
ADDRESSES = (
    "javascript:x",
    "JaVaScRiPt&colon;x",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "//acme.test",
    "data:image/png;base64,x",
)
WHOLE = [f"{mark}({address})" for mark in ("[a]", "![a]") for address in ADDRESSES]
PIECES = st.sampled_from(
    [
        *(
            *WHOLE,
            *(f"<{address}>" for address in ADDRESSES),
            *(f"\n[r]: {address}\n" for address in ADDRESSES),
            "[r]",
        ),
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "[a](",
            "![a](",
            ")",
            "x.png",
            "<",
            ">",
            '"',
        ),
        *("&quot;", "&#27;", "\x1b[2J", "\x00", "\u202e", "\ud800", "\\", "https://acme.test/?a=1&b='"),
        *(
            "\n",
            "\n\n",
            "# ",
            "## ",
            "###### ",
            "> ",
            "- ",
            "1. ",
            "```\n",
            "    ",
            "|a|b|\n|-|-|\n",
            "`",
            "**",
            "~~",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=5), st.sampled_from(string.ascii_letters))).map("".join)


class Harmless(HTMLParser):
    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        assert tag not in NEVER
        assert not [name for name in given if name.startswith("on") or name in {"srcdoc", "formaction"}]
        scheme = re.match(r"[^/#?]*:", re.sub(r"[\s\x00-\x1f]", "", given.get("href") or "#"))
        assert scheme is None or scheme[0].lower() in {"http:", "https:", "mailto:"}
        assert (given.get("src") or "data:image/").startswith("data:image/")


def documentation(text):
    folder = Path(tempfile.gettempdir()) / "no-such-integration"
    pages = (WrittenPage("", text), WrittenPage("docs/b.md", text))
    return Documentation("key", "integration.yml", text, text, text, (text,), pages, (), (), Images(folder))


@given(TEXTS)
def test_a_page_of_any_text_does_nothing(text):
    page = page_of(documentation(text))
    page.encode()
    parser = Harmless()
    parser.feed(page)
    assert not [one for one in page if ord(one) < 32 and one not in "\t\n"]


@given(TEXTS)
def test_any_text_is_shown_without_steering_the_terminal(text):
    out = io.StringIO()
    documentation_text.render(documentation(text), out)
    assert not [one for one in out.getvalue() if one != "\n" and (ord(one) < 32 or 0x7F <= ord(one) < 0xA0)]


@given(st.text(st.characters(exclude_characters="\r", exclude_categories=("Cs",))))
def test_a_text_that_nobody_touches_is_as_it_was(text):
    draft = Draft(None, text)
    assert draft.edited(draft.as_file) == draft.edited(draft.edited(draft.as_file))
    if text.strip() and not text.startswith("\ufeff"):
        assert draft.edited(draft.as_file) == text
