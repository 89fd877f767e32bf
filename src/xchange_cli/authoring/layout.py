"""Where a project keeps its files, as other programs want it said: globs and a regular expression."""

import re
from pathlib import PurePosixPath

from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.project import INTEGRATIONS, Project

_WORDS = re.compile(r"[\w./*?+=:@-]+", re.ASCII)
_PARTS = re.compile(r"\*\*/?|\*|\?|[^*?]+")
_REGEX = {"**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_FILES = r"/(integration|configs/[^/]+|tests/[^/]+\.test)\.ya?ml$"


def schema_globs(project: Project) -> dict[str, list[str]]:
    """Give the globs of the files that each schema is for."""
    folders = _folders(project)
    return {
        "integration": [
            pattern for pattern in dict.fromkeys(project.integrations) if pattern.endswith((".yml", ".yaml"))
        ],
        "config-set": [f"{folder}/configs/*.yml" for folder in folders],
        "flow-test": [f"{folder}/tests/*.test.yml" for folder in folders],
        "project": ["xchange.yaml"],
        "component": list(project.components),
        "house-rules": list(project.rules),
    }


def arguments_from(project: Project, inner: str) -> list[str]:
    """Give what `validate` is told to check the whole project from a folder above; nothing where `inner` is `.`."""
    if inner == ".":
        return []
    if project.integrations == INTEGRATIONS:
        return [f"{inner}/integrations/*/integration.y*ml"]
    return [f"{inner}/{pattern}" for pattern in project.integrations]


def files_regex(project: Project, inner: str) -> str:
    """Give an expression for the paths, from the top of the repository, of files that are checked one by one."""
    above = "" if inner == "." else f"{re.escape(inner)}/"
    folders = [_regex(folder) for folder in _folders(project)] or [_regex("integrations/*")]
    one = folders[0] if len(folders) == 1 else f"({'|'.join(folders)})"
    return f"^{above}{one}{_FILES}"


def shell_word(text: str) -> str:
    """Quote a word for a POSIX shell; patterns are quoted, too."""
    if _WORDS.fullmatch(text) and not set("*?") & set(text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _folders(project: Project) -> list[str]:
    """Give the patterns of the folders of integrations."""
    paths = map(PurePosixPath, project.integrations)
    return list(dict.fromkeys(path.parent.as_posix() for path in paths if path.name in FILE_NAMES))


def _regex(pattern: str) -> str:
    return "".join(_REGEX.get(part) or re.escape(part) for part in _PARTS.findall(pattern))
