"""Where a step stands as another one sees it: inside of branches and loops that the other is not in."""

from itertools import pairwise

from xchange_cli.model.integration import Step
from xchange_cli.model.walk import Placed


def stands(target: Placed) -> str:
    """Say which loop or branch a step is in."""
    container = target.containers[-1].name
    if target.branch is None:
        return f"inside of the loop `{container}`"
    return f"in the branch `{target.branch.name}` of `{container}`"


def closed_container(target: Placed, viewer: Placed) -> Step | None:
    """Give the outermost loop or branching step around the target that is not around the viewer, too."""
    around = (*viewer.containers, viewer.step)
    return next((step for step in target.containers if all(step is not other for other in around)), None)


def share_loop(target: Placed, viewer: Placed) -> bool:
    """Tell whether one loop is around both: from its second turn on, there may be a result of the turn before."""
    loops = [step for step in viewer.containers if step.steps is not None]
    return any(step is loop for step in target.containers for loop in loops)


def in_other_branch(target: Placed, viewer: Placed) -> bool:
    """Tell whether the two stand in different branches of one step, of which only one runs."""
    return any(
        _branch(step, target) != _branch(step, viewer)
        for step in target.containers
        if step.branches and any(step is other for other in viewer.containers)
    )


def _branch(container: Step, placed: Placed) -> int:
    """Give the position of the branch of a step around `placed` that holds it."""
    way = (*placed.containers, placed.step)
    next_in = next(inner for outer, inner in pairwise(way) if outer is container)
    branches = enumerate(container.branches or ())
    return next((index for index, branch in branches if any(next_in is step for step in branch.steps)), -1)
