"""Rules of a project as data: applied, listed, explained, tried on their cases, and refused where they are broken."""

import json
import pickle
import re
from pathlib import Path

import pytest

from strict_schemas import faults
from xchange_cli.components.catalog import Catalog
from xchange_cli.project.project import Project
from xchange_cli.source import Source
from xchange_cli.validation.project_files import read_project_files
from xchange_cli.validation.rule import HouseRules
from xchange_cli.validation.validate import validate

PAGE = Path(__file__).parents[2] / "docs" / "house-rules.md"
BEYOND = "look-around, references back to a group and very large repetitions are not possible"
INTEGRATION = """\
definitionVersion: 7
name: Orders
description: ''
category: CRM
requiredConfigVars:
  - {key: Page Size, dataType: number, orgOnly: false, defaultValue: '50'}
configPages: [{name: Page, elements: [{type: configVar, value: Page Size}]}]
flows:
  - name: Import
    endpointSecurityType: unsecured
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Repeat
        action: {key: loopNTimes, component: {key: loop, isPublic: true, version: LATEST}}
        inputs: {iterationCount: {type: configVar, value: Page Size}}
        steps:
          - name: Get Order
            action: {key: httpGet, component: {key: http, isPublic: true, version: 3}}
            inputs: {url: {type: value, value: 'http://erp.example/orders'}}
            errorConfig: {errorHandlerType: ignore, maxAttempts: 4, delaySeconds: 0, ignoreFinalError: false}
      - name: Log Order
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs: {level: {type: value, value: info}, message: {type: value, value: done}}
"""
PLAIN_HTTP = """\
rules:
  no-plain-http:
    message: "`{value}` is not encrypted"
    hint: Use https.
    match: {input: '*'}
    forbid: {like: 'http://*'}
    cases:
      valid:
        - |
          - name: Get
            action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
            inputs: {url: {type: value, value: 'https://a'}}
      invalid:
        - |
          - name: Get
            action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
            inputs: {url: {type: value, value: 'http://a'}}
          #                                    ^^^^^^^^^^ no-plain-http: `http://a` is not encrypted
"""
FILES = {"xchange.yaml": "", "integrations/orders/integration.yml": INTEGRATION}


def rule(body, slug="our-rule", message="found"):
    return f"rules:\n  {slug}:\n    message: {json.dumps(message)}\n" + "".join(
        f"    {line}\n" for line in body.strip().splitlines()
    )


def found_by(xchange, folder, *options):
    """Give place, severity, rule and message of each finding."""
    ran = xchange("validate", "--output", "json", *options, cwd=folder)
    return [
        (
            f"{one['file']}:{one['start']['line']}:{one['start']['column']}-{one['end']['column']}",
            one["severity"],
            one["rule"],
            one["message"],
        )
        for one in json.loads(ran.out)["findings"]
    ]


def places(xchange, folder):
    """Give line, columns and message of what house rules found in the integration."""
    return [
        (place.partition(":")[2], message)
        for place, _, _, message in found_by(xchange, folder, "--select", "our-rule")
    ]


@pytest.mark.parametrize(
    ("body", "message", "expected"),
    [
        ("match: {integration: orders}", "{integration}", [("2:7-13", "orders")]),
        ("match: {integration: order}", "found", []),
        ("match: {integration: {name: Ord*, category: [ERP, CRM]}}", "found", [("2:7-13", "found")]),
        ("match: {flow: '*'}\nforbid: {path: endpointSecurityType, is: unsecured}", "found", [("10:27-36", "found")]),
        ("match: {flow: '*'}\nrequire: {matches: '[A-Z][a-z]+ [A-Z][a-z]+'}", "{value}", [("9:11-17", "Import")]),
        ("match: {step: {component: [http, loop]}}", "{step}", [("16:15-21", "Repeat"), ("20:19-28", "Get Order")]),
        ("match: {step: {inLoop: true}}", "{component}.{action}", [("20:19-28", "http.httpGet")]),
        ("match: {step: {inLoop: false, effect: pure}}", "{step}", [("16:15-21", "Repeat"), ("24:15-24", "Log Order")]),
        ("match: {step: {key: logOrder}}", "{flow}", [("24:15-24", "Import")]),
        ("match: {step: {version: '3'}}", "{step}", [("20:19-28", "Get Order")]),
        ("match: {trigger: '*'}", "{step}", [("12:15-22", "Trigger")]),
        ("match: {flow: Import, step: '*'}\nunless: {trigger: '*'}\nrequire: {path: errorConfig, given: true}", "{step}",
         [("16:15-21", "Repeat"), ("24:15-24", "Log Order")]),
        ("match: {step: '*'}\nunless: [{step: Trig*}, {step: {component: loop}}, {step: Log*}]", "{step}",
         [("20:19-28", "Get Order")]),
        ("match: {step: '*'}\nwhere: {path: errorConfig, given: true}\nrequire: {path: errorConfig.maxAttempts, atLeast: 1, atMost: 3}",
         "{value}", [("23:66-67", "4")]),
        ("match: {integration: '*'}\nforbid: {path: '**.version', is: 3}", "{value}", [("21:84-85", "3")]),
        ("match: {integration: '*'}\nrequire: {path: flows.*.name, is: Export}", "{value}", [("9:11-17", "Import")]),
        ("match: {integration: '*'}\nrequire: {path: flows.0.steps.*.name, is: Export}", "found", [("2:7-13", "found")]),
        ("match: {integration: '*'}\nforbid: {path: documentation, given: false}", "found", [("2:7-13", "found")]),
        ("match: {integration: '*'}\nrequire: {path: category, given: false}", "{value}", [("4:11-14", "CRM")]),
        ("match: {configVar: {dataType: number}}\nforbid: {path: defaultValue, atMost: 50}", "{configVar}: {value}",
         [("6:70-74", "Page Size: 50")]),
        ("match: {input: url}", "{input} of {step}{configVar}", [("22:22-25", "url of Get Order")]),
        ("match: {input: '*'}\nunless: {configVar: '*'}\nforbid: {is: [info, done]}", "{value}",
         [("26:46-50", "info"), ("26:83-87", "done")]),
    ],
)  # fmt: skip
def test_a_rule_looks_at_what_it_names_and_reports_at_the_exact_place(
    body, message, expected, xchange, project
):
    folder = project(FILES | {"rules/ours.yml": rule(body, message=message)})
    assert places(xchange, folder) == expected


def test_a_finding_is_like_that_of_a_built_in_rule(xchange, project):
    folder = project(FILES | {"rules/http.yml": PLAIN_HTTP})
    place = "integrations/orders/integration.yml:22"
    code, out, _ = xchange("validate", cwd=folder)
    assert code == 1
    assert f"{place}:48: error no-plain-http: `http://erp.example/orders` is not encrypted\n" in out
    assert "  hint: Use https.\n" in out
    told = found_by(xchange, folder, "--select", "no-plain-*")
    assert told == [
        (f"{place}:48-75", "error", "no-plain-http", "`http://erp.example/orders` is not encrypted")
    ]
    assert found_by(xchange, folder, "--ignore", "no-plain-http") == []


@pytest.mark.parametrize(
    ("severity", "code", "told"), [("warning", 0, ["warning"]), ("off", 0, []), ("error", 1, ["error"])]
)
def test_the_project_grades_house_rules_like_others(severity, code, told, xchange, project):
    lint = f"lint: {{rules: {{no-plain-http: {severity}}}}}\n"
    folder = project(FILES | {"xchange.yaml": lint, "rules/http.yml": PLAIN_HTTP})
    assert xchange("validate", cwd=folder).code == code
    assert [severity for _, severity, _, _ in found_by(xchange, folder)] == told


def test_comments_ignore_house_rules_and_useless_ones_are_told(xchange, project):
    text = INTEGRATION.replace(
        "orders'}}\n", "orders'}} # xchange: ignore[no-plain-http] inside of our network\n"
    ).replace("definitionVersion: 7\n", "definitionVersion: 7 # xchange: ignore[no-plain-http] why\n")
    folder = project(
        {"xchange.yaml": "", "integrations/o/integration.yml": text, "rules/http.yml": PLAIN_HTTP}
    )
    assert [(rule, message) for _, _, rule, message in found_by(xchange, folder)] == [
        ("unused-ignore", "this comment ignores nothing: there is no finding of `no-plain-http` here")
    ]


def test_a_run_applies_no_house_rule_but_knows_their_names(xchange, project):
    text = INTEGRATION.replace(
        "orders'}}\n", "orders'}} # xchange: ignore[no-plain-http] inside of our network\n"
    )
    folder = project(
        {"xchange.yaml": "", "integrations/o/integration.yml": text, "rules/http.yml": PLAIN_HTTP}
    )
    ran = xchange("run", "o", "--mock", 'getOrder={"a": 1}', "--var", "Page Size=1", cwd=folder)
    assert (ran.code, "warning" in ran.err) == (0, False)


def test_a_baseline_knows_findings_of_house_rules(xchange, project):
    folder = project(FILES | {"rules/http.yml": PLAIN_HTTP})
    assert xchange("validate", "--write-baseline", "known.json", cwd=folder).code == 0
    assert xchange("validate", "--baseline", "known.json", cwd=folder).code == 0
    fingerprint = json.loads((folder / "known.json").read_text())["findings"][0]["fingerprint"]
    assert "no-plain-http (error)" in xchange("explain", fingerprint, cwd=folder).out


def test_the_result_changes_with_the_rule_also_where_results_are_remembered(xchange, project):
    folder = project(FILES | {"rules/http.yml": PLAIN_HTTP})
    assert xchange("validate", cwd=folder).code == xchange("validate", cwd=folder).code == 1
    (folder / "rules/http.yml").write_text(
        PLAIN_HTTP.replace("forbid: {like: 'http:", "forbid: {like: 'ftp:")
    )
    assert xchange("validate", cwd=folder).code == 0


def test_rules_may_be_elsewhere(xchange, project):
    folder = project(FILES | {"xchange.yaml": "rules: [policies/*.yml]\n", "policies/http.yml": PLAIN_HTTP})
    assert [rule for _, _, rule, _ in found_by(xchange, folder)] == ["no-plain-http"]


def test_what_only_the_catalogue_guesses_is_no_error(xchange, project):
    integration = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Save
        action: {key: save, component: {key: erp, isPublic: false, version: LATEST}}
        inputs: {}
"""
    specification = "key: erp\ntitle: ERP\nactions:\n  - {key: save, effect: writes, basis: BASIS}\n"
    files = {"xchange.yaml": "", "integrations/o/integration.yml": integration}
    files["rules/ours.yml"] = rule("match: {step: {effect: writes}}")
    for basis, severity in (("source", "error"), ("inferred", "warning")):
        folder = project(files | {"components/erp.yml": specification.replace("BASIS", basis)})
        assert [(one[1], one[2]) for one in found_by(xchange, folder)] == [(severity, "our-rule")]


def test_rules_are_listed_and_explained_with_what_they_say(xchange, project):
    more = "    summary: All requests are encrypted.\n    why: Orders hold names.\n    match:"
    folder = project({"xchange.yaml": "", "rules/http.yml": PLAIN_HTTP.replace("    match:", more)})
    listed = json.loads(xchange("rules", "--output", "json", cwd=folder).out)["rules"]
    assert [one for one in listed if one["of"] == "house"] == [
        {
            "rule": "no-plain-http",
            "severity": "error",
            "summary": "All requests are encrypted.",
            "of": "house",
            "fixable": "no",
        }
    ]
    assert (
        xchange("explain", "no-plain-http", cwd=folder).out
        == """\
no-plain-http (error)

All requests are encrypted.

What it checks
    This is a house rule of the project, from rules/http.yml, line 2.
    - match: {"input": "*"}
    - forbid: {"like": "http://*"}

Why it matters
    Orders hold names.

How to fix
    Use https.

Example of what it reports
    - name: Get
      action: {key: httpGet, component: {key: http, isPublic: true, version: L…
      inputs: {url: {type: value, value: 'http://a'}}
                                         ^^^^^^^^^^ `http://a` is not encrypted
"""
    )
    assert (
        faults(xchange("explain", "no-plain-http", "--output", "json", cwd=folder).out, "rule-output") == []
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("rules:\n  our-rule: {match: {step: '*'}}\n", ["2:14-19 missing-key `message` is missing in this house rule"]),
        (rule("match: {step: '*'}\nsevrity: info"), ["5:5-12 unknown-key unknown key `sevrity` in this house rule"]),
        (rule("match: {stp: '*'}"), ["4:13-16 unknown-key unknown key `stp` in this selection"]),
        (rule("match: {step: 3}"), ["4:19-20 wrong-type `step` must be text or a list or a mapping, not the number `3`"]),
        (rule("match: {}"), ["4:5-10 bad-house-rule this names nothing to look at"]),
        (rule("match: {flow: '*', configVar: '*'}"),
         ["4:13-17 bad-house-rule `flow` does not fit here: the rule looks at parts of the kind `configVar`"]),
        (rule("match: {step: '*', configVar: '*', input: '*'}"),
         ["4:24-33 bad-house-rule `configVar` does not fit here: the rule looks at parts of the kind `input`"]),
        (rule("match: {flow: '*'}\nunless: {step: '*'}"),
         ["5:14-18 bad-house-rule `step` does not fit here: the rule looks at parts of the kind `flow`"]),
        (rule("match: {flow: '*'}\nforbid: {path: name}"), ["5:14-18 bad-house-rule this condition has no test"]),
        (rule("match: {flow: '*'}\nforbid: {given: false, is: a}"),
         ["5:14-19 bad-house-rule what is not given cannot pass another test"]),
        (rule("match: {flow: '*'}\nforbid: {path: a..b, is: c}"), ["5:20-24 bad-house-rule the path `a..b` has an empty part"]),
        (rule("match: {flow: '*'}\nforbid: {matches: 'a(b'}"),
         ["5:25-26 bad-house-rule the regular expression cannot be used: missing ), unterminated subpattern"]),
        (rule("match: {flow: '*'}\nforbid: {matches: '(?=a)b'}"),
         [f"5:23-31 bad-house-rule the regular expression cannot be used: {BEYOND}"]),
        (rule("match: {flow: '*'}", message="{step} and {vlaue}"),
         ["3:16-20 bad-house-rule `{step}` cannot be filled in here",
          "3:27-32 bad-house-rule `{vlaue}` cannot be filled in here"]),
        (rule("match: {flow: '*'}\ncases: {valid: ['# nothing']}"), ["5:21-32 bad-house-rule this case has no line of YAML"]),
        (rule("match: {flow: '*'}", slug="unknown-reference"),
         ["2:3-20 bad-house-rule `unknown-reference` is the name of a built-in rule"]),
        (rule("match: {flow: '*'}", slug="facade"), ["2:3-9 bad-house-rule `facade` cannot be the name of a rule"]),
        ("", ["1:1-1 empty-file the file is empty"]),
        ("rules: [\n", ["1:8-9 yaml-syntax this bracket is never closed"]),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_is_told_at_its_place_and_the_others_go_on(text, told, xchange, project):
    folder = project(FILES | {"rules/broken.yml": text, "rules/http.yml": PLAIN_HTTP})
    *own, last = found_by(xchange, folder)
    lines = [f"{place.removeprefix('rules/broken.yml:')} {slug} {message}" for place, _, slug, message in own]
    assert lines == told
    assert last[2] == "no-plain-http"
    assert xchange("rules", "check", cwd=folder).code == 1


def test_of_two_rules_with_one_name_the_first_counts(xchange, project):
    other = PLAIN_HTTP.replace("is not encrypted", "is plain")
    folder = project(FILES | {"rules/a.yml": PLAIN_HTTP, "rules/b.yml": other})
    assert found_by(xchange, folder) == [
        ("rules/b.yml:2:3-16", "error", "bad-house-rule", "two house rules are called `no-plain-http`; the first one counts"),
        (
            "integrations/orders/integration.yml:22:48-75",
            "error",
            "no-plain-http",
            "`http://erp.example/orders` is not encrypted",
        ),
    ]  # fmt: skip


def test_cases_that_come_out_as_they_say_are_counted(xchange, project):
    folder = project({"xchange.yaml": "", "rules/a.yml": PLAIN_HTTP, "rules/b.yml": rule("match: {flow: X}")})
    assert xchange("rules", "check", cwd=folder) == (
        0,
        "rules/b.yml:2:3: our-rule has no cases\nwarning: 1 rule has no cases\n\n2 rules, 2 cases: all as they should be\n",
        "",
    )
    assert (
        xchange("rules", "check", "rules/a.yml", cwd=folder).out == "1 rule, 2 cases: all as they should be\n"
    )


WRONG_CASES = PLAIN_HTTP.replace("'https://a'", "'http://b'").replace(
    "                         ^^^^^^^^^^ no-plain-http: `http://a` is not encrypted",
    "                         ^^^^^^^^^ no-plain-http: `http://a` is not safe",
)


def test_a_case_that_comes_out_otherwise_fails_with_what_was_expected_and_what_came(xchange, project):
    folder = project({"xchange.yaml": "", "rules/a.yml": WRONG_CASES})
    assert xchange("rules", "check", cwd=folder) == (
        11,
        """\
rules/a.yml:12:48: valid case 1 of no-plain-http fails
   12 |             inputs: {url: {type: value, value: 'http://b'}}
      |                                                ^^^^^^^^^^
  expected: nothing
  got:      no-plain-http: `http://b` is not encrypted (columns 48 to 57)

rules/a.yml:17:48: invalid case 1 of no-plain-http fails
   17 |             inputs: {url: {type: value, value: 'http://a'}}
      |                                                ^^^^^^^^^
  expected: no-plain-http: `http://a` is not safe (columns 48 to 56)
  got:      no-plain-http: `http://a` is not encrypted (columns 48 to 57)

1 rule, 2 cases: 2 cases fail
""",
        "",
    )
    ran = xchange("rules", "check", "--output", "json", cwd=folder)
    assert (ran.code, faults(ran.out, "checked-rules-output")) == (11, [])
    (checked,) = json.loads(ran.out)["rules"]
    assert [(one["kind"], one["number"], one["start"]) for one in checked["failed"]] == [
        ("valid", 1, {"line": 9, "column": 11}),
        ("invalid", 1, {"line": 14, "column": 11}),
    ]


def test_columns_of_a_mark_behind_the_end_of_its_line_are_those_of_the_file_too(xchange, project):
    case = PLAIN_HTTP.replace("^^^^^^^^^^ no-", "^^^^^^^^^^^^^^^^ no-")
    out = xchange("rules", "check", cwd=project({"xchange.yaml": "", "rules/a.yml": case})).out
    assert re.findall(r"columns \d+ to \d+", out) == ["columns 48 to 63", "columns 48 to 57"]


WRONG_WORDS = """\
match: {step: {component: htttp, action: httpGett}}
unless: [{step: {component: [http, log], action: [writeLogg, 'http*']}}, {trigger: {action: webhok}}]
where: {path: nme, given: true}
require: {path: isSynchronos, is: true}
forbid: [{path: '*.key', is: a}, {path: inputs.x, is: b}, {path: '**.key', is: c}]
"""


def test_words_that_nothing_is_called_by_are_warnings_and_the_rule_is_applied(xchange, project):
    folder = project(FILES | {"rules/a.yml": rule(WRONG_WORDS)})
    ran = xchange("rules", "check", "--output", "json", cwd=folder)
    assert (ran.code, json.loads(ran.out)["ok"]) == (0, True)
    assert [
        (one["severity"], f"{one['start']['line']}:{one['start']['column']}", one["message"], one["hint"])
        for one in json.loads(ran.out)["findings"]
    ] == [
        ("warning", "4:31", "no component is called `htttp`", "Did you mean `http`?"),
        ("warning", "5:55", "no action is called `writeLogg`", "Did you mean `writeLog`?"),
        ("warning", "5:97", "no action is called `webhok`", "Did you mean `webhook`?"),
        ("warning", "6:19", "a step has no key `nme`", "Did you mean `name`?"),
        ("warning", "7:21", "a step has no key `isSynchronos`", "It has " + STEP_KEYS),
    ]
    assert [one[1:3] for one in found_by(xchange, folder)] == [("warning", "bad-house-rule")] * 5


STEP_KEYS = (
    "`name`, `description`, `action`, `inputs`, `isTrigger`, `branches`, `steps`, `schedule`, `errorConfig`, "
    "`stableKey`, `credential`."
)


@pytest.mark.parametrize(
    "body",
    [
        "match: {step: {component: erp, action: save}}",
        "match: {trigger: {action: webhook}}\nforbid: {path: schedule.value, given: true}",
        "match: {flow: '*'}\nforbid: {path: isSynchronous, is: true}",
        "match: {integration: '*'}\nforbid: {path: category, is: CRM}",
        "match: {configVar: '*'}\nforbid: {path: pickList.0, is: a}",
        "match: {input: '*'}\nforbid: {path: meta.orgOnly, is: true}",
    ],
)
def test_words_that_the_project_or_the_format_knows_are_none(body, xchange, project):
    own = "key: erp\ntitle: ERP\nactions:\n  - {key: save}\n"
    folder = project({"xchange.yaml": "", "components/erp.yml": own, "rules/a.yml": rule(body)})
    assert json.loads(xchange("rules", "check", "--output", "json", cwd=folder).out)["findings"] == []


def test_a_rule_without_a_summary_is_listed_with_its_message_for_any_value(xchange, project):
    text = rule("hint: '{flow} again'\nmatch: {step: '*'}", message="step `{step}{value}` of {{x}} {fails}")
    folder = project({"xchange.yaml": "", "rules/a.yml": text.replace(" {fails}", " fails")})
    listed = json.loads(xchange("rules", "--output", "json", cwd=folder).out)["rules"]
    assert [one["summary"] for one in listed if one["of"] == "house"] == ["Step `…` of {{x}} fails."]
    assert "\n    … again\n" in xchange("explain", "our-rule", cwd=folder).out


def test_a_broken_file_of_rules_is_one_line_where_rules_are_listed_and_explained(xchange, project):
    folder = project({"xchange.yaml": "", "rules/a.yml": rule("match: {stp: '*'}\nsevrity: info")})
    told = "warning: 2 errors in the house rules; `xchange rules check` tells which\n"
    assert xchange("rules", cwd=folder).err == told
    ran = xchange("explain", "our-rule", cwd=folder)
    assert (ran.code, ran.err.splitlines(keepends=True)[0]) == (3, told)


@pytest.mark.parametrize(
    ("case", "got"),
    [
        ("- name: Get", "a caret line that names our-rule"),
        ("flows: [", "yaml-syntax: "),
    ],
)
def test_an_invalid_case_without_a_mark_or_that_cannot_be_read_fails(case, got, xchange, project):
    body = f"match: {{configVar: '*'}}\ncases: {{invalid: [{json.dumps(case)}]}}"
    ran = xchange("rules", "check", cwd=project({"xchange.yaml": "", "rules/a.yml": rule(body)}))
    assert (ran.code, got in ran.out) == (11, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "error: no house rules here: no file matches rules/*.yml\n"),
        (["rules/gone.yml"], "rules/gone.yml does not exist"),
    ],
)
def test_nothing_to_check_is_told(arguments, message, xchange, project):
    ran = xchange("rules", "check", *arguments, cwd=project({"xchange.yaml": ""}))
    assert (ran.code, message in ran.out + ran.err) == (3, True)


def test_a_file_of_rules_that_cannot_be_read_is_a_finding_and_the_others_go_on(xchange, project):
    folder = project(FILES | {"rules/http.yml": PLAIN_HTTP})
    (folder / "rules/a.yml").write_bytes(b"\xff\xfe\x00\xd8")
    assert xchange("validate", cwd=folder).code == 3
    assert [rule for _, _, rule, _ in found_by(xchange, folder)] == ["unreadable-file", "no-plain-http"]


def test_an_expression_that_explodes_elsewhere_takes_no_time(xchange, project):
    text = INTEGRATION.replace("value: done", f"value: {'a' * 100_000}!")
    body = "match: {input: message}\nforbid: {matches: '((a+)+)+'}"
    folder = project({"xchange.yaml": "", "integrations/o/integration.yml": text, "rules/a.yml": rule(body)})
    assert places(xchange, folder) == []


def test_every_rule_of_the_documentation_does_what_its_cases_say(xchange, project):
    blocks = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    folder = project({"xchange.yaml": ""} | {f"rules/{n:02}.yml": text for n, text in enumerate(blocks)})
    ran = xchange("rules", "check", "--output", "json", cwd=folder)
    rules = json.loads(ran.out)["rules"]
    assert ran.code == 0
    assert len(rules) == len(blocks) == 11
    assert [one["rule"] for one in rules if one["invalid"] == 0] == []


def test_a_project_without_house_rules_does_not_pay_for_them(xchange_process, project):
    loaded = "import atexit, sys; atexit.register(lambda: print([m for m in sys.modules if '.house' in m]))"
    ran = xchange_process("validate", cwd=project(FILES), python=loaded)
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "[]")


def test_house_rules_reach_processes_of_their_own(project):
    folder = project({"xchange.yaml": "", "rules/http.yml": PLAIN_HTTP})
    house = read_project_files(Project.find(folder), folder).house
    (one,) = pickle.loads(pickle.dumps(house)).rules
    report = validate(
        Source("orders.yml", INTEGRATION), Catalog.load(), house=HouseRules((one,), frozenset({one.slug}))
    )
    assert [found.rule for found in report.diagnostics] == ["no-plain-http"]
