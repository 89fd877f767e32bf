"""Addresses of repositories: as people open them, without credentials."""

import pytest

from xchange_cli.release.git.repository_urls import commit_url, system_of, web_url


@pytest.mark.parametrize(
    ("remote", "url"),
    [
        ("git@github.com:acme/flows.git", "https://github.com/acme/flows"),
        ("github.com:acme/flows", "https://github.com/acme/flows"),
        ("ssh://git@github.com:22/acme/flows.git", "https://github.com/acme/flows"),
        ("ssh://git@ssh.github.com:443/acme/flows.git", "https://github.com/acme/flows"),
        ("https://ada:secret@git.acme.test:8443/flows.git/", "https://git.acme.test:8443/flows"),
        ("https://x-access-token:ghs_secret@github.com/acme/flows", "https://github.com/acme/flows"),
        ("http://git.acme.test/flows", "http://git.acme.test/flows"),
        ("git://git.acme.test/flows", "https://git.acme.test/flows"),
        ("https://[::1]:8443/flows", "https://[::1]:8443/flows"),
        ("git@ssh.dev.azure.com:v3/acme/Team/flows", "https://dev.azure.com/acme/Team/_git/flows"),
        ("acme@vs-ssh.visualstudio.com:v3/acme/Team/flows", "https://acme.visualstudio.com/Team/_git/flows"),
        ("git@ssh.dev.azure.com:v3/odd", ""),
        ("/srv/git/flows.git", ""),
        ("../flows.git", ""),
        ("file:///srv/git/flows.git", ""),
        (r"C:\git\flows", ""),
        ("C:/git/flows", ""),
        ("https://git.acme.test:port/flows", ""),
        ("https://git.acme.test/", ""),
        ("", ""),
    ],
)
def test_every_form_of_a_remote_becomes_the_address_that_a_browser_opens(remote, url):
    assert web_url(remote) == url


@pytest.mark.parametrize(
    ("repository", "page"),
    [
        ("https://github.com/acme/flows", "https://github.com/acme/flows/commit/c0ffee"),
        ("https://gitlab.acme.test/flows", "https://gitlab.acme.test/flows/-/commit/c0ffee"),
        ("https://bitbucket.org/acme/flows", "https://bitbucket.org/acme/flows/commits/c0ffee"),
        (
            "https://acme.visualstudio.com/T/_git/flows",
            "https://acme.visualstudio.com/T/_git/flows/commit/c0ffee",
        ),
        ("https://git.acme.test/flows", ""),
        ("", ""),
    ],
)
def test_the_page_of_a_commit_is_known_where_the_host_is(repository, page):
    assert commit_url(repository, "c0ffee", system_of(repository)) == page
