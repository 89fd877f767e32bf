"""What the examples of html-utils cannot show: broken HTML, the details of style sheets and of layout, real pages."""

import pytest

from contexts import RecordingContext
from servers import answer, server
from xchange_cli.components.builtin.html_utils import COMPONENT
from xchange_cli.components.html.css_selectors import parse_selector
from xchange_cli.components.spec import ActionError, ActionResult
from xchange_cli.wire.live import LiveHttp

__all__ = ["server"]


def perform(action, html):
    return COMPONENT.actions[action](RecordingContext(), {"html": html}).data


def inlined(css, html):
    return perform("convertInlineCss", f"<style>{css}</style>{html}")


@pytest.mark.parametrize(
    ("html", "stripped"),
    [
        ("a < b > c <3", "a < b > c <3"),
        ("<p title='a > b'>x</p>", "x"),
        ('<p title="never closed>x</p>', "x"),
        ("x<a href='y", "x"),
        ("x</p", "x"),
        ("a<!-- <b> -- > -->b<!-- rest", "ab"),
        ("<!DOCTYPE html><?php x ?>y", "y"),
        ("<script>if (a < b) {}</script>z", "if (a < b) {}z"),
        ("<textarea><b></textarea>", "<b>"),
        ("&lt;b&gt; &amp;nbsp;", "&lt;b&gt; &amp;nbsp;"),
        ("<B>a</B><x-y z>b</x-y>", "ab"),
        ("", ""),
    ],
)
def test_only_tags_and_comments_are_stripped(html, stripped):
    assert perform("stripHtmlTags", html) == stripped


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&eacute;&#233;&#xE9;&amp;lt; &nosuch; &copy", "ééé&lt; &nosuch; ©"),
        ("&#xD800;&#99999999999999;&#0;", "\ufffd\ufffd\ufffd"),
        ("a \n\t b<br>c<br/>d", "a b\nc\nd"),
        ("<p>one<p>two<div>three</div>four", "one\n\ntwo\n\nthree\nfour"),
        ("<b>un<i>closed", "unclosed"),
        ("</div>stray</b>", "stray"),
        ("<h2>Big <a href='x'>link</a></h2>text", "BIG LINK [x]\n\ntext"),
        ("<a href='#top'>up</a> <a href='mailto:a@b.c'>me</a> <a href='y'></a>", "up me [a@b.c] [y]"),
        ("<img alt='A cat' src='c.png'><img>", "A cat [c.png]"),
        ("<ol start='9'><li>a<li>b<ul><li>c</ul></ol>", "  9. a\n 10. b\n      * c"),
        ("<blockquote>a<p>b</blockquote>c", "> a\n>\n> b\n\nc"),
        ("<pre>\n  a\n b </pre>", "  a\n b"),
        ("<hr>", "-" * 80),
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "a b\n1 2"),
        ("<head><title>T</title></head><body>b<script>s</script><style>t</style></body>", "b"),
        (
            f"{'word ' * 20}{'x' * 90} end",
            f"{('word ' * 16).strip()}\n{('word ' * 4).strip()}\n{'x' * 90}\nend",
        ),
        ("", ""),
    ],
)
def test_html_is_laid_out_as_text(html, text):
    assert perform("htmlToPlaintext", html) == text


def test_rules_are_inlined_by_their_weight():
    css = "p { color: red; margin: 0 !important } .a { color: blue } #i { color: green } p { color: black }"
    html = '<p class="a" id="i">1</p><p class="a">2</p><p style="color: pink; margin: 5px">3</p>'

    assert inlined(css, html) == (
        '<p class="a" id="i" style="color: green; margin: 0;">1</p>'
        '<p class="a" style="color: blue; margin: 0;">2</p>'
        '<p style="color: pink; margin: 0;">3</p>'
    )


@pytest.mark.parametrize(
    ("selector", "which"),
    [
        ("*", "0123"),
        ("section p", "12"),
        ("section > p", "12"),
        ("div > p", ""),
        ("i + p", "2"),
        ("p ~ p", "2"),
        ("p:first-child", "1"),
        ("section:only-child", "0"),
        ("p:last-child", "2"),
        ("[data-x]", "1"),
        ("[data-x=ab]", "1"),
        ("[data-x^='a'][data-x$='b'][data-x*=\"b\"]", "1"),
        ("[data-x|=ab]", "1"),
        ("[lang~=de]", "2"),
        ("p.k.l", "2"),
        ("I, .l", "23"),
    ],
)
def test_a_selector_finds_elements(selector, which):
    html = '<section><p data-x="ab"></p><i></i><p class="k l" lang="en de"></p></section>'

    styled = inlined(f"{selector} {{ a: b }}", html).split("<")[1:]

    places = {"0": "section", "1": 'p data-x="ab"', "2": 'p class="k l" lang="en de"', "3": "i"}
    found = "".join(key for key, tag in places.items() if f'{tag} style="a: b;">' in styled)
    assert found == which


@pytest.mark.parametrize("selector", ["a:hover", "p::before", ":not(b)", "p >", "", "a\\:b", "a b..c", "5%"])
def test_other_selectors_are_not_for_inlining(selector):
    assert parse_selector(selector) is None


def test_what_cannot_be_inlined_stays_in_the_sheet():
    css = "@import url('x;y');@media print { p { a: b } }/* { */ a:hover, p { c: d; e } @font-face { f: g } } stray; h"

    assert inlined(css, "<p>") == (
        "<style>\n@import url('x;y');\n@media print { p { a: b } }\na:hover { c: d; e }\n@font-face { f: g }\n</style>"
        '<p style="c: d;">'
    )


def test_values_keep_their_texts_and_brackets():
    css = """p { background: url(data:image/png;base64,AA==); font: "A;B", 'C'; --Own: 1; COLOR: RED }"""

    assert inlined(css, "<p>") == (
        """<p style="background: url(data:image/png;base64,AA==); font: 'A;B', 'C'; --Own: 1; color: RED;">"""
    )


def test_what_no_rule_is_for_stays_as_it_was():
    html = "<!DOCTYPE html>\n<BODY Class=a><br/>&nbsp;<p  title='\"'>x</P></BODY>\n"

    assert inlined("b { a: b }", html) == html


def test_sheets_for_other_media_stay_and_linked_ones_are_warned_of():
    html = '<style media="print">p { a: b }</style><link rel="StyleSheet" href="x.css"><p></p>'
    context = RecordingContext()

    assert COMPONENT.actions["convertInlineCss"](context, {"html": html}).data == html
    assert context.warnings == ["linked style sheets are not fetched: only those in the document are inlined"]


@pytest.mark.parametrize(
    ("html", "formatted"),
    [
        ("<p>a  <b>b</b>\n c</p>", "<p>a <b>b</b> c</p>\n"),
        ("<div><p>a</p>text</div>", "<div>\n  <p>a</p>\n  text\n</div>\n"),
        ("<div></div><div> </div>", "<div></div>\n<div></div>\n"),
        ("<p>" + "word " * 20, "<p>\n  " + ("word " * 20).strip() + "\n</p>\n"),
        ("<pre> a\n  b</pre>", "<pre> a\n  b</pre>\n"),
        ("<!-- c --><br>x", "<!-- c -->\n<br>x\n"),
        ("<svg><path d=1/><g/></svg>", "<svg><path d=1/><g/></svg>\n"),
        (
            "<table><tr><td>1<td>2</table>",
            "<table>\n  <tr>\n    <td>1</td>\n    <td>2</td>\n  </tr>\n</table>\n",
        ),
        ("", ""),
    ],
)
def test_html_is_indented(html, formatted):
    assert perform("formatHtml", html) == formatted


@pytest.mark.parametrize("action", ["convertInlineCss", "formatHtml", "htmlToPlaintext"])
def test_html_that_is_nested_without_end_is_refused(action):
    with pytest.raises(ActionError) as caught:
        perform(action, "<b>" * 50_000)
    assert caught.value.message == "the data is nested too deeply"


def test_many_candidates_for_a_selector_do_not_take_for_ever():
    css, html = "c b b b b b b b b b b { a: b }", "<b>" * 60

    assert inlined(css, html) == html


def test_very_many_rules_for_very_many_elements_take_no_time():
    css = "".join(f".c{number} {{ a: b }} #i{number} {{ c: d }}" for number in range(3000))
    html = "<p class='x y'>" * 6000

    assert inlined(f"{css} .x.z {{ e: f }}", html) == html


def test_very_many_siblings_take_no_time():
    html = "<i></i>" * 10_000

    assert inlined("b ~ i { a: b } b ~ c i ~ i { a: b }", html) == html
    assert inlined("i ~ i ~ u { a: b }", f"{html}<u></u>").endswith('<i></i><u style="a: b;"></u>')


@pytest.mark.parametrize("css", ["p { a: '" + "\\'" * 100_000, "p { a: b" + " " * 100_000 + "c }"])
def test_odd_style_sheets_take_no_time(css):
    assert perform("convertInlineCss", f"<style>{css}</style>") == ""


def test_a_text_that_is_not_closed_ends_with_its_line():
    css = "p { a: 'x\n} b { c: 'y\\'; d' }"

    assert inlined(css, "<p></p><b></b>") == """<p style="a: 'x;"></p><b style="c: 'y\\'; d';"></b>"""


def test_inlining_ends_with_the_time_of_the_run():
    with pytest.raises(ActionError) as caught:
        COMPONENT.actions["convertInlineCss"](
            RecordingContext(seconds_left=0), {"html": "<style>p { a: b }</style><p>"}
        )
    assert (caught.value.kind, caught.value.message) == ("timeout", "the time of the run is over")


def test_a_file_is_read_as_its_text():
    assert perform("stripHtmlTags", {"data": "<b>ä</b>".encode(), "contentType": "text/html"}) == "ä"


@pytest.fixture
def context():
    http = LiveHttp()
    yield RecordingContext(http=http)
    http.close()


def fetched(context, url):
    return COMPONENT.actions["getHtmlFromUrl"](context, {"url": url})


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("text/html; charset=ISO-8859-1", b"<p>\xe4</p>"),
        ("text/html", "<p>ä</p>".encode()),
        ('text/html; charset="UTF-8"', "<p>ä</p>".encode()),
        ("text/html; charset=nosuch", "<p>ä</p>".encode()),
    ],
)
def test_a_page_is_decoded_as_it_says(server, context, content_type, body):
    url = server.on("/page", answer(200, body, ("Content-Type", content_type)))

    assert fetched(context, url) == ActionResult("<p>ä</p>", content_type=content_type)


def test_a_page_that_is_not_there_is_an_error(server, context):
    url = server.on("/page", answer(404, b"no", reason="Not Found"))

    with pytest.raises(ActionError) as caught:
        fetched(context, url)
    assert (caught.value.kind, caught.value.message) == (
        "http-status",
        f"the answer to GET {url} has the status 404 Not Found",
    )


@pytest.mark.parametrize(
    "url", ["", "page", "ftp://a/b", "http://", "http://a:99999/", "http://[", "http://a b/"]
)
def test_only_urls_of_pages_are_fetched(context, url):
    with pytest.raises(ActionError) as caught:
        fetched(context, url)
    assert caught.value.message == f'url: "{url}" is not the URL of a page (https://…)'


def test_an_error_tells_neither_user_nor_password(server, context):
    url = server.on("/page", answer(404, b"no", reason="Not Found"))
    messages = []
    for given in (url.replace("://", "://bob:hunter2@"), "https://bob:hunter2@[::1", "bob:hunter2@a.test"):
        with pytest.raises(ActionError) as caught:
            fetched(context, given)
        messages.append(caught.value.message)

    assert messages == [
        f"the answer to GET {url} has the status 404 Not Found",
        'url: "https://[::1" is not the URL of a page (https://…)',
        'url: "a.test" is not the URL of a page (https://…)',
    ]
