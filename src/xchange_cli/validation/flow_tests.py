"""Files of flow tests: what each test gives, on its own and by its file."""

from collections.abc import Iterator
from typing import NamedTuple

from xchange_cli.document.node import Entry, Mapping, Scalar
from xchange_cli.errors import XchangeError
from xchange_cli.model.find import find_flow
from xchange_cli.model.integration import Flow, Integration

SCHEDULE = "schedule"


class FlowTest(NamedTuple):
    """One test; `own` is what it says itself, `shared` what its file says for all."""

    key: Scalar
    own: Mapping
    shared: Mapping

    def entry(self, key: str) -> Entry | None:
        """Give what holds for the test; what it says itself wins."""
        return self.own.entries.get(key) or self.shared.entries.get(key)

    def text(self, key: str) -> Scalar | None:
        entry = self.entry(key)
        value = entry.value if entry is not None else None
        return value if isinstance(value, Scalar) and isinstance(value.data, str) and value.value else None

    @property
    def is_scheduled(self) -> bool:
        trigger = self.text("trigger")
        return trigger is not None and trigger.value == SCHEDULE

    @property
    def expected(self) -> Mapping | None:
        return self.own.mapping("expect")


def flow_tests(root: Mapping) -> Iterator[FlowTest]:
    """Yield the tests of a file; what is no mapping is the schema's to report."""
    tests = root.mapping("tests")
    for entry in tests.entries.values() if tests is not None else ():
        if isinstance(entry.value, Mapping):
            yield FlowTest(entry.key, entry.value, root)


class Choice(NamedTuple):
    """The flows that a test may run: none where it names one that is not there.

    `is_open` tells that the test does not say which of several it is.
    """

    flows: tuple[Flow, ...]
    is_open: bool = False


def chosen_flows(test: FlowTest, integration: Integration) -> Choice:
    """Find the flow as a run does: by its name, by its schedule, or as the only one. A shared URL leads to any."""
    name = test.text("flow")
    if name is not None:
        try:
            return Choice((find_flow(integration, name.value),))
        except XchangeError:  # to be told at the name, which may be that of the file
            return Choice(())
    flows = integration.flows
    if len(flows) < 2:
        return Choice(flows)
    scheduled = tuple(flow for flow in flows if flow.trigger and flow.trigger.schedule)
    if test.is_scheduled and len(scheduled) == 1:
        return Choice(scheduled)
    is_shared = integration.endpoint_type != "flow_specific" and test.entry("payload") is not None
    return Choice(flows, is_open=not is_shared)
