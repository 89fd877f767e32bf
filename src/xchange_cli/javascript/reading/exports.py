"""What a CommonJS module exports, as far as its syntax shows it."""

from enum import Enum, auto
from functools import lru_cache
from typing import NamedTuple

from xchange_cli.javascript.declarations import Place
from xchange_cli.javascript.reading.scopes import Scopes, scopes
from xchange_cli.javascript.reading.tree import (
    FUNCTIONS,
    bare,
    function_around,
    inner,
    named,
    read,
    string_value,
    text_of,
)
from xchange_cli.nearest import nearest

_VALUES = {
    "array": "a list",
    "false": "a truth value",
    "null": "null",
    "number": "a number",
    "regex": "a pattern",
    "string": "text",
    "template_string": "text",
    "true": "a truth value",
    "undefined": "undefined",
}


class Kind(Enum):
    FUNCTION = auto()
    OTHER = auto()  # surely something that is no function and has no function `default`
    NOTHING = auto()
    UNKNOWN = auto()


class Exported(NamedTuple):
    """What a module exports.

    `function` is the exported function where the code shows it. Of what is no function, `what` says what it is
    ("an object with `handler`"; "`exports`" or "`module.export`" where only that is set, which exports nothing), and
    `place` where it is set; without one, the first statement.
    """

    kind: Kind
    function: Place | None = None
    what: str = ""
    place: Place | None = None


class _Found(NamedTuple):
    """Assignments: to `module.exports`, to its member `default`, to other members, to the name `exports`."""

    whole: list[Place]
    default: list[Place]
    members: list[Place]
    renamed: list[Place]


@lru_cache(maxsize=64)
def exported(code: str) -> Exported:
    """Tell what the code exports; UNKNOWN where it does anything out of the ordinary with `module` or `exports`."""
    names = scopes(code)
    found = _Found([], [], [], [])
    tree = read(code)
    if (misspelt := _misspelt(names)) is not None and not tree.root.has_error:
        return Exported(Kind.NOTHING, None, f"`{text_of(misspelt.node)}`", misspelt)
    is_other_kind = any(child.type == "export_statement" for child in tree.root.named_children)
    if (
        is_other_kind
        or tree.root.has_error
        or any(map(_is_module_this, tree.of_kinds("this")))
        or not _collect(names, found)
    ):
        return Exported(Kind.UNKNOWN)
    if found.whole and found.default:
        return Exported(Kind.UNKNOWN)
    if assigned := found.whole or found.default:
        last = assigned[-1]
        is_clear = len(assigned) == 1 or all(map(_is_at_top, assigned))
        return _value(last, names) if is_clear else Exported(Kind.UNKNOWN)
    return _without_function(found)


def _misspelt(names: Scopes) -> Place | None:
    """Give the place of `module.export = …` where nothing else is said of `module` and `exports`."""
    mentions = names.free.get("module", ())
    if len(mentions) != 1 or names.free.get("exports"):
        return None
    member = mentions[0].outer
    if member is None or not mentions[0].is_field("object") or not _is_assigned(member):
        return None
    name = _member(member)
    is_meant = name not in {None, "exports"} and nearest(name or "", ["exports"]) is not None
    return member if is_meant else None


def _without_function(found: _Found) -> Exported:
    if found.members:
        listed = ", ".join(f"`{_member(place)}`" for place in found.members)
        return Exported(Kind.OTHER, None, f"an object with {listed}", found.members[0])
    if found.renamed:
        return Exported(Kind.NOTHING, None, "`exports`", found.renamed[0])
    return Exported(Kind.NOTHING)


def _collect(names: Scopes, found: _Found) -> bool:
    """Sort what is done with `module` and `exports`; False where that is not clear."""
    whole = [_member_around(place, "exports") for place in names.free.get("module", ())]
    if None in whole:
        return False
    for place in names.free.get("exports", ()):
        if _is_assigned(place):
            if not _sets_module_too(place):
                found.renamed.append(place)
        else:
            whole.append(place)
    return all(_sort(place, found) for place in whole if place is not None)


def _sort(exports: Place, found: _Found) -> bool:
    """Sort one mention of the exported object."""
    if _is_assigned(exports):
        found.whole.append(exports)
        return True
    member = exports.outer
    if member is None or not exports.is_field("object") or not _is_assigned(member):
        return False
    name = _member(member)
    if name is None:
        return False
    (found.default if name == "default" else found.members).append(member)
    return True


def _member_around(place: Place, name: str) -> Place | None:
    member = place.outer
    if member is None or not place.is_field("object") or _member(member) != name:
        return None
    return member


def _member(place: Place) -> str | None:
    """Give the name of the member that a place reads or sets."""
    if place.node.type == "member_expression":
        name = place.node.child_by_field_name("property")
        return text_of(name) if name is not None else None
    if place.node.type == "subscript_expression":
        key = place.node.child_by_field_name("index")
        return string_value(key) if key is not None else None
    return None


def _is_assigned(place: Place) -> bool:
    return (
        place.outer is not None
        and place.outer.node.type == "assignment_expression"
        and place.is_field("left")
    )


def _sets_module_too(exports: Place) -> bool:
    """Whether this is the left end of `exports = module.exports = …`."""
    value = inner(exports.outer, "right") if exports.outer else None
    return value is not None and value.node.type == "assignment_expression"


def _is_at_top(place: Place) -> bool:
    """Whether the assignment to a place is a statement of its own at the top of the code."""
    statement = place.outer and place.outer.outer
    around = statement and statement.outer
    return around is not None and around.node.type == "program"


def _is_module_this(place: Place) -> bool:
    """Whether this is `this` of the module, which is `module.exports`: arrow functions have none of their own."""
    function = function_around(place)
    while function is not None and function.node.type == "arrow_function":
        function = function_around(function)
    return function is None and not any(outer.node.type == "class_body" for outer in place.outward())


def _value(assigned: Place, names: Scopes) -> Exported:
    value = inner(assigned.outer, "right") if assigned.outer else None
    return Exported(Kind.UNKNOWN) if value is None else _described(value, assigned, names)


def _described(value: Place, assigned: Place, names: Scopes, *, is_member: bool = False) -> Exported:
    """Describe what is exported, or its member `default`, which must be the function itself."""
    value = _last_value(value)
    kind = value.node.type
    if kind in FUNCTIONS:
        return _function(value)
    if kind in _VALUES:
        return Exported(Kind.OTHER, None, _VALUES[kind], assigned)
    if kind == "object" and not is_member:
        return _described_object(value, assigned, names)
    if kind == "identifier":
        return _declared(value, assigned, names, is_member=is_member)
    return Exported(Kind.UNKNOWN)


def _function(function: Place) -> Exported:
    """A generator is a function, too, but what it returns is not what it gives."""
    is_generator = function.node.type.startswith("generator")
    return Exported(Kind.FUNCTION, None if is_generator else function)


def _last_value(value: Place) -> Place:
    """Follow parentheses and chains of assignments to what is assigned in the end."""
    value = bare(value)
    while value.node.type == "assignment_expression":
        right = inner(value, "right")
        if right is None:
            return value
        value = bare(right)
    return value


def _described_object(value: Place, assigned: Place, names: Scopes) -> Exported:
    keys = []
    for part in named(value):
        key = _key(part)
        if key is None:
            return Exported(Kind.UNKNOWN)
        if key == "default":
            default = inner(part, "value")
            if default is None:
                return Exported(Kind.UNKNOWN)
            return _described(default, assigned, names, is_member=True)
        keys.append(key)
    what = f"an object with {', '.join(f'`{key}`' for key in keys)}" if keys else "an empty object"
    return Exported(Kind.OTHER, None, what, assigned)


def _key(part: Place) -> str | None:
    """Give the name of a member; None where a computed or spread one may bring others."""
    node = part.node
    if node.type != "shorthand_property_identifier":
        key = node.child_by_field_name("key") or node.child_by_field_name("name")
        if key is None or key.type != "property_identifier":
            return None
        node = key
    return text_of(node)


def _declared(name: Place, assigned: Place, names: Scopes, *, is_member: bool) -> Exported:
    binding = names.binding(name)
    declaration = binding.only if binding else None
    holder = declaration.outer if declaration else None
    if holder is None or declaration is None or not declaration.is_field("name"):
        return Exported(Kind.UNKNOWN)
    if holder.node.type in FUNCTIONS:
        return _function(holder)
    value = inner(holder, "value") if holder.node.type == "variable_declarator" else None
    if value is None or bare(value).node.type == "identifier":
        return Exported(Kind.UNKNOWN)
    described = _described(value, assigned, names, is_member=is_member)
    return described if described.kind is Kind.FUNCTION else Exported(Kind.UNKNOWN)


def place_of(code: str) -> tuple[int, int]:
    """Give the place, in characters, at which to tell that what is exported is no function."""
    tree = read(code)
    place = exported(code).place
    if place is not None:
        return tree.span(place.node)
    statements = [child for child in tree.root.named_children if child.type != "comment"]
    start, end = tree.span((statements or [tree.root])[0])
    return start, min(end, len(code[:start]) + len(code[start:].splitlines()[0])) if code[start:] else end
