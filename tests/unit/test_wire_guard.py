"""The write guard: what passes, what does not, and what the user is told."""

import pytest

from xchange_cli.wire.guard import Sender, WriteGuard, is_loopback
from xchange_cli.wire.http import WireError

SENDER = Sender("createOrder", "Create Order", ("Acme API", "Backup"))


def passes(*allowed, host="api.acme.test", sender=SENDER):
    try:
        WriteGuard(allowed).require(sender, host, lambda: "POST https://api.acme.test/orders")
    except WireError:
        return False
    return True


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST",
        "localhost.",
        "api.localhost",
        "127.0.0.1",
        "127.5.5.5",
        "::1",
        "[::1]",
        "::ffff:127.0.0.1",
    ],
)
def test_this_machine_may_be_written_to(host):
    assert is_loopback(host)
    assert passes(host=host)


@pytest.mark.parametrize(
    "host",
    [
        "",
        "127.0.0.1.evil.test",
        "localhost.evil.test",
        "mylocalhost",
        "10.0.0.1",
        "192.168.1.1",
        "0.0.0.0",
        "::2",
        "::ffff:10.0.0.1",
        "api.acme.test",
    ],
)
def test_anything_else_is_remote(host):
    assert not is_loopback(host)
    assert not passes(host=host)


@pytest.mark.parametrize(
    "pattern",
    [
        "*",
        "api.acme.test",
        "API.Acme.TEST",
        "api.acme.test.",
        "*.acme.test",
        "api.?cme.test",
        "createOrder",
        "create*",
        "Create Order",
        "Acme API",
        "Back*",
    ],
)
def test_a_pattern_of_host_step_or_connection_allows_a_write(pattern):
    assert passes(pattern)
    assert passes("other.test", pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "acme.test",
        "*.acme",
        "api.acme.test.evil.test",
        "createorder",
        "CREATE ORDER",
        "acme api",
        "Create",
    ],
)
def test_a_pattern_has_to_match_a_whole_name_and_case_counts_but_for_hosts(pattern):
    assert not passes(pattern)


def test_an_empty_pattern_allows_nothing_not_even_what_has_no_name():
    assert not passes("", host="", sender=Sender())


def test_a_write_to_an_unknown_host_is_allowed_by_its_step():
    assert not passes(host="")
    assert not passes("*.test", host="")
    assert passes("createOrder", host="")


def test_an_address_of_version_6_is_allowed_with_and_without_brackets():
    assert passes("[2001:db8::1]", host="2001:db8::1")
    assert passes("2001:DB8::1", host="[2001:db8::1]")


def blocked(host, sender=SENDER):
    with pytest.raises(WireError) as caught:
        WriteGuard().require(sender, host, lambda: "POST https://api.acme.test/orders (2 KB)")
    return caught.value


def test_what_was_not_sent_and_how_to_allow_it_is_told():
    error = blocked("api.acme.test")
    assert (error.kind, error.is_final) == ("write-blocked", True)
    assert error.message == (
        "POST https://api.acme.test/orders (2 KB) was not sent, since it would change a remote system; "
        "to allow it, add --allow-writes=api.acme.test, "
        "or `run: {allowWrites: [api.acme.test]}` to the config set"
    )


@pytest.mark.parametrize(
    ("host", "sender", "name"),
    [
        ("", SENDER, "createOrder"),
        ("", Sender(), '"*"'),
        ("[2001:db8::1]", SENDER, '"2001:db8::1"'),
    ],
)
def test_what_is_told_can_be_used_as_it_stands(host, sender, name):
    message = blocked(host, sender).message
    assert f"--allow-writes={name}, " in message
    assert f"allowWrites: [{name}]" in message


def test_what_is_described_only_when_it_is_needed():
    WriteGuard(("*",)).require(SENDER, "api.acme.test", lambda: pytest.fail("described"))
