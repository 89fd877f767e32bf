"""Writes objects whose keys are ours and whose values are a run's: without secrets, large values beside it."""

import json
from collections.abc import Mapping
from typing import Any

from xchange_cli.record.blobs import LARGE, Blobs
from xchange_cli.record.values import Encoder, is_plain, plain_json
from xchange_cli.redaction import Redactor

_OURS = frozenset(
    {"result", "failed", "outcome", "call", "integration", "cause", "config", "options", "failure"}
)
"""Keys whose values are objects with keys of ours, too."""


class Lines:
    def __init__(self, redactor: Redactor, blobs: Blobs) -> None:
        self._redactor = redactor
        self._blobs = blobs

    def write(self, head: str, fields: Mapping[str, Any]) -> str:
        """Give an object as JSON on one line; `head` is JSON of its first entries, as it stands.

        Raises:
            XchangeError: a value cannot be recorded, or a large one not be written.

        """
        try:
            text = plain_json(fields, self._redactor) if is_plain(fields) else None
        except RecursionError:
            text = None
        if text is None or len(text) > LARGE:
            encoder = Encoder(self._redactor)
            text = self._fields(fields, encoder)
            if encoder.is_reworded:
                head = f'{head},"reworded":true'
        return f"{{{head},{text[1:]}" if fields else f"{{{head}}}"

    def _fields(self, fields: Mapping[str, Any], encoder: Encoder) -> str:
        return "{" + ",".join(self._entry(key, value, encoder) for key, value in fields.items()) + "}"

    def _entry(self, key: str, value: Any, encoder: Encoder) -> str:
        if key in _OURS and isinstance(value, Mapping):
            text = self._fields(value, encoder)
        else:
            text = encoder.encode(value)
            if len(text) > LARGE:
                text = self._blobs.put(text)
        return f"{json.dumps(key)}:{text}"
