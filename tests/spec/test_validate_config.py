"""Integrations with their config sets: form always, everything else with `--config`."""

import json
import os

import pytest

from strict_schemas import faults

INTEGRATION = """\
definitionVersion: 7
name: Orders
description: ''
configPages:
  - name: Page
    elements:
      - {type: configVar, value: Page Size}
      - {type: configVar, value: Region}
      - {type: configVar, value: Since}
      - {type: configVar, value: Shop}
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '50', orgOnly: false}
  - {key: Region, dataType: picklist, pickList: [north, south], orgOnly: false}
  - {key: Since, dataType: date, orgOnly: false}
  - {key: Old, dataType: string, defaultValue: x, orgOnly: false}
  - key: Shop
    dataType: connection
    orgOnly: false
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
    inputs: {}
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Ask
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: template, value: 'https://{{#Region}}.acme.test/{{#Since}}?size={{#Page Size}}'}
          connection: {type: configVar, value: Shop}
"""
COMPLETE = """\
values: {Region: north, Since: '2024-01-31'}
connections: {Shop: {fields: {username: ann, password: '${env:PASSWORD}'}}}
"""
PLACE = "integrations/orders"
NO_OPTION = "`Region` needs one of the options of its pick list"
NO_VARIABLE = "the integration has no config variable `Sinc`"


def files(**sets):
    texts = {f"{PLACE}/configs/{name}.yml": text for name, text in sets.items()}
    return {f"{PLACE}/integration.yml": INTEGRATION, **texts}


@pytest.fixture
def check(xchange, project):
    """Validate a project; give the exit code and what was found in sets, with place and text of each finding."""

    def run(texts, *arguments):
        folder = project(texts)
        ran = xchange("validate", *arguments, "--output", "json", cwd=folder)
        data = json.loads(ran.out)
        assert faults(ran.out, "validate") == []
        return (
            ran.code,
            [line for line in map(told, data["findings"]) if f"{PLACE}/configs/" in line[0]],
            data,
        )

    return run


def told(found):
    start = found["start"]
    place = f"{found['file']}:{start['line']}:{start['column']}"
    return place, found["severity"], found["rule"], found["message"]


def place(name, line, column):
    return f"{PLACE}/configs/{name}.yml:{line}:{column}"


def test_the_form_of_every_set_is_checked_always(check):
    code, found, data = check(
        files(
            dev="values: {Region: west}\nconections: {}\n", base="extends: ''\nvalues: {Since: '${env:}'}\n"
        )
    )
    assert (code, data["checked"]["configSets"], data["matrix"]) == (1, 2, [])
    assert found == [
        (place("base", 1, 10), "error", "empty", "`extends` must not be empty"),
        (place("base", 2, 18), "error", "bad-placeholder", "this placeholder names nothing"),
        (place("dev", 1, 18), "error", "bad-config-value", NO_OPTION),
        (place("dev", 2, 1), "error", "unknown-key", "unknown key `conections` in this config set"),
    ]


def test_without_config_what_a_set_says_is_judged_but_not_what_it_lacks_or_has_too_much(check):
    texts = files(
        base="values: {Region: west}\n", dev="extends: base\nvalues: {Sinc: x, Old: y, Region: west}\n"
    )
    code, found, data = check(texts)
    assert (code, found) == (
        1,
        [
            (place("base", 1, 18), "error", "bad-config-value", NO_OPTION),
            (place("dev", 2, 10), "warning", "unknown-config-value", NO_VARIABLE),
            (place("dev", 2, 35), "error", "bad-config-value", NO_OPTION),
        ],
    )
    assert data["matrix"] == []


def test_known_findings_in_sets_are_gone_when_they_are_and_those_of_chosen_sets_stay(xchange, project):
    folder = project(files(dev="values: {Region: west}\n"))
    xchange("validate", "--config", "all", "--write-baseline", "known.json", cwd=folder)
    (folder / PLACE / "configs/dev.yml").write_text("values: {Region: north}\n", encoding="utf-8")
    ran = xchange("validate", "--baseline", "known.json", "--output", "json", cwd=folder)
    gone = json.loads(ran.out)["baseline"]["gone"]
    assert [one["rule"] for one in gone] == ["bad-config-value"]


def test_findings_in_sets_have_no_fix_because_nobody_makes_one(check):
    _, found, data = check(files(dev="vallues: {}\n"))
    assert (found[0][2], [one["fix"] for one in data["findings"]]) == ("unknown-key", [[], [], []])
    assert data["fixable"] == {"safe": 0, "unsafe": 0}


def test_a_set_that_is_named_knows_its_sisters(xchange, project):
    folder = project(files(dev=COMPLETE))
    assert xchange("validate", f"{PLACE}/configs/dev.yml", "--config", "all", cwd=folder).code == 0


def test_a_complete_set_has_no_finding(check):
    code, found, data = check(files(dev=COMPLETE), "--config", "dev")
    assert (code, found) == (0, [])
    assert data["matrix"] == [
        {
            "integration": "orders",
            "file": f"{PLACE}/integration.yml",
            "configSet": "dev",
            "severity": None,
            "errors": 0,
            "warnings": 0,
            "notes": 0,
            "base": False,
        }
    ]


def test_what_is_missing_is_told_at_the_first_line_of_the_set(check):
    code, found, data = check(files(dev="# Acme\n"), "--config", "dev")
    assert (code, found) == (
        1,
        [
            (
                place("dev", 1, 1),
                "error",
                "missing-config-value",
                "the config variable `Region` has no value",
            ),
            (place("dev", 1, 1), "error", "missing-config-value", "the config variable `Since` has no value"),
            (
                place("dev", 1, 1),
                "error",
                "missing-connection-value",
                "nothing is given for the connection `Shop`",
            ),
        ],
    )
    region = next(one for one in data["findings"] if "`Region`" in one["message"])
    assert region["hint"] == "Add `Region: …` under `values` of the config set."
    assert region["related"] == [
        {
            "file": f"{PLACE}/integration.yml",
            "start": {"line": 13, "column": 11},
            "end": {"line": 13, "column": 17},
            "message": "the config variable",
        }
    ]


WRONG = """\
values:
  Page Size: many
  Region: nort
  Since: 2024-02-30
  Sinc: '2024-01-31'
  Old: y
connections:
  Shop: {fields: {user: ann, password: '${env:PASSWORD}'}}
"""


def test_what_is_wrong_is_told_at_its_place(check):
    code, found, _ = check(files(dev=WRONG), "--config", "all")
    assert code == 1
    assert found == [
        (place("dev", 2, 14), "error", "bad-config-value", "`Page Size` needs a number"),
        (
            place("dev", 3, 11),
            "error",
            "bad-config-value",
            "`Region` needs one of the options of its pick list",
        ),
        (place("dev", 4, 10), "error", "bad-config-value", "`Since` needs a date"),
        (
            place("dev", 5, 3),
            "warning",
            "unknown-config-value",
            "the integration has no config variable `Sinc`",
        ),
        (place("dev", 6, 3), "warning", "unused-config-value", "nothing uses the config variable `Old`"),
        (
            place("dev", 8, 3),
            "warning",
            "missing-connection-value",
            "the connection `Shop` needs the field `username`",
        ),
        (
            place("dev", 8, 19),
            "warning",
            "unknown-connection-field",
            "`Shop` has no field `user`",
        ),
    ]


def test_placeholders_are_never_wrong_and_never_looked_up(check):
    code, found, _ = check(
        files(
            dev="""\
values:
  Page Size: ${env:NO_SUCH_VARIABLE}
  Region: nor${file:/no/such/file}
  Since: '${secret:env:NO_SUCH_VARIABLE}'
connections:
  Shop: {fields: {username: '${env:NO_SUCH_VARIABLE}', password: '${secret:file:missing.txt}'}}
"""
        ),
        "--config",
        "dev",
    )
    assert (code, found) == (0, [])


def test_a_base_may_leave_values_to_the_sets_that_extend_it(check):
    texts = files(
        base="values: {Region: north}\n", dev="extends: base\n" + COMPLETE.replace("Region: north, ", "")
    )
    assert check(texts, "--config", "all")[:2] == (0, [])
    code, found, _ = check(texts, "--config", "base")
    assert (code, [line[3] for line in found]) == (
        1,
        ["the config variable `Since` has no value", "nothing is given for the connection `Shop`"],
    )


def test_a_set_that_leaves_values_to_others_is_shown_as_their_base(xchange, project, check):
    texts = files(
        base="values: {Region: north}\n",
        dev="extends: base\n" + COMPLETE.replace("Region: north, ", ""),
        whole=COMPLETE,
        of_whole="extends: whole\nvalues: {Region: south}\n",
    )
    ran = xchange("validate", "--config", "all", cwd=project(texts))
    assert (ran.code, ran.out.splitlines()[-4:-2]) == (
        0,
        ["INTEGRATION  base  dev  of_whole  whole", "orders       base  ok   ok        ok"],
    )
    matrix = check(texts, "--config", "all")[2]["matrix"]
    assert [(one["configSet"], one["severity"], one["base"]) for one in matrix] == [
        ("base", None, True),
        ("dev", None, False),
        ("of_whole", None, False),
        ("whole", None, False),
    ]
    assert [one["base"] for one in check(texts, "--config", "base")[2]["matrix"]] == [False]


def test_a_value_that_repeats_the_one_of_the_base_is_a_note(check):
    texts = files(base="values: {Region: north}\n", dev="extends: base\n" + COMPLETE)
    code, found, data = check(texts, "--config", "dev")
    assert (code, found) == (
        0,
        [
            (
                place("dev", 2, 10),
                "info",
                "shadowed-config-value",
                "`Region` has the same value in the set `base`, which this one extends",
            )
        ],
    )
    assert data["matrix"][0]["severity"] == "info"


def test_a_fault_of_a_base_is_told_once_and_counted_for_each_set(check):
    texts = files(base="values: {Since: soon}\n", a="extends: base\n", b="extends: base\n")
    _, found, data = check(texts, "--config", "all")
    assert [line for line in found if line[2] == "bad-config-value"] == [
        (place("base", 1, 17), "error", "bad-config-value", "`Since` needs a date")
    ]
    assert [(one["configSet"], one["errors"]) for one in data["matrix"]] == [("a", 3), ("b", 3), ("base", 1)]


def test_a_second_file_of_the_same_set_is_never_read(check):
    texts = {**files(dev=COMPLETE), f"{PLACE}/configs/dev.yaml": "values: {}\n"}
    assert check(texts)[:2] == (
        0,
        [
            (
                f"{PLACE}/configs/dev.yaml:1:1",
                "warning",
                "shadowed-config-value",
                f"this file is never read: {PLACE}/configs/dev.yml is the set `dev`",
            )
        ],
    )


def test_a_set_named_as_an_argument_is_checked_against_its_integration(check):
    code, found, data = check(files(dev="values: {Since: soon}\n"), f"{PLACE}/configs/dev.yml")
    assert code == 1
    assert [line[2] for line in found] == [
        "missing-config-value",
        "missing-connection-value",
        "bad-config-value",
    ]
    assert (data["checked"]["flows"], data["checked"]["configSets"]) == (0, 1)


def test_equal_mistakes_of_two_sets_have_fingerprints_of_their_own(check):
    _, _, data = check(files(a="values: {Since: x}\n", b="values: {Since: x}\n"), "--config", "all")
    fingerprints = [one["fingerprint"] for one in data["findings"] if one["rule"] == "bad-config-value"]
    assert len(set(fingerprints)) == 2


def test_a_set_that_cannot_be_read_gives_3(xchange, project):
    folder = project({f"{PLACE}/integration.yml": INTEGRATION})
    sets = folder / PLACE / "configs"
    sets.mkdir()
    (sets / "dev.yml").write_bytes(b"values: {Region: \xff}\n")
    code, out, _ = xchange("validate", cwd=folder)
    assert code == 3
    assert f"{PLACE}/configs/dev.yml:1:18: error unreadable-file: not UTF-8 text: byte 0xff" in out


def test_an_unknown_set_gives_3_and_the_nearest(xchange, project):
    folder = project(files(dev=COMPLETE, prod=COMPLETE))
    assert xchange("validate", "--config", "prd", cwd=folder) == (
        3,
        "",
        "error: there is no config set `prd`\nhint: Did you mean `prod`?\n",
    )


def test_all_sets_of_an_integration_without_sets_gives_3(xchange, project):
    assert xchange("validate", "--config", "all", cwd=project(files())) == (
        3,
        "",
        "error: there is no config set\nhint: Write configs/NAME.yml beside the integration.\n",
    )


def test_an_integration_without_the_set_that_others_have_gets_a_note(xchange, project):
    folder = project({**files(dev=COMPLETE), "integrations/other/integration.yml": INTEGRATION})
    code, out, _ = xchange("validate", "--config", "dev", "--output", "json", cwd=folder)
    notes = [told(found) for found in json.loads(out)["findings"] if found["severity"] == "info"]
    assert (code, notes) == (
        0,
        [
            (
                "integrations/other/integration.yml:1:1",
                "info",
                "unknown-config-set",
                "`other` has no config set `dev`",
            )
        ],
    )


def test_the_matrix_shows_integrations_and_sets_at_80_columns(xchange, project):
    texts = files(dev=COMPLETE, prod="values: {Region: north}\n")
    texts[f"{PLACE}/configs/with-a-warning.yml"] = COMPLETE.replace("{Region", "{Old: y, Region")
    texts["integrations/returns-of-customers-overseas/integration.yml"] = INTEGRATION
    for number in range(3):
        name = f"a-long-name-of-a-customer-{number}"
        texts[f"integrations/returns-of-customers-overseas/configs/{name}.yml"] = COMPLETE
    folder = project(texts)
    code, out, _ = xchange("validate", "--config", "all", cwd=folder)
    table = out[out.index("INTEGRATION") : out.rindex("\n\n") + 1]
    assert code == 1
    assert (
        table
        == """\
INTEGRATION                    a-long-name-of-a-customer-0
orders                         -
returns-of-customers-overseas  ok
INTEGRATION                    a-long-name-of-a-customer-1
orders                         -
returns-of-customers-overseas  ok
INTEGRATION                    a-long-name-of-a-customer-2  dev  prod
orders                         -                            ok   2 errors
returns-of-customers-overseas  ok                           -    -
INTEGRATION                    with-a-warning
orders                         1 warning
returns-of-customers-overseas  -
"""
    )


def test_a_second_check_of_the_same_files_says_the_same_and_shows_no_secret_either(xchange, project):
    texts = files(dev=COMPLETE.replace("${env:PASSWORD}", "Kq7vR2mX9tB4wL6z"))
    clear = "inputs: {password: {type: value, value: Kq7vR2mX9tB4wL6z}}"
    texts[f"{PLACE}/integration.yml"] = INTEGRATION.replace("inputs: {}\nflows", f"{clear}\nflows")
    folder = project(texts)
    first, second = (
        xchange("validate", "--config", "all", "--output", output, cwd=folder).out.rpartition(" (")[0]
        for output in ("text", "text")
    )
    assert first == second
    assert first.count("warning secret-in-clear") == 2
    assert "Kq7vR2mX9tB4wL6z" not in first


def test_beside_a_loose_file_only_the_set_that_was_asked_for_counts(xchange, project):
    folder = project({"loose.yml": INTEGRATION, "configs/dev.yml": COMPLETE, "configs/app.yml": "port: 80\n"})
    plain = xchange("validate", "loose.yml", "--output", "json", cwd=folder)
    asked = xchange("validate", "loose.yml", "--config", "dev", "--output", "json", cwd=folder)
    assert json.loads(plain.out)["checked"]["configSets"] == 0
    assert [(one["file"], one["configSet"], one["severity"]) for one in json.loads(asked.out)["matrix"]] == [
        ("loose.yml", "dev", None)
    ]
    assert (plain.code, asked.code) == (0, 0)


def test_a_folder_of_sets_that_cannot_be_listed_gives_3(xchange, project, monkeypatch):
    folder = project(files(dev=COMPLETE))
    listdir = os.listdir

    def refuse(path="."):
        if str(path).endswith("configs"):
            raise PermissionError(13, "Permission denied", str(path))
        return listdir(path)

    monkeypatch.setattr("os.listdir", refuse)
    code, out, _ = xchange("validate", cwd=folder)
    assert code == 3
    assert (
        f"{PLACE}/configs:1:1: error unreadable-file: {PLACE}/configs cannot be read: Permission denied"
        in out
    )
