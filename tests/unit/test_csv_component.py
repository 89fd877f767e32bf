"""What the examples of the component do not show: odd CSV, warnings, and that writing and reading are inverse."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contexts import RecordingContext
from xchange_cli.components.builtin.csv import generate, generate_from_object, parse
from xchange_cli.components.limits import LONGEST_TEXT
from xchange_cli.components.spec import ActionError

CELLS = st.text("ab ,;\"'\n\r\t\ufeff€", max_size=5)


def parsed(csv, context=None, **inputs):
    return parse(context or RecordingContext(), {"csv": csv, **inputs}).data


def generated(records, context=None, **inputs):
    return generate_from_object(context or RecordingContext(), {"inputArray": records, **inputs}).data


@pytest.mark.parametrize(
    ("csv", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("\ufeffa,b", [["a", "b"]]),
        (b"\xef\xbb\xbfa,b", [["a", "b"]]),
        ("a,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2", [["a", "b"], ["1", "2"]]),
        ("a,\n,", [["a", ""], ["", ""]]),
        (' a , "b"', [[" a ", ' "b"']]),
        ('"a,\n""b""",c', [['a,\n"b"', "c"]]),
        ('"","x"\n', [["", "x"]]),
        ("ä\u2028€,😀", [["ä\u2028€", "😀"]]),
        ({"data": b"a,b", "contentType": "text/csv"}, [["a", "b"]]),
        ({"data": "a,b", "contentType": "text/csv"}, [["a", "b"]]),
        ({"type": "Buffer", "data": [97, 44, 98]}, [["a", "b"]]),
    ],
)
def test_rows_are_read_as_they_stand(csv, rows):
    context = RecordingContext()

    assert (parsed(csv, context), context.warnings) == (rows, [])


@pytest.mark.parametrize(
    ("csv", "rows", "warning"),
    [
        ('"a', [["a"]], "the CSV has a quotation mark that is not closed, or text behind a closing one"),
        ('"a"b,c', [["ab", "c"]], "the CSV has a quotation mark that is not closed, or text behind a closing one"),
        ("a\n\nb", [["a"], ["b"]], "empty lines of the CSV are left out here; what the platform does is not documented"),
        ("\n", [], "empty lines of the CSV are left out here; what the platform does is not documented"),
        (b"a\xff", [["a\ufffd"]], "the bytes of csv are not UTF-8; bytes that are not text became \ufffd"),
    ],
)  # fmt: skip
def test_odd_csv_is_read_with_a_warning(csv, rows, warning):
    context = RecordingContext()

    assert (parsed(csv, context), context.warnings) == (rows, [warning])


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        ({"csv": None}, "csv is not set, or its value is null"),
        ({"csv": 5}, "csv: the number 5 is neither text nor a file"),
        ({"csv": [["a"]]}, "csv: a list of 1 is neither text nor a file"),
        ({"csv": {"type": "Buffer", "data": [256]}}, "csv: an object is neither text nor a file"),
        ({"csv": "a", "delimiter": '"'}, 'delimiter: the text "\\"" is not one character that can stand between cells'),
        ({"csv": "a", "delimiter": 1}, "delimiter: the number 1 is not one character that can stand between cells"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(inputs, message):
    with pytest.raises(ActionError) as caught:
        parse(RecordingContext(), inputs)

    assert (caught.value.message, caught.value.input_key) == (message, next(iter(reversed(inputs))))


def test_a_tab_stands_between_cells_where_it_is_the_delimiter():
    assert parsed('a,b\t"c\t"', delimiter="\t") == [["a,b", "c\t"]]


def test_a_million_quotation_marks_take_no_time():
    assert parsed('"' * 1_000_001) == [['"' * 500_000]]


def test_the_first_record_names_the_columns():
    context = RecordingContext()

    text = generated([{"b": 1, "a": True}, {"a": None, "c": 5, "b": "x"}], context)

    assert text == "b,a\n1,true\nx,"
    assert context.warnings == [
        'columns are the keys of the first record; left out are those that only others have: "c"'
    ]


def test_cells_are_quoted_where_they_must_be():
    assert generated([{"a": 'x"y', "b": "1,5", "c": "1;5", "d": "l\nm", "e": " "}], includeHeader=False) == (
        '"x""y","1,5",1;5,"l\nm"," "'
    )


def test_inner_objects_are_text_as_in_javascript_with_a_warning():
    context = RecordingContext()

    assert generated([{"a": {"x": 1}, "b": [1, 2]}], context) == 'a,b\n[object Object],"1,2"'
    assert len(context.warnings) == 1


def test_nothing_gives_an_empty_text():
    assert (generated([]), generate(RecordingContext(), {"data": []}).data) == ("", "")


def test_numbers_are_written_as_javascript_does():
    assert generated([{"a": 1e21, "b": 1.0, "c": 10**400, "d": float("nan")}], includeHeader=False) == (
        "1e+21,1,Infinity,NaN"
    )


def test_a_text_that_would_be_too_long_is_refused():
    with pytest.raises(ActionError) as caught:
        generated([{"a": "x" * (LONGEST_TEXT // 4)}] * 5)

    assert (caught.value.kind, caught.value.input_key) == ("too-large", "inputArray")


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), max_size=4), st.sampled_from(",;\t|]^"))
def test_what_is_written_is_read_back(rows, delimiter):
    text = generate(RecordingContext(), {"data": rows, "delimiter": delimiter}).data

    assert parsed(text, delimiter=delimiter) == rows
