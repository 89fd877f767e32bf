"""What the environment of a CI job tells about the commit that it works on. Names of variables are those documented."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

Environment = Mapping[str, str]


class CiFacts(NamedTuple):
    """Empty where the job does not tell. `repository` is a URL as the job has it; `folder` is the checkout.

    `system` is github, gitlab, bitbucket, azure or jenkins.
    """

    system: str = ""
    commit: str = ""
    branch: str = ""
    tag: str = ""
    repository: str = ""
    pull_request_url: str = ""
    default_branch: str = ""
    folder: str = ""


NO_CI = CiFacts()


def ci_facts(environment: Environment) -> CiFacts:
    """Read the variables of the job; without one of these systems nothing is told."""
    for variables, read in _SYSTEMS:
        if any(environment.get(name) for name in variables):
            return read(environment)
    return NO_CI


def _github(environment: Environment) -> CiFacts:
    get = _getter(environment)
    event = _event(get("GITHUB_EVENT_PATH"))
    ref = get("GITHUB_REF")
    server, name = get("GITHUB_SERVER_URL") or "https://github.com", get("GITHUB_REPOSITORY")
    return CiFacts(
        "github",
        commit=get("GITHUB_SHA"),
        branch=get("GITHUB_HEAD_REF") or _branch(ref) or _named(get, "branch"),
        tag=_tag(ref) or _named(get, "tag"),
        repository=f"{server}/{name}" if name else "",
        pull_request_url=_text(event, "pull_request", "html_url") or _pull_of(ref, server, name),
        default_branch=_text(event, "repository", "default_branch"),
        folder=get("GITHUB_WORKSPACE"),
    )


def _named(get: Callable[[str], str], kind: str) -> str:
    return get("GITHUB_REF_NAME") if get("GITHUB_REF_TYPE") == kind else ""


def _pull_of(ref: str, server: str, name: str) -> str:
    number = ref.removeprefix("refs/pull/").partition("/")[0] if ref.startswith("refs/pull/") else ""
    return f"{server}/{name}/pull/{number}" if number and name else ""


def _gitlab(environment: Environment) -> CiFacts:
    get = _getter(environment)
    project = get("CI_MERGE_REQUEST_PROJECT_URL") or get("CI_PROJECT_URL")
    number = get("CI_MERGE_REQUEST_IID")
    return CiFacts(
        "gitlab",
        commit=get("CI_COMMIT_SHA"),
        branch=get("CI_MERGE_REQUEST_SOURCE_BRANCH_NAME") or get("CI_COMMIT_BRANCH"),
        tag=get("CI_COMMIT_TAG"),
        repository=get("CI_PROJECT_URL"),
        pull_request_url=f"{project}/-/merge_requests/{number}" if project and number else "",
        default_branch=get("CI_DEFAULT_BRANCH"),
        folder=get("CI_PROJECT_DIR"),
    )


def _bitbucket(environment: Environment) -> CiFacts:
    get = _getter(environment)
    name = get("BITBUCKET_REPO_FULL_NAME")
    repository = get("BITBUCKET_GIT_HTTP_ORIGIN") or (f"https://bitbucket.org/{name}" if name else "")
    number = get("BITBUCKET_PR_ID")
    return CiFacts(
        "bitbucket",
        commit=get("BITBUCKET_COMMIT"),
        branch=get("BITBUCKET_BRANCH"),
        tag=get("BITBUCKET_TAG"),
        repository=repository,
        pull_request_url=f"{repository}/pull-requests/{number}" if repository and number else "",
        folder=get("BITBUCKET_CLONE_DIR"),
    )


def _azure(environment: Environment) -> CiFacts:
    get = _getter(environment)
    ref = get("BUILD_SOURCEBRANCH")
    repository = get("BUILD_REPOSITORY_URI")
    is_github = get("BUILD_REPOSITORY_PROVIDER").startswith("GitHub")
    number = get(f"SYSTEM_PULLREQUEST_PULLREQUEST{'NUMBER' if is_github else 'ID'}")
    word = "pull" if is_github else "pullrequest"
    return CiFacts(
        "azure",
        commit=get("BUILD_SOURCEVERSION"),
        branch=get("SYSTEM_PULLREQUEST_SOURCEBRANCH").removeprefix("refs/heads/") or _branch(ref),
        tag=_tag(ref),
        repository=repository,
        pull_request_url=f"{repository.removesuffix('.git')}/{word}/{number}"
        if repository and number
        else "",
        folder=get("BUILD_SOURCESDIRECTORY"),
    )


def _jenkins(environment: Environment) -> CiFacts:
    get = _getter(environment)
    tag, is_pull = get("TAG_NAME"), bool(get("CHANGE_ID"))
    branch = get("CHANGE_BRANCH") or ("" if tag or is_pull else get("BRANCH_NAME"))
    return CiFacts(
        "jenkins",
        commit=get("GIT_COMMIT"),
        branch=branch or get("GIT_LOCAL_BRANCH") or ("" if tag else _behind_remote(get("GIT_BRANCH"))),
        tag=tag,
        repository=get("GIT_URL") or get("GIT_URL_1"),
        pull_request_url=get("CHANGE_URL"),
        folder=get("WORKSPACE"),
    )


_SYSTEMS: tuple[tuple[tuple[str, ...], Callable[[Environment], CiFacts]], ...] = (
    (("GITHUB_ACTIONS", "GITHUB_SHA"), _github),
    (("GITLAB_CI", "CI_COMMIT_SHA"), _gitlab),
    (("BITBUCKET_BUILD_NUMBER", "BITBUCKET_COMMIT"), _bitbucket),
    (("TF_BUILD", "BUILD_SOURCEVERSION"), _azure),
    (("JENKINS_URL", "JENKINS_HOME"), _jenkins),
)


def _getter(environment: Environment) -> Callable[[str], str]:
    return lambda name: environment.get(name, "").strip()


def _branch(ref: str) -> str:
    return ref.removeprefix("refs/heads/") if ref.startswith("refs/heads/") else ""


def _tag(ref: str) -> str:
    return ref.removeprefix("refs/tags/") if ref.startswith("refs/tags/") else ""


def _behind_remote(branch: str) -> str:
    """Take off the remote, which Jenkins writes before a branch."""
    return branch.removeprefix("refs/remotes/").removeprefix("origin/")


def _event(path: str) -> Any:
    """Read what started a job of GitHub; it is a help only, so a file that is not there tells nothing."""
    try:
        return json.loads(Path(path).read_bytes()) if path else None
    except (OSError, ValueError):
        return None


def _text(data: Any, *keys: str) -> str:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""
