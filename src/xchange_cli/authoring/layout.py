"""Where a project keeps its files, as other programs want it said: globs and a regular expression."""

import re
from pathlib import PurePosixPath

from xchange_cli.diagnostics import Severity
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.keys import FILE_NAMES
from xchange_cli.project.project import INTEGRATIONS, Project

_WORDS = re.compile(r"[\w./*?+=:@-]+", re.ASCII)
_PARTS = re.compile(r"\*\*/?|\*|\?|\[!?[^]]+\]|[^*?[]+|\[")
_REGEX = {"**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
_FILES = r"(integration|configs/[^/]+|tests/[^/]+\.test)\.ya?ml"


def require_known_layout(project: Project) -> None:
    """Refuse a project file that is no YAML: nobody knows where its files belong.

    Raises:
        XchangeError: UNREADABLE with the place.

    """
    found = project.document.diagnostics if project.document is not None else ()
    wrong = next((one for one in found if one.severity is Severity.ERROR), None)
    if wrong is not None:
        hint = f"Nothing was written. {wrong.hint}".rstrip()
        raise XchangeError(ErrorCode.UNREADABLE, wrong.message, hint=hint, place=wrong.span.place)


def schema_globs(project: Project) -> dict[str, list[str]]:
    """Give the globs of the files that each schema is for."""
    folders = _folders(project)
    files = [_as_file(pattern) for pattern in project.integrations]
    return {
        "integration": list(dict.fromkeys(files)),
        "config-set": [f"{folder}configs/*.yml" for folder in folders],
        "flow-test": [f"{folder}tests/*.test.yml" for folder in folders],
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
    folders = _folders(project)
    beside = [f"{_one_of(folders)}{_FILES}"] if folders else []
    alone = [_regex(_as_file(pattern)) for pattern in project.integrations if _is_alone(pattern)]
    return f"^{above}{_alternatives([*beside, *alone])}$"


def shell_word(text: str) -> str:
    """Quote a word for a POSIX shell; patterns are quoted, too."""
    if _WORDS.fullmatch(text) and not set("*?") & set(text):
        return text
    return "'" + text.replace("'", "'\"'\"'") + "'"


def _folders(project: Project) -> list[str]:
    """Give the patterns of the folders of integrations, which end with `/`; empty is the folder of the project."""
    patterns = (pattern for pattern in project.integrations if not _is_alone(pattern))
    return list(dict.fromkeys(_folder(PurePosixPath(pattern)) for pattern in patterns))


def _folder(pattern: PurePosixPath) -> str:
    if pattern.name not in FILE_NAMES:
        return f"{pattern.as_posix()}/**/"  # it stands for all integrations below it
    return f"{pattern.parent.as_posix()}/" if len(pattern.parts) > 1 else ""


def _as_file(pattern: str) -> str:
    """Give the pattern of the files that a pattern of files or folders stands for."""
    path = PurePosixPath(pattern)
    is_file = _is_alone(pattern) or path.name in FILE_NAMES
    return path.as_posix() if is_file else f"{_folder(path)}{FILE_NAMES[0]}"


def _is_alone(pattern: str) -> bool:
    """Tell a pattern of files that have a name of their own, so that nothing beside them is theirs."""
    path = PurePosixPath(pattern)
    return path.name not in FILE_NAMES and path.suffix.startswith(".y")


def _one_of(patterns: list[str]) -> str:
    return _alternatives([_regex(pattern) for pattern in patterns])


def _alternatives(wanted: list[str]) -> str:
    return wanted[0] if len(wanted) == 1 else f"({'|'.join(wanted)})"


def _regex(pattern: str) -> str:
    return "".join(_REGEX.get(part) or _one_character(part) for part in _PARTS.findall(pattern))


def _one_character(part: str) -> str:
    """Give a class of characters as a regular expression has it, which says `^` for `!`; any other text as it is."""
    if not part.startswith("[") or part == "[":
        return re.escape(part)
    chosen = part[1:-1].replace("\\", "\\\\")
    if chosen.startswith("!"):
        return f"[^{chosen[1:]}]"
    return f"[\\{chosen}]" if chosen.startswith("^") else f"[{chosen}]"
