"""An integration at a glance: its flows, config variables with their users, connections and findings."""

from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Scalar
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.model.find import find_flow
from xchange_cli.model.integration import Flow, Integration
from xchange_cli.overview.chart import Chart, chart_of
from xchange_cli.overview.configuration_parts import config_page_parts
from xchange_cli.overview.documentation_parts import ConfigPagePart, ConnectionPart, TriggerPart, VariablePart
from xchange_cli.overview.endpoints import trigger_of
from xchange_cli.overview.entry_triggers import kinds_of
from xchange_cli.overview.flow_parts import described
from xchange_cli.overview.publication import Publication
from xchange_cli.overview.uses import Uses, uses_of
from xchange_cli.project.integration_file import IntegrationFile
from xchange_cli.validation.hidden_tokens import without_tokens_in
from xchange_cli.validation.result import ValidationResult


class FlowGlance(NamedTuple):
    """A flow; `kinds` are those of its trigger, `waits` tells that callers wait for its answer."""

    name: str
    description: str
    trigger: TriggerPart
    kinds: tuple[str, ...]
    waits: bool
    chart: Chart


class Glance(NamedTuple):
    """What `show` shows. `flow` is the name of the only flow that was asked for, empty where that is all of them.

    `uses` are by the keys of config variables, connections among them. `parent` is what a fork was made of, such as
    `order-intake@3`. Nothing in it is a secret.
    """

    key: str
    name: str
    file: str
    description: str
    category: str
    labels: tuple[str, ...]
    endpoint_type: str
    flow: str
    flows: tuple[FlowGlance, ...]
    pages: tuple[ConfigPagePart, ...]
    uses: Uses
    result: ValidationResult
    published: Publication | None = None
    parent: str = ""

    @property
    def variable_pages(self) -> tuple[tuple[str, tuple[VariablePart, ...]], ...]:
        """The config variables that are no connections, by the names of their pages; no page is empty."""
        pages = ((page.name, _variables(page)) for page in self.pages)
        return tuple((name, variables) for name, variables in pages if variables)

    @property
    def connections(self) -> tuple[ConnectionPart, ...]:
        return tuple(one for page in self.pages for one in page.elements if isinstance(one, ConnectionPart))


def glance(file: IntegrationFile, flow: str, catalog: Catalog, result: ValidationResult) -> Glance:
    """Look at an integration, or with the name of a flow at that and what it uses.

    Raises:
        XchangeError: NOT_FOUND with the nearest name when there is no such flow.

    """
    integration = file.integration
    chosen = flows_named(integration, flow)
    whole = Glance(
        key=file.key,
        name=without_tokens_in(integration.name),
        file=file.name,
        description=described(file.root),
        category=described(file.root, "category"),
        labels=_labels(file),
        endpoint_type=integration.endpoint_type,
        flow="",
        flows=tuple(_flow(one, integration, catalog) for one in chosen),
        pages=config_page_parts(integration, catalog),
        uses=uses_of(integration, catalog),
        result=result,
    )
    return _only(whole, whole.flows[0].name) if flow else whole


def flows_named(integration: Integration, name: str) -> tuple[Flow, ...]:
    """Give the flow of a name or a normalised name; without a name all of them.

    Raises:
        XchangeError: NOT_FOUND with the nearest name.

    """
    if not name:
        return integration.flows
    try:
        return (find_flow(integration, name),)
    except XchangeError as error:
        raise XchangeError(ErrorCode.NOT_FOUND, error.message, hint=error.hint) from error


def _flow(flow: Flow, integration: Integration, catalog: Catalog) -> FlowGlance:
    chart = chart_of(flow, catalog)
    return FlowGlance(
        chart.name,
        described(flow.node),
        trigger_of(flow, integration, catalog),
        kinds_of(flow),
        flow.is_answered_at_end,
        chart,
    )


def _labels(file: IntegrationFile) -> tuple[str, ...]:
    labels = file.root.sequence("labels")
    items = labels.items if labels is not None else ()
    return tuple(without_tokens_in(item.value) for item in items if isinstance(item, Scalar))


def _only(whole: Glance, flow: str) -> Glance:
    """Keep what has to do with one flow."""
    uses = {key: tuple(one for one in found if one.flow == flow) for key, found in whole.uses.items()}
    used = {key: found for key, found in uses.items() if found}
    pages = (
        page._replace(elements=tuple(one for one in page.elements if one.key in used)) for page in whole.pages
    )
    found = tuple(one for one in whole.result.diagnostics if one.flow == flow)
    return whole._replace(
        flow=flow,
        pages=tuple(page for page in pages if page.elements),
        uses=used,
        result=whole.result._replace(diagnostics=found),
    )


def _variables(page: ConfigPagePart) -> tuple[VariablePart, ...]:
    return tuple(one for one in page.elements if isinstance(one, VariablePart))
