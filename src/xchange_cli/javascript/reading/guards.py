"""Whether code reckons with the absence of a value that it reads."""

from xchange_cli.javascript.declarations import Place

_STATEMENTS = frozenset(["do_statement", "if_statement", "ternary_expression", "while_statement"])
_TESTS = frozenset(["!", "typeof"])
_COMPARISONS = frozenset(["!=", "!==", "==", "==="])
_FALLBACKS = frozenset(["??", "||"])
_NOTHING = frozenset(["null", "undefined"])
_PARTS = frozenset(
    [
        "arrow_function",
        "function_declaration",
        "function_expression",
        "method_definition",
        "program",
        "statement_block",
    ]
)


def is_condition(place: Place) -> bool:
    """Whether it is asked if a value is there: by `if`, `while`, `? :`, `&&`, `!`, `typeof`, or against `null`.

    An operand of other operators is none: sums, and comparisons with anything else, take the value for granted.
    """
    operand = _in_parentheses(place)
    outer = operand.outer
    if outer is None:
        return False
    if outer.node.type in _STATEMENTS:
        return operand.is_field("condition")
    operator = _operator(outer)
    if outer.node.type == "unary_expression":
        return operator in _TESTS
    if outer.node.type != "binary_expression":
        return False
    if operator in _COMPARISONS:
        return _is_nothing(outer, "right" if operand.is_field("left") else "left")
    is_first = operand.is_field("left")
    return (operator == "&&" and is_first) or (operator in {"&&", *_FALLBACKS} and is_condition(outer))


def has_fallback(place: Place) -> bool:
    """Whether `??` or `||` says what counts in place of a value that is not there."""
    operand = _in_parentheses(place)
    outer = operand.outer
    if outer is None or outer.node.type != "binary_expression":
        return False
    operator = _operator(outer)
    if operator in _FALLBACKS and operand.is_field("left"):
        return True
    return operator in {"&&", *_FALLBACKS} and has_fallback(outer)


def is_tried(place: Place) -> bool:
    """Whether a place is inside of a `try` block whose failure is caught."""
    for outer in place.outward():
        around = outer.outer
        if around is not None and around.node.type == "try_statement" and outer.is_field("body"):
            return around.node.child_by_field_name("handler") is not None
    return False


def guarded_part(condition: Place) -> range:
    """Give the bytes from a condition to the end of the block around it: a block may be left early."""
    block = next((outer for outer in condition.outward() if outer.node.type in _PARTS), condition)
    return range(condition.node.start_byte, block.node.end_byte)


def _in_parentheses(place: Place) -> Place:
    """Give the outermost parentheses around a place, or the place itself."""
    while place.outer is not None and place.outer.node.type == "parenthesized_expression":
        place = place.outer
    return place


def _operator(place: Place) -> str:
    operator = place.node.child_by_field_name("operator")
    return operator.type if operator is not None else ""


def _is_nothing(comparison: Place, side: str) -> bool:
    """Whether an operand is `null`, `undefined` or `void 0`."""
    other = comparison.node.child_by_field_name(side)
    if other is None:
        return False
    is_void = other.type == "unary_expression" and any(child.type == "void" for child in other.children)
    return is_void or other.type in _NOTHING
