"""Edits of texts: what they change, what they leave alone, and what they refuse."""

import stat
import sys

import pytest

from xchange_cli.diagnostics import Edit
from xchange_cli.document import edit, entries
from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.document.quoting import fits_plain, quoted, written_text
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.source import Source


def at(source, start, end, text):
    return Edit(source.span(start, end), text)


def root(text):
    return parse(Source("file.yml", text)).root


def after(text, change):
    """Give the text as an edit of its root leaves it; None where there is no edit."""
    source = Source("file.yml", text)
    made = change(parse(source).root)
    return None if made is None else edit.apply(source, [made])


def test_edits_are_made_at_the_places_of_the_old_text_in_any_order():
    source = Source("file.yml", "one two three")
    edits = [at(source, 8, 13, "3"), at(source, 0, 3, "1"), at(source, 13, 13, "!"), at(source, 3, 4, "")]
    assert edit.apply(source, edits) == "1two 3!"


@pytest.mark.parametrize("other", [(2, 5), (0, 1), (1, 1), (0, 0)])
def test_edits_that_are_in_each_others_way_are_refused(other):
    source = Source("file.yml", "one two three")
    with pytest.raises(ValueError, match=r"two edits of .* are in each other's way"):
        edit.apply(source, [at(source, 0, 3, "1"), at(source, *other, "2")])


def test_an_edit_outside_of_the_text_is_refused():
    source = Source("file.yml", "one")
    with pytest.raises(ValueError, match="lies outside"):
        edit.apply(source, [at(source, 2, 4, "")])


@pytest.mark.parametrize("text", ["a: 1\r\nb: é\n", "", "🎉\r"])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff")],
)
def test_bytes_come_back_as_they_were_read(text, encoding, mark):
    data = mark + text.encode(encoding)
    source = Source.decode("file.yml", data)
    assert edit.encode(source, source.text) == data


def test_a_written_file_keeps_its_mode_and_leaves_nothing_beside_it(tmp_path):
    path = tmp_path / "file.yml"
    path.write_bytes(b"a: 1\r\n")
    path.chmod(0o640)
    source = Source.read(path)
    edit.write(path, source, "a: 2\r\n")
    assert path.read_bytes() == b"a: 2\r\n"
    assert [each.name for each in tmp_path.iterdir()] == ["file.yml"]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_goes_on_leading_to_the_file_that_is_written(tmp_path):
    (tmp_path / "real.yml").write_text("a: 1\n")
    link = tmp_path / "link.yml"
    link.symlink_to("real.yml")
    edit.write(link, Source.read(link), "a: 2\n")
    assert (link.is_symlink(), (tmp_path / "real.yml").read_text()) == (True, "a: 2\n")


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path):
    path = tmp_path / "file.yml"
    path.write_text("a: 1\n")
    source = Source.read(path, "file.yml")
    path.write_text("a: mine\n")
    with pytest.raises(XchangeError) as refused:
        edit.write(path, source, "a: 2\n")
    assert refused.value.code is ErrorCode.UNREADABLE
    assert refused.value.message == "file.yml was changed by somebody else meanwhile, so it is left as it is"
    assert path.read_text() == "a: mine\n"


def test_a_file_that_is_gone_meanwhile_is_told(tmp_path):
    source = Source("file.yml", "a: 1\n")
    with pytest.raises(XchangeError, match=r"file\.yml cannot be written: No such file"):
        edit.write(tmp_path / "file.yml", source, "a: 2\n")


@pytest.mark.parametrize(
    ("text", "style", "written"),
    [
        ("Hello", "", "Hello"),
        ("no", "", "'no'"),
        ("a: b", "", "'a: b'"),
        ("it's", "'", "'it''s'"),
        ("two\nlines", "'", '"two\\nlines"'),
        ('say "x"', '"', '"say \\"x\\""'),
        ("\u2028\x7f", "", '"\\u2028\\u007f"'),
        ("", "", "''"),
    ],
)
def test_text_is_quoted_as_little_as_its_characters_allow(text, style, written):
    assert quoted(text, style) == written
    assert root(f"a: {written}\n").data == {"a": text}


def test_only_harmless_words_stand_without_quotes():
    assert [
        word for word in ("listFiles", "Yes", "a b", "1a", "a#", "x: y", "-a", "", "é") if fits_plain(word)
    ] == [
        "listFiles",
        "a b",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a: &x 'one'\n", "one"),
        ("a: !!str one\n", "one"),
        ("a: one\n", "one"),
        ('a: "o\\u006ee"\n', None),
        ("a: 'it''s'\n", None),
        ("a: ''\n", None),
    ],
)
def test_the_place_of_a_text_lies_inside_of_quotes_anchor_and_tag(text, written):
    node = root(text).get("a")
    assert isinstance(node, Scalar)
    span = written_text(node)
    assert (span and span.text) == written


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("name: A\nflows: []\n", "name: A\nnew: ''\nflows: []\n"),
        ("name: A # why\r\n# flows\r\nflows: []\r\n", "name: A # why\r\n# flows\r\nnew: ''\r\nflows: []\r\n"),
        ("{name: A, flows: []}", "{name: A, new: '', flows: []}"),
        ("{ flows: []}", "{ new: '', flows: []}"),
        ("{name: A,\n  flows: []}", None),
        ("? flows\n: []\n", None),
        ("base: &b {flows: []}\n<<: *b\n", None),
    ],
)
def test_an_entry_is_put_in_front_of_a_key(text, wanted):
    assert after(text, lambda node: entries.insert_entry(node, "new: ''", before="flows")) == wanted


def test_an_entry_at_the_dash_of_an_item_keeps_the_item_together():
    text = "steps:\n  - flows: 1\n    b: 2\n"
    change = lambda node: entries.insert_entry(node.sequence("steps").items[0], "new: 0", before="flows")  # noqa: E731
    assert after(text, change) == "steps:\n  - new: 0\n    flows: 1\n    b: 2\n"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\nold: 2\nb: 3\n", "a: 1\nb: 3\n"),
        ("a: 1\r\nold:\r\n  x: [1,\r\n    2]  \r\n# next\r\nb: 3\r\n", "a: 1\r\n# next\r\nb: 3\r\n"),
        ("a: 1\nold: |\n  text\n", "a: 1\n"),
        ("a: 1\nold: 2", "a: 1\n"),
        ("{a: 1, old: 2, b: 3}", "{a: 1, b: 3}"),
        ("{a: 1, old: 2}", "{a: 1}"),
        ("{old: 2}", "{}"),
        ("a: 1\nold: 2 # why\n", None),
        ("old: 1\n", None),
        ("a: 1\nold: &x 2\nb: *x\n", None),
        ("base: &b {old: 1}\n<<: *b\n", None),
        ("a: 1\n? old\n: 2\n", None),
        ("{a: 1,\n old: 2}", None),
    ],
)
def test_an_entry_is_taken_out_with_its_line_and_nothing_else(text, wanted):
    assert after(text, lambda node: entries.remove_entry(node, "old")) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- a\n- b\n- c\n", "- a\n- c\n"),
        ("- a\n- x: 1\n  y: 2\n", "- a\n"),
        ("[a, b, c]", "[a, c]"),
        ("[a, b]", "[a]"),
        ("- a\n- b # why\n", None),
        ("- a\n- &b b\n", None),
        ("- a\n- - b\n", "- a\n"),
        ("- &s [x, y]\n- *s\n", "- &s [x, y]\n"),
    ],
)
def test_an_item_is_taken_out_with_its_dash_or_comma(text, wanted):
    assert after(text, lambda node: entries.remove_item(node, 1)) == wanted


def test_the_only_item_of_a_block_list_stays():
    assert after("- a\n", lambda node: entries.remove_item(node, 0)) is None


@pytest.mark.parametrize(
    ("text", "flow"),
    [
        ("{a: 1}", True),
        ("&x !!map\n# why\n{a: 1}", True),
        ("a: {b: 1}\na: {b: 1}\n", False),
        ("- [1]\n", False),
    ],
)
def test_brackets_tell_flow_style_from_block_style(text, flow):
    node = root(text)
    assert isinstance(node, Mapping | Sequence)
    assert entries.is_flow(node) == flow
