"""The web addresses of a repository, of a commit and of a pull request, from what git and CI jobs have."""

import re
from urllib.parse import urlsplit

_SCP = re.compile(r"(?:[^@/:\s]+@)?(?P<host>[\w.-]+\.[\w-]+|localhost):(?P<path>[^/\\].*|/.*)")
_USER_OF_URL = re.compile(r"(?<=://)[^/?#]*@")
_SSH_HOSTS = {
    "ssh.github.com": "github.com",
    "altssh.gitlab.com": "gitlab.com",
    "altssh.bitbucket.org": "bitbucket.org",
}
_SECURE = frozenset({"https", "ssh", "git", "git+ssh", "ssh+git"})
_COMMITS = {"github": "commit", "gitlab": "-/commit", "bitbucket": "commits", "azure": "commit"}
_PULLS = {
    "github": (re.compile(r"^Merge pull request #(\d+) |\(#(\d+)\)$"), "pull"),
    "gitlab": (re.compile(r"See merge request \S*!(\d+)$"), "-/merge_requests"),
    "bitbucket": (re.compile(r"\(pull request #(\d+)\)$"), "pull-requests"),
    "azure": (re.compile(r"^Merged PR (\d+):"), "pullrequest"),
}
_HOSTS = (("github", "github"), ("gitlab", "gitlab"), ("bitbucket.org", "bitbucket"), ("dev.azure", "azure"))


def web_url(remote: str) -> str:
    """Give the https form of a remote's URL, without credentials; empty for a path on this machine."""
    remote = remote.strip()
    scp = _SCP.fullmatch(remote) if "://" not in remote else None
    if scp is not None:
        return _joined("https", scp["host"], scp["path"])
    try:
        parts = urlsplit(remote)
        host, port = parts.hostname or "", parts.port
    except ValueError:  # a port that is no number
        return ""
    if not host or parts.scheme not in {*_SECURE, "http"}:
        return ""
    scheme = "https" if parts.scheme in _SECURE else "http"
    shown_port = f":{port}" if port and parts.scheme in {"https", "http"} else ""
    return _joined(scheme, f"{_bracketed(host)}{shown_port}", parts.path)


def page_url(url: str) -> str:
    """Give the address of a page without credentials."""
    return _USER_OF_URL.sub("", url.strip())


def system_of(repository: str) -> str:
    """Tell what hosts a repository by its address: github, gitlab, bitbucket, azure, or empty."""
    host = urlsplit(repository).hostname or ""
    if host.endswith(".visualstudio.com"):
        return "azure"
    return next((system for part, system in _HOSTS if part in host), "")


def commit_url(repository: str, commit: str, system: str) -> str:
    """Give the page of a commit; empty where nobody knows how the host calls it."""
    word = _COMMITS.get(system, "")
    return f"{repository}/{word}/{commit}" if repository and commit and word else ""


def pull_request_url(repository: str, message: str, system: str) -> str:
    """Give the page of the pull request that a commit has merged, as hosts write it into the commit's message."""
    if system not in _PULLS or not repository:
        return ""
    pattern, word = _PULLS[system]
    lines = message.strip().splitlines()
    for line in lines if system == "gitlab" else lines[:1]:
        found = pattern.search(line.strip())
        if found is not None:
            return f"{repository}/{word}/{next(filter(None, found.groups()))}"
    return ""


def _joined(scheme: str, host: str, path: str) -> str:
    host = _SSH_HOSTS.get(host, host)
    path = path.strip("/").removesuffix(".git")
    if host in {"ssh.dev.azure.com", "vs-ssh.visualstudio.com"}:
        return _azure(host, path)
    return f"{scheme}://{host}/{path}" if path else ""


def _azure(host: str, path: str) -> str:
    """Azure has other paths for SSH: `v3/organisation/project/repository`."""
    parts = path.split("/")
    if len(parts) != 4:
        return ""
    _, organisation, project, repository = parts
    if host.endswith("visualstudio.com"):
        return f"https://{organisation}.visualstudio.com/{project}/_git/{repository}"
    return f"https://dev.azure.com/{organisation}/{project}/_git/{repository}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
