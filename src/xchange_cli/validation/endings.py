"""Steps behind which nothing runs, in their list."""

from xchange_cli.model.integration import Step

_ENDS = {
    ("stop-execution", "stopExecution"): "always ends the execution",
    ("loop", "breakLoop"): "always leaves the loop",
}


def why_ends(step: Step) -> str:
    """Say why nothing behind a step runs; empty where something may."""
    action = step.action
    if action is not None and action.is_public and (action.component, action.key) in _ENDS:
        return f"`{step.name}` {_ENDS[action.component, action.key]}"
    if step.branches and step.steps is None and all(any(map(why_ends, one.steps)) for one in step.branches):
        return f"all branches of `{step.name}` end before" if _has_all_branches(step) else ""
    return ""


def may_end(step: Step) -> bool:
    """Tell whether one of the branches of a step ends what it is in, so that the steps behind are for the others."""
    return any(any(map(why_ends, branch.steps)) for branch in step.branches or ())


def _has_all_branches(step: Step) -> bool:
    """Tell whether one of the branches always runs: the last one is `Else`, or they are those of a trigger."""
    return step.is_trigger or (step.branches or ())[-1].name == "Else"
