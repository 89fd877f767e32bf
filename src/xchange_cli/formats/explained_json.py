"""One finding and the documentation of its rule for programs: `xchange.finding/1`."""

from typing import TextIO

from xchange_cli.formats.explain_json import page_data
from xchange_cli.formats.finding_data import finding
from xchange_cli.formats.json_text import write_json
from xchange_cli.validation.explained import Explained


def render(told: Explained, out: TextIO) -> None:
    data = {
        "schema": "xchange.finding/1",
        "findings": [finding(found) for found in told.findings],
        "explained": page_data(told.page),
    }
    write_json(data, out)
