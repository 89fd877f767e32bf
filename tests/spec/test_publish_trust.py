"""`xchange publish` in a project with `trustedKeys`: no number is spent on a version that `verify` would never trust."""

import pytest

import repositories
from repositories import manifest, published, repository, write


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def here(tmp_path, xchange):
    """Give a repository with two keys, of which it trusts one."""
    folder = repository(tmp_path)
    write(folder, ".gitignore", "*.pem\n")
    for name in ("mine.pem", "stranger.pem"):
        line = xchange("keys", "new", "-o", name, cwd=folder).out
        if name == "mine.pem":
            write(folder, "xchange.yaml", line)
    return folder


@pytest.fixture
def publish(here, xchange):
    def run(*arguments):
        return xchange("publish", "orders", "--note", "x", *arguments, cwd=here)

    return run


@pytest.mark.parametrize("wish", [(), ("--dry-run",)])
@pytest.mark.parametrize(
    ("sign", "what"),
    [
        ((), "without a signature"),
        (("--sign", "stranger.pem"), "signed by a key that is not among `trustedKeys`"),
    ],
)
def test_a_version_that_nobody_would_trust_is_not_made(publish, here, sign, what, wish):
    code, out, err = publish(*sign, *wish)
    assert (code, out) == (1, "")
    assert err == (
        f"error: orders is not published {what}: this project would never trust that version\n"
        "hint: `--sign KEYFILE` signs it; the public half of the key must be in\n"
        "      `trustedKeys` of xchange.yaml.\n"
    )
    assert not (here / "registry").exists()


def test_one_with_a_trusted_signature_is_made(publish, here, xchange):
    assert publish("--sign", "mine.pem").code == 0
    assert xchange("verify", "orders@1", cwd=here).code == 0


def test_what_is_published_already_needs_no_signature(publish, here):
    publish("--sign", "mine.pem")
    assert publish().out == f"orders 1 {manifest(here, 1)['digest']}\n"


@pytest.mark.parametrize("command", [("publish", "orders", "-m", "x"), ("verify", "orders@1")])
def test_a_trusted_key_that_is_none_is_named_with_its_place(publish, here, xchange, command):
    publish("--sign", "mine.pem")
    write(here, "xchange.yaml", "trustedKeys:\n  - ed25519:zzz Ada\n")
    code, out, err = xchange(*command, cwd=here)
    assert (code, out, published(here)) == (1, "", ["000001.json"])
    assert err == (
        "xchange.yaml:2:5: error: a trusted key is no Ed25519 public key\n"
        "hint: Write it as `ed25519:` and its 44 characters of base64, as `xchange keys\n"
        "      new` shows it.\n"
    )


@pytest.mark.parametrize("option", ["--sign", "--receipt", "--registry"])
def test_an_option_that_is_empty_is_refused_and_nothing_is_published(here, publish, option):
    ran = publish("--allow-dirty", option, "")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(
        f"error: invalid value for '{option}': it is empty; leave the option out, or set what it is made of\n"
    )
    assert published(here) == []
