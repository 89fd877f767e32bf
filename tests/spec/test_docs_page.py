"""The page of `xchange docs` as a real browser lays it out; skipped where there is no Chromium."""

import re
from pathlib import Path

import pytest

from browser import browsing, found_browser
from docs_server import serving
from documented import FILE, FILES, INTEGRATION, KEY, deep_flow

EXAMPLES = Path(__file__).parents[2] / "examples"
SIZES = [(1280, "light"), (390, "dark")]

HOSTILE = """\
# Hostile

<script>document.title = "owned"</script><img src=x onerror="document.title = 'owned'">

[one](javascript:document.title='owned') [two](JaVaScRiPt:document.title='owned')
[three](data:text/html,<script>1</script>) <javascript:document.title='owned'>

![far](https://acme.test/far.png) ![there](there.svg)

WIDE_WORD

| WIDE_WORD | b |
|---|---|
| c | WIDE_WORD |

    WIDE_WORD
""".replace("WIDE_WORD", "w" * 400)
SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" width="3000" height="10" onload="alert(1)"><script>alert(1)</script>
<image href="https://acme.test/inner.png" width="10" height="10"/></svg>
"""

WIDER = """
[...document.querySelectorAll("body *")]
  .filter((one) => !one.parentElement.closest(".chart, .scroll, pre"))
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5)
  .map((one) => one.outerHTML.slice(0, 80))
"""
CHARTS = """
[...document.querySelectorAll(".chart svg")].map((one) => one.getBoundingClientRect()).map((box) => [box.width, box.height])
"""
FIRST_STEPS = """
[...document.querySelectorAll(".chart")].map((one) => {
  const around = one.getBoundingClientRect(), first = one.querySelector(".xc-box").getBoundingClientRect();
  return around.left < first.left && first.right < around.right;
})
"""
TEXTS_OUTSIDE = """
[...document.querySelectorAll(".chart svg text")].filter((one) => {
  const box = one.getBBox(), all = one.ownerSVGElement.viewBox.baseVal;
  return box.x < 0 || box.y < 0 || box.x + box.width > all.width || box.y + box.height > all.height;
}).map((one) => one.textContent)
"""
DIM = """
[...document.querySelectorAll("body, h1, p, dt, dd, a, code, li")].filter((one) => {
  const light = (color) => {
    const [r, g, b] = color.match(/[0-9.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (node) => {
    const color = getComputedStyle(node).backgroundColor;
    return color === "rgba(0, 0, 0, 0)" && node.parentElement ? ground(node.parentElement) : color;
  };
  const [high, low] = [light(getComputedStyle(one).color), light(ground(one))].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05) < 4.5;
}).map((one) => one.outerHTML.slice(0, 80))
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    program = found_browser()
    if program is None:
        pytest.skip("no Chromium here: install chromium to test the page's layout")
    with browsing(program, str(tmp_path_factory.mktemp("profile"))) as opened:
        yield opened


@pytest.fixture
def page(xchange, project):
    """Write files of a project, and give the address of the page of its integration."""

    def make(files):
        folder = project(files)
        assert xchange("docs", KEY, "--html", "page.html", cwd=folder).code == 0
        return (folder / "page.html").as_uri()

    return make


def examples():
    return sorted(EXAMPLES.glob("*/integrations/*/integration.yml"))


@pytest.mark.parametrize(("width", "scheme"), SIZES)
@pytest.mark.parametrize("example", examples(), ids=lambda path: path.parent.name)
def test_a_page_fits_its_window_and_shows_all_charts(example, width, scheme, page, browser):
    text = example.read_text(encoding="utf-8")
    browser.open(page({**FILES, FILE: text}), width=width, scheme=scheme)
    assert browser.value("document.documentElement.scrollWidth") == width
    assert browser.value(WIDER) == []
    charts = browser.value(CHARTS)
    assert len(charts) == len(re.findall(r"isTrigger: true", text))
    assert min(min(size) for size in charts) > 50
    assert browser.value(TEXTS_OUTSIDE) == []
    assert (browser.console, len(browser.requests)) == ([], 1)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_a_chart_of_many_nested_steps_is_moved_within_the_page(width, scheme, page, browser):
    browser.open(page({FILE: INTEGRATION + deep_flow()}), width=width, scheme=scheme)
    assert browser.value("document.documentElement.scrollWidth") == width
    assert (browser.value(WIDER), browser.value(TEXTS_OUTSIDE), browser.console) == ([], [], [])
    steps = browser.value("document.querySelectorAll('.flow')[2].querySelectorAll('.steps li').length")
    assert steps == 40
    assert browser.value(FIRST_STEPS) == [True] * 3
    widest = "[...document.querySelectorAll('.chart')].at(-1)"
    browser.value(f"{widest}.scrollTo(100000, 0)")
    assert browser.value(f"{widest}.scrollLeft + {widest}.clientWidth - {widest}.scrollWidth") == 0


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_hostile_texts_do_nothing_and_break_nothing(width, scheme, page, browser):
    files = {**FILES, f"integrations/{KEY}/docs/a.md": HOSTILE, f"integrations/{KEY}/docs/there.svg": SVG}
    browser.open(page(files), width=width, scheme=scheme)
    browser.value(
        "document.querySelectorAll('main a').forEach((one) => one.href.startsWith('http') || one.click())"
    )
    assert browser.value("document.title") == "Orders & more"
    assert browser.value("document.querySelectorAll('script, iframe, [onerror], [onload]').length") == 0
    assert (
        browser.value(
            "[...document.querySelectorAll('a')].filter((one) => !/^(https?|file):/.test(one.protocol)).length"
        )
        == 0
    )
    assert browser.value("document.documentElement.scrollWidth") == width
    assert browser.value(WIDER) == []
    assert browser.value("[...document.images].map((one) => [one.complete, one.naturalWidth])") == [
        [True, 3000]
    ]
    assert [url for url in browser.requests if "acme.test" in url] == []
    assert browser.console == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_texts_can_be_told_from_their_ground(scheme, page, browser):
    browser.open(page(FILES), scheme=scheme)
    assert browser.value(DIM) == []


def test_the_page_is_read_in_order_by_those_who_do_not_see_it(page, browser):
    browser.open(page(FILES))
    assert browser.value("document.documentElement.lang") == "en"
    assert browser.value("[...document.querySelectorAll('h1, h2')].map((one) => one.textContent)") == [
        *("Orders & more", "Orders", "Setup", "Triggers", "Configuration", "Connections", "Flows")
    ]
    assert browser.value("[...document.querySelectorAll('.chart')].map((one) => one.ariaLabel)") == [
        *("Chart of the flow Receive Order", "Chart of the flow Nightly")
    ]
    assert browser.value(
        "[...document.querySelectorAll('.chart svg')].every((one) => one.querySelector('title, desc'))"
    )
    assert browser.value(
        "[...document.querySelectorAll('[tabindex=\"0\"]')].every((one) => one.tabIndex === 0)"
    )
    assert browser.value("document.querySelectorAll('a')[0].textContent") == "To the text"


def test_a_link_of_the_contents_leads_to_its_part(page, browser):
    browser.open(page(FILES), height=400)
    browser.value(
        "[...document.querySelectorAll('nav a')].find((one) => one.textContent === 'Nightly').click()"
    )
    browser.until("Math.abs(document.getElementById('nightly').getBoundingClientRect().top) < 100")


def test_a_page_that_is_served_loads_itself_again(browser, project, interrupts):
    folder = project(FILES)
    with serving(cwd=folder) as served:
        browser.open(served.url)
        assert browser.value("document.querySelector('h1').textContent") == "Orders & more"
        changed = folder / "changed"
        changed.write_text(INTEGRATION.replace("Orders & more", "Newer"), encoding="utf-8")
        changed.replace(folder / FILE)
        browser.until("document.querySelector('h1')?.textContent === 'Newer'")
        assert [line for line in browser.console if "404" not in line] == []  # it asks for an icon
