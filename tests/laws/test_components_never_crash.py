"""Whatever the inputs of an action hold, it gives a result or an ActionError: all else would end the whole run."""

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contexts import RecordingContext
from examples import MORE
from xchange_cli.components.catalog import Catalog
from xchange_cli.components.implementations import Implementations
from xchange_cli.components.spec import ActionError, ActionResult
from xchange_cli.javascript.quickjs import CodeHost
from xchange_cli.javascript.values import UNDEFINED, stringify
from xchange_cli.wire.http import WireError

IMPLEMENTATIONS = Implementations()
CATALOG = Catalog.load()
HOST = CodeHost(memory_limit=32 * 1024 * 1024)
ACTIONS = [
    (component, action)
    for component in sorted(IMPLEMENTATIONS.keys())
    for action in sorted(IMPLEMENTATIONS.load(component).actions)
]


class Deep(NamedTuple):
    """Stands for a value that cannot be shown in a report, until it is used: one nested so deeply."""

    levels: int
    is_object: bool

    def value(self) -> Any:
        value: Any = 1
        for _ in range(self.levels):
            value = {"a": value} if self.is_object else [value]
        return value


class Long(NamedTuple):
    """Stands for a text: so many times the middle."""

    start: str
    middle: str
    times: int
    end: str = ""

    def value(self) -> str:
        return self.start + self.middle * self.times + self.end


class Huge(NamedTuple):
    """Stands for a number that has more digits than Python writes."""

    exponent: int

    def value(self) -> int:
        return 10**self.exponent


NUMBERS = (
    st.sampled_from(
        [0, 1, -1, 2, 2**31, 2**53 + 1, 10**9, 10**18, 10**400, -(10**400), -0.0, 1.5, 1e21, 5e-324]
    )
    | st.sampled_from([float("nan"), float("inf"), -float("inf")])
    | st.integers()
    | st.floats()
)
TEXTS = st.sampled_from([
    "", " ", "a", "a.b", "0.1.2", "-1", "1.5", "1e999", "-Infinity", "NaN", "0x1F",
    "true", "null", "[]", "{}", '"x"', "[1, [2], {}]", '{"a": {"b": null}}', "1e", "\0", "\ud800",
    "a\udfffb", "😀\u2028\r\n", "a" * 30 + "!", "(a+)+$", "(", "[[a]", "g", "gg", "/a/g",
    "&lt;&#xD800;&amp", "=", "aGk=", "2021-01-01", "9999-999", "24:00", "2 ^ (3",
    "SUM", "product", "warn", "application/json", "text/plain; x",
]) | st.text(max_size=5)  # fmt: skip
CODES = st.sampled_from([
    "(x) => x", "(a, b) => a - b", "async () => { throw 1 }", "() => [[undefined, NaN, 1n]]", "() => ({ then: 5 })",
    "module.exports = () => ({ data: '\\ud800', statusCode: {}, headers: { a: [] } })",
    "module.exports = (context, { a, ...b }) => ({ payload: b, response: [], executionState: 5 })",
    "module.exports = () => { const e = new Error('x'); e.stack = ' at f (<input>:' + '9'.repeat(5000) + ':1)'; throw e; }",
    "module.exports = () => { let deep = []; for (let i = 0; i < 5000; i += 1) deep = [deep]; return { data: deep }; }",
])  # fmt: skip
STAND_INS = st.sampled_from([
    Deep(150, True), Deep(150, False), Deep(5_000, True), Deep(5_000, False), Huge(5_000),
    Long("", "9", 5_000), Long("", "1", 20_000, "x"), Long("", "[", 3_000), Long("", "x", 70_000),
    Long("&#", "9", 5_000, ";"), Long("", "(", 300), Long("abs(", "abs(", 45, "1" + ")" * 46), Long("a..", "b.", 300),
])  # fmt: skip
LEAVES = st.none() | st.booleans() | NUMBERS | TEXTS | st.binary(max_size=4)
KEYS = st.sampled_from(
    ["", "a", "b", "key", "value", "name", "data", "\ud800", "$ref", "type", "items", "multipleOf"]
)
ENTRIES = st.fixed_dictionaries({}, optional={"key": LEAVES, "name": LEAVES, "value": LEAVES | st.just([])})
CONDITIONS = st.recursive(
    st.builds(
        lambda operator, operands: [operator, *operands],
        st.sampled_from(["equal", "exactlyMatches", "in", "startsWith", "dateTimeAfter", "lessThan", "isEmpty", "isTrue"])
        | LEAVES,
        st.lists(LEAVES | STAND_INS | st.just(UNDEFINED) | st.lists(LEAVES, max_size=2), max_size=3),
    ),
    lambda inner: st.builds(lambda word, parts: [word, *parts], st.sampled_from(["and", "or"]), st.lists(inner, max_size=2)),
    max_leaves=3,
)  # fmt: skip
SCHEMAS = st.sampled_from([
    0, True, {"$ref": "#"}, {"$ref": "http://localhost:9/x.json"}, {"$schema": []}, {"$schema": "http://["},
    {"multipleOf": 0.5}, {"$schema": "http://json-schema.org/draft-04/schema#", "$ref": 5}, {"items": {"$ref": "#"}},
    {"patternProperties": {"[[a]": False}}, {"type": "string"}, {"uniqueItems": True, "minItems": 9}, {"enum": [{}]},
])  # fmt: skip
ANYTHING = st.recursive(
    LEAVES | STAND_INS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
NAMED_CONDITIONS = st.fixed_dictionaries({"name": TEXTS, "value": CONDITIONS})
LISTS = st.lists(LEAVES, max_size=4) | st.lists(ENTRIES | NAMED_CONDITIONS | ANYTHING, max_size=3)
VALUES = st.sampled_from(
    [
        LEAVES,
        LEAVES | CODES,
        STAND_INS,
        NUMBERS,
        LISTS,
        ANYTHING,
        SCHEMAS,
        st.lists(NAMED_CONDITIONS, max_size=2),
    ]
).flatmap(lambda kind: kind)  # fmt: skip -- all kinds alike, where `|` would favour those of many parts


def examples_of(component: str, action: str) -> list[dict[str, Any]]:
    """Give the inputs of the worked examples: what is right, to be spoilt in places."""
    found = [known for known in IMPLEMENTATIONS.load(component).examples if known.action == action]
    return [dict(known.inputs) for known in found]


@st.composite
def inputs_of(draw, component: str, action: str) -> dict[str, Any]:
    spec = CATALOG.action(component, action)
    inputs = {**dict.fromkeys(spec.inputs), **draw(st.sampled_from(examples_of(component, action)))}
    for key in draw(st.lists(st.sampled_from(sorted(inputs)), unique=True)) if inputs else []:
        value = (
            draw(CODES)
            if spec.inputs[key].type == "code" and draw(st.booleans())
            else spoilt(draw, inputs[key])
        )
        inputs[key] = as_text(value) if draw(st.integers(0, 3)) == 0 else value
    return inputs


def spoilt(draw, value: Any) -> Any:
    """Put something else in place of the value or of one in it, or drop or rename an entry."""
    if not isinstance(value, list | dict) or not value or draw(st.integers(0, 3)) == 0:
        return draw(VALUES)
    copy = value.copy()
    at = draw(st.sampled_from(list(copy) if isinstance(copy, dict) else range(len(copy))))
    kept = copy.pop(at)
    match draw(st.sampled_from(["drop", "rename", "change", "change"])), copy:
        case "rename", dict():
            copy[draw(KEYS)] = kept
        case "change", dict():
            copy[at] = spoilt(draw, kept)
        case "change", list():
            copy.insert(at, spoilt(draw, kept))
    return copy


def as_text(value: Any) -> Any:
    """Write a value as JSON, as an input of the kind text would have it."""
    return value if any(isinstance(part, Deep | Long | Huge) for part in parts(value)) else stringify(value)


def real(value: Any) -> Any:
    """Put the values in place of what stands for them."""
    match value:
        case Deep() | Long() | Huge():
            return value.value()
        case dict():
            return {key: real(inner) for key, inner in value.items()}
        case list():
            return [real(inner) for inner in value]
    return value


def parts(value: Any) -> Iterator[Any]:
    """Yield a value and all values in it, however deep; a change anywhere changes what comes."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield tuple(part)
            waiting += part.values()
        elif isinstance(part, list):
            yield len(part)
            waiting += part
        else:
            yield part


def print_of(value: Any) -> list[tuple[type, Any]]:
    return [(type(part), str(part) if isinstance(part, float) else part) for part in parts(value)]


def is_data(value: Any) -> bool:
    known = (str, int, float, bool, type(None), bytes, type(UNDEFINED))
    return all(isinstance(part, known) or all(isinstance(key, str) for key in part) for part in parts(value))


def performed(component: str, action: str, inputs: dict[str, Any]) -> None:
    context = RecordingContext(
        javascript=HOST, seconds_left=0.2, step_results={"a": {"results": inputs}}, config_vars={"c": inputs}
    )
    before = print_of(inputs)
    perform = IMPLEMENTATIONS.perform_for(component, action)
    with contextlib.suppress(ActionError, WireError):
        assert_is_well_formed(perform(context, inputs))
    assert print_of(inputs) == before
    assert all(isinstance(line.message, str) for line in context.lines)


def assert_is_well_formed(result: ActionResult) -> None:
    assert isinstance(result, ActionResult)
    assert is_data([result.data, result.answer, result.state, result.headers])
    assert isinstance(result.content_type, str | None)
    assert isinstance(result.status_code, int | None)
    assert isinstance(result.branch, str | None)
    assert isinstance(result.items, range | None) or is_data(result.items)
    assert len(result.items or ()) <= 10**9
    assert 0 <= result.wait < float("inf")


@pytest.mark.parametrize(("component", "action"), ACTIONS, ids=lambda key: key)
def test_an_action_gives_a_result_or_an_action_error(component, action):
    @settings(max_examples=10 * MORE, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(inputs_of(component, action))
    def law(inputs):
        performed(component, action, real(inputs))

    law()
