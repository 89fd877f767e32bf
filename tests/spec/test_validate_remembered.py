"""A file that has not changed is not checked again, and nobody can tell by what is shown."""

import json
import shutil

import pytest

STEP = """\
definitionVersion: 7
name: Orders
description: ''
flows:
  - name: Take Orders
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Note
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: value, value: info}
          message: {type: reference, value: triger.results.body.data.number}
"""
MISTAKE = "integrations/orders/integration.yml:15:45: error unknown-reference"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "xchange.yaml").write_text("{}\n")
    folder = tmp_path / "integrations" / "orders"
    folder.mkdir(parents=True)
    (folder / "integration.yml").write_text(STEP)
    return tmp_path


def found(xchange, project, *words):
    done = xchange("validate", *words, "--output", "json", cwd=project)
    result = json.loads(done.out)
    result["checked"].pop("seconds")
    return result


def rules(result):
    return [finding["rule"] for finding in result["findings"]]


def pack(project):
    return project / ".xchange" / "cache" / "checked"


def test_the_second_time_everything_is_as_the_first_time(xchange, project):
    first = found(xchange, project)
    assert rules(first) == ["unknown-reference"]
    assert found(xchange, project) == first


def test_what_is_shown_the_second_time_comes_from_what_was_kept(xchange, project):
    found(xchange, project)
    kept = pack(project)
    key, _, value = kept.read_bytes().strip().split(b" ", 2)
    assert json.loads(value)[2][0][1] == "unknown-reference"
    assert len(key) == 32


def test_a_mended_file_is_clean(xchange, project):
    found(xchange, project)
    file = project / "integrations" / "orders" / "integration.yml"
    file.write_text(STEP.replace("triger.", "trigger."))
    assert rules(found(xchange, project)) == []


def test_a_file_that_is_as_it_was_before_gives_what_it_gave_before(xchange, project):
    first = found(xchange, project)
    file = project / "integrations" / "orders" / "integration.yml"
    file.write_text(STEP.replace("triger.", "trigger."))
    found(xchange, project)
    file.write_text(STEP)
    assert found(xchange, project) == first


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("xchange.yaml", 'lint: {rules: {unknown-reference: "off"}}\n', []),
        ("xchange.yaml", "lint: {rules: {unknown-reference: warning}}\n", ["unknown-reference"]),
        ("integrations/orders/configs/dev.yml", "valus: {}\n", ["unknown-reference", "unknown-key"]),
        ("integrations/orders/payloads/a.json", '{"no": 1', ["unknown-reference", "bad-payload"]),
    ],
)
def test_whatever_a_result_depends_on_makes_a_new_one(xchange, project, name, text, rule):
    found(xchange, project)
    (project / name).parent.mkdir(exist_ok=True)
    (project / name).write_text(text)
    assert rules(found(xchange, project)) == rule


def test_an_own_component_that_changes_makes_a_new_result(xchange, project):
    own = """\
key: log
title: Log
actions:
  - {key: writeLog, title: Write, summary: Writes., effect: pure, inputs: [{key: %s, type: string, required: true}]}
"""
    (project / "components").mkdir()
    (project / "components" / "log.yml").write_text(own % "message")
    file = project / "integrations" / "orders" / "integration.yml"
    file.write_text(STEP.replace("key: log, isPublic: true", "key: log, isPublic: false"))
    before = rules(found(xchange, project))
    (project / "components" / "log.yml").write_text(own % "text")
    assert "missing-input" not in before
    assert "missing-input" in rules(found(xchange, project))


def test_other_wishes_give_other_results(xchange, project):
    found(xchange, project)
    assert rules(found(xchange, project, "--ignore", "unknown-reference")) == []
    assert rules(found(xchange, project)) == ["unknown-reference"]


def test_a_folder_of_another_name_shows_its_own_name(xchange, project):
    found(xchange, project)
    shutil.move(project / "integrations" / "orders", project / "integrations" / "sales")
    result = found(xchange, project)
    assert [finding["file"] for finding in result["findings"]] == ["integrations/sales/integration.yml"]


def test_equal_files_of_two_integrations_have_results_of_their_own(xchange, project):
    shutil.copytree(project / "integrations" / "orders", project / "integrations" / "sales")
    fingerprints = {
        key: found(xchange, project / "integrations" / key, "integration.yml")["findings"][0]["fingerprint"]
        for key in ("orders", "sales")
    }
    shutil.rmtree(project / ".xchange")
    alone = found(xchange, project / "integrations" / "sales", "integration.yml")["findings"][0][
        "fingerprint"
    ]
    assert fingerprints["sales"] == alone != fingerprints["orders"]


def test_a_link_that_leads_nowhere_is_seen(xchange, project):
    payloads = project / "integrations" / "orders" / "payloads"
    payloads.mkdir()
    found(xchange, project)
    (payloads / "a.json").symlink_to("nowhere")
    assert rules(found(xchange, project)) == ["unknown-reference", "unreadable-file"]


def test_a_spoilt_memory_only_costs_time(xchange, project):
    first = found(xchange, project)
    pack(project).write_bytes(b"\x00" * 1000 + pack(project).read_bytes()[:-5])
    assert found(xchange, project) == first


def test_a_project_that_must_not_be_written_to_is_checked(xchange, project):
    (project / ".xchange").write_text("a file in the place of the folder")
    assert rules(found(xchange, project)) == ["unknown-reference"]


def test_a_loose_file_leaves_nothing_beside_it(xchange, tmp_path):
    (tmp_path / "one.yml").write_text(STEP)
    xchange("validate", "one.yml", cwd=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["one.yml"]


def test_secrets_of_config_sets_are_not_kept(xchange, project):
    configs = project / "integrations" / "orders" / "configs"
    configs.mkdir()
    (configs / "dev.yml").write_text("connections: {Shop: {fields: {password: q8Zr2LmX0vTb5}}}\n")
    found(xchange, project, "--config", "dev")
    assert b"q8Zr2LmX0vTb5" not in pack(project).read_bytes()
