"""The branches of a step, as it has them and as its input or its specification asks for them."""

from typing import NamedTuple

from xchange_cli.document.node import Node
from xchange_cli.expression.ast import Items
from xchange_cli.model.integration import Branch
from xchange_cli.source import Span
from xchange_cli.validation.facts import StepFacts


class Name(NamedTuple):
    """The name of a branch and what a finding about it points at."""

    text: str
    node: Node

    @property
    def span(self) -> Span:
        return self.node.span


class Branches(NamedTuple):
    """`given` are the names under `branches`, `named` those in the input `input_key`.

    `fixed` are those that the action always has. `named` is None where nobody can say what belongs there.
    """

    given: tuple[Name, ...]
    named: tuple[Name, ...] | None
    fixed: tuple[str, ...]
    input_key: str
    owner: str
    key_node: Node

    @property
    def wanted(self) -> tuple[Name, ...]:
        """What should stand under `branches`, in this order."""
        return (*(self.named or ()), *(Name(text, self.key_node) for text in self.fixed))

    @property
    def has_repeated_names(self) -> bool:
        """Whether a comparison of names would only repeat what the rule duplicate-branch says."""
        return any(len({name.text for name in names}) < len(names) for names in (self.wanted, self.given))


def branches_of(step: StepFacts) -> Branches | None:
    """Give the branches of a step that has any; None also where the list is broken."""
    branches = step.step.branches
    if branches is None:
        return None
    key_node, listed = step.step.node.key_node("branches"), step.step.node.sequence("branches")
    if key_node is None or listed is None or len(listed.items) != len(branches):
        return None
    given = tuple(map(_name, branches))
    spec = step.spec
    if spec is None or not (spec.branches or spec.branch_input):
        return Branches(given, None, (), "", "", key_node)
    named = _named(step, spec.branch_input) if spec.branch_input else ()
    owner = f"`{spec.branch_input}` names" if spec.branch_input else f"`{spec.key}` has"
    return Branches(given, named, spec.branches, spec.branch_input, owner, key_node)


def _name(branch: Branch) -> Name:
    return Name(branch.name, branch.name_node)


def _named(step: StepFacts, key: str) -> tuple[Name, ...] | None:
    given = step.step.inputs.get(key)
    if given is None or not isinstance(given.expression, Items):
        return None
    names = []
    for item in given.expression.items:
        if not isinstance(item.name, str) or item.name_node is None:
            return None
        names.append(Name(item.name, item.name_node))
    return tuple(names)
