"""Whether what is published is what git keeps: it may change line ends when it checks files out."""

import os
from hashlib import new
from pathlib import Path, PurePosixPath

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.project.published_files import ATTACHMENTS, DOCS, ICON
from xchange_cli.registry.package import INTEGRATION, Package
from xchange_cli.release.git.command import look

_REGULAR = ("100644", "100755")
_ALGORITHMS = {40: "sha1", 64: "sha256"}
"""How a repository names contents, by the length of the names."""

_NO_FILTER = (b"unspecified", b"unset")


def converted_files(file: IntegrationFile, package: Package) -> tuple[str, ...]:
    """Name the files of a package that HEAD has with other bytes, as messages do.

    Those that a filter of git makes, such as LFS, are none of them: their bytes are the same in each clone.

    Raises:
        XchangeError: UNREADABLE when git does not answer.

    """
    where = Path(os.path.realpath(file.folder))
    kept = _kept(where, (file.path.name, ICON, DOCS, ATTACHMENTS))
    inner = {one.name: file.path.name if one.name == INTEGRATION else one.name for one in package.files}
    others = [
        inner[one.name]
        for one in package.files
        if (blob := kept.get(inner[one.name])) and _blob(one.data, len(blob)) != blob
    ]
    beside = PurePosixPath(file.name).parent
    return tuple((beside / one).as_posix() for one in others if not _is_filtered(where, one))


def _kept(where: Path, names: tuple[str, ...]) -> dict[str, str]:
    """Give the names that git has for the contents of regular files of HEAD, by their paths in a folder."""
    answer = look(where, "--literal-pathspecs", "ls-tree", "-r", "-z", "HEAD", "--", *names)
    if not answer.ok:
        message = f"git cannot tell what is committed: {answer.reason}"
        raise XchangeError(ErrorCode.UNREADABLE, message)
    found = {}
    for line in filter(None, answer.output.split(b"\0")):
        facts, _, path = line.partition(b"\t")
        mode, _, blob = facts.decode("ascii").split()
        if mode in _REGULAR:
            found[os.fsdecode(path)] = blob
    return found


def _blob(content: bytes, length: int) -> str:
    return new(_ALGORITHMS[length], b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _is_filtered(where: Path, inner: str) -> bool:
    answer = look(where, "check-attr", "-z", "filter", "--", inner)
    return answer.ok and answer.output.split(b"\0")[2:3] not in [[value] for value in _NO_FILTER]
