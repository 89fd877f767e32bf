"""What pip installs elsewhere to get the same program."""

import pytest

from xchange_cli.authoring.own_source import requirement_of

GIT = {"vcs": "git", "commit_id": "abc123"}


@pytest.mark.parametrize(
    ("origin", "wanted"),
    [
        (
            {"url": "https://git.test/x.git", "vcs_info": GIT},
            "xchange-cli @ git+https://git.test/x.git@abc123",
        ),
        (
            {"url": "https://me:token@git.test/x.git", "vcs_info": GIT},
            "xchange-cli @ git+https://git.test/x.git@abc123",
        ),
        ({"url": "https://files.test/x.whl", "archive_info": {}}, "xchange-cli @ https://files.test/x.whl"),
        ({"url": "file:///home/me/xchange", "dir_info": {"editable": True}}, ""),
        ({}, ""),
    ],
)
def test_an_address_is_named_without_who_had_access_and_a_folder_is_none(origin, wanted):
    assert requirement_of(origin) == wanted
