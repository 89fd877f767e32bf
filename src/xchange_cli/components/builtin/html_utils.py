"""Helpers for HTML documents; nothing but the URL that is asked for is fetched.

Which libraries the platform uses is not documented. What is done here is named after the likeliest.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from xchange_cli.components.conversions import to_binary, to_string
from xchange_cli.components.html.css_inlining import inline_styles, links_sheets
from xchange_cli.components.html.format import formatted
from xchange_cli.components.html.plain_text import plain_text
from xchange_cli.components.html.tokens import Kind, tokens
from xchange_cli.components.html.tree import parse
from xchange_cli.components.inputs import read_required
from xchange_cli.components.limits import refusing_depth
from xchange_cli.components.spec import ActionContext, ActionError, ActionResult, Example, Implementation
from xchange_cli.wire.http import HttpRequest, HttpResponse, Terms
from xchange_cli.wire.urls import shown_url

_LONGEST_WAIT = 60.0


@refusing_depth
def convert_inline_css(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Move the rules of `<style>` elements into `style` attributes, as juice does."""

    def go_on() -> None:
        if context.seconds_left <= 0:
            raise ActionError("the time of the run is over", kind="timeout")

    root = parse(_html(inputs))
    if links_sheets(root):
        context.warn("linked style sheets are not fetched: only those in the document are inlined")
    return ActionResult(inline_styles(root, go_on))


@refusing_depth
def format_html(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Put blocks on lines of their own, and indent them."""
    context.warn("the platform formats with prettier, which may break lines elsewhere")
    return ActionResult(formatted(parse(_html(inputs))))


def get_html_from_url(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Fetch a page; a status other than 2xx is an error, as for axios."""
    url = read_required(inputs, "url", _url)
    terms = Terms(seconds=max(min(_LONGEST_WAIT, context.seconds_left), 0.001))
    response = context.http.send(HttpRequest("GET", url, (("Accept", "text/html,*/*"),)), terms)
    if not 200 <= response.status < 300:
        status = f"{response.status} {response.reason}".rstrip()
        raise ActionError(
            f"the answer to GET {shown_url(url)} has the status {status}", kind="http-status", input_key="url"
        )
    return ActionResult(_decoded(response), content_type=response.header("Content-Type"))


@refusing_depth
def html_to_plaintext(context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Lay out as text, as html-to-text does."""
    context.warn("how the platform lays out text is not documented; here as html-to-text does by default")
    return ActionResult(plain_text(parse(_html(inputs))))


def strip_html_tags(_context: ActionContext, inputs: Mapping[str, Any]) -> ActionResult:
    """Leave tags and comments out, and all else as it is: references such as `&amp;` stay, as the text of scripts."""
    kept = {Kind.TEXT, Kind.RAW}
    return ActionResult("".join(token.raw for token in tokens(_html(inputs)) if token.kind in kept))


def _html(inputs: Mapping[str, Any]) -> str:
    return read_required(inputs, "html", _text)


def _text(value: Any) -> str:
    """Read text, or a file that holds it."""
    is_file = isinstance(value, bytes) or (
        isinstance(value, Mapping) and isinstance(value.get("data"), bytes | str)
    )
    return to_binary(value)[0].decode("utf-8", "replace") if is_file else to_string(value)


def _url(value: Any) -> str:
    text = to_string(value).strip()
    try:
        parts = urlsplit(text)
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_usable = False
    if not is_usable or any(character.isspace() for character in text):
        shown = shown_url(text)
        raise ActionError(
            f'"{shown if len(shown) <= 80 else shown[:79] + "…"}" is not the URL of a page (https://…)'
        )
    return text


def _decoded(response: HttpResponse) -> str:
    """Decode as the answer says, else as UTF-8."""
    header = response.header("Content-Type") or ""
    charset = header.lower().partition("charset=")[2].partition(";")[0].strip(" \"'") or "utf-8"
    try:
        return response.body.decode(charset, "replace")
    except (LookupError, ValueError):
        return response.body.decode("utf-8", "replace")


_STYLED = "<style>p { color: red } p:hover { color: blue }</style><p class=a>Hi</p>"

COMPONENT = Implementation(
    actions={
        "convertInlineCss": convert_inline_css,
        "formatHtml": format_html,
        "getHtmlFromUrl": get_html_from_url,
        "htmlToPlaintext": html_to_plaintext,
        "stripHtmlTags": strip_html_tags,
    },
    examples=(
        Example(
            "convertInlineCss",
            {"html": _STYLED},
            '<style>\np:hover { color: blue }\n</style><p class="a" style="color: red;">Hi</p>',
        ),
        Example(
            "formatHtml",
            {"html": "<ul><li>a<li><b>b</b></ul>"},
            "<ul>\n  <li>a</li>\n  <li><b>b</b></li>\n</ul>\n",
        ),
        Example(
            "getHtmlFromUrl", {"url": "page.html"}, None, error='url: "page.html" is not the URL of a page'
        ),
        Example("htmlToPlaintext", {"html": "<p>Hello</p>"}, "Hello"),
        Example(
            "htmlToPlaintext",
            {
                "html": '<h1>News</h1><p>Read <a href="https://example.com">more</a> &amp; more</p><ul><li>a<li>b</ul>'
            },
            "NEWS\n\nRead more [https://example.com] & more\n\n * a\n * b",
        ),
        Example(
            "stripHtmlTags",
            {"html": "<p>Hello <b>Bob</b> &amp; <!-- no --> a < b</p>"},
            "Hello Bob &amp;  a < b",
        ),
        Example("stripHtmlTags", {}, None, error="html is not set"),
    ),
)
