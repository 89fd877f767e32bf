"""`xchange init`: a project in a folder, without overwriting anything."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

from differing import LATER, SMALL
from repositories import alone, commit
from xchange_cli import schemas

ALL = ["--ci", "github", "--pre-commit", "--editor", "vscode", "--install-from", "xchange-cli==1.0"]
GOOD = """\
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
"""

needs_bash = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("bash"), reason="scripts are for bash"
)


def names(folder):
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if not name.startswith(".git/"))


def contents(folder):
    return {name: (folder / name).read_bytes() for name in names(folder)}


def git(folder, *arguments):
    return subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True).stdout.decode()


@pytest.fixture
def repository(tmp_path):
    git(tmp_path, "init", "-q")
    return tmp_path


def test_a_project_is_made_in_an_empty_folder(xchange, tmp_path):
    assert xchange("init") == (
        0,
        (
            "made           xchange.yaml\n"
            "made           .gitignore\n"
            "made           .gitattributes\n"
            "made           .xchange/schemas/: the JSON Schemas for editors\n"
            "There is no git repository here yet: `git init` makes one.\n"
            "next: xchange new acme-orders\n"
        ),
        "",
    )
    kept = ("component", "config-set", "flow-test", "house-rules", "integration", "project")
    assert names(tmp_path) == [
        ".gitattributes",
        ".gitignore",
        ".xchange/.gitignore",
        *(f".xchange/schemas/{name}.schema.json" for name in kept),
        "xchange.yaml",
    ]
    assert (tmp_path / ".gitignore").read_bytes() == b".xchange/\n"
    assert (tmp_path / ".gitattributes").read_bytes() == b"integrations/** -text\nregistry/** -text\n"
    for name in kept:
        assert (tmp_path / f".xchange/schemas/{name}.schema.json").read_text("utf-8") == schemas.schema_text(
            name
        )


def test_what_it_makes_is_right_and_what_it_names_next_works(xchange, tmp_path):
    xchange("init")
    assert xchange("new", "acme-orders").code == 0
    ran = xchange("validate", "--config", "all", "--output", "json")
    assert (ran.code, json.loads(ran.out)["findings"]) == (0, [])
    assert xchange("validate", "xchange.yaml").out.startswith("1 project file: no findings")
    modeline = (tmp_path / "xchange.yaml").read_text("utf-8").partition("\n")[0]
    assert modeline == "# yaml-language-server: $schema=.xchange/schemas/project.schema.json"


def test_it_is_made_in_a_folder_that_is_not_there_yet(xchange, tmp_path):
    ran = xchange("init", "a/my shop")
    assert (ran.code, ran.out.splitlines()[-1]) == (0, "next: cd 'a/my shop' && xchange new acme-orders")
    assert (tmp_path / "a/my shop/xchange.yaml").is_file()


@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_done_twice_it_changes_nothing_more(ci, xchange, repository):
    wanted = ["--ci", ci, *ALL[2:]]
    xchange("init", *wanted)
    before = contents(repository)
    ran = xchange("init", *wanted)
    assert (ran.code, ran.err) == (0, "")
    assert [line[:15] for line in ran.out.splitlines()] == ["left as it is  "] * 8
    assert contents(repository) == before


def test_what_is_there_is_not_touched(xchange, project):
    mine = {
        "xchange.yaml": "integrations: []\n",
        ".gitignore": "# mine\n.xchange\n",
        ".github/workflows/xchange.yml": "mine\n",
        ".pre-commit-config.yaml": "repos: [] # mine\n",
        ".vscode/settings.json": "// mine\n{}\n",
        ".vscode/extensions.json": '{"recommendations": ["redhat.vscode-yaml"]}',
    }
    folder = project(mine)
    ran = xchange("init", *ALL, cwd=folder)
    assert ran.code == 0
    assert {name: (folder / name).read_text("utf-8") for name in mine} == mine
    assert ran.out.count("left as it is  ") == 4
    assert "to do          .pre-commit-config.yaml: add this under `repos`\n" in ran.out
    assert "                   - repo: local\n" in ran.out
    assert "to do          .vscode/settings.json: it has comments" in ran.out


def test_schemas_of_an_older_version_are_replaced_for_they_are_its_own(xchange, tmp_path):
    xchange("init")
    file = tmp_path / ".xchange/schemas/project.schema.json"
    file.write_text("{}", encoding="utf-8")
    assert "extended       .xchange/schemas/" in xchange("init").out
    assert file.read_text("utf-8") == schemas.schema_text("project")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"", b".xchange/\n"),
        (b"a\n", b"a\n.xchange/\n"),
        (b"a", b"a\n.xchange/\n"),
        (b"a\r\nb", b"a\r\nb\r\n.xchange/\r\n"),
        (b"\xef\xbb\xbf# \xc3\xa4\n", b"\xef\xbb\xbf# \xc3\xa4\n.xchange/\n"),
        (b"/.xchange/\n", b"/.xchange/\n"),
        (b"  .xchange  \n", b"  .xchange  \n"),
        (b"<<<<<<< ours\n", b"<<<<<<< ours\n"),
        (b"\xff\n", b"\xff\n"),
    ],
)
def test_the_ignore_rule_is_added_at_the_end_and_only_where_it_is_missing(before, after, xchange, tmp_path):
    (tmp_path / ".gitignore").write_bytes(before)
    xchange("init")
    assert (tmp_path / ".gitignore").read_bytes() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"* text=auto", b"* text=auto\nintegrations/** -text\nregistry/** -text\n"),
        (b"a\r\n", b"a\r\nintegrations/** -text\r\nregistry/** -text\r\n"),
        (b"registry/**  -text\n", b"registry/**  -text\nintegrations/** -text\n"),
        (
            b"integrations/** text eol=lf\nregistry/** diff\n",
            b"integrations/** text eol=lf\nregistry/** diff\nregistry/** -text\n",
        ),
        (b"<<<<<<< ours\n", b"<<<<<<< ours\n"),
        (b"\xff\n", b"\xff\n"),
    ],
)
def test_git_is_told_to_keep_bytes_in_lines_at_the_end_unless_a_line_says_otherwise(
    before, after, xchange, tmp_path
):
    (tmp_path / ".gitattributes").write_bytes(before)
    xchange("init")
    assert (tmp_path / ".gitattributes").read_bytes() == after
    xchange("init")
    assert (tmp_path / ".gitattributes").read_bytes() == after


@pytest.mark.parametrize(
    ("settings", "lines"),
    [
        (
            "integrations: [apps/*/integration.yml, 'more/**']\nregistry: s3://bucket/team",
            ["apps/**", "more/**"],
        ),
        ("integrations: ['*.yml', ../elsewhere, 'a b/*']\nregistry: published", ["published/**"]),
        ("integrations: ['*.yml']\nregistry: .", []),
    ],
)
def test_git_is_told_so_of_the_folders_that_the_project_names(settings, lines, xchange, project):
    folder = project({"xchange.yaml": f"{settings}\n"})
    assert xchange("init", cwd=folder).code == 0
    found = folder / ".gitattributes"
    assert (found.read_text("utf-8").splitlines() if lines else found.exists()) == (
        [f"{line} -text" for line in lines] if lines else False
    )


@pytest.mark.parametrize(
    ("rules", "is_ignored"), [(".x*\n", True), (".xchange/*.db\n", False), (".x*\n!.xchange\n", False)]
)
def test_git_is_asked_whether_the_folder_is_ignored_already(rules, is_ignored, xchange, repository):
    (repository / ".gitignore").write_text(rules, encoding="utf-8")
    (repository / ".xchange").mkdir()
    (repository / ".xchange" / ".gitignore").write_text("*\n", encoding="utf-8")
    xchange("init")
    assert (repository / ".gitignore").read_text("utf-8") == rules + ("" if is_ignored else ".xchange/\n")


def test_a_rule_further_up_in_the_repository_counts(xchange, repository):
    (repository / ".gitignore").write_text(".xchange/\n", encoding="utf-8")
    (repository / "shop").mkdir()
    out = xchange("init", "shop").out
    assert "left as it is  shop/.gitignore: .xchange/ is ignored already\n" in out
    assert not (repository / "shop" / ".gitignore").exists()


def test_a_file_in_the_place_of_a_folder_keeps_everything_as_it_was(xchange, project):
    folder = project({".github": "mine\n", "file": "mine\n"})
    before = contents(folder)
    ran = xchange("init", "--ci", "github", cwd=folder)
    assert ran.code == 3
    assert ran.err.startswith("error: .github/workflows/xchange.yml cannot be written: ")
    assert contents(folder) == before
    assert xchange("init", "file", cwd=folder) == (
        3,
        "",
        "error: file is a file, not a folder\nhint: Nothing was written.\n",
    )


def test_a_project_inside_of_another_one_is_told(xchange, tmp_path):
    xchange("init")
    out = xchange("init", "shop").out
    assert "This project lies inside of another one: xchange.yaml does not count here.\n" in out


def workflow(folder, name=".github/workflows/xchange.yml"):
    return yaml.load((folder / name).read_text("utf-8"), yaml.BaseLoader)


def test_the_workflow_for_github_has_no_more_rights_than_it_needs_and_fixed_actions(xchange, repository):
    xchange("init", *ALL)
    data = workflow(repository)
    assert set(data["on"]) == {"pull_request", "push"}
    assert data["permissions"] == {"contents": "read"}
    assert {name: job.get("permissions") for name, job in data["jobs"].items()} == {
        "validate": None,
        "publish": {"contents": "write"},
    }
    used = [step["uses"] for job in data["jobs"].values() for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in used)
    assert len(used) == 4
    scripts = [step["run"] for job in data["jobs"].values() for step in job["steps"] if "run" in step]
    assert [script for script in scripts if "${{" in script] == []
    publish = 'xchange publish --changed --note="$NOTE" --commit --push --output github'
    assert scripts[-1].splitlines()[-1] == publish
    assert data["env"] == {"XCHANGE": "xchange-cli==1.0"}


@pytest.mark.parametrize("folder", [".", "my shop's"])
@pytest.mark.parametrize("ci", ["github", "gitlab"])
@needs_bash
def test_the_workflow_validates_from_the_top_of_the_repository(folder, ci, xchange, repository):
    xchange("init", folder, "--ci", ci, "--install-from", "x")
    place = repository / folder / "integrations/orders"
    place.mkdir(parents=True)
    (place / "integration.yml").write_text(GOOD.replace("isTrigger", "isTriger"), encoding="utf-8")
    ran = run_script(validating(repository, ci), repository)
    name = (place / "integration.yml").relative_to(repository).as_posix()
    assert ran.returncode == 1
    if ci == "github":
        assert ran.stdout.startswith(f"::error file={name},line=")
    else:
        report = json.loads((repository / "gl-code-quality-report.json").read_text("utf-8"))
        assert {row["location"]["path"] for row in report} == {name}
        assert f"{name}:" in ran.stdout
    (place / "integration.yml").write_text(GOOD, encoding="utf-8")
    assert run_script(validating(repository, ci), repository).returncode == 0


def validating(repository, ci):
    if ci == "gitlab":
        return workflow(repository, ".gitlab-ci.yml")["xchange-validate"]["script"][-1]
    return step_of_github(repository, "xchange validate")["run"]


def step_of_github(repository, command):
    steps = workflow(repository)["jobs"]["validate"]["steps"]
    return next(step for step in steps if command in step.get("run", ""))


@pytest.mark.parametrize("folder", [".", "my shop's"])
@needs_bash
def test_the_workflow_for_github_shows_what_a_pull_request_changes_and_fails_for_no_change(
    folder, xchange, repository, monkeypatch
):
    alone(monkeypatch)
    xchange("init", folder, "--ci", "github", "--install-from", "x")
    place = repository / folder / "integrations/orders"
    place.mkdir(parents=True)
    (place / "integration.yml").write_text(SMALL, encoding="utf-8")
    git(repository, "checkout", "--quiet", "-B", "main")
    commit(repository, "Begin")
    git(repository, "checkout", "--quiet", "-b", "work")
    (place / "integration.yml").write_text(LATER, encoding="utf-8")
    step = step_of_github(repository, "xchange diff")
    assert step["if"] == "github.event_name == 'pull_request'"
    ran = run_script(step["run"], repository)
    name = (place / "integration.yml").relative_to(repository).as_posix()
    assert ran.returncode == 0
    assert ran.stdout.startswith(f"::error file={name},line=8,")


@pytest.mark.parametrize("folder", [".", "my shop's"])
@needs_bash
def test_the_pipeline_for_gitlab_shows_what_a_merge_request_changes_in_the_log_and_as_a_page(
    folder, xchange, repository, monkeypatch, tmp_path_factory
):
    alone(monkeypatch)
    xchange("init", folder, "--ci", "gitlab", "--install-from", "x")
    place = repository / folder / "integrations/orders"
    place.mkdir(parents=True)
    (place / "integration.yml").write_text(SMALL, encoding="utf-8")
    git(repository, "checkout", "--quiet", "-B", "trunk")
    commit(repository, "Begin")
    git(repository, "checkout", "--quiet", "-b", "work")
    (place / "integration.yml").write_text(LATER, encoding="utf-8")
    commit(repository, "Work")
    clone = tmp_path_factory.mktemp("job") / "clone"
    git(repository, "clone", "--quiet", ".", str(clone))
    git(clone, "checkout", "--quiet", "--detach", "origin/work")
    git(clone, "remote", "set-head", "origin", "--delete")
    job = workflow(repository, ".gitlab-ci.yml")["xchange-diff"]
    monkeypatch.setenv("CI_DEFAULT_BRANCH", "trunk")

    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    ran = run_script("\n".join(job["script"][1:]), clone)

    assert (ran.returncode, "synchronous: true → false" in ran.stdout) == (0, True)
    assert job["artifacts"] == {"when": "always", "expose_as": "xchange diff", "paths": ["xchange-diff.html"]}
    page = (clone / "xchange-diff.html").read_text("utf-8")
    assert (page.startswith("<!doctype html>"), "synchronous: true → false" in page) == (True, True)


def test_workflows_for_both_are_written_where_both_are_wanted(xchange, repository):
    ran = xchange("init", "--ci", "github", "--ci", "gitlab", "--ci", "github", "--install-from", "x")
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[1] for line in ran.out.splitlines() if "made" in line and ".yml" in line] == [
        ".github/workflows/xchange.yml",
        ".gitlab-ci.yml",
    ]
    assert {"validate", "publish"} == workflow(repository)["jobs"].keys()
    assert "xchange-publish" in workflow(repository, ".gitlab-ci.yml")


def run_script(script, folder):
    (folder / "bin").mkdir(exist_ok=True)
    program = folder / "bin" / "xchange"
    program.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m xchange_cli "$@"\n', encoding="utf-8"
    )
    program.chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


@needs_bash
def test_a_workflow_that_nobody_told_what_to_install_says_so(xchange, repository):
    out = xchange("init", "--ci", "gitlab", "--install-from", "").out
    assert "to do          .gitlab-ci.yml: say what pip is to install" in out
    install = workflow(repository, ".gitlab-ci.yml")["xchange-validate"]["script"][0]
    ran = run_script(f"XCHANGE=\n{install}", repository)
    assert (ran.returncode != 0, "say at the top of this file what pip installs" in ran.stderr) == (
        True,
        True,
    )


def test_where_gitlab_has_a_pipeline_already_there_is_a_file_to_include(xchange, repository):
    (repository / ".gitlab-ci.yml").write_text("test: {script: [make]}\n", encoding="utf-8")
    out = xchange("init", "--ci", "gitlab", "--install-from", "x").out
    assert "made           .gitlab/xchange.yml\n" in out
    assert "to do          .gitlab-ci.yml: add this\n" in out
    assert "                 include:\n                   - local: .gitlab/xchange.yml\n" in out
    with (repository / ".gitlab-ci.yml").open("a", encoding="utf-8") as file:
        file.write("include:\n  - local: .gitlab/xchange.yml\n")
    assert (
        "left as it is  .gitlab-ci.yml: it includes that file already\n"
        in xchange("init", "--ci", "gitlab").out
    )


@pytest.mark.parametrize(
    ("pipeline", "told"),
    [
        ("stages: [build]\n", "add this, and to `stages` `test` and `deploy`\n"),
        ("stages:\n  - test\n", "add this, and to `stages` `deploy`\n"),
        ("stages: [test, deploy]\n", "add this\n"),
        ("stages: [\n", "add this\n"),
    ],
)
def test_stages_that_a_pipeline_of_gitlab_lacks_are_told(pipeline, told, xchange, repository):
    (repository / ".gitlab-ci.yml").write_text(pipeline, encoding="utf-8")
    assert f".gitlab-ci.yml: {told}" in xchange("init", "--ci", "gitlab", "--install-from", "x").out


def test_jobs_for_another_folder_of_the_repository_are_left_and_told(xchange, repository):
    xchange("init", "one", *ALL)
    before = contents(repository)
    out = xchange("init", "two", *ALL).out
    assert "to do          .github/workflows/xchange.yml: its jobs are for another folder;\n" in out
    assert "to do          .pre-commit-config.yaml: add this under `repos`\n" in out
    assert before.items() <= contents(repository).items()


@pytest.mark.parametrize(
    ("folder", "file", "is_checked"),
    [
        (".", "integrations/acme/integration.yml", True),
        (".", "integrations/acme/configs/dev.yml", True),
        (".", "integrations/acme/tests/one.test.yml", True),
        (".", "integrations/acme/attachments/integration.yml", False),
        (".", "docker-compose.yml", False),
        (".", "registry/integrations/acme/integration.yml", False),
        ("my shop", "my shop/integrations/acme/integration.yaml", True),
        ("my shop", "integrations/acme/integration.yml", False),
    ],
)
def test_the_hook_takes_the_files_that_are_checked(folder, file, is_checked, xchange, repository):
    xchange("init", folder, "--pre-commit")
    (hook,) = workflow(repository, ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert (hook["id"], hook["entry"], hook["language"]) == ("xchange-validate", "xchange validate", "system")
    assert bool(re.search(hook["files"], file)) == is_checked


def test_hook_and_editor_follow_the_patterns_of_the_project(xchange, project):
    folder = project({"xchange.yaml": "integrations: ['apps/**/integration.yml', 'b/*/integration.yml']\n"})
    xchange("init", "--pre-commit", "--editor", "vscode", cwd=folder)
    (hook,) = workflow(folder, ".pre-commit-config.yaml")["repos"][0]["hooks"]
    for file in ("apps/x/y/integration.yml", "apps/x/configs/dev.yml", "b/x/integration.yml"):
        assert re.search(hook["files"], file)
    assert not re.search(hook["files"], "c/x/integration.yml")
    settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert settings[".xchange/schemas/integration.schema.json"] == [
        "apps/**/integration.yml",
        "b/*/integration.yml",
    ]


@pytest.mark.parametrize(
    ("pattern", "file", "other"),
    [
        ("legacy/*.yml", "legacy/old.yml", "legacy/configs/dev.yml"),
        ("apps/[ab]*/integration.yml", "apps/b2/configs/dev.yml", "apps/c/configs/dev.yml"),
        ("apps/[!a]/integration.yml", "apps/b/integration.yml", "apps/a/integration.yml"),
        ("integration.yml", "configs/dev.yml", "apps/configs/dev.yml"),
        ("apps/*", "apps/a/b/tests/one.test.yml", "apps/a/payloads/one.yml"),
        ("**/*.y*ml", "a/b/deep.yaml", "a/b/deep.json"),
    ],
)
def test_the_hook_takes_what_any_pattern_means(pattern, file, other, xchange, project):
    folder = project({"xchange.yaml": f"integrations: ['{pattern}']\n"})
    xchange("init", "--pre-commit", cwd=folder)
    (hook,) = workflow(folder, ".pre-commit-config.yaml")["repos"][0]["hooks"]
    assert (bool(re.search(hook["files"], file)), bool(re.search(hook["files"], other))) == (True, False)


def test_the_editor_knows_the_files_in_folders_and_at_the_top_of_the_project(xchange, project):
    folder = project({"xchange.yaml": "integrations: ['apps/*', integration.yml]\n"})
    xchange("init", "--editor", "vscode", cwd=folder)
    settings = json.loads((folder / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert settings[".xchange/schemas/integration.schema.json"] == [
        "apps/*/**/integration.yml",
        "integration.yml",
    ]
    assert settings[".xchange/schemas/config-set.schema.json"] == [
        "apps/*/**/configs/*.yml",
        "configs/*.yml",
    ]


def test_settings_of_the_editor_are_added_and_all_else_stays_byte_for_byte(xchange, project):
    folder = project({".vscode/settings.json": '{\r\n\t"a":  1,\r\n\t"yaml.schemas": {}\r\n}'})
    out = xchange("init", "--editor", "vscode", cwd=folder).out
    assert "extended       .vscode/settings.json: yaml.schemas is added\n" in out
    data = (folder / ".vscode/settings.json").read_bytes().decode()
    assert data.startswith(
        '{\r\n\t"a":  1,\r\n\t"yaml.schemas": {\r\n\t  ".xchange/schemas/integration.schema.json": '
    )
    assert data.endswith("\r\n\t}\r\n}")
    assert len(json.loads(data)["yaml.schemas"]) == 6
    assert "\n" not in data.replace("\r\n", "")
