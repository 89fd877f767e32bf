"""The page of `xchange diff --output html` as a real browser lays it out; skipped where there is no Chromium."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from browser import browsing, found_browser

HERE = Path(__file__).parent
PAIRS = sorted(path.parent for path in (HERE / "diff").glob("*/expected.txt"))
SIZES = [(1280, "light"), (1280, "dark"), (400, "light"), (400, "dark")]
NEEDED, MOVED, CODE, ANSWER = (
    next(path for path in PAIRS if path.name.startswith(number)) for number in ("01", "02", "07", "10")
)

WIDER = """
[...document.querySelectorAll("body *")].filter((one) => !one.closest(".unseen, .skip"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5).map((one) => one.outerHTML.slice(0, 80))
"""
DIM = """
[...document.querySelectorAll("h1, h2, h3, p, td, th, code, del, ins, a, span, label, legend, summary")].filter((one) => {
  const light = (color) => {
    const [r, g, b] = color.match(/[0-9.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const color = getComputedStyle(node).backgroundColor;
    return color === "rgba(0, 0, 0, 0)" && node.parentElement ? ground(node.parentElement) : color;
  };
  return [null, "::before", "::after"].some((part) => {
    const [high, low] = [light(getComputedStyle(one, part).color), light(ground(one))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05) < 4.5;
  });
}).map((one) => one.outerHTML.slice(0, 80))
"""
SEEN = "[...document.querySelectorAll('.change, nav .item')].filter((one) => one.checkVisibility()).map((one) => one.className)"
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4')].map((one) => [one.tagName, one.textContent])"
ROWS = """
[...document.querySelectorAll(".sides tbody tr")].map((row) => [...row.cells].map((cell) => [
  cell.dataset.line ?? null, cell.textContent, [...cell.querySelectorAll("del, ins")].map((mark) => mark.textContent)]))
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = found_browser()
    if program is None:
        pytest.skip("no Chromium here: install chromium to test the page's layout")
    with browsing(program, str(tmp_path_factory.mktemp("profile"))) as opened:
        yield opened


@pytest.fixture
def html(xchange):
    """Give the page of the two files of a folder."""

    def make(folder, *more):
        ran = xchange("diff", "old.yml", "new.yml", "--output", "html", *more, cwd=folder)
        assert (ran.code, ran.err) == (0, "")
        return ran.out

    return make


@pytest.fixture
def page(html, tmp_path):
    """Write that page, and give its address."""

    def make(folder, *more):
        path = tmp_path / "page.html"
        path.write_text(html(folder, *more), encoding="utf-8")
        return path.as_uri()

    return make


@pytest.fixture
def pair(project):
    return lambda old, new: project({"old.yml": old, "new.yml": new})


def read(folder, name):
    return (folder / f"{name}.yml").read_text(encoding="utf-8")


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.names, self.addresses = set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.addresses += [
            value for name, value in attrs if name in {"href", "src", "action", "srcset", "style"}
        ]


@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name)
def test_a_page_runs_nothing_and_asks_for_nothing(folder, html):
    text = html(folder)
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in text
    found = Elements(text)
    assert not found.names & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
    assert all(address.startswith("#") for address in found.addresses)
    assert not re.search(r"url\(|@import", text)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name)
def test_a_page_fits_its_window_and_every_text_can_be_told_from_its_ground(
    folder, width, scheme, page, browser
):
    browser.open(page(folder), width=width, scheme=scheme)
    assert browser.value("document.documentElement.scrollWidth") == width
    assert (browser.value(WIDER), browser.value(DIM)) == ([], [])
    assert (browser.console, len(browser.requests)) == ([], 1)


def test_the_verdict_comes_first_then_the_changes_flow_by_flow(page, browser):
    browser.open(page(ANSWER))
    assert browser.value(HEADINGS) == [
        ["H1", "new"],
        ["H2", "integration"],
        ["H3", "safe other description"],
        ["H2", "flow Incoming"],
        ["H3", "breaking answer to callers: statusCode 200 → 202"],
        ["H3", "breaking answer to callers: keyValueInput"],
    ]
    assert browser.value("document.querySelector('.verdict').innerText.split(/\\n+/)") == [
        "breaking old.yml → new.yml",
        "Callers of Incoming must change.",
        "2 breaking, 1 safe",
    ]
    tops = (
        "['h1', '.verdict', 'nav', '.filters', '.change'].map((one) => document.querySelector(one).offsetTop)"
    )
    for width in (1280, 400):
        browser.open(page(ANSWER), width=width)
        assert browser.value(f"{tops}.every((top, at, all) => !at || at === 3 || top >= all[at - 1])")


def test_both_sides_stand_beside_each_other_with_line_numbers_and_marked_words(page, browser):
    browser.open(page(CODE))
    assert browser.value(ROWS) == [
        [
            [
                "52",
                "  const { quantity, price } = stepResults.order.results.body.data;",
                [],
            ],
            [
                "52",
                "  const { quantity, price } = stepResults.order.results.body.data;",
                [],
            ],
        ],
        [[None, "", []], ["53", "  logger.info(`${quantity} at ${price}`);", []]],
        [
            ["53", "  return { data: quantity * price };", []],
            ["54", "  return { data: Math.round(quantity * price) };", ["Math.round(", ")"]],
        ],
        [["54", "};", []], ["55", "};", []]],
    ]
    boxes = "[...document.querySelector('.sides tbody tr:nth-child(3)').cells].map((one) => one.getBoundingClientRect())"
    assert browser.value(f"(([old, now]) => old.top === now.top && old.right <= now.left)({boxes})")
    browser.open(page(CODE), width=400)
    assert browser.value(f"(([old, now]) => old.bottom <= now.top && old.left === now.left)({boxes})")


def test_a_value_is_shown_in_its_line_and_what_is_new_stands_alone(page, browser):
    browser.open(page(NEEDED))
    rows = browser.value(ROWS)
    lines = read(NEEDED, "new").splitlines()
    (default,) = [row for row in rows if row[0][2] == ["50"]]
    assert default[1] == ["12", lines[11].strip(), ["100"]]
    (added,) = [row for row in rows if row[1][0] == "13"]
    assert added == [[None, "", []], ["13", lines[12].strip(), ["Warehouse"]]]


def test_the_filters_hide_changes_of_a_grade_and_the_headings_left_without_any(page, browser):
    browser.open(page(NEEDED))
    assert sorted(browser.value(SEEN)) == sorted(
        f"{kind} {grade}" for kind in ("change", "item") for grade in ("breaking", "risky", "safe")
    )
    assert browser.value(
        "[...document.querySelectorAll('.filters label')].map((one) => one.textContent.trim())"
    ) == [*("breaking 1", "risky 1", "safe 1")]
    browser.value("['breaking', 'safe'].forEach((grade) => document.getElementById(`show-${grade}`).click())")
    assert sorted(browser.value(SEEN)) == ["change risky", "item risky"]
    seen = "[...document.querySelectorAll('main h2')].filter((one) => one.checkVisibility()).map((one) => one.textContent)"
    assert browser.value(seen) == ["config variables"]
    none = "document.querySelector('.filters .hidden').checkVisibility()"
    assert browser.value(none) is False
    browser.value("document.getElementById('show-risky').click()")
    assert (browser.value(SEEN), browser.value(none)) == ([], True)


def test_the_filters_are_switched_by_key_and_named_for_those_who_do_not_see_them(page, browser):
    browser.open(page(NEEDED))
    browser.value("document.getElementById('show-risky').focus()")
    key = {"key": " ", "code": "Space", "windowsVirtualKeyCode": 32, "text": " "}
    browser.ask("Input.dispatchKeyEvent", type="keyDown", **key)
    browser.ask("Input.dispatchKeyEvent", type="keyUp", **key)
    assert "change risky" not in browser.value(SEEN)
    tree = browser.ask("Accessibility.getFullAXTree")["nodes"]
    told = [
        (one["role"]["value"], one.get("name", {}).get("value")) for one in tree if not one.get("ignored")
    ]
    assert [name for role, name in told if role == "checkbox"] == ["breaking 1", "risky 1", "safe 1"]
    assert ("navigation", "Changes") in told
    assert ("group", "Show") in told
    links = [name for role, name in told if role == "link"]
    assert links[0] == "To the changes"
    assert "breaking: Warehouse is new and has no default" in links


@pytest.mark.parametrize("width", [1280, 400])
def test_both_sides_are_a_table_for_those_who_do_not_see_them(width, page, browser):
    browser.open(page(CODE), width=width)
    tree = browser.ask("Accessibility.getFullAXTree")["nodes"]
    told = [
        (one["role"]["value"], one.get("name", {}).get("value")) for one in tree if not one.get("ignored")
    ]
    assert [name for role, name in told if role == "columnheader"] == ["Before, line 50", "After, line 50"]
    assert sum(role == "row" for role, _ in told) == 5


def test_a_link_of_the_list_leads_to_its_change(page, browser):
    browser.open(page(ANSWER), height=400)
    browser.value("[...document.querySelectorAll('nav a')].at(-1).click()")
    browser.until("document.querySelector('.change:target h3').textContent.includes('keyValueInput')")
    browser.until("document.querySelector('.change:target').getBoundingClientRect().top < 400")


def test_print_shows_the_changes_and_no_switches(page, browser):
    browser.open(page(ANSWER))
    browser.ask("Emulation.setEmulatedMedia", media="print")
    hidden = "['nav', '.filters'].map((one) => document.querySelector(one).checkVisibility())"
    assert browser.value(hidden) == [False, False]
    assert len(browser.value(SEEN)) == 3
    browser.ask("Emulation.setEmulatedMedia", media="")


NAMES = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "</style></title><svg onload=alert(1)>",
    "'\"><a href=javascript:alert(1)>",
    "w" * 300,
    "a/b\\c",
    "\U0001f600 \u202eabc\x07",
)


@pytest.mark.parametrize(("width", "scheme"), SIZES[1:3])
def test_hostile_names_and_values_are_only_text(width, scheme, page, pair, browser):
    start = "definitionVersion: 7\nname: Orders\ndescription: ''\n"
    rows = "".join(
        f"  - {{key: {json.dumps(name, ensure_ascii=False)}, dataType: string}}\n" for name in NAMES
    )
    values = [json.dumps(name, ensure_ascii=False) for name in NAMES]
    flow = "flows:\n  - name: {0}\n    description: {0}\n    steps: []\n"
    old = f"{start}requiredConfigVars:\n  - {{key: A, dataType: string, defaultValue: b}}\n{flow.format('A')}"
    new = f"{start}requiredConfigVars:\n  - {{key: A, dataType: string, defaultValue: {values[1]}}}\n{rows}"
    browser.open(page(pair(old, new + flow.format(values[0]))), width=width, scheme=scheme)
    assert browser.value("document.title") == "new: what differs"
    assert (
        browser.value("document.querySelectorAll('script, img, svg, [onload], [onerror], main a').length")
        == 0
    )
    text = browser.value("document.querySelector('main').textContent")
    assert all(name in text for name in NAMES[:-1])
    assert "\u202e" not in text
    assert browser.value("document.documentElement.scrollWidth") == width
    assert (browser.value(WIDER), browser.console) == ([], [])


def test_a_moved_step_shows_where_it_was_and_is(page, browser):
    browser.open(page(MOVED))
    rows = browser.value(ROWS)
    assert [row[1] for row in rows if row[1][1] == "- name: Keep Time"] == [["27", "- name: Keep Time", []]]


def test_config_sets_are_told_below_the_verdict(xchange, project, browser, tmp_path):
    folder = project(
        {
            "xchange.yaml": "{}\n",
            "base.yml": read(NEEDED, "old"),
            "integrations/orders/integration.yml": read(NEEDED, "new"),
            "integrations/orders/configs/full.yml": "values:\n  Warehouse: north\n",
            "integrations/orders/configs/poor.yml": "values:\n  Page Size: 1\n",
        }
    )
    arguments = ("base.yml", "orders", "--config", "all", "--output", "html")
    (tmp_path / "page.html").write_text(xchange("diff", *arguments, cwd=folder).out, encoding="utf-8")
    browser.open((tmp_path / "page.html").as_uri())
    cells = "[...document.querySelectorAll('.sets tbody tr')].map((row) => [...row.cells].map((cell) => cell.innerText))"
    assert ["poor", "needs a value", "Warehouse"] in browser.value(cells)


def test_ten_thousand_changes_are_seen_as_fast_as_they_are_scrolled_to(page, pair, browser):
    start = "definitionVersion: 7\nname: Orders\ndescription: ''\n"
    rows = "".join(f"  - {{key: V{n}, dataType: string}}\n" for n in range(10_000))
    browser.open(page(pair(f"{start}flows: []\n", f"{start}requiredConfigVars:\n{rows}flows: []\n")))
    assert browser.value("document.querySelectorAll('.change').length") == 10_000
    browser.value("document.querySelectorAll('.change')[9999].scrollIntoView()")
    assert browser.value("document.querySelectorAll('.change')[9999].innerText").count("V9999") == 2
