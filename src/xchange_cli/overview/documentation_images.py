"""The images that documentation shows: those in `docs/` and `attachments/` beside an integration, and its icon."""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from xchange_cli.project.looking import is_file

FOLDERS = ("docs", "attachments")
ICON = "icon.png"
MAX_BYTES = 2 * 1024 * 1024
"""Of an image on a page: it stands in the page itself, a third larger."""

_TYPES = {
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}


class Image(NamedTuple):
    media_type: str
    data: bytes


class Images:
    """Reads images when they are asked for. A value to hand in, such as a catalogue."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, page: str, reference: str) -> Image | str:
        """Give the image that a written page refers to, or say in words why it cannot be shown.

        `page` is the name of the page, and `reference` a relative URL.
        """
        name = unquote(reference.partition("#")[0].partition("?")[0])
        path = (self._folder / page).parent / name if page else self._folder / name
        media_type = _TYPES.get(path.suffix.lower())
        if media_type is None:
            return f"only {', '.join(sorted(_TYPES))} can be shown"
        if not self._is_ours(path):
            return f"only images in {' and '.join(f'{folder}/' for folder in FOLDERS)} are shown"
        return _read(path, media_type)

    def _is_ours(self, path: Path) -> bool:
        """Tell whether a path leads into one of the folders, also through links."""
        try:
            real = Path(os.path.realpath(path))
            places = [Path(os.path.realpath(self._folder / name)) for name in (*FOLDERS, ICON)]
        except (OSError, ValueError):  # ValueError: a NUL in the path
            return False
        return any(real.is_relative_to(place) for place in places)


def _read(path: Path, media_type: str) -> Image | str:
    try:
        if not is_file(path):
            return "there is no such file"
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}"
    if len(data) > MAX_BYTES:
        return f"it is larger than {MAX_BYTES // 1_048_576} MiB"
    return Image(media_type, data)
