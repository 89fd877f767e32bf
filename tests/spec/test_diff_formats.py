"""What `xchange diff` prints for pull requests and for other programs: Markdown, annotations, SARIF."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from markdown_it import MarkdownIt

HERE = Path(__file__).parent
PAIRS = sorted(path.parent for path in (HERE / "diff").glob("*/expected.txt"))
SARIF = json.loads((HERE.parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
FORMATS = ("github", "html", "markdown", "sarif")
PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MOST = 65_536
"""Characters of a comment on GitHub."""

VARIABLES, INCOMING, CODE = (
    next(path for path in PAIRS if path.name.startswith(number)) for number in ("01", "04", "07")
)


@pytest.fixture
def shown(xchange):
    """Give what a format says of the two files of a folder."""

    def show(folder, output, *more, **given):
        ran = xchange("diff", "old.yml", "new.yml", "--output", output, *more, cwd=folder, **given)
        assert (ran.code, ran.err) == (0, "")
        return ran.out

    return show


@pytest.fixture
def pair(project):
    """Write an old and a new file, and give their folder."""
    return lambda old, new: project({"old.yml": old, "new.yml": new})


def changes(shown, folder):
    (one,) = json.loads(shown(folder, "json"))["integrations"]
    return one["changes"]


def sarif_of(text):
    data = json.loads(text)
    assert [f"{fault.json_path}: {fault.message}" for fault in Draft4Validator(SARIF).iter_errors(data)] == []
    (run,) = data["runs"]
    return run


def variables(names, start="definitionVersion: 7\nname: Orders\ndescription: ''\n"):
    rows = "".join(f"  - {{key: {json.dumps(name)}, dataType: string}}\n" for name in names)
    return f"{start}requiredConfigVars:\n{rows}flows: []\n" if rows else f"{start}flows: []\n"


# Markdown


def test_markdown_has_the_verdict_then_a_table_with_the_worst_first_then_folded_details(shown):
    fingerprint = next(one["fingerprint"] for one in changes(shown, CODE))
    assert (
        shown(CODE, "markdown")
        == f"""\
### xchange diff

`old.yml` → `new.yml`: **risky**

Whoever has it deployed need not act; 1 change deserves a look.

1 risky

| Grade | Change | Where |
|---|---|---|
| risky | other code | flow `Incoming`, step `Price`<br>`new.yml:50:20` |

<details><summary>risky: other code</summary>

What the step gives may differ.

```diff
    const {{ quantity, price }} = stepResults.order.results.body.data;
-   return {{ data: quantity * price }};
+   logger.info(`${{quantity}} at ${{price}}`);
+   return {{ data: Math.round(quantity * price) }};
  }};
```

`code-changed` · `{fingerprint}` · before `old.yml:50:20` · now `new.yml:50:20`

</details>
"""
    )


def test_the_worst_changes_come_first_in_the_table_and_below_it(shown):
    text = shown(VARIABLES, "markdown")
    assert re.findall(r"^\| (?:\*\*)?(\w+)(?:\*\*)? \| .*new\.yml", text, re.MULTILINE) == [
        "breaking",
        "risky",
        "safe",
    ]
    assert re.findall("<summary>(.*?)</summary>", text) == [
        "breaking: <code>Warehouse</code> is new and has no default",
        "risky: default of <code>Page Size</code>: 50 → 100",
    ]


def test_what_differs_in_form_only_has_no_table(shown):
    folder = next(path for path in PAIRS if path.name.startswith("06"))
    assert (
        shown(folder, "markdown") == "### xchange diff\n\n`old.yml` → `new.yml`: **no change in meaning**\n"
    )


HOSTILE = ("a|b", "<script>x</script>", "@everyone", "c`d", "see https://evil.test #1", "</details>", "```")


def test_names_are_no_markup_call_nobody_and_lead_nowhere_in_markdown(shown, pair):
    text = shown(pair(variables([]), variables(HOSTILE)), "markdown")
    html = PARSER.render(text)
    assert html.count("<details>") == html.count("</details>") == len(HOSTILE)
    assert not re.search("<(script|a|img)", html)
    outside_code = re.sub("<code>.*?</code>|<pre>.*?</pre>", "", html, flags=re.DOTALL)
    assert "@" not in outside_code
    assert "#1" not in outside_code
    rows = re.findall("<tr>(.*?)</tr>", html, re.DOTALL)
    assert {row.count("<td>") for row in rows[1:]} == {3}


def test_values_that_call_somebody_call_nobody(shown, pair):
    old = variables(["Team"]).replace("string}", "string, defaultValue: a}")
    new = old.replace("defaultValue: a", "defaultValue: '@acme/all see #7 at https://evil.test'")
    markdown = shown(pair(old, new), "markdown")
    html = PARSER.render(markdown)
    assert "@acme" in html
    assert not re.search("@|#7", re.sub("<code[ >].*?</code>", "", html, flags=re.DOTALL))
    assert "https://" not in re.sub("```.*?```", "", markdown, flags=re.DOTALL)


def test_backquotes_in_code_do_not_end_its_block(shown, pair):
    text = (CODE / "old.yml").read_text(encoding="utf-8")
    markdown = shown(
        pair(text, text.replace("return {", "const fence = '```';\n                return {")), "markdown"
    )
    assert "\n````diff\n" in markdown
    assert PARSER.render(markdown).count("<pre>") == 1


@pytest.mark.parametrize("number", [150, 10_000])
def test_markdown_of_many_changes_stays_short_enough_for_a_comment_and_says_how_many_are_left(
    number, shown, pair
):
    folder = pair(variables([]), variables(f"Variable {'x' * 80} {n}" for n in range(number)))
    text = shown(folder, "markdown")
    assert 40_000 < len(text) < MOST
    rows = text.count("\n| **breaking** |")
    assert f"\n… {number - rows:,} more changes\n" in text or rows == number
    folded = text.count("<details>")
    assert folded == text.count("</details>") > 10
    assert f"\n… before and after of {number - folded:,} more changes\n" in text
    assert text.count("```") % 2 == 0


def test_a_very_long_text_is_cut_within_its_block(shown, pair):
    text = (CODE / "old.yml").read_text(encoding="utf-8")
    more = "".join(f"                const x{n} = {'1' * 500};\n" for n in range(3000))
    markdown = shown(
        pair(text, text.replace("                return {", f"{more}                return {{")), "markdown"
    )
    assert len(markdown) < MOST
    assert re.search(r"\n@@ … 2,\d\d\d more lines @@\n```\n", markdown)


# Annotations


def test_breaking_changes_are_errors_risky_ones_warnings_and_safe_ones_are_counted(shown):
    need, default, _ = sorted(
        changes(shown, VARIABLES), key=lambda one: ("breaking", "risky", "safe").index(one["grade"])
    )
    assert shown(VARIABLES, "github") == (
        "::error file=new.yml,line=13,col=11,endLine=13,endColumn=20,title=config-var-required-added::"
        "`Warehouse` is new and has no default%0A"
        "Every instance and config set needs a value before it can run this.%0A"
        f"To approve it: --approve {need['fingerprint']} --because …\n"
        "::warning file=new.yml,line=12,col=54,endLine=12,endColumn=59,title=config-var-default-changed::"
        "default of `Page Size`: 50 → 100%0A"
        "Instances without a value of their own get the new one.%0A"
        "It was at old.yml:11:54.%0A"
        f"To approve it: --approve {default['fingerprint']} --because …\n"
        "::notice title=xchange diff::1 safe change\n"
        "old.yml → new.yml: breaking (1 breaking, 1 risky, 1 safe)\n"
    )


def test_an_annotation_names_flow_and_step_and_spans_the_lines_of_a_text(shown):
    (line, _) = shown(CODE, "github").splitlines()
    assert line.startswith(
        "::warning file=new.yml,line=50,endLine=55,title=code-changed::flow `Incoming`, step `Price`: other code%0A"
    )


def test_what_is_gone_is_annotated_at_the_new_file_and_says_where_it_was(shown, pair):
    old, new = (
        (VARIABLES / "new.yml").read_text(encoding="utf-8"),
        (VARIABLES / "old.yml").read_text(encoding="utf-8"),
    )
    lines = shown(pair(old, new), "github").splitlines()
    (gone,) = [line for line in lines if "title=config-var-removed::" in line]
    assert gone.startswith(("::error file=new.yml,title=", "::warning file=new.yml,title="))
    assert "%0AIt was at old.yml:13:11.%0A" in gone


def test_no_name_can_end_an_annotation_or_begin_another(shown, pair):
    name = "a\n::error::b\r%0A::notice::\x1b[31m"
    lines = shown(pair(variables([]), variables([name])), "github").splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::error", "old.yml"]
    assert "\x1b" not in "".join(lines)


def test_the_summary_of_the_job_is_the_markdown_and_says_what_is_not_annotated(shown, pair):
    folder = pair(variables([]), variables(f"V{n}" for n in range(12)))
    summary = folder / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    text = shown(folder, "github", env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert text.endswith("GitHub annotates ten of a kind: 2 more changes above, and in the job's summary.\n")
    written = summary.read_text(encoding="utf-8")
    assert written.startswith(
        "before\n### xchange diff\n\nGitHub shows 10 annotations of a kind: the list below has 2 more changes.\n"
    )
    assert written.count("\n| **breaking** |") == 12


# SARIF


@pytest.mark.parametrize("folder", PAIRS, ids=lambda path: path.name)
def test_sarif_is_valid_and_has_every_change_with_its_kind_and_fingerprint(folder, shown):
    run = sarif_of(shown(folder, "sarif"))
    rules = run["tool"]["driver"]["rules"]
    told = [(one["ruleId"], one["level"], one["partialFingerprints"]) for one in run["results"]]
    levels = {"breaking": "error", "risky": "warning", "safe": "note"}
    assert told == [
        (one["kind"], levels[one["grade"]], {"xchange/v1": one["fingerprint"]})
        for one in changes(shown, folder)
    ]
    assert [rules[one["ruleIndex"]]["id"] for one in run["results"]] == [
        one["ruleId"] for one in run["results"]
    ]
    assert all(rule["shortDescription"]["text"].endswith(".") for rule in rules)
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_a_result_of_sarif_has_the_place_of_both_sides_and_their_names(shown):
    result = next(
        one
        for one in sarif_of(shown(INCOMING, "sarif"))["results"]
        if one["ruleId"] == "endpoint-security-tightened"
    )
    (one,) = [one for one in changes(shown, INCOMING) if one["kind"] == "endpoint-security-tightened"]

    def place(side):
        start, end = side["start"], side["end"]
        return {
            "artifactLocation": {"uri": side["file"], "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": start["line"],
                "startColumn": start["column"],
                "endLine": end["line"],
                "endColumn": end["column"],
            },
        }

    assert result["message"] == {"text": f"{one['message']}. {one['reason']}"}
    assert result["locations"] == [
        {
            "physicalLocation": place(one["new"]),
            "logicalLocations": [{"name": "Incoming", "fullyQualifiedName": "new/Incoming"}],
        }
    ]
    assert result["relatedLocations"] == [
        {"id": 1, "physicalLocation": place(one["old"]), "message": {"text": "before"}}
    ]
    assert result["suppressions"] == []


# All of them


FILE = "integrations/orders/integration.yml"


@pytest.fixture
def approved(xchange, project):
    """Give a folder with a base to compare with, in which the one breaking change is approved."""
    new = (VARIABLES / "new.yml").read_text(encoding="utf-8")
    base = (VARIABLES / "old.yml").read_text(encoding="utf-8")
    folder = project({FILE: new, "base.yml": base, "xchange.yaml": "{}\n"})
    (one,) = json.loads(xchange("diff", "base.yml", FILE, "--output", "json", cwd=folder).out)["integrations"]
    (breaking,) = [change for change in one["changes"] if change["grade"] == "breaking"]
    arguments = ("--approve", breaking["fingerprint"], "--because", "the @shop was told")
    assert xchange("diff", "base.yml", FILE, *arguments, cwd=folder).code == 0
    return folder


def test_an_approved_change_is_suppressed_counted_apart_and_told_with_the_reason(approved, xchange):
    def show(output):
        return xchange("diff", "base.yml", FILE, "--output", output, cwd=approved).out

    results = sarif_of(show("sarif"))["results"]
    assert [one["suppressions"] for one in results if one["level"] == "error"] == [
        [{"kind": "external", "status": "accepted", "justification": "the @shop was told"}]
    ]
    assert {len(one["suppressions"]) for one in results if one["level"] != "error"} == {0}
    lines = show("github").splitlines()
    assert [line.partition(" ")[0] for line in lines] == ["::warning", "::notice", "base.yml"]
    assert lines[1] == "::notice title=xchange diff::1 safe change, 1 approved change"
    markdown = show("markdown")
    assert "| breaking, approved | `Warehouse` is new and has no default |" in markdown
    assert "\nApproved: the <code>&#64;shop</code> was told\n" in markdown
    assert "<strong>Approved: </strong>the @shop was told" in show("html")


@pytest.mark.parametrize("output", FORMATS)
def test_several_integrations_are_told_one_by_one_and_what_is_broken_is_named(output, xchange, project):
    old = {f"old/integrations/{key}/integration.yml": variables([]) for key in ("alpha", "beta", "gamma")}
    new = {
        "new/integrations/alpha/integration.yml": variables(["First"]),
        "new/integrations/beta/integration.yml": variables([]),
        "new/integrations/gamma/integration.yml": "flows: [\n",
    }
    sides = {"old/xchange.yaml": "{}\n", "new/xchange.yaml": "{}\n"}
    folder = project({**old, **new, **sides})
    ran = xchange("diff", "old", "new", "--output", output, cwd=folder)
    assert ran.code == 3
    assert "alpha" in ran.out
    assert "First" in ran.out
    assert "beta" not in ran.out
    assert "gamma" in ran.out
    assert "gamma" in ran.err
    if output == "sarif":
        (invocation,) = sarif_of(ran.out)["invocations"]
        (told,) = invocation["toolExecutionNotifications"]
        assert (invocation["executionSuccessful"], told["level"]) == (False, "error")


@pytest.mark.parametrize("output", FORMATS)
def test_no_secret_of_a_connection_is_shown(output, shown, pair):
    old = (HERE / "diff" / "10-answer" / "old.yml").read_text(encoding="utf-8")
    lines = "dataType: connection\n", "dataType: connection\n    description: the key is s3cr3t-of-the-shop\n"
    old = old.replace(*lines)
    assert old.count("s3cr3t-of-the-shop") == 2
    text = shown(pair(old, old.replace("s3cr3t-of", "0ther-s3cr3t-of")), output)
    assert "connection-secret-changed" in text
    assert "s3cr3t-of" not in text
