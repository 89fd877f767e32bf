"""Bytes → text with places."""

import os
from pathlib import Path

import pytest

from xchange_cli.errors import ErrorCode, Place, XchangeError
from xchange_cli.source import MAX_BYTES, Position, Source, Span

TEXT = "name: é🎉\r\n"


@pytest.mark.parametrize(
    ("data", "encoding", "has_bom"),
    [
        (TEXT.encode(), "utf-8", False),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8", True),
        (TEXT.encode("utf-16-le"), "utf-16-le", False),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le", True),
        (TEXT.encode("utf-16-be"), "utf-16-be", False),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be", True),
    ],
)
def test_the_encoding_is_recognised_and_the_byte_order_mark_is_no_text(data, encoding, has_bom):
    source = Source.decode("a.yml", data)
    assert (source.name, source.text, source.encoding, source.has_bom) == ("a.yml", TEXT, encoding, has_bom)


def test_empty_bytes_are_an_empty_text():
    source = Source.decode("a.yml", b"")
    assert (source.text, source.encoding, source.has_bom) == ("", "utf-8", False)


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"a: 1\nb: \xff\n", Place("a.yml", 2, 4), "not UTF-8 text: byte 0xff"),
        ("🎉é: ".encode() + b"\xe9", Place("a.yml", 1, 5), "not UTF-8 text: byte 0xe9"),
        (b"\xef\xbb\xbfa\r\n\xc3", Place("a.yml", 2, 1), "not UTF-8 text: byte 0xc3"),
        (b"\xff\xfea\0\n\0b", Place("a.yml", 2, 1), "not UTF-16-LE text: byte 0x62"),
        (b"\xff\xfea\0\x00\xdc", Place("a.yml", 1, 2), "not UTF-16-LE text: byte 0x00"),
        (b"\xed\xa0\x80", Place("a.yml", 1, 1), "not UTF-8 text: byte 0xed"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data, place, message):
    with pytest.raises(XchangeError) as caught:
        Source.decode("a.yml", data)
    assert (caught.value.code, caught.value.place) == (ErrorCode.UNREADABLE, place)
    assert caught.value.message == message
    assert caught.value.hint == "Save the file as UTF-8."


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a", ["a"]),
        ("a\n", ["a", ""]),
        ("a\nb", ["a", "b"]),
        ("a\r\nb\r\n", ["a", "b", ""]),
        ("a\rb\r", ["a", "b", ""]),
        ("a\n\rb", ["a", "", "b"]),
        ("a\r\r\nb", ["a", "", "b"]),
        ("a\x85b\u2028c\u2029d\x0be\x0cf\x1cg", ["a\x85b\u2028c\u2029d\x0be\x0cf\x1cg"]),
    ],
)
def test_a_line_ends_at_lf_crlf_or_cr_and_at_nothing_else(text, lines):
    source = Source("a.yml", text)
    assert [source.line(number) for number in range(1, len(source.line_starts) + 1)] == lines


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (1, (1, 2)), (2, (1, 3)), (3, (1, 4)), (4, (2, 1)), (5, (2, 2)), (6, (3, 1)), (7, (3, 2))],
)
def test_positions_count_characters_and_not_bytes(offset, position):
    assert Source("a.yml", "🎉é\r\n👩\nx").position(offset) == Position(*position)


def test_the_line_table_starts_each_line_behind_the_end_of_the_one_before():
    assert Source("a.yml", "a\r\nb\rc\n").line_starts == [0, 3, 5, 7]


def test_a_span_knows_its_text_its_place_and_both_its_ends():
    source = Source("a.yml", "a: 1\nkey: 🎉!\n")
    span = source.span(5, 12)
    assert span == Span(source, 5, 12)
    assert (span.text, span.place) == ("key: 🎉!", Place("a.yml", 2, 1))
    assert (span.first, span.last) == (Position(2, 1), Position(2, 8))
    assert str(span.place) == "a.yml:2:1"


def test_a_source_shows_its_name_and_size_but_not_its_text():
    assert repr(Source("a.yml", "secret")) == "Source('a.yml', 6 characters)"


def test_a_file_is_read_under_its_path_or_the_name_given(tmp_path):
    path = tmp_path / "a.yml"
    path.write_bytes(b"\xef\xbb\xbfname: A\r\n")
    assert Source.read(path).name == path.as_posix()
    source = Source.read(path, "flows/a.yml")
    assert (source.name, source.text, source.has_bom) == ("flows/a.yml", "name: A\r\n", True)


def failure(path):
    with pytest.raises(XchangeError) as caught:
        Source.read(path, "a.yml")
    return caught.value.code, caught.value.message


def test_a_missing_file_is_not_found(tmp_path):
    assert failure(tmp_path / "a.yml") == (ErrorCode.NOT_FOUND, "a.yml does not exist")


def test_a_dangling_link_is_told_apart_from_a_missing_file(tmp_path):
    (tmp_path / "a.yml").symlink_to(tmp_path / "gone.yml")
    message = "a.yml is a link to a file that does not exist"
    assert failure(tmp_path / "a.yml") == (ErrorCode.NOT_FOUND, message)


def test_a_link_in_a_circle_cannot_be_read(tmp_path):
    (tmp_path / "a.yml").symlink_to(tmp_path / "a.yml")
    code, message = failure(tmp_path / "a.yml")
    assert code is ErrorCode.UNREADABLE
    assert message.startswith("a.yml cannot be read: ")


def test_a_folder_is_no_file(tmp_path):
    assert failure(tmp_path) == (ErrorCode.UNREADABLE, "a.yml is a folder, not a file")


def test_a_file_below_a_file_cannot_be_read(tmp_path):
    (tmp_path / "a").write_text("")
    code, message = failure(tmp_path / "a" / "b.yml")
    assert code in {ErrorCode.UNREADABLE, ErrorCode.NOT_FOUND}
    assert message.startswith("a.yml ")


def test_a_path_that_no_system_can_hold_cannot_be_read(tmp_path):
    code, message = failure(tmp_path / "a\0.yml")
    assert code is ErrorCode.UNREADABLE
    assert message.startswith("a.yml cannot be read: ")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_a_file_without_permission_cannot_be_read(tmp_path):
    path = tmp_path / "a.yml"
    path.touch(mode=0)
    assert failure(path) == (ErrorCode.UNREADABLE, "a.yml cannot be read: Permission denied")


def test_a_file_may_be_as_large_as_the_limit_but_not_larger(tmp_path):
    path = tmp_path / "a.yml"
    with path.open("wb") as file:
        file.truncate(2 * MAX_BYTES)
    message = "a.yml is too large: 32.0 MiB; a file may have 16 MiB"
    assert failure(path) == (ErrorCode.UNREADABLE, message)
    assert len(Source.decode("a.yml", b" " * MAX_BYTES).text) == MAX_BYTES
    with pytest.raises(XchangeError, match="is too large"):
        Source.decode("a.yml", b" " * (MAX_BYTES + 1))


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="this system has no endless file")  # noqa: PTH110
def test_an_endless_file_is_refused(tmp_path):
    (tmp_path / "a.yml").symlink_to("/dev/zero")
    with pytest.raises(XchangeError, match="is too large") as caught:
        Source.read(tmp_path / "a.yml", is_named=True)
    assert caught.value.code is ErrorCode.UNREADABLE


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only POSIX systems have named pipes")
def test_a_pipe_that_nobody_named_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.yml")
    with pytest.raises(XchangeError) as caught:
        Source.read(tmp_path / "pipe.yml", "pipe.yml")
    assert caught.value.code is ErrorCode.UNREADABLE
    assert caught.value.message == "pipe.yml is a pipe or a device, not a file"
    assert Source.read(Path(os.devnull), is_named=True).text == ""
