"""What changes nothing: values that a key has anyway, written out or left out, and what has no order."""

from collections.abc import Iterator
from typing import Any

from change_ways.edits import drop, put
from change_ways.effects import GET, POST
from change_ways.file import File, Place, StepPlace
from change_ways.names import said_below
from change_ways.way import Site

_DEFAULTS: dict[str, tuple[tuple[str, Any], ...]] = {
    "integration": (
        ("description", ""),
        ("documentation", ""),
        ("category", ""),
        ("labels", []),
        ("endpointType", "flow_specific"),
    ),
    "flow": (
        ("description", ""),
        ("isSynchronous", False),
        ("isAgentFlow", False),
        ("endpointSecurityType", "customer_optional"),
        ("retryConfig", None),
    ),
    "step": (("description", ""), ("isTrigger", False)),
    "variable": (("orgOnly", False), ("description", ""), ("defaultValue", "")),
    "page": (("tagline", ""), ("userLevelConfigured", False)),
}
_FAILS = {
    "errorHandlerType": "fail",
    "maxAttempts": 0,
    "delaySeconds": 0,
    "usesExponentialBackoff": False,
    "ignoreFinalError": False,
}


def _parts(file: File) -> Iterator[tuple[str, Place | StepPlace]]:
    yield "integration", Place((), file.data, [])
    yield from (("flow", place) for place in file.flows)
    yield from (("step", place) for place in file.steps)
    yield from (("variable", place) for place in file.variables)
    yield from (("page", place) for place in file.pages)


def write_a_default_out(file: File) -> Iterator[Site]:
    """A key that is not written has this value."""
    for kind, place in _parts(file):
        for key, value in _DEFAULTS[kind]:
            if key not in place.part:
                yield put(place, key, value)


def leave_a_default_out(file: File) -> Iterator[Site]:
    """A key that is not written has this value."""
    for kind, place in _parts(file):
        for key, value in _DEFAULTS[kind]:
            if key in place.part and place.part[key] == value:
                yield drop(place, key)


def write_all_defaults_out(file: File) -> Iterator[Site]:
    """Exports write more keys than people do."""
    sites = tuple(write_a_default_out(file))

    def make() -> None:
        for site in sites:
            site.make()

    yield Site(make, (), ((),))


def say_that_a_failure_ends_the_run(file: File) -> Iterator[Site]:
    """It does anyway; exports write all five keys."""
    for step in file.steps:
        if "errorConfig" not in step.part and not step.is_trigger:
            yield put(step, "errorConfig", dict(_FAILS))


def write_how_often_an_ignored_step_is_tried(file: File) -> Iterator[Site]:
    """Nobody asks for it."""
    for step in file.steps:
        if (step.part.get("errorConfig") or {}).get("errorHandlerType") == "ignore":
            yield put(step, ("errorConfig", "maxAttempts"), 4)


def name_the_latest_version(file: File) -> Iterator[Site]:
    """Without a version it is the newest."""
    for step in file.steps:
        if step.part["action"]["component"].get("version") == "LATEST":
            yield drop(step, ("action", "component", "version"))


def leave_out_that_a_component_is_public(file: File) -> Iterator[Site]:
    """Components are public unless the file says otherwise."""
    for step in file.steps:
        if step.part["action"]["component"].get("isPublic") is True:
            yield drop(step, ("action", "component", "isPublic"))


def leave_out_empty_inputs(file: File) -> Iterator[Site]:
    """A step without inputs is given nothing."""
    for step in file.steps:
        if step.part.get("inputs") == {}:
            yield drop(step, "inputs")


def give_an_input_no_value(file: File) -> Iterator[Site]:
    """An empty text is as good as no input."""
    for step in file.steps:
        if step.action in {GET, POST} and "includeFullResponse" not in step.inputs:
            yield put(step, ("inputs", "includeFullResponse"), {"type": "value", "value": ""})


def show_a_variable_to_all(file: File) -> Iterator[Site]:
    """They see it anyway."""
    for variable in file.variables:
        if not variable.part.get("orgOnly") and "meta" not in variable.part:
            yield put(variable, "meta", {"visibleToCustomerDeployer": True, "visibleToOrgDeployer": True})


def write_the_older_keys_of_visibility(file: File) -> Iterator[Site]:
    """Older exports put `is` in front of them."""
    for variable in file.variables:
        meta = variable.part.get("meta") or {}
        if "visibleToCustomerDeployer" in meta:
            older = {
                f"is{key[0].upper()}{key[1:]}" if key.startswith("visible") else key: meta[key]
                for key in meta
            }
            yield put(variable, "meta", older)


def allow_no_agent(file: File) -> Iterator[Site]:
    """Without the key it is not allowed."""
    for place in file.connections:
        if "onPremiseConnectionConfig" not in place.part:
            yield put(place, "onPremiseConnectionConfig", "disallowed")
        elif place.part["onPremiseConnectionConfig"] == "disallowed":
            yield drop(place, "onPremiseConnectionConfig")


def write_a_number_without_quotes(file: File) -> Iterator[Site]:
    """A default is text, whatever it looks like."""
    for variable in file.values:
        if variable.part["dataType"] == "number" and str(variable.part.get("defaultValue", "")).isdecimal():
            yield put(variable, "defaultValue", int(variable.part["defaultValue"]))


def write_a_list_with_other_blanks(file: File) -> Iterator[Site]:
    """A default is JSON, and blanks mean nothing in it."""
    for variable in file.values:
        default = variable.part.get("defaultValue")
        if variable.part.get("collectionType") and default:
            yield put(variable, "defaultValue", default.replace(", ", ",").replace(",", " , "))


def list_variables_in_another_order(file: File) -> Iterator[Site]:
    """Pages say in which order they are asked."""
    if len(file.variables) > 1:
        yield Site(file.data["requiredConfigVars"].reverse, (), (("requiredConfigVars",),))


def list_flows_in_another_order(file: File) -> Iterator[Site]:
    """Each starts by itself."""
    if len(file.flows) > 1:
        yield Site(file.data["flows"].reverse, (), (("flows",),))


def list_labels_in_another_order(file: File) -> Iterator[Site]:
    """They are a set."""
    if len(file.data.get("labels") or []) > 1:
        yield Site(file.data["labels"].reverse, (), (("labels",),))


def send_headers_in_another_order(file: File) -> Iterator[Site]:
    """No receiver may rely on it."""
    for step in file.steps:
        headers = step.inputs.get("headers", {}).get("value")
        if step.action in {GET, POST} and isinstance(headers, list) and len(headers) > 1:
            yield put(step, ("inputs", "headers", "value"), headers[::-1])


def require_fields_in_another_order(file: File) -> Iterator[Site]:
    """The lists of a schema that name fields are sets."""
    for flow in file.flows:
        schema = (flow.part.get("schemas") or {}).get("invoke") or {}
        values = next((one["enum"] for one in schema.get("properties", {}).values() if "enum" in one), [])
        if len(values) > 1:
            keys = ("schemas", "invoke", "properties")
            changed = {
                key: {**one, "enum": one["enum"][::-1]} if "enum" in one else one
                for key, one in schema["properties"].items()
            }
            yield put(flow, keys, changed)


def write_a_path_with_brackets(file: File) -> Iterator[Site]:
    """`a.b` and `a["b"]` are the same path."""
    for said in said_below(file.data):
        head, dot, last = said.part["value"].rpartition(".")
        if said.part["type"] == "reference" and dot and last.isidentifier() and "results" in head:

            def make(part: Any = said.part, text: str = f'{head}["{last}"]') -> None:
                part["value"] = text

            yield Site(make, (), (said.path,))


def leave_out_the_empty_name_of_a_term(file: File) -> Iterator[Site]:
    """The terms of conditions have no names."""
    for said in said_below(file.data):
        if said.part.get("name") == "":
            yield Site(lambda part=said.part: part.pop("name"), (), (said.path,))


def say_that_it_is_utc(file: File) -> Iterator[Site]:
    """No time zone is UTC."""
    for step in file.triggers:
        meta = (step.part.get("schedule") or {}).get("meta") or {}
        if meta.get("timeZone") == "":
            yield put(step, ("schedule", "meta", "timeZone"), "UTC")


def _codes(file: File) -> Iterator[tuple[StepPlace, str]]:
    """Yield the steps with code, in which no text has several lines."""
    for step in file.steps:
        said = step.inputs.get("code", {})
        if step.action[0] == "code" and said.get("type") == "value" and "`" not in said["value"]:
            yield step, said["value"]


def indent_code_otherwise(file: File) -> Iterator[Site]:
    """Engines read words, and line ends between them."""
    for step, code in _codes(file):
        lines = (f"    {line}  " for line in code.splitlines())
        yield put(step, ("inputs", "code", "value"), "\n\n".join(lines))


def comment_code(file: File) -> Iterator[Site]:
    """Comments are for people, in code as in YAML."""
    for step, code in _codes(file):
        yield put(step, ("inputs", "code", "value"), f"// What this is for.\n{code}\n/* Until here. */\n")
