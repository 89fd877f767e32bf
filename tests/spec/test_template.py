"""`xchange template`: a published version offered to begin new integrations with."""

import pytest

from published import FILE, GIT, TEXT, opened, publish


@pytest.fixture
def folder(project):
    root = project({"xchange.yaml": "", FILE: TEXT})
    publish(opened(root), TEXT)
    return root


def test_a_version_is_offered_to_the_organisation_to_all_and_to_nobody(xchange, folder):
    said = [xchange("template", "orders@1", word, cwd=folder, env=GIT).out for word in ("org", "all", "no")]

    assert said == [
        "orders@1 is offered as a template to org\n",
        "orders@1 is offered as a template to all\n",
        "orders@1 is no template any longer\n",
    ]
    logged = [(one.preview, one.details) for one in opened(folder).log("orders")][:3]
    assert logged == [
        ("template: all → no", {"template": {"before": "all", "after": "no"}}),
        ("template: org → all", {"template": {"before": "org", "after": "all"}}),
        ("template: no → org", {"template": {"before": "no", "after": "org"}}),
    ]


def test_what_is_so_already_is_said(xchange, folder):
    xchange("template", "orders@1", "org", cwd=folder)
    assert xchange("template", "orders@1", "org", cwd=folder).out == (
        "orders@1 is offered as a template to org already\n"
    )


def test_an_unavailable_version_can_be_offered_but_it_is_said(xchange, folder):
    xchange("mark", "orders@1", "unavailable", cwd=folder)
    assert xchange("template", "orders@1", "all", cwd=folder).out == (
        "orders@1 is offered as a template to all\n"
        "orders@1 is unavailable: it cannot be deployed or begun with\n"
    )


def test_only_a_published_version_can_be_offered(xchange, folder):
    assert xchange("template", "orders@2", "org", cwd=folder).code == 3
    assert xchange("template", "orders", "org", cwd=folder) == (
        2,
        "",
        "error: orders is no version\nhint: Name one: orders@1 is the newest.\n",
    )
    assert xchange("template", "orders@1", "everybody", cwd=folder).code == 2
