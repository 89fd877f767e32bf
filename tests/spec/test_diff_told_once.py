"""That many steps have the same other version of a component is told once, in each format that people read."""

import json
import re

import pytest

from browser import browsing, found_browser

STEP = """\
      - name: {name}
        action: {{key: writeLog, component: {{key: log, isPublic: true, version: {version}}}}}
        inputs: {{message: {{type: value, value: '{name}'}}}}
"""
HEAD = """\
definitionVersion: 7
name: Orders
flows:
  - name: Receive
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
MESSAGE = "version of the component log: LATEST → 7"
TITLE = "<details><summary>risky: version of the component log: LATEST → 7</summary>"


def text(count, version):
    return HEAD + "".join(STEP.format(name=f"Say {number}", version=version) for number in range(count))


@pytest.fixture
def shown(project, xchange):
    """Give what a format shows where so many steps were pinned."""

    def show(count, output):
        folder = project({"old.yml": text(count, "LATEST"), "new.yml": text(count, 7)})
        ran = xchange("diff", "old.yml", "new.yml", "--output", output, cwd=folder)
        assert (ran.code, ran.err) == (0, "")
        return ran.out

    return show


@pytest.fixture
def fingerprints(shown):
    def ask(count):
        changes = json.loads(shown(count, "json"))["integrations"][0]["changes"]
        return [change["fingerprint"] for change in changes]

    return ask


def test_markdown_has_one_row_and_names_each_step_where_it_unfolds(shown, fingerprints):
    first, second, third = fingerprints(3)
    markdown = shown(3, "markdown")
    assert markdown.endswith(
        "3 risky\n"
        "\n"
        "| Grade | Change | Where |\n"
        "|---|---|---|\n"
        f"| risky | {MESSAGE} | 3 steps: `Say 0`, `Say 1`, `Say 2`<br>`new.yml:11:80` |\n"
        "\n"
        f"{TITLE}\n"
        "\n"
        "It no longer follows the newest version.\n"
        "\n"
        "```diff\n"
        "- LATEST\n"
        "+ 7\n"
        "```\n"
        "\n"
        "`component-version-pinned`\n"
        "\n"
        f"- `{first}` · `new.yml:11:80` · `Say 0`\n"
        f"- `{second}` · `new.yml:14:80` · `Say 1`\n"
        f"- `{third}` · `new.yml:17:80` · `Say 2`\n"
        "\n"
        "</details>\n"
    )


def test_two_steps_have_a_row_each(shown):
    assert shown(2, "markdown").count(f"| risky | {MESSAGE} |") == 2
    assert shown(2, "github").count("::warning ") == 2
    assert shown(2, "html").count("<article") == 2


def test_of_very_many_steps_markdown_names_some_and_counts_the_others(shown):
    markdown = shown(60, "markdown")
    assert "60 steps: `Say 0`, `Say 1`, `Say 2`, `Say 3`, `Say 4` and 55 more<br>" in markdown
    assert len(re.findall("(?m)^- `[0-9a-f]{12}` ·", markdown)) == 40
    assert "\n- … 20 more steps\n" in markdown
    assert "more change" not in markdown


def test_github_has_one_annotation_at_the_first_place(shown, fingerprints):
    approving = " ".join(f"--approve {one}" for one in fingerprints(3))
    assert shown(3, "github").splitlines()[0] == (
        "::warning file=new.yml,line=11,col=80,endLine=11,endColumn=81,title=component-version-pinned::"
        f"{MESSAGE} (3 steps: `Say 0`, `Say 1`, `Say 2`)%0A"
        "It no longer follows the newest version.%0A"
        f"To approve them: {approving} --because …"
    )
    many = shown(12, "github")
    assert many.count("::warning ") == 1
    assert "--because …%0AThe job's summary has 2 more fingerprints.\n" in many
    assert "GitHub annotates ten of a kind" not in many


def test_the_page_has_one_article_with_each_step(shown, fingerprints):
    page = shown(3, "html")
    assert page.count("<article") == 1
    assert re.findall("<td><code>([0-9a-f]{12})</code></td>", page) == fingerprints(3)
    assert re.findall('<th scope="row">(Say [0-9])</th>', page) == ["Say 0", "Say 1", "Say 2"]
    assert "<span>several steps</span>" in page


def test_json_and_sarif_stay_whole(shown):
    assert len(json.loads(shown(3, "json"))["integrations"][0]["changes"]) == 3
    assert len(json.loads(shown(3, "sarif"))["runs"][0]["results"]) == 3


def test_the_article_fits_a_narrow_window(shown, tmp_path):
    program = found_browser()
    if program is None:
        pytest.skip("no Chromium here: install chromium to test the page's layout")
    page = tmp_path / "page.html"
    page.write_text(shown(5, "html"), encoding="utf-8")
    with browsing(program, str(tmp_path / "profile")) as browser:
        browser.open(page.as_uri(), width=400)
        assert browser.value("document.documentElement.scrollWidth") == 400
        assert browser.value("document.querySelectorAll('.change tbody tr').length") == 5
