"""What a registry's files hold: all that was given, in one form, and nothing that leads elsewhere."""

import hashlib
import json
import re
from itertools import zip_longest

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from xchange_cli import schemas
from xchange_cli.errors import ErrorCode, XchangeError
from xchange_cli.registry import activity, manifest, summary, version_state
from xchange_cli.registry.activity import CATEGORIES, Activity
from xchange_cli.registry.git_facts import GitFacts
from xchange_cli.registry.manifest import Checked, ForkBase, Manifest
from xchange_cli.registry.package import Package, PackageFile, digest_of_all
from xchange_cli.registry.signatures import Signature, Trust, check, new_key, public_key, signer
from xchange_cli.registry.verdict import GRADES, GradedChange, Verdict
from xchange_cli.registry.version_ref import VersionRef, version_ref
from xchange_cli.registry.version_state import TEMPLATES, Planned, StateFile, States, VersionState
from xchange_cli.ulid import ulid

TEXTS = st.text() | st.text(st.characters(categories=["Cs", "Cc", "So", "Ll"]), max_size=8).filter(
    lambda text: text == json.loads(json.dumps(text))  # two halves of a pair make one character
)
TIME = "2026-05-01T12:00:00.000Z"
NAMES = st.text("abcÄé 12-_", min_size=1, max_size=5).filter(lambda name: name == name.strip())
FILES = st.dictionaries(
    NAMES.map(lambda name: f"attachments/{name.lower()}.x"), st.binary(max_size=20), min_size=1, max_size=4
)
STATES = st.builds(
    VersionState, st.booleans(), TEXTS, st.lists(TEXTS, max_size=2).map(tuple), st.sampled_from(TEMPLATES)
)
ENTRIES = st.builds(
    Activity,
    id=st.integers(0, 2**80 - 1).map(lambda number: ulid(number % 2**48, number.to_bytes(10))),
    time=st.just(TIME),
    user=TEXTS,
    category=st.sampled_from(CATEGORIES),
    subject=TEXTS,
    preview=TEXTS,
    details=st.dictionaries(TEXTS, st.none() | st.booleans() | st.integers() | TEXTS, max_size=3),
)
STATE_FILES = st.builds(
    StateFile,
    st.dictionaries(
        st.integers(1, 999_999), STATES.filter(lambda state: state != VersionState()), max_size=3
    ).map(States),
    st.integers(0, 999_999),
    st.none() | ENTRIES,
    st.lists(
        st.builds(
            Planned, st.integers(1, 999_999), st.binary(min_size=32, max_size=32).map(bytes.hex), ENTRIES
        ),
        max_size=2,
    ).map(tuple),
)


VERDICTS = st.builds(
    Verdict,
    st.integers(1, 999_999),
    st.none() | st.sampled_from(GRADES),
    st.tuples(*[st.integers(0)] * 3),
    st.lists(
        st.builds(
            GradedChange,
            TEXTS,
            st.sampled_from(GRADES),
            st.lists(TEXTS, max_size=2).map(tuple),
            TEXTS,
            st.binary(min_size=6, max_size=6).map(bytes.hex),
            st.none() | TEXTS,
        ),
        max_size=2,
    ).map(tuple),
)

CONTROL = "not every system has files with the character U+000A in their name"


def packaged(files):
    return Package(PackageFile(name, data) for name, data in files.items())


@st.composite
def manifests(draw):
    package = packaged(draw(FILES))
    return Manifest(
        key="acme",
        number=draw(st.integers(1, 999_999)),
        external_version=draw(TEXTS),
        name=draw(TEXTS),
        description=draw(TEXTS),
        category=draw(TEXTS),
        labels=tuple(draw(st.lists(TEXTS, max_size=2))),
        note=draw(TEXTS),
        author=draw(TEXTS),
        time=TIME,
        digest=package.digest,
        files=package.digests,
        git=draw(st.none() | st.builds(GitFacts, TEXTS, TEXTS, st.booleans(), TEXTS, TEXTS, TEXTS, TEXTS)),
        validation=Checked(*draw(st.tuples(*[st.integers(0)] * 3))),
        verdict=draw(st.none() | VERDICTS),
        fork=draw(
            st.none() | st.builds(ForkBase, TEXTS, st.just(package.digest), st.none() | st.integers(1), TEXTS)
        ),
        xchange=draw(TEXTS),
        signature=draw(st.none() | st.builds(Signature, st.just("ed25519"), TEXTS, TEXTS)),
    )


def is_promised(data: bytes, name: str):
    Draft202012Validator(schemas.schema(name)).validate(json.loads(data))
    return data.endswith(b"}\n") and not data.endswith(b"\n\n")


@given(manifests())
def test_a_manifest_reads_as_it_was_written_and_is_what_its_schema_says(one):
    data = manifest.to_json(one)

    assert manifest.from_json(data, "x") == one
    assert manifest.to_json(manifest.from_json(data, "x")) == data
    assert is_promised(data, "version")


@given(STATE_FILES)
def test_states_read_as_they_were_written_and_are_what_their_schema_says(one):
    data = version_state.to_json(one)

    assert version_state.from_json(data, "x") == one
    assert is_promised(data, "version-state")


@given(ENTRIES)
def test_an_entry_of_the_log_reads_as_it_was_written_and_is_what_its_schema_says(one):
    data = activity.to_json(one)

    assert activity.from_json(data, "x") == one
    assert is_promised(data, "activity-entry")


@given(manifests(), STATE_FILES)
def test_a_summary_reads_as_it_was_written_and_is_what_its_schema_says(one, states):
    made = summary.summary_of(one._replace(number=states.purged_through + 1), states)
    data = summary.to_json(made)

    assert summary.summary_in(data, "acme") == made
    assert summary.summary_in(data, "other") is None
    assert is_promised(data, "registry-summary")
    assert is_promised(summary.without_versions("acme"), "registry-summary")


@given(manifests(), STATE_FILES, STATE_FILES, st.data())
def test_what_git_has_merged_of_two_summaries_is_one_of_them_or_none(one, ours, theirs, data):
    made = (summary.summary_of(one._replace(number=side.purged_through + 1), side) for side in (ours, theirs))
    sides = [summary.to_json(side).splitlines(keepends=True) for side in made]
    lines = [
        data.draw(st.sampled_from([*pair, b"".join(pair)])) for pair in zip_longest(*sides, fillvalue=b"")
    ]
    merged = b"".join(lines)

    assert merged in map(b"".join, sides) or summary.summary_in(merged, "acme") is None


@given(manifests(), st.data())
def test_a_manifest_without_one_of_its_fields_or_with_another_type_in_it_is_refused(one, data):
    whole = json.loads(manifest.to_json(one))
    optional = {"git", "fork", "signature", "verdict"}
    key = data.draw(st.sampled_from(sorted(whole.keys() - optional)))
    changed = data.draw(st.sampled_from([{**whole, key: -1.5}, {k: v for k, v in whole.items() if k != key}]))

    with pytest.raises(XchangeError) as caught:
        manifest.from_json(json.dumps(changed).encode(), "versions/000001.json")

    assert caught.value.code is ErrorCode.INVALID
    assert caught.value.message.startswith(f"versions/000001.json is damaged: `{key}")


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("schema", "xchange.version/2", "`schema` is not `xchange.version/1`"),
        ("name", None, "`name` is no text"),
        ("number", True, "`number` is no whole number from 1 on"),
        ("number", 0, "`number` is no whole number from 1 on"),
        ("labels", "crm", "`labels` is no list"),
        ("labels", [1], "`labels` is no list of texts"),
        ("time", "yesterday", "`time` is no time with its zone"),
        ("time", "2026-05-01T12:00:00", "`time` is no time with its zone"),
        ("verdict", "safe", "`verdict` is no object"),
        ("verdict", {"counts": {"breaking": -1}}, "`verdict.counts.breaking` is no whole number from 0 on"),
        ("digest", "A" * 64, "`digest` is no SHA-256 digest of 64 hex digits"),
        ("files", [[]], "`files[0]` is no object"),
        (
            "files",
            [{"name": "../a", "size": 1, "sha256": "0" * 64}],
            "`files` is no package: `../a` cannot be a file of a version: it is no path below a folder",
        ),
        ("files", [{"name": "a", "size": -1}], "`files[0].size` is no whole number from 0 on"),
        ("git.dirty", 1, "`git.dirty` is neither true nor false"),
        ("validation", None, "`validation` is no object"),
        ("fork.version", "3", "`fork.version` is no whole number from 1 on"),
    ],
)
def test_what_is_wrong_in_a_manifest_is_told(path, value, message):
    data = json.loads(schemas.schema_text("version"))["examples"][0]
    digest = data["digest"]
    data["fork"] = {"key": "parent", "digest": digest, "version": None, "commit": ""}
    assert manifest.from_json(json.dumps(data).encode(), "x").fork == ForkBase("parent", digest)
    *parents, key = path.split(".")
    part = data
    for parent in parents:
        part = part[parent]
    part[key] = value

    with pytest.raises(XchangeError) as caught:
        manifest.from_json(json.dumps(data).encode(), "x")
    assert caught.value.message == f"x is damaged: {message}"


def test_a_manifest_that_is_a_list_is_refused():
    with pytest.raises(XchangeError) as caught:
        manifest.from_json(b"[]", "x")
    assert caught.value.message == "x is damaged: it is no object"


@given(st.binary() | st.text().map(str.encode) | st.just(b"[" * 100_000) | st.just(b'{"schema": 1e999}'))
def test_any_other_bytes_are_refused_as_a_manifest(data):
    with pytest.raises(XchangeError) as caught:
        manifest.from_json(data, "x")
    assert caught.value.code is ErrorCode.INVALID


@given(FILES, st.randoms())
def test_the_digest_of_a_package_depends_on_names_and_contents_and_not_on_their_order(files, random):
    pairs = list(files.items())
    random.shuffle(pairs)
    name = pairs[0][0]

    one = packaged(files)
    assert one == packaged(dict(pairs))
    assert one.digest != packaged({**files, name: files[name] + b"!"}).digest
    assert one.digest != packaged({**files, "more.md": b""}).digest
    assert {file.name: one.file(file.name) for file in one.files} == files
    assert one.file("absent.md") is None


def test_the_digest_of_a_package_can_be_made_with_tools_that_everybody_has():
    files = {"integration.yml": b"a: 1\n", "docs/a b.md": b"text"}
    lines = sorted(
        f"{hashlib.sha256(data).hexdigest()}  {len(data)}  {name}\n" for name, data in files.items()
    )

    assert packaged(files).digest == hashlib.sha256("".join(lines).encode()).hexdigest()
    assert digest_of_all(packaged(files).digests) == packaged(files).digest


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["../a"], "`../a` cannot be a file of a version: it is no path below a folder"),
        (["a/../b"], "`a/../b` cannot be a file of a version: it is no path below a folder"),
        (["/etc/passwd"], "`/etc/passwd` cannot be a file of a version: it is no path below a folder"),
        (["a//b"], "`a//b` cannot be a file of a version: it is no path below a folder"),
        ([""], "`` cannot be a file of a version: it is no path below a folder"),
        (["a\\b"], r"`a\b` cannot be a file of a version: not every system has files with `\` in their name"),
        (["C:a"], "`C:a` cannot be a file of a version: not every system has files with `:` in their name"),
        (
            ["a\nb"],
            f"`a\\u000ab` cannot be a file of a version: {CONTROL}",
        ),
        (["docs/NUL.md"], "`docs/NUL.md` cannot be a file of a version: Windows keeps `NUL.md` for a device"),
        (["com1"], "`com1` cannot be a file of a version: Windows keeps `com1` for a device"),
        (
            ["a."],
            "`a.` cannot be a file of a version: Windows has no files whose name ends with a blank or a dot",
        ),
        ([".git/x"], "`.git/x` cannot be a file of a version: git would take it for one of its own files"),
        (
            ["a/.gitignore"],
            "`a/.gitignore` cannot be a file of a version: git would take it for one of its own files",
        ),
        (["\udcff"], "`\\udcff` cannot be a file of a version: it is no Unicode text"),
        (
            ["x" * 300],
            f"`{'x' * 60}…{'x' * 19}` cannot be a file of a version: a part of it is longer than 255 bytes",
        ),
        (
            ["é" * 100 + "/x" * 201],
            f"`{'é' * 60}…x{'/x' * 9}` cannot be a file of a version: it is longer than 600 bytes",
        ),
        (
            ["A.md", "a.md"],
            "`a.md` cannot be a file of a version: systems that do not tell case apart take it for `A.md`",
        ),
        (
            ["e\u0301", "é"],
            "`é` cannot be a file of a version: systems that do not tell case apart take it for `e\u0301`",
        ),
        (
            ["a", "A/b"],
            "`A/b` cannot be a file of a version: `a` is a file, so there is no folder of this name",
        ),
    ],
)
def test_names_that_lead_elsewhere_or_that_some_system_cannot_hold_are_refused(names, message):
    with pytest.raises(XchangeError) as caught:
        Package(PackageFile(name, b"") for name in names)
    assert (caught.value.code, caught.value.message) == (ErrorCode.INVALID, message)


def test_names_with_blanks_emoji_and_other_letters_are_fine():
    names = ["a b.md", "docs/Überblick 🎉.md", "attachments/данные.csv", "a.b.c", "-x", "nullify", "icon.png"]

    assert {file.name for file in Package(PackageFile(name, b"") for name in names).files} == set(names)


@pytest.mark.parametrize("name", ["../x", "/x", "a\\b", "nul"])
def test_a_manifest_with_a_name_that_leads_elsewhere_is_refused(name):
    files = [{"name": name, "size": 0, "sha256": "0" * 64}]
    data = {"schema": "xchange.version/1", "digest": "0" * 64, "files": files}

    with pytest.raises(XchangeError) as caught:
        manifest.from_json(json.dumps(data).encode(), "x")

    assert caught.value.code is ErrorCode.INVALID
    assert caught.value.message.startswith(
        f"x is damaged: `files` is no package: `{name}` cannot be a file of a version: "
    )


@given(st.text("abc-123/.@ é\n", max_size=8))
def test_a_reference_is_a_key_or_a_key_and_a_number(text):
    if re.fullmatch(r"(?s).+@[1-9][0-9]{0,5}|[^@]+", text):
        assert str(version_ref(text)) == text
    else:
        with pytest.raises(XchangeError) as caught:
            version_ref(text)
        assert (caught.value.code, "\n" in caught.value.message) == (ErrorCode.USAGE, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("acme@3", VersionRef("acme", 3)),
        ("acme", VersionRef("acme", None)),
        ("acme@999999", VersionRef("acme", 999_999)),
        ("a@b@1", VersionRef("a@b", 1)),
    ],
)
def test_a_reference_names_a_version_or_an_integration(text, found):
    assert version_ref(text) == found


@pytest.mark.parametrize(
    "text", ["acme@", "acme@0", "acme@-1", "acme@03", "acme@1000000", "acme@v3", "acme@³"]
)
def test_what_follows_the_mark_of_a_reference_has_to_be_a_number(text):
    with pytest.raises(XchangeError) as caught:
        version_ref(text)
    assert (caught.value.code, caught.value.message, caught.value.hint) == (
        ErrorCode.USAGE,
        f"`{text}` names no version: after the `@` comes a number from 1 on",
        "Write acme@3 for version 3.",
    )


@given(st.binary(max_size=50), st.binary(max_size=50))
def test_a_signature_is_of_these_bytes_only(data, other):
    ours, theirs = KEYS
    signature = signer(ours.private)(data)

    assert check(signature, data, [theirs.public, f"{ours.public} Ada"]) is Trust.TRUSTED
    assert check(signature, data, [theirs.public]) is Trust.STRANGER
    assert check(signature, data, []) is Trust.STRANGER
    assert check(None, data, [ours.public]) is Trust.UNSIGNED
    assert (check(signature, other, [ours.public]) is Trust.WRONG) == (other != data)
    assert check(signature._replace(key=theirs.public), data, [theirs.public]) is Trust.WRONG
    assert check(signature._replace(value="%"), data, [ours.public]) is Trust.WRONG
    assert check(signature._replace(key="ed25519:%"), data, [ours.public]) is Trust.WRONG
    assert check(signature._replace(algorithm="none"), data, [ours.public]) is Trust.WRONG


KEYS = new_key(), new_key()


@given(manifests())
def test_the_signature_of_a_version_holds_for_its_file_with_whatever_later_programs_add(one):
    unsigned = one._replace(signature=None)
    signed = unsigned._replace(
        signature=signer(KEYS[0].private)(manifest.signed_bytes(manifest.to_json(unsigned)))
    )
    data = manifest.to_json(signed)
    later = json.dumps({**json.loads(data), "review": "by Bob", "verdict": {"grade": "safe"}}).encode()

    assert check(signed.signature, manifest.signed_bytes(data), [KEYS[0].public]) is Trust.TRUSTED
    assert check(signed.signature, manifest.signed_bytes(later), [KEYS[0].public]) is Trust.WRONG
    assert b'"review"' in manifest.signed_bytes(later)


@pytest.mark.parametrize(
    ("pem", "reason"),
    [
        (b"", "this is no private key in PEM form"),
        (b"\xff\x00", "this is no private key in PEM form"),
        (
            b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
            "this is no private key in PEM form",
        ),
    ],
)
def test_what_is_no_private_key_does_not_sign(pem, reason):
    with pytest.raises(XchangeError) as caught:
        signer(pem)
    assert (caught.value.code, caught.value.message) == (
        ErrorCode.UNREADABLE,
        f"versions cannot be signed with it: {reason}",
    )


def test_a_key_with_a_password_or_of_another_kind_does_not_sign():
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    def pem(key, encryption):
        return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, encryption)

    locked = pem(Ed25519PrivateKey.generate(), form.BestAvailableEncryption(b"secret"))
    other = pem(generate_private_key(SECP256R1()), form.NoEncryption())
    for key, reason in ((locked, "the key has a password"), (other, "the key is no Ed25519 key")):
        with pytest.raises(XchangeError) as caught:
            signer(key)
        assert caught.value.message == f"versions cannot be signed with it: {reason}"


@pytest.mark.parametrize(
    "text", ["", " ", "ed25519:", "ed25519:AAAA", "rsa:AAAA", "A" * 44, "ed25519:" + "é" * 44]
)
def test_what_is_no_public_key_cannot_be_trusted(text):
    with pytest.raises(XchangeError) as caught:
        public_key(text)
    assert caught.value.code is ErrorCode.INVALID
    with pytest.raises(XchangeError):
        check(None, b"", [text])
