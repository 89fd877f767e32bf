"""How flows are started: by requests to a URL, schedules, deployments, other flows or AI agents."""

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import ActionSpec
from xchange_cli.document.node import Scalar
from xchange_cli.model.integration import ActionRef, Flow, Input, Integration
from xchange_cli.model.schedule_words import schedule_in_words
from xchange_cli.overview.documentation_parts import Endpoint, TriggerPart
from xchange_cli.validation.flow_starts import Start, start_of

DEFAULT_SECURITY = "customer_optional"


def trigger_of(flow: Flow, integration: Integration, catalog: Catalog) -> TriggerPart:
    """Tell how a flow is started; one without a trigger is started by nothing."""
    step = flow.trigger
    if step is None:
        return TriggerPart(Start.NOTHING, "", "", "", "", None, "")
    action = step.action
    component = catalog.component(action.component, is_public=action.is_public) if action else None
    spec = _spec_of(action, catalog)
    start = start_of(flow, catalog)
    return TriggerPart(
        start,
        step.name,
        component.title if component else (action.component if action else ""),
        spec.title if spec else (action.key if action else ""),
        spec.summary if spec else "",
        _endpoint(flow, integration) if start is Start.REQUEST else None,
        schedule_in_words(step.schedule) if step.schedule else "",
    )


def _spec_of(action: ActionRef | None, catalog: Catalog) -> ActionSpec | None:
    return catalog.action(action.component, action.key, is_public=action.is_public) if action else None


def _endpoint(flow: Flow, integration: Integration) -> Endpoint:
    security = flow.node.text("endpointSecurityType")
    is_own = integration.endpoint_type == "flow_specific"
    return Endpoint(
        integration.endpoint_type,
        security.value if security else DEFAULT_SECURITY,
        "" if is_own else integration.preprocess_flow,
        () if is_own else tuple((key, _said(given)) for key, given in integration.routing.items()),
    )


def _said(given: Input) -> str:
    node = given.value_node
    return node.value if isinstance(node, Scalar) else ""
