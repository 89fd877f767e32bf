"""Compare-and-swap: a file is changed from what it is, however many others do so, too."""

from collections.abc import Callable

from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.storage.store import Blob, Store, WriteRefusedError

ATTEMPTS = 1000
"""Each refusal means that somebody else got ahead, so this many are a store that cannot be trusted."""


def swap(
    store: Store, name: str, change: Callable[[bytes | None], bytes | None], known: Blob | None = None
) -> None:
    """Write what `change` makes of the present content, which is None where there is none; None leaves it as it is.

    `change` is called again where somebody was faster. `known` is what was read of it before: it is not read then,
    unless somebody has changed it since.

    Raises:
        XchangeError: CONFLICT after very many attempts.

    """
    for _ in range(ATTEMPTS):
        blob = known or store.read(name)
        known = None
        data = change(None if blob is None else blob.data)
        if data is None or (blob is not None and data == blob.data):
            return
        try:
            if blob is None:
                store.write(name, data, if_absent=True)
            else:
                store.write(name, data, if_match=blob.tag)
        except WriteRefusedError:
            continue
        return
    raise too_busy(store, name)


def too_busy(store: Store, name: str) -> XchangeError:
    return XchangeError(
        ErrorCode.CONFLICT,
        f"{shown(store, name)} is changed by others all the time",
        hint="Try again when they are done.",
        retryable=True,
    )


def shown(store: Store, name: str) -> str:
    """Name a file of a registry as messages do."""
    return f"{store.url.rstrip('/')}/{name}"
