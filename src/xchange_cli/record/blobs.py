"""Large values, each in a file of its own that is named by its content."""

from pathlib import Path

from xchange_cli.record.files import PRIVATE_FOLDER, not_written, write_atomically
from xchange_cli.record.values import to_bytes

LARGE = 64 * 1024
"""Characters of JSON from which on a value does not stand in a line."""


class Blobs:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, text: str) -> str:
        """Keep JSON and give the JSON that stands for it.

        Raises:
            XchangeError: UNREADABLE when it cannot be written.

        """
        import hashlib

        data = to_bytes(text)
        digest = hashlib.sha256(data).hexdigest()
        path = self._folder / digest
        if not path.exists():
            try:
                self._folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
            except OSError as error:
                raise not_written(self._folder, error) from error
            write_atomically(path, data)
        return f'{{"$blob":"{digest}","bytes":{len(data)}}}'

    def load(self, digest: str) -> str:
        """Give the JSON again.

        Raises:
            OSError, ValueError: it is not there, or is not what was kept.

        """
        import hashlib

        data = (self._folder / Path(digest).name).read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise ValueError(digest)
        return data.decode("utf-8")
