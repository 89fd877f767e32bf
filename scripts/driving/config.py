"""A config set for any integration: defaults stay, everything else gets a value of its type."""

from typing import Any

from xchange_cli.components.catalog import Catalog
from xchange_cli.components.spec import InputSpec
from xchange_cli.configset.connection_spec import connection_spec
from xchange_cli.javascript.errors import JavaScriptError
from xchange_cli.javascript.quickjs import CodeHost
from xchange_cli.model.integration import ConfigVar, Integration

_ANYTHING = """
const fetch = (() => {
  const anything = new Proxy([0], {
    get(items, key) {
      if (key === "then") return undefined;
      if (key === Symbol.toPrimitive || key === "toJSON" || key === "toString") return () => "example";
      if (key === "0") return anything;
      return key in items ? items[key] : anything;
    },
  });
  const text = async () => "example";
  return async () => ({ ok: true, status: 200, json: async () => anything, text });
})();
"""
"""A `fetch` whose answers have whatever the code looks for."""

_VALUES: dict[str, Any] = {
    "number": 1,
    "boolean": True,
    "date": "2026-01-31",
    "timestamp": "2026-01-31T12:00:00.000Z",
    "code": "",
    "schedule": "*/15 * * * *",
    "objectSelection": [{"object": {"key": "example"}, "fields": [{"key": "example"}]}],
    "objectFieldMap": {"fields": [{"field": {"key": "example"}, "mappedField": {"key": "example"}}]},
}


def example_set(integration: Integration, catalog: Catalog) -> dict[str, Any]:
    """Give the data of a config set."""
    connections = [one for one in integration.config_vars if one.data_type == "connection"]
    return {
        "values": {
            variable.key: _value(variable)
            for variable in integration.config_vars
            if variable.data_type != "connection" and not variable.default
        },
        "connections": {
            variable.key: {
                "fields": _fields(variable, catalog),
                "token": {"access_token": "token-of-nobody", "instance_url": "https://example.test"},
            }
            for variable in connections
        },
    }


def _value(variable: ConfigVar) -> Any:
    if variable.collection == "valuelist":
        return ["example"]
    if variable.collection == "keyvaluelist":
        return [{"key": "example", "value": "example"}]
    if variable.data_type == "jsonForm":
        return _form_data(variable)
    if variable.pick_list:
        return variable.pick_list[0]
    return _VALUES.get(variable.data_type, f"example of {variable.key}")


def _form_data(variable: ConfigVar) -> Any:
    """Give what a form made by code begins with, as if its user had just confirmed it."""
    code = variable.inputs.get("code")
    if code is None:
        return {}
    asked = {"connection": {"fields": {}, "token": {}}, "contextValue": ""}
    source = f"{_ANYTHING}{getattr(code.expression, 'value', '')}"
    try:
        form = CodeHost().run_module(source, context={}, step_results=asked, seconds=5).value
    except JavaScriptError:
        return {}
    return form.get("data", {}) if isinstance(form, dict) else {}


def _fields(variable: ConfigVar, catalog: Catalog) -> dict[str, Any]:
    spec = connection_spec(variable, catalog)
    inputs = spec.inputs.values() if spec else ()
    return {given.key: _field(given) for given in inputs if given.default in {None, ""}}


def _field(given: InputSpec) -> str:
    if given.choices:
        return given.choices[0]
    return "false" if given.type == "boolean" else f"{given.key}-of-nobody"
