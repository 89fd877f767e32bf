"""Where a version comes from, as git and the CI job know it."""

from typing import NamedTuple


class GitFacts(NamedTuple):
    """What is not known is empty. URLs have no credentials. `dirty` tells that files were not committed."""

    commit: str = ""
    branch: str = ""
    dirty: bool = False
    repository: str = ""
    commit_url: str = ""
    pull_request_url: str = ""
    tag: str = ""
