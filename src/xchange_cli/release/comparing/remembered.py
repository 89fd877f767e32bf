"""What was found between two texts is found again, as long as neither they nor this program have changed.

It is kept under the digest of all that it was made of, so that it is never out of date, only absent.
"""

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from xchange_cli.content_cache.pack import KEY_LENGTH
from xchange_cli.content_cache.stamp import stamp
from xchange_cli.project.project import Project
from xchange_cli.source import Source
from xchange_cli.validation.memory_of import digest_of_all, pack_of

if TYPE_CHECKING:
    from xchange_cli.content_cache.pack import Pack

FILE = "compared"


class Texts(NamedTuple):
    """The two texts of an integration; None where it is not there. `key` is the integration's."""

    key: str
    old: Source | None
    new: Source | None

    @property
    def are_alike(self) -> bool:
        return self.old is not None and self.new is not None and self.old.text == self.new.text


class Memory:
    """Comparisons that were made before; `context` is what they depend on besides the texts."""

    def __init__(self, pack: "Pack", context: str) -> None:
        self._pack = pack
        self._context = context.encode()

    def recall(self, texts: Texts) -> bytes | None:
        """Give what `keep` was given for the same texts."""
        return self._pack.get(self._key(texts))

    def keep(self, texts: Texts, data: bytes) -> None:
        """Keep what `changes.written` wrote of a comparison, which is before anybody approved any of it."""
        self._pack.put(self._key(texts), data)

    def save(self, *, used_all: bool) -> None:
        self._pack.save(used_all=used_all)

    def _key(self, texts: Texts) -> str:
        found = hashlib.sha256(self._context)
        for text in (texts.key, *(side.text if side is not None else None for side in texts[1:])):
            data = b"" if text is None else text.encode("utf-8", "surrogatepass")
            found.update(b"\0%d\0" % (-1 if text is None else len(data)))
            found.update(data)
        return found.hexdigest()[:KEY_LENGTH]


def memory_of(project: Project) -> Memory | None:
    """Open what was kept; None where nothing is to be kept."""
    pack = pack_of(project, FILE)
    return None if pack is None else Memory(pack, f"{stamp()} {digest_of_all(project)}")
