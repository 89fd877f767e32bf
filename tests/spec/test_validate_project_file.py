"""`xchange.yaml`, checked completely; and the project's own files as arguments."""

import json

import pytest

from xchange_cli.schemas import schema
from xchange_cli.validation.pages import names

INTEGRATION = """\
definitionVersion: 7
name: Tiny
description: ''
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
COMPONENT = "key: acme\nlabel: Acme\n"


@pytest.fixture
def check(xchange, project):
    """Validate a project by what its file says; give place, severity, rule and message of each finding in it."""

    def run(text, *arguments):
        folder = project({"xchange.yaml": text, "integrations/tiny/integration.yml": INTEGRATION})
        ran = xchange("validate", *arguments, "--output", "json", cwd=folder)
        return [told(found) for found in json.loads(ran.out)["findings"]]

    return run


def told(found):
    assert found["file"] == "xchange.yaml"
    start = found["start"]
    return f"{start['line']}:{start['column']}", found["severity"], found["rule"], found["message"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "integrations: [integrations/*/integration.yml]\nlimits: enforce\n",
        "registry: registry/\n",
        "registry: ../shared registry\n",
        "registry: C:\\registry\n",
        "registry: file:registry\n",
        "registry: file:///srv/registry\n",
        "registry: s3://bucket/some/prefix\n",
        "registry: S3://bucket\n",
        "trustedKeys: ['ed25519:fOO56hJSeE+j0TbElwrMSLW0VKNkLb5yeh77kXLLPNQ= Ada']\n",
        "publish: {branches: [main, next]}\n",
    ],
)
def test_a_right_project_file_is_silent(check, text):
    assert check(text) == []


@pytest.mark.parametrize(
    ("text", "place", "rule", "message"),
    [
        ("integratons: []\n", "1:1", "unknown-key", "unknown key `integratons` in this project file"),
        (
            "trustedKeys:\n  - ed25519:fOO56hJSeE+j0TbElwrMSLW0VKNkLb5yeh77kXLLPNQ= Ada\n  - ed25519:zzz Bob\n",
            "3:5",
            "wrong-value",
            "a trusted key is no Ed25519 public key",
        ),
        ("integrations: all\n", "1:15", "wrong-type", "`integrations` must be a list, not text"),
        (
            "limits: wran\n",
            "1:9",
            "wrong-value",
            "`limits` is `wran`; it must be one of `warn`, `enforce`, `off`",
        ),
        (
            "lint: {rules: {empty: bad}}\n",
            "1:23",
            "wrong-value",
            "`empty` is `bad`; it must be one of `off`, `info`, `warning`, `error`",
        ),
        ("lint: {rules: {empti: 'off'}}\n", "1:16", "unknown-key", "no rule is called `empti`"),
        ("lint: {rules: {'cod-*': 'off'}}\n", "1:16", "unknown-key", "no rule matches `cod-*`"),
        (
            "limits: warn\nlimits: off\n",
            "2:1",
            "duplicate-key",
            "`limits` is here twice; the first one counts",
        ),
        (
            "registry: https://registry.test/\n",
            "1:11",
            "wrong-value",
            "there is no kind of registry for `https:`",
        ),
        ("registry: s3:bucket\n", "1:11", "wrong-value", "the URL of the registry names no bucket"),
        ("registry: s3:///prefix\n", "1:11", "wrong-value", "the URL of the registry names no bucket"),
        ("registry: 'file://'\n", "1:11", "wrong-value", "the URL of the registry names no folder"),
    ],
)
def test_what_is_wrong_is_an_error_at_its_place(check, text, place, rule, message):
    assert check(text, "tiny") == [(place, "error", rule, message)]


def test_rules_in_the_examples_of_the_schema_exist():
    data = schema("project")
    lints = [*data["$defs"]["lint"]["examples"], *(one["lint"] for one in data["examples"])]
    assert [name for lint in lints for name in lint["rules"] if name not in names()] == []


def test_a_pattern_grades_all_rules_that_fit(xchange, project):
    folder = project({"integrations/a/integration.yml": "colour: red\n"})
    assert xchange("validate", cwd=folder).code == 1
    project({"xchange.yaml": "lint: {rules: {'unknown-*': warning, 'missing-*': info}}\n"})
    found = json.loads(xchange("validate", "--output", "json", cwd=folder).out)["findings"]
    assert {(one["rule"], one["severity"]) for one in found} == {
        ("unknown-key", "warning"),
        ("missing-key", "info"),
    }


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            "integrations: [integrations/*/integration.yml, more/*.yml]\n",
            "1:48",
            "no file matches `more/*.yml`",
        ),
        ("components: [components/acme.yml]\n", "1:14", "`components/acme.yml` does not exist"),
    ],
)
def test_a_path_that_leads_to_no_file_is_a_warning(check, text, place, message):
    assert check(text) == [(place, "warning", "unmatched-path", message)]


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        (
            "integrations: [integrations/*/integration.yml, integrations/*/integration.yml]\n",
            "1:48",
            "integrations/*/integration.yml",
        ),
        ("publish: {branches: [main, main]}\n", "1:28", "main"),
    ],
)
def test_what_stands_in_a_list_twice_is_a_warning(check, text, place, word):
    assert check(text) == [(place, "warning", "wrong-value", f"`{word}` is in this list twice")]


def test_a_comment_silences_a_finding(check):
    text = "components:\n  # xchange: ignore[unmatched-path] made by the build\n  - components/acme.yml\n"
    assert check(text) == []


def test_a_registry_with_a_password_is_not_shown(xchange, project):
    folder = project(
        {
            "xchange.yaml": "registry: https://ann:hunter2@registry.test\n",
            "integrations/tiny/integration.yml": INTEGRATION,
        }
    )
    assert "hunter2" not in xchange("validate", cwd=folder).out
    assert "hunter2" not in xchange("validate", "--output", "json", cwd=folder).out


def test_a_baseline_that_is_missing_is_told_where_it_is_named(xchange, project):
    folder = project(
        {
            "xchange.yaml": "lint:\n  baseline: known.json\n",
            "integrations/tiny/integration.yml": INTEGRATION,
        }
    )
    ran = xchange("validate", cwd=folder)
    assert (ran.code, ran.err.splitlines()[0]) == (
        3,
        "xchange.yaml:2:13: error: the baseline known.json does not exist",
    )


@pytest.mark.parametrize("name", ["xchange.yaml", "components/acme.yml"])
def test_a_file_of_the_project_itself_can_be_named(xchange, project, name):
    folder = project(
        {
            "xchange.yaml": "limits: wran\n",
            "components/acme.yml": COMPONENT,
            "integrations/tiny/integration.yml": INTEGRATION.replace("steps:", "stps:"),
        }
    )
    data = json.loads(xchange("validate", name, "--output", "json", cwd=folder).out)
    assert {found["file"] for found in data["findings"]} <= {"xchange.yaml", "components/acme.yml"}
    assert (data["checked"]["files"], data["checked"]["projectFiles"]) == (0, 2)
    assert "2 project files: " in xchange("validate", name, cwd=folder).out


def test_the_projects_own_files_go_with_integrations(xchange, project):
    folder = project({"xchange.yaml": "limits: warn\n", "integrations/tiny/integration.yml": INTEGRATION})
    shown = xchange("validate", "xchange.yaml", "tiny", cwd=folder).out
    assert shown.startswith("1 file, 1 flow, 1 step: no findings (")
