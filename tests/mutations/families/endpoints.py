"""URLs that flows or customers share, and how requests find their flow."""

from collections.abc import Iterator

from mutations.changes import add_entry, remove_entry, replace
from mutations.correct import Breakage, Correct, broken, misspelt
from xchange_cli.source import Span

_KEYS = ("endpointType", "preprocessFlowName", "externalCustomerIdField", "flowNameField")


def _looked_at(file: Correct) -> tuple[Span, ...]:
    entries = [file.root.entries[key] for key in _KEYS if key in file.root.entries]
    return tuple(Span(file.source, entry.key.start, entry.value.end) for entry in entries)


def share_a_url_without_routing(file: Correct) -> Iterator[Breakage]:
    """A request would not find its flow."""
    entry = file.root.entries.get("endpointType")
    if entry is not None and file.integration.endpoint_type == "flow_specific":
        yield broken(replace(entry.value, "instance_specific"))


def share_a_url_between_customers_without_routing(file: Correct) -> Iterator[Breakage]:
    """A request would find neither its customer nor its flow."""
    entry = file.root.entries.get("endpointType")
    if entry is not None and not file.integration.preprocess_flow:
        yield broken(replace(entry.value, "shared_instance"))


def misspell_the_kind_of_url(file: Correct) -> Iterator[Breakage]:
    """There are three kinds."""
    entry = file.root.entries.get("endpointType")
    if entry is not None:
        yield broken(replace(entry.value, misspelt(str(entry.value.data))))


def misspell_the_flow_that_runs_first(file: Correct) -> Iterator[Breakage]:
    """No flow has this name."""
    if "preprocessFlowName" in file.root.entries:
        value = file.root.entries["preprocessFlowName"].value
        yield broken(replace(value, misspelt(str(value.data))))


def forget_where_the_customer_is(file: Correct) -> Iterator[Breakage]:
    """A URL that customers share needs to know whose request it is."""
    if "externalCustomerIdField" in file.root.entries:
        yield broken(remove_entry(file.root, "externalCustomerIdField"), at=_looked_at(file))


def forget_where_the_flow_is(file: Correct) -> Iterator[Breakage]:
    """With several flows a request needs to say which one it is for."""
    if "flowNameField" in file.root.entries:
        yield broken(remove_entry(file.root, "flowNameField"), at=_looked_at(file))


def forget_the_flow_that_runs_first(file: Correct) -> Iterator[Breakage]:
    """The fields read steps of it."""
    if "preprocessFlowName" in file.root.entries:
        yield broken(remove_entry(file.root, "preprocessFlowName"), at=_looked_at(file))


def misspell_the_step_that_finds_the_customer(file: Correct) -> Iterator[Breakage]:
    """The flow that runs first has no such step."""
    for given in file.integration.routing.values():
        node = given.value_node
        if file.integration.preprocess_flow:
            yield broken(replace(node, f"{misspelt(node.data.partition('.')[0])}.results.customer"))


def read_the_request_beside_the_flow_that_runs_first(file: Correct) -> Iterator[Breakage]:
    """With a flow that runs first, the fields read its steps."""
    for given in file.integration.routing.values():
        if file.integration.preprocess_flow:
            yield broken(replace(given.value_node, "payload.results.headers.X-Customer"))


def let_a_flow_run_first_that_needs_no_routing(file: Correct) -> Iterator[Breakage]:
    """Each flow has a URL of its own, so nothing is routed."""
    if file.integration.endpoint_type == "flow_specific":
        name = file.integration.flows[0].name
        yield broken(add_entry(file.root, f"preprocessFlowName: {name}"), at=_looked_at(file), at_edits=True)
