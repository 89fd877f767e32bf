"""Which flows a platform runs when an instance is deployed or removed."""

from xchange_cli.components.conversions import to_boolean
from xchange_cli.document.node import Mapping
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.expression.ast import Literal
from xchange_cli.model.integration import Flow, Integration, Step

_DEPLOY = ("management-triggers", "instanceDeploy")
_REMOVE = ("management-triggers", "instanceRemove")
_RECURSIVE = ("recursive-flow", "recursiveTrigger")


def deployed(integration: Integration) -> tuple[Flow, ...]:
    """Give the flows that run on a deployment, in the order of the file.

    Beside those with the deploy trigger these are recursive flows that are asked to, and batched ones with an initial
    sync. In which order a platform starts them is not documented.

    Raises:
        XchangeError: NOT_FOUND when there is none.

    """
    flows = tuple(flow for flow in integration.flows if _runs_on_deploy(flow))
    return _some(flows, "deployed", "Instance Deploy")


def removed(integration: Integration) -> tuple[Flow, ...]:
    """Give the flows that run when an instance is removed.

    Raises:
        XchangeError: NOT_FOUND when there is none.

    """
    flows = tuple(flow for flow in integration.flows if _action(flow.trigger) == _REMOVE)
    return _some(flows, "removed", "Instance Remove")


def undecided(integration: Integration) -> tuple[str, ...]:
    """Warn of recursive flows of which only the configuration tells whether they run on a deployment."""
    return tuple(
        f"whether `{flow.name}` runs on a deployment is not written in the file (`runOnDeploy`); it is not run"
        for flow in integration.flows
        if _action(flow.trigger) == _RECURSIVE and _asked_to_run(flow) is None
    )


def _some(flows: tuple[Flow, ...], word: str, trigger: str) -> tuple[Flow, ...]:
    if not flows:
        message = f"no flow runs when the integration is {word}"
        raise XchangeError(ErrorCode.NOT_FOUND, message, hint=f"Such a flow has the trigger `{trigger}`.")
    return flows


def _runs_on_deploy(flow: Flow) -> bool:
    action = _action(flow.trigger)
    if action == _RECURSIVE and _asked_to_run(flow):
        return True
    return action == _DEPLOY or _syncs_on_deploy(flow)


def _asked_to_run(flow: Flow) -> bool | None:
    """Read `runOnDeploy`; None where it is no literal."""
    given = flow.trigger.inputs.get("runOnDeploy") if flow.trigger else None
    if given is None:
        return False
    return to_boolean(given.expression.value) if isinstance(given.expression, Literal) else None


def _syncs_on_deploy(flow: Flow) -> bool:
    resolver = flow.node.get("triggerResolver")
    if not isinstance(resolver, Mapping):
        return False
    found = resolver.get("runInitialSyncOnDeploy")
    return found is not None and found.data is True


def _action(trigger: Step | None) -> tuple[str, str]:
    action = trigger.action if trigger else None
    return (action.component, action.key) if action else ("", "")
