"""What a polling trigger without code here has found, as a request header of test runs says it.

Which values the platform knows is not documented: `POLLED_NO_CHANGES`, its word for such an execution, and
`{"noChanges": true}` are taken for nothing new; with any other value the payload is what was found.
"""

import re
from typing import Any

from xchange_cli.components.implementations import Implementations
from xchange_cli.engine.payload import as_whole
from xchange_cli.engine.plan import trigger_taking_payload
from xchange_cli.runs.setting import Start
from xchange_cli.wire.whole_payload import Headers

HEADER = "prismatic-simulated-trigger-result"

_NOTHING_NEW = frozenset({"nochanges", "pollednochanges", "nochangestrue"})
_SOMETHING_NEW = frozenset({"changes", "completed", "nochangesfalse"})


def simulated_trigger(start: Start, implementations: Implementations) -> dict[str, Any]:
    """Give the mock of a trigger that is to find nothing; none for triggers that are performed or have a mock."""
    if _word(start.payload) not in _NOTHING_NEW:
        return {}
    idle = trigger_taking_payload(start.flow, implementations, start.mocks)
    return {key: {"noChanges": True} for key in idle}


def doubt(payload: Any) -> tuple[str, ...]:
    """Warn of a value that nobody here knows."""
    word = _word(payload)
    if word is None or word in _NOTHING_NEW | _SOMETHING_NEW:
        return ()
    taken = "so the payload is what the trigger found; POLLED_NO_CHANGES would be nothing"
    return (f"the header `{HEADER}` has a value that is not known here, {taken}",)


def _word(payload: Any) -> str | None:
    value = Headers(as_whole(payload).get("headers") or {}).get(HEADER)
    return None if value is None else re.sub("[^a-z]", "", str(value).lower())
