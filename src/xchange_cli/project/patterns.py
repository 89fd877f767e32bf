"""Files that glob patterns match."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path


def is_pattern(text: str) -> bool:
    return glob.has_magic(text)


def expand(folder: Path, patterns: Iterable[str]) -> Iterator[Path]:
    """Yield what the patterns match below a folder: each path once, those of one pattern in order.

    A link that leads nowhere counts as matched, so that whoever reads it can say so.
    """
    seen = set()
    for pattern in patterns:
        for name in sorted(glob.glob(pattern, root_dir=folder, recursive=True)):  # noqa: PTH207 - pathlib drops dangling links
            if name not in seen:
                seen.add(name)
                yield folder / name
