"""URLs in messages: what they show, and what not."""

import pytest

from xchange_cli.wire.http import WireError
from xchange_cli.wire.urls import parsed_url, shown_url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.test/x?page=1&api_key=k#top", "https://a.test/x?page=1&api_key=…"),
        ("https://a.test/@bob?key=k&token&code=a=b", "https://a.test/@bob?key=…&token&code=…"),
        ("https://bob:hunter2@a.test/x", "https://a.test/x"),
        ("https://bob:hunter2@[::1", "https://[::1"),
        ("https://bob:hunter2@[::1?token=k", "https://[::1"),
        ("https://bob:hun?ter2@a.test/", "https://…"),
        ("https://bob:hun#ter2@[::1", "https://…"),
        ("//bob:hunter2@[::1", "//[::1"),
        ("bob:hunter2@a.test/x", "a.test/x"),
        ("orders?page=1", "orders?page=1"),
    ],
)
def test_a_url_is_shown_without_what_opens_doors(url, shown):
    assert shown_url(url) == shown


def test_very_many_parameters_without_value_take_no_time():
    url = "https://a.test/?" + "a" * 200_000 + "&b" * 200_000

    assert shown_url(url) == url


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("https://bob:hunter2@[::1", '"https://[::1" is not a URL: its port is not a number'),
        ("https://bob:hun?ter2@a.test", '"https://…" is not a URL: its port is not a number'),
        ("bob:hunter2@a.test", '"a.test" has no scheme; it must start with http:// or https://'),
    ],
)
def test_what_is_wrong_with_a_url_does_not_tell_a_password(url, message):
    with pytest.raises(WireError) as caught:
        parsed_url(url)
    assert caught.value.message == message
