"""Archives and gzip: what goes in comes out, and what is hostile stays outside."""

import base64
import gzip
import io
import zipfile

import pytest

from contexts import RecordingContext
from xchange_cli.components.builtin.zip import compress, decompress, make_archive, unpack_archive
from xchange_cli.components.exchange_formats.archives import MOST_ENTRIES
from xchange_cli.components.limits import LONGEST_TEXT
from xchange_cli.components.spec import ActionError, ActionResult

BINARY = bytes(range(256))


def archive_of(*entries, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return made.getvalue()


def unpacked(data, context=None):
    files = unpack_archive(context or RecordingContext(), {"zipData": data}).data
    return {name: file["data"] for name, file in files.items()}


def refusal(perform, **inputs):
    with pytest.raises(ActionError) as caught:
        perform(RecordingContext(), inputs)
    assert caught.value.input_key == next(iter(inputs))
    return caught.value.message


def test_files_of_all_kinds_come_out_as_they_went_in():
    files = {
        "a.txt": "ä",
        "b/c.bin": {"data": BINARY, "contentType": "image/png"},
        "ü €.json": {"x": [1, None]},
        "n": 1.5,
        "empty": "",
    }

    packed = make_archive(RecordingContext(), {"files": files})

    assert packed.content_type == "application/zip"
    assert unpacked(packed.data) == {
        "a.txt": "ä".encode(),
        "b/c.bin": BINARY,
        "ü €.json": b'{"x":[1,null]}',
        "n": b"1.5",
        "empty": b"",
    }


def test_an_unpacked_file_says_that_it_is_binary():
    packed = make_archive(RecordingContext(), {"files": [{"key": "a", "value": b"x"}]})
    context = RecordingContext()

    result = unpack_archive(context, {"zipData": packed.data})

    assert result == ActionResult({"a": {"data": b"x", "contentType": "application/octet-stream"}})
    assert len(context.warnings) == 1


def test_the_same_files_at_the_same_time_give_the_same_archive():
    first, second = (make_archive(RecordingContext(), {"files": {"a": "x"}}).data for _ in range(2))

    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.infolist()[0].date_time == (2024, 5, 17, 9, 30, 14)


def test_an_archive_as_base64_is_unpacked():
    assert unpacked(base64.b64encode(archive_of(("a", b"x"))).decode()) == {"a": b"x"}


def test_folders_are_left_out_and_backslashes_stand_between_parts():
    assert unpacked(archive_of(("d/", b""), ("d\\a", b"x"))) == {"d/a": b"x"}


def test_names_are_utf8_where_they_can_be_though_the_archive_does_not_say_so():
    data = archive_of(("ab", b"1"), ("cd", b"2"))

    assert unpacked(data.replace(b"ab", "ä".encode()).replace(b"cd", b"c\x82")) == {"ä": b"1", "cé": b"2"}


def test_the_last_of_two_files_with_one_name_counts():
    context = RecordingContext()
    data = archive_of(("d/a", b"1"), ("d\\a", b"2"))

    assert unpacked(data, context) == {"d/a": b"2"}
    assert context.warnings[0] == 'the archive has the text "d/a" more than once; the last one counts here'


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "\\a", "C:a", "c:\\a", ".."])
def test_a_name_that_leads_elsewhere_is_refused_in_both_directions(name):
    shown = name.replace("\\", "\\\\")

    for message in (
        refusal(unpack_archive, zipData=archive_of((name, b"x"))),
        refusal(make_archive, files={name: "x"}),
    ):
        assert f'the text "{shown}" cannot be the name of a file in an archive' in message


def test_an_entry_without_a_name_is_refused():
    nameless = archive_of(("q", b"x")).replace(b"q", b"\0")

    assert 'the text "" cannot be the name of a file' in refusal(unpack_archive, zipData=nameless)


@pytest.mark.parametrize("files", [{"": "x"}, {"a/": "x"}, {"a\0b": "x"}])
def test_a_name_that_no_file_has_is_refused(files):
    assert "cannot be the name of a file in an archive" in refusal(make_archive, files=files)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"a": None}, 'files: the content of the text "a" is null'),
        ({"a/b": "1", "a\\b": "2"}, 'files: there is more than one file with the name "a/b"'),
        (5, "files: the number 5 is not an object"),
        ([5], "files: a list of 1 is not a list of keys and values"),
        (None, "files is not set, or its value is null"),
    ],
)
def test_what_are_no_files_is_refused(files, message):
    assert refusal(make_archive, files=files) == message


def test_a_zip_bomb_is_refused_before_it_fills_the_memory():
    bomb = archive_of(*((str(number), bytes(LONGEST_TEXT // 4)) for number in range(5)))

    assert len(bomb) < 1_000_000
    assert refusal(unpack_archive, zipData=bomb) == (
        f"zipData: the archive holds more than {LONGEST_TEXT} bytes, the most that is unpacked here"
    )


def test_an_archive_of_very_many_files_is_refused():
    data = archive_of(*((str(number), b"") for number in range(MOST_ENTRIES + 1)), method=zipfile.ZIP_STORED)

    assert "the archive holds 10001 files" in refusal(unpack_archive, zipData=data)


def test_encrypted_and_oddly_compressed_files_are_refused():
    data = archive_of(("a", b"x"))
    encrypted = data.replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0")

    assert encrypted != data
    assert refusal(unpack_archive, zipData=encrypted) == 'zipData: the text "a" in the archive is encrypted'
    assert "compressed in another way than deflate" in refusal(
        unpack_archive, zipData=archive_of(("a", b"x"), method=zipfile.ZIP_BZIP2)
    )


@pytest.mark.parametrize("data", [b"", b"PK", archive_of(("a", b"abc" * 99))[:-30], b"PK\5\6" + b"\xff" * 18])
def test_a_broken_archive_is_refused(data):
    assert "the data is not a zip archive that can be read" in refusal(unpack_archive, zipData=data)


@pytest.mark.parametrize("data", [b"", b"x", BINARY * 5000, bytes(3_000_000)])
def test_gzip_gives_back_what_was_compressed(data):
    packed = compress(RecordingContext(), {"fileData": data})

    assert packed == ActionResult(gzip.compress(data, 6, mtime=0), content_type="application/gzip")
    assert decompress(RecordingContext(), {"fileData": packed.data}).data == data


def test_text_is_compressed_as_utf8():
    assert gzip.decompress(compress(RecordingContext(), {"fileData": "ä\ud800"}).data) == "ä\ufffd".encode()


def test_all_members_of_gzip_data_count_and_what_follows_does_not():
    data = gzip.compress(b"a") + gzip.compress(b"b" * 100_000) + b"\0\0\0"

    assert decompress(RecordingContext(), {"fileData": data}).data == b"a" + b"b" * 100_000


def test_very_many_members_take_no_time():
    assert decompress(RecordingContext(), {"fileData": gzip.compress(b"") * 20_000}).data == b""


def test_a_gzip_bomb_is_refused_before_it_fills_the_memory():
    bomb = gzip.compress(bytes(LONGEST_TEXT // 2)) * 3

    assert refusal(decompress, fileData=bomb) == (
        f"fileData: the data has more than {LONGEST_TEXT} bytes, the most that is worked on here"
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "fileData: the gzip data ends too early"),
        (gzip.compress(BINARY)[:-1], "fileData: the gzip data ends too early"),
        ("plain", "fileData: not gzip data: Error -3 while decompressing data: incorrect header check"),
        (None, "fileData is not set, or its value is null"),
    ],
)
def test_broken_gzip_data_is_refused(data, message):
    assert refusal(decompress, fileData=data) == message
