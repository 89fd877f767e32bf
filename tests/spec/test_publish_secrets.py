"""`xchange publish` lets no secret out: in clear text they are errors, whatever their severity is elsewhere."""

import pytest

import repositories
from repositories import ORDERS, TEXT, commit, repository, write

TOKEN = "ghp_abcdefghijklmnopqrstuvwxyz0123456789AB"
STEP = """\
      - name: Ask
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://ann:correct-horse@api.acme.test/orders'}
"""
PLACE = f"{ORDERS}:15:50: error secret-in-clear: this looks like a secret in clear text"


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def refused(tmp_path, xchange):
    """Publish files that hold a secret, and give what is said about it."""

    def said(files):
        here = repository(tmp_path)
        for name, text in files.items():
            write(here, name, text)
        commit(here)
        code, out, err = xchange("publish", "orders", "--note", "x", cwd=here)
        assert (code, out, (here / "registry").exists()) == (1, "", False)
        assert not {TOKEN, "correct-horse"} & set(err.replace(":", " ").split())
        assert TOKEN not in err
        assert "correct-horse" not in err
        return err

    return said


def test_a_secret_that_validate_warns_of_is_an_error(refused):
    err = refused({ORDERS: TEXT + STEP})
    assert err.startswith(PLACE)
    assert err.endswith("error: orders is not published: 1 error\n")


@pytest.mark.parametrize("severity", ["'off'", "info"])
@pytest.mark.parametrize("rule", ["secret-in-clear", "'secret-*'"])
def test_a_project_cannot_allow_it(refused, severity, rule):
    assert refused(
        {ORDERS: TEXT + STEP, "xchange.yaml": f"lint: {{rules: {{{rule}: {severity}}}}}\n"}
    ).startswith(PLACE)


def test_a_comment_cannot_allow_it(refused):
    step = STEP.replace("orders'}", "orders'} # xchange: ignore[secret-in-clear] only a test")
    assert refused({ORDERS: TEXT + step}).startswith(PLACE)


def test_a_baseline_cannot_allow_it(tmp_path, refused, xchange):
    write(tmp_path, ORDERS, TEXT + STEP)
    assert xchange("validate", "--write-baseline", "known.json", cwd=tmp_path).code == 0
    assert refused({ORDERS: TEXT + STEP, "xchange.yaml": "lint: {baseline: known.json}\n"}).startswith(PLACE)


@pytest.mark.parametrize(
    "files",
    [
        {ORDERS: f"{TEXT}# the key is {TOKEN}\n"},
        {ORDERS: TEXT.replace("Takes orders.", TOKEN)},
        {"integrations/orders/docs/setup.md": f"# Setup\n\nUse {TOKEN}.\n"},
        {"integrations/orders/attachments/request.http": f"Authorization: Bearer {TOKEN}\n"},
    ],
)
def test_a_token_in_any_text_of_the_package_is_an_error(refused, files):
    name = next(iter(files))
    assert refused(files).startswith(f"{name}:")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le"])
def test_a_token_is_found_in_whatever_encoding_a_text_has(tmp_path, xchange, encoding):
    here = repository(tmp_path)
    name = "integrations/orders/attachments/cafe.txt"
    write(here, name, "").write_bytes(f"Café: {TOKEN}\n".encode(encoding))
    commit(here)
    code, _, err = xchange("publish", "orders", "--note", "x", cwd=here)
    assert (code, err.startswith(f"{name}:1:7: error secret-in-clear"), TOKEN in err) == (1, True, False)


@pytest.mark.parametrize(
    ("what", "arguments"),
    [
        ("the note", ("publish", "orders", "--note", f"with {TOKEN}")),
        ("the reason", ("mark", "orders@1", "unavailable", "--because", f"leaks {TOKEN}")),
        ("a label", ("label", "orders@1", "--add", TOKEN)),
    ],
)
def test_a_token_in_what_is_said_of_a_version_is_refused(tmp_path, xchange, what, arguments):
    here = repository(tmp_path)
    assert xchange("publish", "orders", "--note", "x", cwd=here).code == 0
    before = {path: path.read_bytes() for path in (here / "registry").rglob("*.json")}

    assert xchange(*arguments, cwd=here) == (
        2,
        "",
        (
            f"error: {what} holds what looks like a secret, and whoever has the version can read it\n"
            "hint: Take it out, and replace it if it was shared.\n"
        ),
    )
    assert {path: path.read_bytes() for path in (here / "registry").rglob("*.json")} == before
