"""A project whose flows do a bit of everything, and a server that counts what they ask of it.

Each request tells which step of which run sent it, so that every call can be told from every other.
"""

import json
import threading
from collections.abc import Callable
from typing import NamedTuple

from runs import code, flow, integration, loop, step
from servers import Exchange, Server, answer

COMPONENT = {
    "components/erp.yml": "key: erp\ntitle: ERP\nactions:\n  - {key: send, effect: writes, inputs: [{key: url, type: string}]}\n",
    "components/erp.py": """
from xchange_cli.sdk import HttpRequest


def send(context, inputs):
    request = HttpRequest("POST", inputs["url"], [("Idempotency-Key", context.idempotency_key)])
    return {"status": context.http.send(request).status}
""",
}
CALLED = step("Called", "cross-flow", "crossFlow", is_trigger=True)
ITEMS = """
return { data: [{ id: 'a', lines: ['x', 'y'] }, { id: 'b', lines: [] }, { id: 'c', lines: [] }] };
"""
FAILS_FIRST = "each[0]/inner[1]/postLine"
RETRIED = "errorConfig: {errorHandlerType: retry, maxAttempts: 2, delaySeconds: 0}\n"
RUN, COUNT = "trigger.results.executionId", "persist-data"


def project(server: Server) -> dict[str, str]:
    """Give the files."""
    return {"xchange.yaml": "", **COMPONENT, "integration.yml": _integration(server.url("/erp"))}


def _integration(url: str) -> str:
    send = step("Send", "erp", "send", url=url).replace("isPublic: true", "isPublic: false")
    main = flow(
        code("Items", ITEMS),
        step("Count", COUNT, "incrementInstanceValue", keyInput="runs"),
        loop(
            "Each",
            "items.results",
            _post("Post Item", url, "each[{{$each.index}}]/postItem"),
            _branch(
                loop(
                    "Inner",
                    "each.currentItem.lines",
                    _post(
                        "Post Line", url, "each[{{$each.index}}]/inner[{{$inner.index}}]/postLine", RETRIED
                    ),
                ),
                step("Nap", "sleep", "sleep", ms="15"),
            ),
            send,
            _call("Confirm", "{type: reference, value: each.currentItem}"),
        ),
        _call("Audit", "{type: reference, value: each.results}"),
        code("Total", "return { data: stepResults.each.results, executionState: { done: true } };"),
        name="Main",
    )
    confirm = flow(
        step("Count", COUNT, "incrementInstanceValue", keyInput="confirmed"),
        send,
        code("Answer", "return { data: { confirmed: stepResults.called.results.body.data.id } };"),
        name="Confirm",
        trigger=CALLED,
    )
    audit = flow(
        _call("Archive"),
        _post("Note", url, "note", run="called.results.executionId"),
        send,
        name="Audit",
        trigger=CALLED,
        synchronous=False,
    )
    archive = flow(
        step("Count", COUNT, "incrementCrossFlowValue", keyInput="archived"),
        send,
        name="Archive",
        trigger=CALLED,
        synchronous=False,
    )
    return integration(main, confirm, audit, archive)


def _post(name: str, url: str, at: str, more: str = "", *, run: str = RUN) -> str:
    body = f"{{type: template, value: '{{{{${run}}}}}/{at}'}}"
    return step(name, "http", "httpPost", more=more, url=url, data=body)


def _branch(first: str, other: str) -> str:
    branches = (
        f"branches:\n- name: First\n  steps:\n{_indented(first)}- name: Else\n  steps:\n{_indented(other)}"
    )
    return step(
        "Kind",
        "branch",
        "branchOnValue",
        more=branches,
        inputValue="{type: reference, value: each.currentItem.id}",
        branchValueMappings="{type: complex, value: [{name: First, type: value, value: a}]}",
    )


def _indented(steps: str) -> str:
    return "".join(f"  {line}\n" for line in steps.splitlines())


def _call(name: str, data: str = "nothing") -> str:
    return step(name, "cross-flow", "invokeFlow", flowName=name, data=data)


class Call(NamedTuple):
    """A request: the run and the path of the step that sent it."""

    run: str
    path: str


class Counting:
    """The server's side. `at_request` is told the number of each request, before and after it is answered.

    It answers the first request of one step with an error, and counts `calls` from the beginning. A request whose
    client was killed before its end is none.
    """

    def __init__(self, server: Server) -> None:
        self.calls: list[Call] = []
        self.at_request: Callable[[int, str], None] = lambda _number, _when: None
        self._has_failed = False
        self.lock = threading.Lock()
        server.on("/erp", self._answer)

    def _answer(self, exchange: Exchange) -> bool:
        got = exchange.got
        if len(got.body) < int(got.headers.get("content-length", "0")):
            return False
        run, _, path = (got.headers.get("idempotency-key") or got.body.decode()).partition("/")
        with self.lock:
            self.calls.append(Call(run, path))
            number = len(self.calls)
        self.at_request(number, "before")
        is_first_failure = path == FAILS_FIRST and not self._has_failed
        self._has_failed = self._has_failed or is_first_failure
        may_go_on = answer(500 if is_first_failure else 200, json.dumps({"ok": True}).encode())(exchange)
        self.at_request(number, "after")
        return may_go_on
