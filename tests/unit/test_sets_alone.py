"""Config sets judged without an environment: placeholders stay unknown, and are never wrong."""

import pytest

from binding_cases import CATALOG, no_files
from xchange_cli.configset.bind import bind
from xchange_cli.configset.placeholders import UnknownText, expand
from xchange_cli.configset.read import read_config_set
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.source import Source


def node(text):
    return parse(Source("dev.yml", text)).root


def test_a_text_with_placeholders_is_unknown_and_kept_as_it_is_written():
    expanded = expand(node("['a ${env:X}', '${secret:file:/y}', 'b', '$${c}']"), None)
    assert expanded == (["a ${env:X}", "${secret:file:/y}", "b", "${c}"], (), (), ())
    assert [type(item) for item in expanded.data] == [UnknownText, UnknownText, str, str]


def test_a_placeholder_that_nobody_can_read_is_wrong_all_the_same():
    expanded = expand(node("'${env:X} ${enw:Y}'"), None)
    assert [found.message for found in expanded.malformed] == ["`enw` is no source of values"]


def messages(variables, values):
    integration = build(parse(Source("integration.yml", f"requiredConfigVars: [{variables}]")).root)
    config = Source("dev.yml", f"values: {values}")
    binding = bind(
        integration,
        read_config_set(config, "dev", sibling=no_files, check=lambda _: ()),
        catalog=CATALOG,
        overrides={},
        environment=None,
        read_file=no_files,
        needed=None,
    )
    return [found.message for found in binding.diagnostics]


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("dataType: number", "'${env:X}'"),
        ("dataType: date", "'${env:X}-01'"),
        ("dataType: picklist, pickList: [a]", "'${file:x}'"),
        ("dataType: schedule", "{value: '${env:X}', time_zone: '${env:Y}'}"),
        ("dataType: schedule", "'${env:X}'"),
        ("dataType: number, collectionType: valuelist", "'${env:X}'"),
        ("dataType: number, collectionType: valuelist", "[1, '${env:X}']"),
        ("dataType: number, collectionType: keyvaluelist", "{a: '${env:X}'}"),
        ("dataType: jsonForm", "'${env:X}'"),
    ],
)
def test_unknown_text_fits_every_type(variable, value):
    assert messages(f"{{key: V, {variable}}}", f"{{V: {value}}}") == []


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        (
            "dataType: number, collectionType: valuelist",
            "['${env:X}', a]",
            "`V` needs a number in every entry",
        ),
        ("dataType: schedule", "{value: '* *', time_zone: '${env:Y}'}", "`V` needs cron text of five fields"),
        ("dataType: schedule", "{value: '${env:Y}', time_zone: Nowhere}", "`V` needs a known time zone"),
    ],
)
def test_what_stands_beside_unknown_text_is_checked(variable, value, message):
    assert messages(f"{{key: V, {variable}}}", f"{{V: {value}}}") == [message]
