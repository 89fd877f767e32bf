"""The attachments of an integration for programs: `xchange.attachments/1`."""

from typing import TextIO

from xchange_cli.authoring.attachments import AttachmentList
from xchange_cli.formats.json_text import write_json


def render(found: AttachmentList, out: TextIO) -> None:
    write_json(
        {
            "schema": "xchange.attachments/1",
            "integration": found.key,
            "folder": found.folder,
            "attachments": [
                {"name": one.name, "bytes": one.size, "type": one.type} for one in found.attachments
            ],
            "leftOut": list(found.left_out),
        },
        out,
    )
