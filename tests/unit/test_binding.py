"""Values of a config set bound to an integration, and what is wrong at which place."""

import pytest

from binding_cases import bound, findings
from xchange_cli.configset.bind import Binding

SIZES = """\
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '25'}
  - {key: API Base, dataType: string, defaultValue: ''}
"""


def test_values_of_the_set_are_typed_and_win_over_defaults():
    config = "values: {Page Size: '50', API Base: 'https://${env:HOST}'}"
    assert bound(SIZES, config, HOST="acme.test") == Binding(
        values={"Page Size": 50, "API Base": "https://acme.test"},
        secrets=(),
        origins={"Page Size": "set dev", "API Base": "set dev"},
        diagnostics=(),
    )


def test_options_win_over_the_set():
    binding = bound(SIZES, "values: {Page Size: 50, API Base: x}", overrides={"Page Size": "7"})
    assert binding.values == {"Page Size": 7, "API Base": "x"}
    assert binding.origins == {"Page Size": "--var", "API Base": "set dev"}


def test_what_is_not_set_falls_back():
    binding = bound(SIZES, "values: {Page Size: null, API Base: ''}", overrides={"Page Size": ""})
    assert binding.values == {"Page Size": 25, "API Base": ""}
    assert binding.origins == {"Page Size": "default", "API Base": "set dev"}


def test_options_are_taken_as_they_are():
    assert bound(SIZES, overrides={"API Base": "${env:X}"}).values["API Base"] == "${env:X}"


def test_numbers_in_a_text_variable_are_kept_as_written():
    assert bound(SIZES, "values: {API Base: 1.10}").values["API Base"] == "1.10"


def test_numbers_in_a_list_of_texts_are_kept_as_written():
    versions = "requiredConfigVars: [{key: V, dataType: string, collectionType: valuelist}]"
    assert bound(versions, "values: {V: [1.10, '${env:A}']}", A="2").values == {"V": ["1.10", "2"]}


def test_a_missing_value_is_reported_in_the_first_line_of_the_set():
    binding = bound(SIZES, "# Acme\nvalues: {Page Size: 50}\n")
    assert findings(binding) == [
        (
            "error",
            "missing-config-value",
            "the config variable `API Base` has no value",
            "dev.yml:1:1",
            "# Acme",
        )
    ]
    assert binding.diagnostics[0].hint == (
        'Add `API Base: …` under `values` of the config set, or pass `--var "API Base=…"`.'
    )
    assert "API Base" not in binding.values


def test_without_a_set_a_missing_value_is_reported_at_its_variable():
    binding = bound("requiredConfigVars:\n  - {key: 'On: off', dataType: boolean}\n")
    assert findings(binding) == [
        (
            "error",
            "missing-config-value",
            "the config variable `On: off` has no value",
            "integration.yml:2:11",
            "'On: off'",
        )
    ]
    assert binding.diagnostics[0].hint == 'Choose a set with `--config`, or pass `--var "On: off=true"`.'


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("string, collectionType: valuelist", "`V: […]`"),
        ("string, collectionType: keyvaluelist", "`V: {…}`"),
        ("date", "`V: YYYY-MM-DD`"),
        ("code", "`V: …`"),
    ],
)
def test_the_hint_shows_what_a_value_looks_like(more, line):
    (found,) = bound(f"requiredConfigVars: [{{key: V, dataType: {more}}}]", "{}").diagnostics
    assert line in found.hint


def test_only_what_the_run_needs_can_be_missing():
    assert bound(SIZES, "{}", needed=["Page Size"]).diagnostics == ()


def test_a_value_that_does_not_fit_is_an_error_even_if_nobody_needs_it():
    binding = bound(SIZES, "values:\n  Page Size: fifty\n", needed=[])
    assert findings(binding) == [
        ("error", "bad-config-value", "`Page Size` needs a number", "dev.yml:2:14", "fifty")
    ]
    assert binding.values == {}


def test_an_option_that_does_not_fit_is_reported_in_the_option():
    assert findings(bound(SIZES, overrides={"Page Size": "fifty"}, needed=[])) == [
        ("error", "bad-config-value", "`Page Size` needs a number", "--var:1:11", "fifty")
    ]


def test_the_offending_entry_of_a_list_is_pointed_at():
    numbers = "requiredConfigVars: [{key: N, dataType: number, collectionType: valuelist}]"
    assert findings(bound(numbers, "values: {N: [1, x]}")) == [
        ("error", "bad-config-value", "`N` needs a number in every entry", "dev.yml:1:17", "x")
    ]


def test_a_default_that_does_not_fit_matters_only_where_it_is_used():
    broken = "requiredConfigVars: [{key: N, dataType: number, defaultValue: many}]"
    assert findings(bound(broken, needed=["N"])) == [
        ("error", "bad-config-value", "`N` needs a number", "integration.yml:1:63", "many")
    ]
    assert bound(broken, needed=[]).diagnostics == ()
    assert bound(broken, "values: {N: 1}").diagnostics == ()


def test_values_for_unknown_variables_are_warnings():
    binding = bound(
        SIZES,
        "values: {page size: 50, API Base: x}\nconnections: {Api Base Two: {}}",
        overrides={"Colour": "red"},
    )
    message = "the integration has no config variable"
    assert findings(binding) == [
        ("warning", "unknown-config-value", f"{message} `Colour`", "--var:1:1", "Colour"),
        ("warning", "unknown-config-value", f"{message} `page size`", "dev.yml:1:10", "page size"),
        ("warning", "unknown-config-value", f"{message} `Api Base Two`", "dev.yml:2:15", "Api Base Two"),
    ]
    assert [found.hint for found in binding.diagnostics] == [
        "",
        "Did you mean `Page Size`?",
        "Did you mean `API Base`?",
    ]


def test_values_in_the_wrong_part_say_where_they_go():
    config = "values: {Db: x}\nconnections: {Db: {}}"
    both = "requiredConfigVars: [{key: Db, dataType: connection}, {key: N, dataType: number}]"
    binding = bound(both, config + "\n  \n", overrides={"Db": "x"}, needed=[])
    message = "`Db` is a connection, which is more than one value"
    assert findings(binding) == [
        ("error", "bad-config-value", message, "--var:1:1", "Db"),
        ("error", "bad-config-value", message, "dev.yml:1:10", "Db"),
    ]
    binding = bound(both, "connections: {N: {}}", needed=[])
    assert findings(binding) == [("error", "bad-config-value", "`N` is no connection", "dev.yml:1:15", "N")]
    assert binding.diagnostics[0].hint == "Its value goes under `values`."


def test_findings_of_the_set_itself_are_included():
    assert [found.rule for found in bound(SIZES, "extends: base", needed=[]).diagnostics] == ["bad-extends"]


def test_a_placeholder_without_a_value_matters_only_where_it_is_used():
    config = "values: {Page Size: '${env:SIZE}', API Base: x}"
    assert findings(bound(SIZES, config)) == [
        (
            "error",
            "unresolved-placeholder",
            "the environment variable SIZE is not set",
            "dev.yml:1:28",
            "SIZE",
        )
    ]
    binding = bound(SIZES, config, needed=["API Base"])
    assert (binding.diagnostics, binding.values) == ((), {"API Base": "x"})


def test_a_malformed_placeholder_is_always_an_error():
    binding = bound(SIZES, "values: {Page Size: '${SIZE}'}", needed=[])
    assert [found.rule for found in binding.diagnostics] == ["bad-placeholder"]
