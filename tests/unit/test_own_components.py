"""Code of components that are not built in: how it is loaded, called, and kept from bringing the run down."""

import sys
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import MappingProxyType

import pytest

from xchange_cli.components.implementations import Implementations
from xchange_cli.components.own.code import OwnCode, function_names, load_own
from xchange_cli.components.own.results import as_result
from xchange_cli.components.spec import ActionError, ActionResult, FlowCall, LogLine
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.javascript.values import UNDEFINED
from xchange_cli.sdk import HttpRequest, HttpResponse, ReadyContext, WireError, perform

SPECIFICATION = """\
key: erp
title: ERP
actions:
  - key: act
    inputs:
      - {key: name, type: string, required: true}
      - {key: isUrgent, type: boolean, default: "false"}
      - {key: size, type: string, default: "10"}
"""


@pytest.fixture
def component(tmp_path):
    """Write the file of a component and give its path."""

    def write(*lines, name="erp.py"):
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def code(path):
    return OwnCode(f"components/{path.name}", path)


def error_of(path, action="act", **given):
    """Perform an action as a run does, and give what it complains about."""
    implementations = Implementations({"erp": code(path)})
    with pytest.raises(ActionError) as caught:
        implementations.perform_for("erp", action)(ReadyContext(**given), {})
    return caught.value.kind, caught.value.message


ACT = "def act(context, inputs):"


# --- what is found


def test_functions_with_public_names_are_actions(component):
    path = component("from json import dumps", ACT, "    return 1", "def _hidden(): ...", "class Act: ...")

    assert set(load_own(code(path)).actions) == {"act", "dumps"}
    assert perform(path, "act").data == 1


def test_a_dictionary_names_the_actions(component):
    path = component(ACT, "    return 1", 'ACTIONS = {"create-order": act}')

    assert list(load_own(code(path)).actions) == ["create-order"]
    assert perform(path, "create-order").data == 1


def test_code_of_ones_own_does_not_ask_before_it_writes(component):
    implementations = Implementations({"erp": code(component(ACT, "    return 1"))})

    assert implementations.implementation_for("erp", "act").asks_access is False
    assert implementations.implementation_for("math", "add").asks_access is True


def test_built_in_code_comes_first_for_public_components_only(component):
    path = component(
        "def add(context, inputs):", "    return 'own'", "def more(context, inputs):", "    return 'own'"
    )
    implementations = Implementations({"math": code(path)})

    def performed(action, *, is_public):
        perform_it = implementations.perform_for("math", action, is_public=is_public)
        return perform_it and perform_it(ReadyContext(), {"numbers": [1, 2]}).data

    assert performed("add", is_public=False) == "own"
    assert performed("add", is_public=True) != "own"
    assert performed("more", is_public=True) == "own"
    assert performed("less", is_public=True) is None
    assert performed("less", is_public=False) is None


def test_a_file_may_import_what_lies_beside_it(component):
    component("PREFIX = 'A-'", name="names.py")
    path = component(
        "from .names import PREFIX", "from . import names", ACT, "    return PREFIX + names.PREFIX"
    )

    assert perform(path, "act").data == "A-A-"


def test_a_file_is_run_once_and_only_when_it_is_needed(component, tmp_path):
    path = component("from pathlib import Path", "log = Path(__file__).with_name('log')",
                     "log.write_text(log.read_text() + 'x' if log.exists() else 'x')", ACT, "    return 1")  # fmt: skip
    implementations = Implementations({"erp": code(path)})

    assert implementations.keys() >= {"math"}
    assert implementations.own_keys() == {"erp"}
    assert implementations.named("erp") == {"act"}
    assert not (tmp_path / "log").exists()
    for _ in "abc":
        implementations.perform_for("erp", "act")(ReadyContext(), {})
    assert (tmp_path / "log").read_text() == "x"


def test_data_classes_work_in_a_component(component):
    path = component(
        "from __future__ import annotations", "from dataclasses import asdict, dataclass",
        "@dataclass", "class Order:", "    number: int", ACT, "    return asdict(Order(7))",
    )  # fmt: skip

    assert perform(path, "act").data == {"number": 7}


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([ACT, "    return 1", "def _b(): ..."], {"act"}),
        (['ACTIONS = {"a": 1, "b-c": 2}'], {"a", "b-c"}),
        (['ACTIONS: dict[str, object] = {"a": 1}'], {"a"}),
        (["ACTIONS = make()"], None),
        (["ACTIONS = {**others}"], None),
        (["from .more import act"], None),
        (["def ("], set()),
        (["\0"], set()),
    ],
)
def test_the_names_of_actions_are_read_without_running_the_file(component, lines, names):
    assert function_names(code(component(*lines, "raise SystemExit"))) == names


def test_a_file_that_cannot_be_read_has_no_names(tmp_path):
    assert function_names(OwnCode("gone.py", tmp_path / "gone.py")) == set()


# --- what can go wrong


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["x = 1", "def act(:"], 2, "not Python: invalid syntax"),
        (["import nothing_like_this"], 1,
         "the component cannot be loaded: ModuleNotFoundError: No module named 'nothing_like_this'"),
        (["", "def fail():", "    return 1 / 0", "fail()"], 3,
         "the component cannot be loaded: ZeroDivisionError: division by zero"),
        (["import sys", "sys.exit('bye')"], 2,
         "the component cannot be loaded: the code asked to end the program (SystemExit 'bye')"),
        (["def f(): return f()", "f()"], 1,
         "the component cannot be loaded: the code calls itself without end (RecursionError)"),
        (["", "def act(inputs): ..."], 2,
         "`act` cannot be an action: it is called with (context, inputs), and that fails: too many positional arguments"),
        (["def act(context, inputs, more): ..."], 1,
         "`act` cannot be an action: it is called with (context, inputs), and that fails: missing a required argument: 'more'"),
        (["async def act(context, inputs): ..."], 1,
         "`act` cannot be an action: it is asynchronous; write `def` without `async`"),
        (["ACTIONS = {'act': 7}"], 1, "`7` cannot be an action: it is no function"),
    ],
)  # fmt: skip
def test_code_that_cannot_be_performed_is_told_with_its_place(component, lines, line, message):
    path = component(*lines)

    assert error_of(path) == ("component-error", f"components/erp.py:{line}: {message}")
    told = Implementations({"erp": code(path)}).trouble("erp", "act")
    assert (told.code, told.place.file, told.place.line) == (ErrorCode.INVALID, "components/erp.py", line)


@pytest.mark.parametrize("value", ["7", "{1: len}"])
def test_a_wrong_dictionary_of_actions_is_told(component, value):
    assert error_of(component(f"ACTIONS = {value}")) == (
        "component-error",
        "components/erp.py: ACTIONS must be a dictionary of functions by action key",
    )


def test_a_file_that_is_gone_is_told(tmp_path):
    kind, message = error_of(tmp_path / "gone.py")

    assert (kind, message) == (
        "component-error",
        "components/gone.py cannot be read: No such file or directory",
    )


def test_a_mistake_beside_the_file_is_told_at_its_place(component):
    component("def broken():", "    raise KeyError('a')", name="names.py")
    path = component("from . import names", ACT, "    return names.broken()")

    assert error_of(path) == ("component-error", "components/names.py:2: KeyError: 'a'")


def test_code_without_trouble_has_none(component):
    implementations = Implementations({"erp": code(component(ACT, "    return 1"))})

    assert implementations.trouble("erp", "act") is None
    assert implementations.trouble("erp", "other") is None
    assert implementations.trouble("math", "add") is None


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["    return {}['order']"], 2, "KeyError: 'order'"),
        (["    import json", "    json.loads('{')"], 3,
         "JSONDecodeError: Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"),
        (["    raise SystemExit(3)"], 2, "the code asked to end the program (SystemExit 3)"),
        (["    return act(context, inputs)"], 2, "the code calls itself without end (RecursionError)"),
        (["    raise BaseException"], 2, "BaseException"),
        (["    raise ValueError('two\\nlines')"], 2, "ValueError: two lines"),
        (["    class Odd(Exception):", "        def __str__(self): return 1 / 0", "    raise Odd"], 4, "Odd"),
    ],
)  # fmt: skip
def test_whatever_an_action_raises_is_a_failure_at_its_place(component, lines, line, message):
    kind, told = error_of(component(ACT, *lines))

    assert (kind, told) == ("component-error", f"components/erp.py:{line}: {message}")


def test_an_action_can_fail_with_words_of_its_own(component):
    path = component("from xchange_cli.sdk import ActionError", ACT,
                     "    raise ActionError('no such order', kind='not-found', input_key='id')")  # fmt: skip

    with pytest.raises(ActionError) as caught:
        perform(path, "act")
    error = caught.value
    assert (error.message, error.kind, error.input_key) == ("no such order", "not-found", "id")


def test_trouble_of_the_wire_stays_what_it_is(component):
    path = component("from xchange_cli.sdk import HttpRequest", ACT,
                     "    context.http.send(HttpRequest('GET', 'https://erp.test/'))")  # fmt: skip

    with pytest.raises(WireError) as caught:
        perform(path, "act")
    assert caught.value.kind == "network-denied"


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError])
def test_what_the_run_must_know_itself_is_let_through(component, error):
    path = component(ACT, f"    raise {error.__name__}")

    with pytest.raises(error):
        perform(path, "act")


def test_a_coroutine_is_no_result(component):
    path = component("async def later(): ...", ACT, "    return later()")

    assert error_of(path) == ("component-error", "components/erp.py: the action is asynchronous; write `def`")


def test_what_an_action_prints_is_logged(component, capsys):
    path = component("import sys", "print('loaded')", ACT, "    print('one\\ntwo')",
                     "    print('three', file=sys.stderr)", "    return 1 / 0")  # fmt: skip
    context = ReadyContext()

    with pytest.raises(ActionError):
        perform(path, "act", context=context)
    assert context.lines == [LogLine("INFO", line) for line in ("one", "two", "three")]
    assert capsys.readouterr() == ("", "loaded\n")


def test_an_action_cannot_change_the_inputs_of_others(component):
    path = component(ACT, "    inputs['order']['lines'].append(2)", "    return inputs['order']")
    order = {"lines": [1]}

    assert perform(path, "act", {"order": order}).data == {"lines": [1, 2]}
    assert order == {"lines": [1]}


# --- what is given back


class Colour(Enum):
    RED = "red"


@pytest.mark.parametrize(
    ("returned", "data"),
    [
        (None, None),
        ({"a": [1, 2.5, "x", True, None]}, {"a": [1, 2.5, "x", True, None]}),
        ((1, (2,)), [1, [2]]),
        ({"b", "a", "c"}, ["a", "b", "c"]),
        (frozenset({3}), [3]),
        (deque([1]), [1]),
        (range(2), [0, 1]),
        (OrderedDict(a=1), {"a": 1}),
        (MappingProxyType({1: "a", 2.5: "b"}), {"1": "a", "2.5": "b"}),
        (b"\xff", b"\xff"),
        (bytearray(b"a"), b"a"),
        (memoryview(b"a"), b"a"),
        (Colour.RED, "red"),
        ({Colour.RED: 1}, {"red": 1}),
        (UNDEFINED, None),
        (10**400, 10**400),
    ],
)
def test_data_becomes_plain(returned, data):
    warnings = []
    assert as_result(returned, warnings.append) == ActionResult(data)
    assert warnings == []


@pytest.mark.parametrize(
    ("returned", "data", "warning"),
    [
        ({"at": datetime(2024, 5, 17, 9, 30, tzinfo=UTC)}, {"at": "2024-05-17T09:30:00Z"},
         "`at` of the result is a datetime: it becomes the text 2024-05-17T09:30:00Z"),
        ([date(2024, 5, 17), date(2024, 5, 18)], ["2024-05-17", "2024-05-18"],
         "`[0]` of the result is a date: it becomes the text 2024-05-17"),
        (time(9, 30), "09:30:00", "the result is a time: it becomes the text 09:30:00"),
        ({"a b": [float("nan")]}, {"a b": [None]},
         '`["a b"][0]` of the result is nan, which JSON does not have: it becomes null'),
        ([float("inf"), float("-inf")], [None, None],
         "`[0]` of the result is inf, which JSON does not have: it becomes null"),
    ],
)  # fmt: skip
def test_dates_and_odd_numbers_are_told_once(returned, data, warning):
    warnings = []
    assert as_result(returned, warnings.append) == ActionResult(data)
    assert warnings == [warning]


def circle():
    items = [1]
    items.append({"again": items})
    return items


@dataclass
class Order:
    number: int = 1


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (Order(), "the result is an Order, which is no JSON"),
        ({"orders": [1, {"total": Decimal(1)}]}, "`orders[1].total` of the result is a Decimal, which is no JSON"),
        ((number for number in "ab"), "the result is a generator, which is no JSON"),
        ({(1, 2): 3}, "the result has a tuple for a key, which is no JSON"),
        (circle(), "`[1].again` of the result contains itself, which is no JSON"),
        (ActionResult(answer=Order()), "`answer` of the result is an Order, which is no JSON"),
        (ActionResult(items=[Order()]), "`items[0]` of the result is an Order, which is no JSON"),
        (ActionResult(state={"instanceState": {"o": Order()}}),
         "`state.instanceState.o` of the result is an Order, which is no JSON"),
        (FlowCall("Other", Order()), "`call.body` of the result is an Order, which is no JSON"),
    ],
)  # fmt: skip
def test_what_is_no_json_is_refused_with_its_path(returned, message):
    with pytest.raises(ActionError) as caught:
        as_result(returned, print)
    assert (caught.value.kind, caught.value.message) == ("not-json", message)


def test_the_same_object_twice_is_no_circle():
    shared = [1]
    assert as_result([shared, shared], print) == ActionResult([[1], [1]])


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (ActionResult((1,), content_type="text/csv", status_code=201, headers={"X-Count": 5}),
         ActionResult([1], content_type="text/csv", status_code=201, headers={"X-Count": "5"})),
        (ActionResult(branch="Big", wait=-1), ActionResult(branch="Big", wait=0.0)),
        (ActionResult(items=({"a": 1},)), ActionResult(items=[{"a": 1}])),
        (ActionResult(items=range(10**9)), ActionResult(items=range(10**9))),
        (ActionResult(state={"instanceState": {"n": (1,), "gone": None}}),
         ActionResult(state={"instanceState": {"n": [1], "gone": None}})),
        (FlowCall("Other", {1}, {"X": 1}), ActionResult(call=FlowCall("Other", [1], {"X": "1"}))),
    ],
)  # fmt: skip
def test_more_than_data_is_an_action_result(result, expected):
    assert as_result(result, print) == expected


@pytest.mark.parametrize(
    ("result", "message"),
    [
        (ActionResult(branch=5), "`branch` of the result must be text, not the number 5"),
        (ActionResult(content_type=b"a"), "`content_type` of the result must be text, not a bytes"),
        (ActionResult(status_code="200"), '`status_code` of the result must be a whole number, not the text "200"'),
        (ActionResult(status_code=True), "`status_code` of the result must be a whole number, not true"),
        (ActionResult(headers=["a"]), "`headers` of the result must be a mapping, not a list of 1"),
        (ActionResult(items="abc"), '`items` of the result must be a list, not the text "abc"'),
        (ActionResult(items={"a": 1}), "`items` of the result must be a list, not an object"),
        (ActionResult(wait="1"), '`wait` of the result must be a number of seconds, not the text "1"'),
        (ActionResult(wait=float("nan")), "`wait` of the result must be a number of seconds, not the number NaN"),
        (ActionResult(state={"instanceState": 1}),
         ("`state` of the result must be a mapping of instanceState, crossFlowState, executionState, integrationState "
         "to keys and values, not an object")),
        (ActionResult(state={"flow": {}}),
         "`state` of the result has flow; its kinds are instanceState, crossFlowState, executionState, integrationState"),
        (ActionResult(call="Other"), '`call` of the result must be a FlowCall with the name of a flow, not the text "Other"'),
        (ActionResult(call=FlowCall(None)), "`call` of the result must be a FlowCall with the name of a flow, not a FlowCall"),
    ],
)  # fmt: skip
def test_a_field_of_the_wrong_type_is_refused(result, message):
    with pytest.raises(ActionError) as caught:
        as_result(result, print)
    assert (caught.value.kind, caught.value.message) == ("bad-result", message)


def test_a_bad_result_is_told_with_the_file(component):
    path = component(ACT, "    return {'o': object()}")

    assert error_of(path) == (
        "not-json",
        "components/erp.py: `o` of the result is an object, which is no JSON",
    )


# --- the helper for tests


def test_inputs_come_as_in_a_run(component, tmp_path):
    (tmp_path / "erp.yml").write_text(SPECIFICATION)
    path = component(ACT, "    return inputs")

    assert perform(path, "act").data == {"name": None, "isUrgent": False, "size": "10"}
    assert perform(path, "act", {"name": "", "isUrgent": "yes", "size": 5, "more": 1}).data == {
        "name": None, "isUrgent": True, "size": 5, "more": 1,
    }  # fmt: skip


def test_inputs_of_a_known_component_have_the_defaults_of_the_catalogue(component):
    path = component("def httpPost(context, inputs):", "    return inputs['maxRedirects']", name="http.py")

    assert perform(str(path), "httpPost").data == "5"


def test_an_action_that_is_not_there_is_told(component):
    with pytest.raises(XchangeError) as caught:
        perform(component(ACT, "    return 1"), "other")
    assert caught.value.message.endswith("erp.py has no action `other`")
    assert caught.value.hint == "Its actions are: `act`."


def test_a_test_sees_what_the_code_did(component):
    path = component(
        "from xchange_cli.sdk import ActionResult, HttpRequest", ACT,
        "    context.require_access('erp.test', lambda: 'create order 7')",
        "    context.require_access('erp.test')",
        "    context.pause(2)",
        "    context.learn_secret('token', 'hunter')",
        "    context.log('warn', 'slow')",
        "    context.warn('odd')",
        "    client = context.kept('client', lambda: context.http)",
        "    answer = client.send(HttpRequest('POST', 'https://erp.test/orders', body=b'7'))",
        "    assert context.kept('client', object) is client",
        "    n = context.state('instanceState').get('n', 0)",
        "    return ActionResult([answer.status, context.config_vars['Page Size'], context.payload['body']['data'],",
        "        context.now().year, context.random(), list(context.random_bytes(2)), context.execution['stepId'],",
        "        context.step_results, context.seconds_left, context.idempotency_key],",
        "        state={'instanceState': {'n': n + 1}})",
    )  # fmt: skip
    context = ReadyContext(
        config_vars={"Page Size": 5},
        kept_state={"instanceState": {"n": 7}},
        answer=lambda request: HttpResponse(201, "Created", (), b"", request.url),
    )

    result = perform(path, "act", context=context)

    assert result.data == [201, 5, None, 2024, 0.5, [0, 1], "step", {}, 60.0, "test/step"]
    assert result.state == {"instanceState": {"n": 8}}
    assert context.http.requests == [HttpRequest("POST", "https://erp.test/orders", body=b"7")]
    assert (context.writes, context.pauses, context.secrets, context.warnings, context.lines) == (
        ["erp.test: create order 7"], [2], [("token", "hunter")], ["odd"], [LogLine("WARN", "slow")],
    )  # fmt: skip


def test_javascript_runs_in_a_test(component):
    path = component(ACT, "    return type(context.javascript).__name__")

    assert perform(path, "act").data == "CodeHost"


# --- installed packages


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Install a package with a component, as far as looking for it goes."""

    def install(entry, files):
        site = tmp_path / "site"
        (site / "acme_erp-1.0.dist-info").mkdir(parents=True)
        (site / "acme_erp-1.0.dist-info/METADATA").write_text(
            "Metadata-Version: 2.1\nName: acme-erp\nVersion: 1.0\n"
        )
        (site / "acme_erp-1.0.dist-info/entry_points.txt").write_text(
            f"[xchange.components]\nerp = {entry}\n"
        )
        for name, text in files.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text)
        monkeypatch.syspath_prepend(str(site))
        return site

    before = set(sys.modules)
    yield install
    for name in set(sys.modules) - before:
        if name.partition(".")[0].startswith("acme_"):
            del sys.modules[name]


FUNCTION = f"{ACT}\n    return inputs['size']\n"


@pytest.mark.parametrize(
    ("entry", "files"),
    [
        ("acme_erp.component", {"acme_erp/component.yml": SPECIFICATION, "acme_erp/component.py": FUNCTION}),
        ("acme_erp.component", {"acme_erp/spec.yml": SPECIFICATION, "acme_erp/component.py": FUNCTION}),
        ("acme_erp", {"acme_erp/spec.yml": SPECIFICATION, "acme_erp/__init__.py": FUNCTION}),
        ("acme_single", {"acme_single.yml": SPECIFICATION, "acme_single.py": FUNCTION}),
        ("acme_erp.deep:box.inner", {
            "acme_erp/deep.yml": SPECIFICATION,
            "acme_erp/deep.py": f"{FUNCTION}class box:\n    class inner:\n        ACTIONS = {{'act': act}}\n",
        }),
    ],
)  # fmt: skip
def test_an_installed_component_is_described_without_importing_it_and_performed(
    installed, tmp_path, entry, files
):
    from xchange_cli.project.own_code import OwnCodes
    from xchange_cli.project.project import Project
    from xchange_cli.validation.project_files import read_project_files

    module = entry.partition(":")[0]
    installed(entry, {"acme_erp/__init__.py": "", **files})
    project = Project(tmp_path)

    found = read_project_files(project, tmp_path)
    spec = found.catalog.action("erp", "act", is_public=False)

    assert (spec.inputs["size"].default, module in sys.modules) == ("10", False)
    assert "erp" in found.catalog.keys()  # noqa: SIM118 -- not a mapping
    own = Implementations(OwnCodes(project, found.specifications, tmp_path))
    assert own.named("erp", is_public=False) is None
    assert own.perform_for("erp", "act", is_public=False)(ReadyContext(), {"size": 3}).data == 3
    assert perform(entry, "act", {"size": 3}).data == 3


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "the component `erp` of the package acme-erp has no specification"),
        ({"acme_erp/spec.yml": "key: erp\n"}, "the component `erp` of the package acme-erp cannot be used: "),
        ({"acme_erp/spec.yml": SPECIFICATION.replace("key: erp", "key: crm")},
         "the component `erp` of the package acme-erp cannot be used: its specification has the key `crm`"),
    ],
)  # fmt: skip
def test_an_installed_component_that_cannot_be_used_is_told(installed, tmp_path, files, message):
    from xchange_cli.project.project import Project
    from xchange_cli.validation.project_files import read_project_files

    installed("acme_erp", {"acme_erp/__init__.py": "", **files})
    catalog = read_project_files(Project(tmp_path), tmp_path).catalog

    with pytest.raises(XchangeError) as caught:
        catalog.component("erp")
    assert caught.value.message.startswith(message)
    assert catalog.component("loop").key == "loop"


def test_an_installed_component_that_fails_to_load_is_told(installed):
    installed("acme_erp.gone", {"acme_erp/__init__.py": ""})
    own = Implementations({"erp": OwnCode("the component `erp`", None, "acme_erp.gone")})

    error = own.trouble("erp", "act")
    assert (
        error.message
        == "the component cannot be loaded: ModuleNotFoundError: No module named 'acme_erp.gone'"
    )


def test_the_project_comes_before_installed_packages(installed, tmp_path, component):
    from xchange_cli.project.own_code import OwnCodes
    from xchange_cli.project.project import Project

    installed("acme_erp", {"acme_erp/__init__.py": "", "acme_erp/spec.yml": SPECIFICATION})
    (tmp_path / "components").mkdir()
    path = component(ACT, "    return 1", name="components/erp.py")
    component("", name="components/other_name.py")
    project = Project(tmp_path)

    codes = OwnCodes(project, {}, tmp_path)
    assert codes["erp"] == OwnCode("components/erp.py", path)
    assert set(codes) == {"erp", "other_name"}
    assert len(codes) == 2
    described = OwnCodes(project, {"crm": Path(tmp_path, "components/other_name.yml")}, tmp_path)
    assert described["crm"].name == "components/other_name.py"
    assert "other_name" not in described
    assert "nobody" not in described
