"""What is wrong with payloads beside an integration."""

from collections.abc import Iterator
from pathlib import Path

from xchange_cli.diagnostics import Diagnostic
from xchange_cli.document.node import Mapping
from xchange_cli.project.beside import HTTP_SUFFIX, PAYLOADS
from xchange_cli.project.keys import shown
from xchange_cli.validation.finish import finish
from xchange_cli.validation.kind import Beside
from xchange_cli.validation.mistaken_payload import mistaken
from xchange_cli.validation.payload_schema import against_schemas
from xchange_cli.validation.payloads import Payload, read_payload
from xchange_cli.validation.settled import settled

_SCHEMAS = "schemas"
"""What the text of an integration has whose flows have schemas."""


def payload_findings(file: Path, beside: Beside) -> Iterator[Diagnostic]:
    """Yield what is wrong with a payload.

    Raises:
        XchangeError: NOT_FOUND or UNREADABLE.

    """
    payload = read_payload(file, shown(file, beside.folder), beside.mended)
    document = payload.document
    name = f"{beside.key} {PAYLOADS}/{file.name}"
    found = [finish(one, document, name) for one in _findings(payload, file, beside)]
    left = found if file.suffix in {".json", HTTP_SUFFIX} else settled(document, found, name)
    yield from (one._replace(integration=beside.key) for one in dict.fromkeys(left))


def _findings(payload: Payload, file: Path, beside: Beside) -> Iterator[Diagnostic]:
    yield from payload.found
    if payload.value is None:
        return
    root = payload.document.root
    wrong = list(mistaken(root)) if isinstance(root, Mapping) else []
    yield from wrong
    if not wrong and _SCHEMAS in beside.text():
        integration = beside.model()
        if integration is not None:
            yield from against_schemas(payload, file.stem, integration)
