"""What is to be renamed, and whether it can have the new name."""

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple, NoReturn

from xchange_cli.document.node import Scalar
from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.expression.step_names import step_ref
from xchange_cli.nearest import nearest
from xchange_cli.renaming.kind import Kind
from xchange_cli.renaming.lookup import Lookup
from xchange_cli.renaming.names import Target
from xchange_cli.renaming.spelling import NewName
from xchange_cli.validation.facts import FlowFacts

_WORDS = {Kind.FLOW: "flow", Kind.STEP: "step", Kind.CONFIG_VAR: "config variable"}
_MOST_NAMES = 8


class Request(NamedTuple):
    """Give `old`, which is a name or (of flows and steps) its normalised form, the name `new`.

    `in_flow` names the flow of a step, empty where only one flow has such a step.
    """

    kind: Kind
    old: str
    new: str
    in_flow: str = ""


class Subject(NamedTuple):
    """What is renamed. `old` is its name now, `flow` the flow that a step is in, else empty."""

    target: Target
    old: str
    new: NewName
    flow: str = ""

    @property
    def old_key(self) -> str:
        """The old name as references have it, where they do not have the name itself."""
        return step_ref(self.old) if self.target.kind is Kind.STEP else ""


def find_subject(request: Request, lookup: Lookup) -> Subject:
    """Find what the request means.

    Raises:
        XchangeError: NOT_FOUND with the nearest name; USAGE when steps of several flows are meant, and for a new name
            that cannot be one; CONFLICT when it is taken; INVALID when two things have the old name.

    """
    require_name(request.new)
    if not request.old.strip():
        _refuse(ErrorCode.USAGE, "the old name is empty", "Give the name that it has now.")
    if request.in_flow and request.kind is not Kind.STEP:
        _refuse(ErrorCode.USAGE, "--in-flow is for steps", "Leave it out.")
    target = _step(request, lookup) if request.kind is Kind.STEP else _by_name(request, lookup)
    old = lookup.name_of(target)
    flow = lookup.flow_of(target).flow.name if request.kind is Kind.STEP else ""
    if old == request.new:
        return Subject(target, old, NewName(old, step_ref(old)), flow)
    _require_single(target, old, lookup)
    return Subject(target, old, NewName(request.new, _free_key(target, request.new, lookup)), flow)


def require_name(name: str) -> None:
    """Refuse what no reference could hold, or nobody could see.

    Raises:
        XchangeError: USAGE.

    """
    if not name.strip():
        _refuse(ErrorCode.USAGE, "the new name is empty", "Give a name with at least one letter or digit.")
    if name != name.strip():
        message = "the new name begins or ends with a blank"
        _refuse(ErrorCode.USAGE, message, "Placeholders drop such blanks: leave them out.")
    strange = next((char for char in name if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}), "")
    if strange:
        message = f"the new name has a line break or control character: U+{ord(strange):04X}"
        _refuse(ErrorCode.USAGE, message, "Give a name on one line.")


def _by_name(request: Request, lookup: Lookup) -> Target:
    is_flow = request.kind is Kind.FLOW
    found = (lookup.flow_by_any_name if is_flow else lookup.config_var)(request.old)
    if found is None:
        known = lookup.facts.flow_names if is_flow else [key for key in lookup.facts.config_vars if key]
        _unknown(f"the integration has no {_WORDS[request.kind]} `{request.old}`", request.old, known)
    return found


def _step(request: Request, lookup: Lookup) -> Target:
    flows = _flows(request, lookup)
    found = [target for flow in flows if (target := lookup.step_by_any_name(flow, request.old))]
    if len(found) > 1:
        names = [lookup.flow_of(target).flow.name for target in found]
        message = f"{len(found)} flows have a step `{request.old}`: {_listed(names)}"
        _refuse(ErrorCode.USAGE, message, "Say which with --in-flow.")
    if not found:
        where = f"the flow `{flows[0].flow.name}`" if request.in_flow else "the integration"
        known = [step.step.name for flow in flows for step in flow.steps if step.step.name]
        _unknown(f"{where} has no step `{request.old}`", request.old, known)
    return found[0]


def _flows(request: Request, lookup: Lookup) -> Sequence[FlowFacts]:
    if not request.in_flow:
        return lookup.facts.flows
    found = lookup.flow_by_any_name(request.in_flow)
    if found is None:
        message = f"the integration has no flow `{request.in_flow}`"
        _unknown(message, request.in_flow, lookup.facts.flow_names)
    return (lookup.facts.flows[found.first],)


def _require_single(target: Target, old: str, lookup: Lookup) -> None:
    """Refuse a name that two things have: nobody can tell which of them is meant where it is used."""
    same = [node for name, node in _siblings(target, lookup) if name == old]
    if same:
        hint = f"Give one of the two {_WORDS[target.kind]}s another name by hand first."
        _refuse(ErrorCode.INVALID, f"there are two {_WORDS[target.kind]}s `{old}`", hint, same[0].span.place)


def _free_key(target: Target, new: str, lookup: Lookup) -> str:
    """Give the key of the new name, for flows the name itself where the key would be unclear."""
    key = step_ref(new)
    siblings = list(_siblings(target, lookup))
    taken = next((node for name, node in siblings if name == new), None)
    if taken is not None:
        _refuse(
            ErrorCode.CONFLICT,
            f"there is a {_WORDS[target.kind]} `{new}` already",
            "Choose another name.",
            taken.span.place,
        )
    same_key = next((node for name, node in siblings if step_ref(name) == key), None)
    if target.kind is not Kind.STEP:
        return key if key and same_key is None else new
    if not key:
        message = f"`{new}` has no letter or digit (A to Z, 0 to 9), so no reference could name the step"
        _refuse(ErrorCode.USAGE, message, "Choose another name.")
    if same_key is not None:
        message = f"references would call `{new}` `{key}`, and that is the step `{same_key.value}` already"
        _refuse(ErrorCode.CONFLICT, message, "Choose another name.", same_key.span.place)
    return key


def _siblings(target: Target, lookup: Lookup) -> list[tuple[str, Scalar]]:
    """Give the others that the name has to differ from: of a step, those of its flow."""
    others = (
        one
        for one in lookup.targets()
        if one != target and one.kind is target.kind
        if target.kind is not Kind.STEP or one.first == target.first
    )
    return [(lookup.name_of(one), lookup.name_node(one)) for one in others if lookup.name_of(one)]


def _listed(names: Sequence[str]) -> str:
    some = ", ".join(f"`{name}`" for name in names[:_MOST_NAMES])
    return some + (" …" if len(names) > _MOST_NAMES else "")


def _unknown(message: str, name: str, known: Sequence[str]) -> NoReturn:
    near = nearest(name, known)
    there = f"There are: {_listed(known)}." if known else "There is none."
    _refuse(ErrorCode.NOT_FOUND, message, f"Did you mean `{near}`?" if near else there)


def _refuse(code: ErrorCode, message: str, hint: str, place: Place | None = None) -> NoReturn:
    raise XchangeError(code, message, hint=hint, place=place)
