"""The keys that a project trusts: `trustedKeys` in its file."""

from collections.abc import Callable

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.project.project import Project
from xchange_cli.registry.signatures import Signature, Trust, check, public_key


def trusted_keys(project: Project) -> tuple[str, ...]:
    """Give the keys, each of which is one.

    Raises:
        XchangeError: INVALID, with the place of the first that is none.

    """
    for position, text in enumerate(project.trusted_keys):
        try:
            public_key(text)
        except XchangeError as error:
            place = _place(project, position)
            raise XchangeError(ErrorCode.INVALID, error.message, hint=error.hint, place=place) from error
    return project.trusted_keys


def require_trusted(project: Project, key: str, sign: Callable[[bytes], Signature] | None) -> None:
    """Refuse to make a version that `verify` would never trust.

    Raises:
        XchangeError: INVALID.

    """
    trusted = trusted_keys(project)
    if not trusted or check(sign(b"") if sign else None, b"", trusted) is Trust.TRUSTED:
        return
    what = "signed by a key that is not among `trustedKeys`" if sign else "without a signature"
    raise XchangeError(
        ErrorCode.INVALID,
        f"{key} is not published {what}: this project would never trust that version",
        hint="`--sign KEYFILE` signs it; the public half of the key must be in `trustedKeys` of xchange.yaml.",
    )


def _place(project: Project, position: int) -> Place | None:
    document = project.document
    root = document.root if document is not None else None
    items = root.sequence("trustedKeys") if isinstance(root, Mapping) else None
    if document is None or items is None:
        return None
    texts = [item for item in items.items if isinstance(item, Scalar) and isinstance(item.data, str)]
    return Place(document.source.name, *texts[position].span.first)
