"""Branches, and the names that inputs give them."""

from collections.abc import Iterator

from mutations.changes import (
    add_entry,
    entry_span,
    is_in_lines,
    remove_entry,
    remove_item,
    repeat_item,
    replace,
    swap_items,
)
from mutations.correct import Breakage, Correct, around, broken, misspelt
from xchange_cli.document.node import Mapping, Sequence
from xchange_cli.model.integration import Branch, Step
from xchange_cli.source import Span


def _branching(file: Correct) -> Iterator[tuple[Step, tuple[Branch, ...], Sequence, Sequence]]:
    """Yield branching steps with their branches, the list of these, and the list that names them."""
    for step in file.steps:
        branches = step.step.node.sequence("branches")
        name = step.spec.branch_input if step.spec else ""
        given = step.step.inputs.get(name)
        named = given.node.sequence("value") if given and isinstance(given.node, Mapping) else None
        if step.step.branches and named is not None and branches is not None and is_in_lines(branches):
            yield step.step, step.step.branches, branches, named


def _names(branches: tuple[Branch, ...], named: Sequence) -> tuple[Span, ...]:
    spans = [branch.name_node.span for branch in branches]
    spans += [item.entries["name"].value.span for item in named.mappings() if "name" in item.entries]
    return (*spans, Span(named.source, named.start, named.start))


def swap_the_names_of_two_branches(file: Correct) -> Iterator[Breakage]:
    """Branches stand in the order of the input, with their steps."""
    for _, branches, _, named in _branching(file):
        if len(branches) > 2:
            first, second = branches[0], branches[1]
            edits = (replace(first.name_node, second.name), replace(second.name_node, first.name))
            yield broken(*edits, at=_names(branches, named))


def rename_a_branch(file: Correct) -> Iterator[Breakage]:
    """The input names another branch."""
    for _, branches, _, named in _branching(file):
        for branch in branches[:-1]:
            yield broken(replace(branch.name_node, "Renamed Just Now"), at=_names(branches, named))


def rename_what_names_a_branch(file: Correct) -> Iterator[Breakage]:
    """There is no branch of this name."""
    for _, branches, _, named in _branching(file):
        for item in named.mappings():
            yield broken(replace(item.entries["name"].value, "Renamed Just Now"), at=_names(branches, named))


def misspell_else(file: Correct) -> Iterator[Breakage]:
    """The last branch is called `Else`."""
    for _, branches, _, named in _branching(file):
        yield broken(replace(branches[-1].name_node, "Otherwise"), at=_names(branches, named))


def remove_else(file: Correct) -> Iterator[Breakage]:
    """A branching step has an `Else`, even if it is empty."""
    for step, branches, sequence, named in _branching(file):
        places = (*_names(branches[:-1], named), step.node.entries["branches"].key.span, *around(step))
        yield broken(remove_item(sequence, len(branches) - 1), at=places)


def put_else_first(file: Correct) -> Iterator[Breakage]:
    """`Else` is the last branch."""
    for _, branches, sequence, named in _branching(file):
        yield broken(*swap_items(sequence, 0, len(branches) - 1), at=_names(branches, named))


def remove_a_branch(file: Correct) -> Iterator[Breakage]:
    """The input names a branch that is gone."""
    for step, branches, sequence, named in _branching(file):
        places = (*_names(branches, named), step.node.entries["branches"].key.span, *around(step))
        yield broken(remove_item(sequence, 0), at=places)


def remove_what_names_a_branch(file: Correct) -> Iterator[Breakage]:
    """There is a branch that nothing leads to."""
    for step, branches, _, named in _branching(file):
        places = (*_names(branches, named), step.node.entries["branches"].key.span, *around(step))
        yield broken(remove_item(named, 0), at=places)


def write_a_branch_twice(file: Correct) -> Iterator[Breakage]:
    """Branches go by their names."""
    for _, branches, sequence, named in _branching(file):
        yield broken(repeat_item(sequence, 0), at=_names(branches, named), at_edits=True)


def forget_the_branches_of_a_step(file: Correct) -> Iterator[Breakage]:
    """The step chooses between branches that there are not."""
    for step, _, _, _ in _branching(file):
        yield broken(remove_entry(step.node, "branches"), at=around(step))


def write_branches_in_the_singular(file: Correct) -> Iterator[Breakage]:
    """A step has `branches`."""
    for step, _, _, _ in _branching(file):
        entry = step.node.entries["branches"]
        yield broken(replace(entry.key, "branch"), at=(entry.key.span, *around(step)))


def give_branches_to_a_step_that_chooses_none(file: Correct) -> Iterator[Breakage]:
    """Nothing would ever run them."""
    for step in file.steps:
        if step.step.branches is None and step.step.steps is None and step.spec and step.spec.basis.is_sure:
            edit = add_entry(step.step.node, "branches: [{name: One, steps: []}, {name: Else, steps: []}]")
            yield broken(edit, at=around(step.step), at_edits=True)


def forget_the_steps_of_a_branch(file: Correct) -> Iterator[Breakage]:
    """A branch has a list of steps, even if it is empty."""
    for _, branches, _, _ in _branching(file):
        for branch in branches:
            yield broken(remove_entry(branch.node, "steps"), at=(branch.name_node.span,))


def forget_the_name_of_a_branch(file: Correct) -> Iterator[Breakage]:
    """Nothing could lead to it."""
    for _, branches, _, named in _branching(file):
        for branch in branches[:-1]:
            places = (*_names(branches, named), branch.node.span)
            yield broken(remove_entry(branch.node, "name"), at=places)


def misspell_steps_of_a_branch(file: Correct) -> Iterator[Breakage]:
    """A branch has `steps`."""
    for _, branches, _, _ in _branching(file):
        for branch in branches:
            span = entry_span(branch.node, "name")
            entry = branch.node.entries["steps"]
            yield broken(replace(entry.key, misspelt("steps")), at=(span, entry.key.span))
