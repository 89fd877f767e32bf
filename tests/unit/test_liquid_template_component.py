"""What the examples of liquid-template cannot show: values as LiquidJS writes them, its filters, errors and limits."""

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.liquid_template import transform
from xchange_cli.components.spec import ActionError


def rendered(template, context=None, **data):
    return transform(context or RecordingContext(), {"data": data, "liquidTemplate": template}).data


def failure(template, **data):
    with pytest.raises(ActionError) as caught:
        rendered(template, **data)
    error = caught.value
    assert error.input_key == "liquidTemplate"
    return error.kind, error.offset, error.message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "true"),
        (1.0, "1"),
        (1e21, "1e+21"),
        ([1, [2, None, False]], "12false"),
        ({"a": 1}, "[object Object]"),
        (b"ab", "ab"),
        ("ä😀", "ä😀"),
    ],
)
@pytest.mark.parametrize("template", ["{{ value }}", "{% echo value %}", "{{ value | append: '' }}"])
def test_values_are_written_as_javascript_writes_them(template, value, text):
    assert rendered(template, value=value) == text


@pytest.mark.parametrize(
    "template", ["{{ a }}", "{{ a.b.c }}", "{{ a[0].b }}", "{{ a | upcase }}", "{{ now }}{{ today }}"]
)
def test_what_is_missing_is_empty(template):
    assert rendered(template) == ""


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{{ 7 | divided_by: 2 }} {{ 7 | divided_by: 2, true }} {{ 1 | divided_by: 0 }}", "3.5 3 Infinity"),
        ("{{ 0.1 | plus: 0.2 }} {{ '3' | times: '4' }} {{ 5 | minus: 7 }}", "0.30000000000000004 12 -2"),
        ("{{ 2.5 | round }} {{ -2.5 | round }} {{ 3.14159 | round: 2 }} {{ 'x' | plus: 1 }}", "3 -2 3.14 NaN"),
        ("{{ -7 | modulo: 3 }} {{ -3.2 | abs }} {{ 1.2 | ceil }} {{ 1.8 | floor }}", "-1 3.2 2 1"),
        ("{{ 3 | at_least: 5 }} {{ 3 | at_most: 2 }} {{ missing | plus: 1 }}", "5 2 NaN"),
        ("{{ list | json }} {{ list | json: 1 }} {{ missing | json }}", '[1,{"a":"ä"}] [\n 1,\n {\n  "a": "ä"\n }\n] '),
        ("{{ list | push: 2 | size }} {{ list | pop | json }} {{ list | shift | size }}", "3 [1] 1"),
        ("{{ list | unshift: 0 | first }} {{ words | array_to_sentence_string }}", "0 a, b, and c"),
        ("{{ words | join }} {{ words | join: ', ' }} {{ (1..3) | join: '-' }} {{ (1..3) }}", "a b c a, b, c 1-2-3 123"),
        ("{{ ' a  b ' | normalize_whitespace }} {{ 'a b c' | number_of_words }} {{ '5' | to_integer }}", "a b 3 5"),
        ("{{ '<a>' | xml_escape }} {{ '<a>' | raw }} {{ '<a>' | escape }}", "&lt;a&gt; <a> &lt;a&gt;"),
        ("{{ orders | map: 'id' | join }} {{ orders | sum: 'n' }} {{ orders | where: 'n', 1 | size }}", "1 2 3.5 1"),
        ("{{ orders | group_by: 'n' | map: 'name' | join }}", "1 2.5"),
        ("{{ 'aXbX' | replace: 'X', '-' }} {{ 'a,b' | split: ',' | last }} {{ n | append: n }}", "a-b- b 11"),
    ],
)  # fmt: skip
def test_filters_give_what_liquidjs_gives(template, text):
    data = {
        "list": [1, {"a": "ä"}],
        "words": ["a", "b", "c"],
        "orders": [{"id": 1, "n": 1}, {"id": 2, "n": 2.5}],
        "n": 1,
    }

    assert rendered(template, **data) == text


def test_loops_conditions_and_white_space():
    template = "{% for p in o %}{{ p[0] }}={{ p[1] }}{% unless forloop.last %},{% endunless %}{% endfor %}"

    assert rendered(template, o={"a": 1, "b": [2, 3]}) == "a=1,b=23"
    assert rendered("a{% if x %} {% endif %}b{%- if not y %} c{% endif -%} d", x="") == "a bcd".replace(
        "c", " c"
    )
    assert rendered("{% liquid\n assign a = 2\n echo a | times: 3 %}") == "6"


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        ("2024-02-09T05:06:07.089Z", "%Y-%m-%d %H:%M:%S.%L %z", "2024-02-09 05:06:07.089 +0000"),
        ("2024-02-09T05:06:07Z", "%a %A %b %B %-d %e %j %y %C", "Fri Friday Feb February 9  9 040 24 20"),
        ("2024-02-09T15:06:07Z", "%I %l %k %p %P %u %w %U %W %V %G", "03  3 15 PM pm 5 5 05 06 06 2024"),
        ("2024-02-09T15:06:07.089Z", "%N %3N %s %q %^a %#B", "089000000 089 1707491167 th FRI fEBRUARY"),
        ("2024-02-09T15:06:07Z", "%F %T %D %R|%c|%x|%X", "2024-02-09 15:06:07 02/09/24 15:06|2/9/2024, 3:06:07 PM|2/9/2024|3:06:07 PM"),
        ("2024-02-09", "%% %t%n %E %_m %010d %:z %Z", "% \t\n %E  2 0000000009 +00:00 UTC"),
        ("2024-02-09", None, "Friday, February 9, 2024 at 12:00 am +0000"),
        ("now", "%Y-%m-%dT%H:%M:%S", "2024-05-17T09:30:15"),
        (1704067200, "%F", "2024-01-01"),
        ("", "%F", ""),
        ([1], "%F", "1"),
    ],
)  # fmt: skip
def test_dates_are_written_by_a_pattern(value, pattern, text):
    template = "{{ value | date }}" if pattern is None else "{{ value | date: pattern }}"

    assert rendered(template, value=value, pattern=pattern) == text


def test_dates_have_zones():
    template = "{{ '2024-07-01T12:00:00Z' | date: '%H:%M %z', zone }}"

    assert rendered(template, zone="Europe/Berlin") == "14:00 +0200"
    assert rendered(template, zone=240) == "08:00 -0400"
    assert failure(template, zone="Mars") == (
        "action-failed",
        None,
        'liquidTemplate: "Mars" is not a time zone; a name such as Europe/Berlin is needed',
    )


def test_what_is_no_date_is_written_as_it_is_with_a_warning():
    context = RecordingContext()

    assert rendered("{{ 'soon' | date: '%Y' }}", context) == "soon"
    assert context.warnings == [
        'date: the text "soon" is neither ISO 8601 text nor seconds; it is written as it is'
    ]


def test_a_filter_that_nobody_knows_does_nothing_with_a_warning():
    context = RecordingContext()

    assert rendered("{{ 'a' | shout: 3 }}{{ 'b' | shout }}", context) == "ab"
    assert context.warnings == [
        'the template has a filter "shout" that Liquid does not know; it does nothing'
    ]


@pytest.mark.parametrize(
    ("template", "offset", "message"),
    [
        ("a\n{% if a %}b", 13, "expected tag endif, found end of expression"),
        ("a\n{% nope %}", 5, "unexpected tag 'nope'"),
        ("{{ a b }}", 5, "expected end of expression, found word"),
        ("ab {{ a | where_exp: 'x', 'y' }}", 10, "unknown filter 'where_exp'"),
        ("{% render 'x' %}", 10, 'there is no template "x": templates cannot include others here'),
        ("{{ 1 | sort: 2, 3 }}", 7, None),
    ],
)
def test_an_error_has_its_place_in_the_template(template, offset, message):
    kind, found, said = failure(template)

    assert (kind, found) == ("action-failed", offset)
    assert said.startswith("liquidTemplate: ")
    assert message is None or said == f"liquidTemplate: {message}"


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% for i in (1..10000000000) %}{% endfor %}", "loops would run more than 1000000 times"),
        (
            "{% for i in (1..2000) %}{% for j in (1..2000) %}{% endfor %}{% endfor %}",
            "loops would run more than 1000000 times",
        ),
        ("{{ (1..10000000000) | join }}", "the range has more than 1000000 numbers"),
        ("{{ (1..10000000000) }}", "the range has more than 1000000 numbers"),
        (
            "{% assign x = '0123456789abcdef' %}{% for i in (1..60) %}{% assign x = x | append: x %}{% endfor %}",
            "local namespace limit reached",
        ),
        ("{% for i in (1..1000) %}{{ long }}{% endfor %}", "output stream limit reached"),
        ("{{ long | replace: 'x', long }}", "the text would have 10000000000 characters"),
        ("{% if 1 %}" * 150 + "{% endif %}" * 150, "nesting limit"),
    ],
)
def test_a_template_cannot_use_up_the_machine(template, message):
    assert message in failure(template, long="x" * 100_000)[2]


def test_numbers_do_not_grow_without_end():
    template = "{% assign x = 9 %}{% for i in (1..60) %}{% assign x = x | times: x %}{% endfor %}{{ x }}"

    assert rendered(template) == "Infinity"


def test_a_template_ends_with_the_time_of_the_run():
    with pytest.raises(ActionError) as caught:
        rendered("{% for i in (1..9) %}{% endfor %}", RecordingContext(seconds_left=0))
    assert (caught.value.kind, caught.value.message) == (
        "timeout",
        "liquidTemplate: the time of the run is over",
    )


def test_half_a_surrogate_pair_is_an_error():
    assert failure("{{ a }}", a="\ud800")[2] == (
        "liquidTemplate: the text has half a surrogate pair, which is no character"
    )


def test_data_that_is_nested_too_deeply_is_an_error():
    deep: list = []
    for _ in range(5000):
        deep = [deep]

    with pytest.raises(ActionError, match="the data is nested too deeply"):
        rendered("{{ deep }}", deep=deep)


@pytest.mark.parametrize("data", [None, "text", "[1]", 5])
def test_data_must_be_an_object(data):
    with pytest.raises(ActionError) as caught:
        transform(RecordingContext(), {"data": data, "liquidTemplate": "x"})
    assert caught.value.input_key == "data"
