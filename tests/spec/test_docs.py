"""`xchange docs`: what somebody wrote in the terminal, and everything as JSON and as one page."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from documented import FILE, FILES, INTEGRATION, KEY, SECRETS
from strict_schemas import faults

HERE = Path(__file__).parent
EXAMPLES = Path(__file__).parents[2] / "examples"
STEER = "\x1b]0;owned\x07\x9b2J"
PICTURE = b"\x89PNG\r\n\x1a\n not a real one"


@pytest.fixture
def folder(project):
    return project(FILES)


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.text = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def handle_endtag(self, tag):
        self.text += "" if tag in {"a", "code", "strong"} else " "

    def of(self, tag):
        return [attributes for name, attributes in self.found if name == tag]


def page_of(xchange, folder, *arguments):
    ran = xchange("docs", *arguments, "--html", "-", cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def with_text(text):
    before, _, rest = INTEGRATION.partition("documentation: |")
    return {FILE: f"{before}documentation: {json.dumps(text)}\ncategory{rest.partition('category')[2]}"}


def test_the_written_texts_are_shown_one_below_the_other(folder, xchange):
    ran = xchange("docs", KEY, cwd=folder)
    assert (ran.code, ran.err) == (0, "")
    lines = [line.strip() for line in ran.out.splitlines() if line.strip()]
    assert lines == [
        "Orders",
        "How it works: see the setup (docs/setup.md#by-hand).",
        "── docs/setup.md ──",
        "Setup",
        "Ask Ann; see https://acme.test/help.",
        "By hand",
        "[image The shop]",
    ]


def test_without_a_key_the_integration_around_the_working_folder_is_meant(folder, xchange):
    inside = folder / "integrations" / KEY / "docs"
    assert xchange("docs", cwd=inside).out == xchange("docs", KEY, cwd=folder).out


def test_no_line_is_wider_than_80_columns_and_nothing_is_painted_where_no_terminal_is(project, xchange):
    text = f"{'word ' * 60}\n\n| a | b |\n|---|---|\n| {'long ' * 30} | x |\n\n    {'code ' * 40}\n"
    ran = xchange("docs", KEY, cwd=project(with_text(text)))
    assert ran.code == 0
    assert max(map(len, ran.out.splitlines())) <= 80
    assert "\x1b" not in ran.out
    assert [line for line in ran.out.splitlines() if line.endswith(" ")] == []


def test_an_integration_without_texts_says_how_one_is_begun(project, xchange):
    ran = xchange("docs", KEY, cwd=project(with_text("")))
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "orders has no documentation yet; `xchange docs orders --edit` begins it\n"


@pytest.mark.parametrize(
    "text", [f"# A{STEER}", "A &#27;[2J &#x9b;2J", f"```{STEER}\n{STEER}\n```", f"[x](http://a/{STEER})"]
)
def test_a_text_cannot_steer_the_terminal(text, project, xchange):
    folder = project({**with_text(text), f"integrations/{KEY}/docs/a{chr(0x9B)}.md": "x"})
    shown, page = xchange("docs", KEY, cwd=folder), xchange("docs", KEY, "--html", "-", cwd=folder)
    assert (shown.code, page.code) == (0, 0)
    assert [one for one in shown.out + page.out if one != "\n" and not one.isprintable()] == []


def test_html_in_a_text_is_text(project, xchange):
    folder = project(with_text("<your key> and <b onclick='x()'>bold</b>\n\n<script>alert(1)</script>\n"))
    assert "<your key> and <b onclick='x()'>bold</b>" in xchange("docs", KEY, cwd=folder).out
    page = Elements(page_of(xchange, folder))
    assert (page.of("script"), page.of("b"), page.of("your")) == ([], [], [])
    assert "<script>alert(1)</script>" in page.text


def test_everything_is_told_as_json(folder, xchange, golden):
    ran = xchange("docs", KEY, "--output", "json", cwd=folder)
    assert (ran.code, ran.err, faults(ran.out, "docs-output")) == (0, "", [])
    golden(HERE / "docs" / "orders.json", ran.out)


@pytest.mark.parametrize("how", [(), ("--output", "json"), ("--html", "-")])
def test_no_secret_is_told(how, project, xchange):
    token = "ghp_" + "a1B2c3D4e5F6" * 3
    files = {**FILES, f"integrations/{KEY}/docs/secret.md": f"The token is {token}.\n"}
    ran = xchange("docs", KEY, *how, cwd=project(files))
    assert ran.code == 0
    assert [secret for secret in (*SECRETS, token) if secret in ran.out] == []
    assert "«secret: hidden»" in ran.out


def test_the_page_tells_what_the_file_says_by_itself(folder, xchange):
    words = " ".join(Elements(page_of(xchange, folder, KEY)).text.split())
    for told in (
        "Started by a request to its URL",
        "URL one for this flow in each instance",
        "Security an API key in the header Api-Key, which the customer sets",
        "Answer the caller waits for the last result",
        "Schedule every day at 02:30 (Europe/Berlin)",
        "Retried up to 3 times, after 5 minutes, twice as long each time",
        "Of all prices. Type choice Default EUR Options EUR, USD Seen by customers and the organisation",
        "Each user of a customer fills in this page.",
        "Signature Type text Required yes Seen by each user, for themselves",
        "API Token Type text Default hidden: it may be secret Seen by the organisation only",
        "Start Type schedule Default every day at 02:30 (Europe/Berlin)",
        "Component HTTP Kind Basic Username/Password",
        "password, required, secret, given in the file; seen by the organisation only",
        "Tell HTTP: POST Request Tells the shop.",
        "Uses the connection Shop Connection. On failure: its failure is ignored.",
        "Branch Else: no steps",
        "Odd nobody: nothing",
    ):
        assert told in words


def test_the_page_needs_nothing_but_itself(folder, xchange):
    page = Elements(page_of(xchange, folder, KEY))
    policies = [
        one["content"] for one in page.of("meta") if one.get("http-equiv") == "Content-Security-Policy"
    ]
    assert policies == [
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    ]
    assert {tag for tag, _ in page.found} & {
        "script",
        "link",
        "iframe",
        "object",
        "embed",
        "form",
        "base",
    } == set()
    assert [one for _, one in page.found if any(name.startswith("on") for name in one)] == []
    assert [one for one in page.of("img") if not one["src"].startswith("data:image/")] == []


def test_the_contents_lead_to_every_part_and_ids_occur_once(folder, xchange):
    page = Elements(page_of(xchange, folder, KEY))
    ids = [one["id"] for _, one in page.found if "id" in one]
    links = [one["href"][1:] for one in page.of("a") if one["href"].startswith("#")]
    assert len(ids) == len(set(ids))
    assert set(links) <= set(ids)
    assert {"orders", "setup", "by-hand", "triggers", "configuration", "connections", "flows"} <= set(links)
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_links_to_other_texts_lead_to_their_place_on_the_page(folder, xchange):
    links = [one["href"] for one in Elements(page_of(xchange, folder, KEY)).of("a")]
    assert "#by-hand" in links
    assert not [link for link in links if ".md" in link]


def test_images_beside_the_integration_are_part_of_the_page_and_others_are_not(project, xchange):
    images = "![in](shop.png) ![up](../../../xchange.yaml) ![gone](gone.png) ![far](https://acme.test/a.png) ![no](a.exe) ![out](../secret.png)"
    folder = project({**FILES, f"integrations/{KEY}/docs/setup.md": images, "xchange.yaml": ""})
    beside = folder / "integrations" / KEY
    (beside / "docs" / "shop.png").write_bytes(PICTURE)
    (beside / "secret.png").write_bytes(PICTURE)
    page = Elements(page_of(xchange, folder, KEY))
    assert [one["alt"] for one in page.of("img")] == ["in"]
    assert "https://acme.test/a.png" in [one["href"] for one in page.of("a")]
    for told in (
        "gone (gone.png: there is no such file)",
        "no (a.exe: only .gif, .jpeg, .jpg, .png, .svg, .webp can be shown)",
        "out (../secret.png: only images in docs/ and attachments/ are shown)",
    ):
        assert told in page.text


def test_a_link_out_of_the_folder_is_not_followed(project, xchange):
    folder = project({**FILES, "private.png": "private"})
    (folder / "integrations" / KEY / "docs" / "shop.png").symlink_to(folder / "private.png")
    page = Elements(page_of(xchange, folder, KEY))
    assert page.of("img") == []
    assert "The shop (shop.png: only images in docs/ and attachments/ are shown)" in page.text


def test_an_image_that_is_too_large_is_named_in_its_place(folder, xchange):
    (folder / "integrations" / KEY / "docs" / "shop.png").write_bytes(PICTURE.ljust(2 * 1024 * 1024 + 1))
    assert "The shop (shop.png: it is larger than 2 MiB)" in Elements(page_of(xchange, folder, KEY)).text


def test_a_page_is_written_and_replaced(folder, xchange):
    first = xchange("docs", KEY, "--html", "out/orders.html", cwd=folder)
    assert (first.code, first.out, first.err) == (0, "", "out/orders.html is written\n")
    again = xchange("docs", KEY, "--html", "out/orders.html", cwd=folder)
    assert (again.code, again.err) == (0, "out/orders.html is written\n")
    assert (folder / "out" / "orders.html").read_text(encoding="utf-8") == page_of(xchange, folder, KEY)


def test_what_is_no_page_is_not_replaced(folder, xchange):
    ran = xchange("docs", KEY, "--html", FILE, cwd=folder)
    assert (ran.code, ran.out) == (6, "")
    assert ran.err == (
        f"error: {FILE} is there already and is no page, so it is not replaced\nhint: Name another file.\n"
    )
    assert (folder / FILE).read_text(encoding="utf-8") == INTEGRATION


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("integrations", "integrations is a folder, not a file"),
        (f"{FILE}/x.html", f"{FILE}/x.html cannot be written: Not a directory"),
        ("/dev/null", "/dev/null is a pipe or a device, not a file"),
        ("a" * 300, f"{'a' * 300} cannot be written: File name too long"),
    ],
)
def test_a_page_that_cannot_be_written_says_why(target, message, folder, xchange):
    ran = xchange("docs", KEY, "--html", target, cwd=folder)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"error: {message}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--edit", "--html", "x.html"), "--edit and --html do not go together"),
        (("--edit", "--serve"), "--edit and --serve do not go together"),
        (("--serve", "--output", "json"), "--serve and --output json do not go together"),
        (("--port", "80"), "--port is of no use without --serve"),
    ],
)
def test_wishes_that_contradict_each_other_are_refused(arguments, message, folder, xchange):
    ran = xchange("docs", KEY, *arguments, cwd=folder)
    told = json.loads(ran.out)["message"] if "json" in arguments else ran.err.removeprefix("error: ").strip()
    assert (ran.code, told) == (2, message)


def test_a_text_that_is_no_text_is_told_with_its_place(folder, xchange):
    (folder / "integrations" / KEY / "docs" / "setup.md").write_bytes(b"# Setup\n\n\xff\n")
    ran = xchange("docs", KEY, cwd=folder)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"integrations/{KEY}/docs/setup.md:3:1: error: not UTF-8 text: byte 0xff\n")


def test_a_file_with_findings_is_documented_all_the_same(project, xchange):
    text = "name: [1]\nflows: [{name: A, steps: [{name: 1}, 7]}, 3, {}]\nconfigPages: 3\nrequiredConfigVars: [{}, 4, {key: K}]\n"
    folder = project({FILE: text})
    for how in ((), ("--output", "json"), ("--html", "-")):
        assert xchange("docs", KEY, *how, cwd=folder).code == 0


@pytest.mark.parametrize(
    "example", sorted(path.parent for path in EXAMPLES.glob("*/integrations/*/integration.yml"))
)
def test_every_example_has_a_page_with_a_chart_for_each_flow(example, xchange):
    ran = xchange("docs", example, "--html", "-", cwd=EXAMPLES)
    page = Elements(ran.out)
    flows = len(json.loads(xchange("docs", example, "-o", "json", cwd=EXAMPLES).out)["flows"])
    assert (ran.code, len(page.of("svg"))) == (0, flows)
