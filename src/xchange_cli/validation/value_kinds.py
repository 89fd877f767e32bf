"""Which kind of value an expression has when it is evaluated, where that is certain."""

from xchange_cli.expression.ast import ConfigValue, Expression, Reference
from xchange_cli.validation.facts import Facts, Sight, StepFacts

NUMBER, TRUTH_VALUE, OBJECT = "a number", "true or false", "an object"

_OF_VARIABLES = {
    "number": NUMBER,
    "boolean": TRUTH_VALUE,
    "connection": OBJECT,
    "schedule": OBJECT,
    "objectFieldMap": OBJECT,
}


def certain_kind(expression: Expression, step: StepFacts, facts: Facts) -> str:
    """Say what kind of value it is, in the words of a message; empty where it is text, a list or not known."""
    match expression:
        case ConfigValue(key):
            variable = facts.config_vars.get(key)
            if variable is None or variable.collection:
                return ""
            return _OF_VARIABLES.get(variable.data_type, "")
        case Reference(path):
            return _of_reference(path, step)
        case _:
            return ""


def _of_reference(path: tuple[str, ...], step: StepFacts) -> str:
    sight, target = step.flow.look(step, path[0])
    if target is None or len(path) != 2:
        return ""
    if sight is Sight.LOOP_AROUND:
        action = target.step.action
        counts = action is not None and action.key == "loopNTimes"
        return NUMBER if path[1] == "index" or (counts and path[1] == "currentItem") else ""
    if path[1] != "results" or target.spec is None or not target.spec.basis.is_sure:
        return ""
    match target.spec.example:
        case bool():
            return TRUTH_VALUE
        case int() | float():
            return NUMBER
        case _:
            return ""
