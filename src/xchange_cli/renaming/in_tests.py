"""The names of an integration in its flow tests."""

from collections.abc import Iterator, Sequence

from xchange_cli.document.node import Mapping, Scalar
from xchange_cli.expression.step_names import step_ref
from xchange_cli.model.integration import Flow
from xchange_cli.model.mocked_steps import meant, split_pass, split_step
from xchange_cli.model.walk import walk_flow
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Form, Named, whole
from xchange_cli.validation.flow_tests import FlowTest, chosen_flows, flow_tests


def names_in_tests(root: Mapping, lookup: Lookup) -> Iterator[Named]:
    integration = lookup.facts.integration
    tests = list(flow_tests(root))
    chosen = [chosen_flows(test, integration).flows for test in tests]
    for part in (root, *(test.own for test in tests)):
        yield from _flow(part, lookup)
        variables = part.mapping("variables")
        for entry in variables.entries.values() if variables is not None else ():
            yield whole(lookup.config_var(entry.key.value), entry.key)
    flows = tuple({flow.name: flow for choice in chosen for flow in choice}.values())
    yield from _steps(root.mapping("mocks"), flows, lookup)
    for test, choice in zip(tests, chosen, strict=True):
        yield from _in_test(test, choice, lookup)


def _in_test(test: FlowTest, flows: Sequence[Flow], lookup: Lookup) -> Iterator[Named]:
    yield from _steps(test.own.mapping("mocks"), flows, lookup)
    expected = test.expected
    if expected is None:
        return
    yield from _steps(expected.mapping("steps"), flows, lookup)
    error = expected.mapping("error")
    path = error.text("path") if error is not None else None
    if path is not None:
        yield from _path(path, flows, lookup)


def _flow(part: Mapping, lookup: Lookup) -> Iterator[Named]:
    node = part.text("flow")
    if node is not None and node.value:
        yield _flow_at(node, 0, len(node.value), lookup)


def _flow_at(node: Scalar, start: int, end: int, lookup: Lookup) -> Named:
    name = node.value[start:end]
    form = Form.WHOLE if lookup.flow(name) else Form.KEY
    return Named(lookup.flow_by_any_name(name), node, start, end, form)


def _steps(entries: Mapping | None, flows: Sequence[Flow], lookup: Lookup) -> Iterator[Named]:
    """Yield what is named by `STEP`, `STEP[2]` and `FLOW/STEP`."""
    if entries is None or not flows:
        return
    for key, _ in entries.entries.values():
        found = meant(key.value, lookup.facts.integration, flows)
        for flow, name in found:
            start = len(key.value) - len(name)
            if start:
                yield _flow_at(key, 0, start - 1, lookup)
            yield _step(key, start, split_step(name, flow)[0], flow, lookup)._replace(
                is_shared=len(found) > 1
            )


def _step(key: Scalar, start: int, name: str, flow: Flow, lookup: Lookup) -> Named:
    facts = next(one for one in lookup.facts.flows if one.flow is flow)
    target = lookup.step_by_any_name(facts, name)
    is_key = target is None or name == step_ref(lookup.name_of(target))
    return Named(target, key, start, start + len(name), Form.KEY if is_key else Form.WHOLE)


def _path(path: Scalar, flows: Sequence[Flow], lookup: Lookup) -> Iterator[Named]:
    """Yield the steps of `loopOverItems[2]/httpPost`."""
    start = 0
    for part in path.value.split("/"):
        ref = split_pass(part)[0]
        owners = [flow for flow in flows if any(placed.step.ref == ref for placed in walk_flow(flow))]
        for flow in owners if ref else ():
            named = _step(path, start, ref, flow, lookup)
            yield named._replace(form=Form.KEY, is_shared=len(owners) > 1)
        start += len(part) + 1
