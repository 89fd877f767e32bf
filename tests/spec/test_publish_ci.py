"""`xchange publish` in CI jobs: what their environments tell, and the workflows that `xchange init --ci` writes."""

import json
import os
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

import repositories
from repositories import change, clone, commit, git, published, repository, write

GITHUB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_REF": "refs/heads/main",
    "GITHUB_REF_NAME": "main",
    "GITHUB_REF_TYPE": "branch",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "acme/flows",
}
GITLAB = {
    "GITLAB_CI": "true",
    "CI_COMMIT_BRANCH": "main",
    "CI_DEFAULT_BRANCH": "main",
    "CI_PROJECT_URL": "https://gitlab.acme.test/team/flows",
}
BITBUCKET = {
    "BITBUCKET_BUILD_NUMBER": "7",
    "BITBUCKET_BRANCH": "main",
    "BITBUCKET_GIT_HTTP_ORIGIN": "http://bitbucket.org/acme/flows",
}
AZURE = {
    "TF_BUILD": "True",
    "BUILD_SOURCEBRANCH": "refs/heads/main",
    "BUILD_REPOSITORY_PROVIDER": "TfsGit",
    "BUILD_REPOSITORY_URI": "https://acme@dev.azure.com/acme/Team/_git/flows",
}
JENKINS = {
    "JENKINS_URL": "https://jenkins.acme.test/",
    "GIT_BRANCH": "origin/main",
    "GIT_URL": "git@github.com:acme/flows.git",
}
COMMIT = {
    "github": "GITHUB_SHA",
    "gitlab": "CI_COMMIT_SHA",
    "bitbucket": "BITBUCKET_COMMIT",
    "azure": "BUILD_SOURCEVERSION",
    "jenkins": "GIT_COMMIT",
}
needs_bash = pytest.mark.skipif(
    sys.platform == "win32" or not shutil.which("bash"), reason="scripts are for bash"
)


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def here(tmp_path):
    return repository(tmp_path / "here", tmp_path / "origin.git")


@pytest.fixture
def facts(here, xchange):
    """Publish with variables of a job, where HEAD is detached as there, and give the git facts."""

    def published_facts(env, *arguments):
        if git(here, "branch", "--show-current"):
            git(here, "checkout", "--quiet", "--detach")
        code, _, err = xchange("publish", "orders", "--note", "x", *arguments, cwd=here, env=env)
        assert code == 0, err
        path = here / "registry/integrations/orders/versions/000001.json"
        return json.loads(path.read_bytes())["git"]

    return published_facts


@pytest.mark.parametrize(
    ("system", "env", "repository_url", "page"),
    [
        ("github", GITHUB, "https://github.com/acme/flows", "commit"),
        ("gitlab", GITLAB, "https://gitlab.acme.test/team/flows", "-/commit"),
        ("bitbucket", BITBUCKET, "http://bitbucket.org/acme/flows", "commits"),
        ("azure", AZURE, "https://dev.azure.com/acme/Team/_git/flows", "commit"),
        ("jenkins", JENKINS, "https://github.com/acme/flows", "commit"),
    ],
)
def test_a_job_knows_the_branch_and_the_repository(here, facts, system, env, repository_url, page):
    head = git(here, "rev-parse", "HEAD")
    assert facts({**env, COMMIT[system]: head}) == {
        "commit": head,
        "branch": "main",
        "dirty": False,
        "repository": repository_url,
        "commitUrl": f"{repository_url}/{page}/{head}",
        "pullRequestUrl": "",
        "tag": "",
    }


@pytest.mark.parametrize(
    ("system", "env", "url"),
    [
        (
            "github",
            {
                **GITHUB,
                "GITHUB_REF": "refs/pull/12/merge",
                "GITHUB_HEAD_REF": "feature",
                "GITHUB_REF_TYPE": "",
            },
            "https://github.com/acme/flows/pull/12",
        ),
        (
            "gitlab",
            {
                **GITLAB,
                "CI_COMMIT_BRANCH": "",
                "CI_MERGE_REQUEST_IID": "12",
                "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME": "feature",
                "CI_MERGE_REQUEST_PROJECT_URL": "https://gitlab.acme.test/team/flows",
            },
            "https://gitlab.acme.test/team/flows/-/merge_requests/12",
        ),
        (
            "bitbucket",
            {**BITBUCKET, "BITBUCKET_BRANCH": "feature", "BITBUCKET_PR_ID": "12"},
            "http://bitbucket.org/acme/flows/pull-requests/12",
        ),
        (
            "azure",
            {
                **AZURE,
                "BUILD_SOURCEBRANCH": "refs/pull/12/merge",
                "SYSTEM_PULLREQUEST_PULLREQUESTID": "12",
                "SYSTEM_PULLREQUEST_SOURCEBRANCH": "refs/heads/feature",
            },
            "https://dev.azure.com/acme/Team/_git/flows/pullrequest/12",
        ),
        (
            "jenkins",
            {
                **JENKINS,
                "GIT_BRANCH": "PR-12",
                "BRANCH_NAME": "PR-12",
                "CHANGE_ID": "12",
                "CHANGE_BRANCH": "feature",
                "CHANGE_URL": "https://github.com/acme/flows/pull/12",
            },
            "https://github.com/acme/flows/pull/12",
        ),
    ],
)
def test_a_job_of_a_pull_request_knows_it_and_publishes_from_its_branch_only_on_request(
    here, facts, xchange, system, env, url
):
    env = {**env, COMMIT[system]: git(here, "rev-parse", "HEAD")}
    git(here, "checkout", "--quiet", "--detach")
    code, _, err = xchange("publish", "orders", "--note", "x", cwd=here, env=env)
    assert (code, "this is the branch `feature`" in err) == (6, True)
    found = facts(env, "--any-branch")
    assert (found["branch"], found["pullRequestUrl"].replace("acme@", "")) == ("feature", url)


@pytest.mark.parametrize(
    ("remote", "message", "url"),
    [
        (
            "git@github.com:acme/flows.git",
            "Merge pull request #12 from acme/feature\n\nx",
            "github.com/acme/flows/pull/12",
        ),
        ("https://github.com/acme/flows", "Take orders (#12)", "github.com/acme/flows/pull/12"),
        (
            "git@gitlab.com:acme/flows.git",
            "Merge branch 'x' into 'main'\n\nSee merge request acme/flows!12",
            "gitlab.com/acme/flows/-/merge_requests/12",
        ),
        (
            "https://ada@bitbucket.org/acme/flows.git",
            "Merged in x (pull request #12)",
            "bitbucket.org/acme/flows/pull-requests/12",
        ),
        (
            "git@ssh.dev.azure.com:v3/acme/Team/flows",
            "Merged PR 12: Take orders",
            "dev.azure.com/acme/Team/_git/flows/pullrequest/12",
        ),
    ],
)
def test_the_commit_of_a_merge_tells_the_pull_request(here, facts, remote, message, url):
    change(here, "more")
    commit(here, message)
    git(here, "remote", "set-url", "origin", remote)
    assert facts({}, "--branch", "main")["pullRequestUrl"] == f"https://{url}"


def test_a_tag_is_told(here, facts):
    git(here, "tag", "v1.0")
    assert facts({}, "--any-branch")["tag"] == "v1.0"


def test_options_win_over_what_git_and_the_job_say(here, facts):
    env = {**GITHUB, "GITHUB_SHA": git(here, "rev-parse", "HEAD")}
    given = {
        "--branch": "main",
        "--commit-hash": "c0ffee",
        "--repository-url": "https://ada:secret@git.acme.test/flows.git",
        "--commit-url": "https://ada:secret@git.acme.test/c/c0ffee",
        "--pull-request-url": "https://s3cr3t-t0ken@git.acme.test/p/1?by=a@b",
    }
    assert facts(env, *(word for pair in given.items() for word in pair)) == {
        "commit": "c0ffee",
        "branch": "main",
        "dirty": False,
        "repository": "https://git.acme.test/flows",
        "commitUrl": "https://git.acme.test/c/c0ffee",
        "pullRequestUrl": "https://git.acme.test/p/1?by=a@b",
        "tag": "",
    }


def test_a_job_that_works_on_another_repository_tells_nothing_about_this_one(here, xchange):
    env = {**GITHUB, "GITHUB_SHA": "c0ffee" * 6, "GITHUB_REF": "refs/heads/other"}
    assert xchange("publish", "orders", "--note", "x", cwd=here, env=env).code == 0
    path = here / "registry/integrations/orders/versions/000001.json"
    assert json.loads(path.read_bytes())["git"]["repository"] == ""


def test_the_default_branch_is_the_one_that_the_job_names(here, xchange, tmp_path):
    event = write(tmp_path, "event.json", '{"repository": {"default_branch": "trunk"}}')
    env = {**GITHUB, "GITHUB_SHA": git(here, "rev-parse", "HEAD"), "GITHUB_EVENT_PATH": str(event)}
    code, _, err = xchange("publish", "orders", "--note", "x", cwd=here, env=env)
    assert (code, err.splitlines()[0]) == (
        6,
        "error: versions are published from `trunk`, and this is the branch `main`",
    )


@needs_bash
@pytest.mark.parametrize("ci", ["github", "gitlab"])
def test_the_workflow_publishes_what_a_merge_has_changed_and_nothing_the_next_time(
    here, xchange, tmp_path, ci
):
    assert xchange("init", "--ci", ci, "--install-from", "x", cwd=here).code == 0
    commit(here)
    git(here, "push", "--quiet")
    head = git(here, "rev-parse", "HEAD")
    for _ in range(2):
        job = clone(tmp_path / "origin.git", tmp_path / "job")
        git(job, "checkout", "--quiet", *((head, "--detach") if ci == "gitlab" else ("main",)))
        ran = run_script(publishing(job, ci, head), job, tmp_path)
        assert ran.returncode == 0, ran.stderr
        shutil.rmtree(job)
    final = clone(tmp_path / "origin.git", tmp_path / "final")
    assert published(final) == ["000001.json"]
    manifest = json.loads((final / "registry/integrations/orders/versions/000001.json").read_bytes())
    assert (manifest["note"], manifest["git"]["commit"]) == ("Merge it\n\nAll of it", head)
    assert git(final, "log", "--format=%s", "-1") == "Publish orders 1"


def publishing(job, ci, head):
    """Give the lines of the job that publishes, with the variables that it has there."""
    if ci == "github":
        workflow = yaml.safe_load((job / ".github/workflows/xchange.yml").read_text("utf-8"))
        step = workflow["jobs"]["publish"]["steps"][-1]
        variables = {**GITHUB, "GITHUB_SHA": head, "NOTE": "Merge it\n\nAll of it\n"}
        lines = [f"cd {shlex.quote(step['working-directory'])}", step["run"]]
    else:
        workflow = yaml.safe_load((job / ".gitlab-ci.yml").read_text("utf-8"))
        variables = {
            **GITLAB,
            "CI_COMMIT_SHA": head,
            "CI_COMMIT_MESSAGE": "Merge it\n\nAll of it\n",
            "GITLAB_USER_NAME": "Ada",
            "GITLAB_USER_EMAIL": "ada@acme.test",
        }
        lines = [line for line in workflow["xchange-publish"]["script"] if "pip install" not in line]
    told = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    return "\n".join([*told, *lines])


def run_script(script, folder, tmp_path):
    program = write(
        tmp_path, "bin/xchange", f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m xchange_cli "$@"\n'
    )
    program.chmod(0o755)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
