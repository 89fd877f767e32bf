"""Many names read one after the other, or as many at once as the store likes."""

from collections import deque
from collections.abc import Generator, Iterable
from itertools import islice

from xchange_cli.storage.store import Blob, Store


def read_all(store: Store, names: Iterable[str]) -> Generator[Blob | None]:
    """Yield what each name has, in their order. Names are taken as they are needed.

    Raises:
        XchangeError: as the store does, when it is the turn of the name that cannot be read.

    """
    if store.readers == 1:
        yield from map(store.read, names)
        return
    from concurrent.futures import ThreadPoolExecutor

    rest = iter(names)
    pool = ThreadPoolExecutor(store.readers, "xchange-read")
    try:
        ahead = deque(pool.submit(store.read, name) for name in islice(rest, store.readers))
        while ahead:
            blob = ahead.popleft().result()
            ahead.extend(pool.submit(store.read, name) for name in islice(rest, 1))
            yield blob
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
