"""`xchange label`: labels of a published version, beside those in its file."""

import json

import pytest

from published import FILE, GIT, TEXT, opened, publish


@pytest.fixture
def folder(project):
    root = project({"xchange.yaml": "", FILE: TEXT})
    publish(opened(root), TEXT)
    return root


def labels(folder):
    return opened(folder).states("orders")[1].labels


def test_labels_are_stored_in_lower_case_and_once(xchange, folder):
    ran = xchange("label", "orders@1", "--add", " CRM ", "--add", "crm", "--add", "Stable", cwd=folder)

    assert ran == (0, "orders@1 has the labels shop, crm, stable\n", "")
    assert labels(folder) == ("crm", "stable")


def test_adding_and_removing_is_one_entry_of_the_log(xchange, folder):
    xchange("label", "orders@1", "--add", "old", cwd=folder)
    xchange("label", "orders@1", "--add", "crm", "--remove", "OLD", "--remove", "gone", cwd=folder, env=GIT)

    entry = next(opened(folder).log("orders"))
    assert (entry.user, entry.category, entry.preview, entry.details) == (
        "Bob <bob@acme.test>",
        "labels",
        "-old, +crm",
        {"labels": {"before": ["old"], "after": ["crm"]}},
    )


def test_what_is_so_already_is_said_and_written_nowhere(xchange, folder):
    xchange("label", "orders@1", "--add", "crm", cwd=folder)
    count = len(list(opened(folder).log("orders")))

    ran = xchange("label", "orders@1", "--add", "CRM", "--add", "shop", "--remove", "old", cwd=folder)

    assert ran == (
        0,
        "the label `crm` is there already\nthe label `shop` is there already\nthere is no label `old`\n",
        "",
    )
    assert len(list(opened(folder).log("orders"))) == count


def test_a_label_of_the_published_file_stays(xchange, folder):
    assert xchange("label", "orders@1", "--remove", "SHOP", cwd=folder) == (
        2,
        "",
        (
            "error: the label `shop` stands in the published file, which never changes\n"
            "hint: `xchange edit orders --remove-label shop` takes it out for the next\n"
            "      version.\n"
        ),
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "error: no label is named\nhint: Use --add LABEL, --remove LABEL, or both.\n"),
        (("--add", " \n "), "error: a label is empty\nhint: Leave it out.\n"),
        (
            ("--add", "a", "--remove", "A"),
            "error: the label `a` is to be added and removed\nhint: Leave one of the two out.\n",
        ),
    ],
)
def test_wishes_that_make_no_sense_are_wrong_usage(xchange, folder, options, message):
    assert xchange("label", "orders@1", *options, cwd=folder) == (2, "", message)


def test_a_label_may_have_any_characters_but_those_that_steer_a_terminal(xchange, folder):
    long = "l" * 300
    xchange("label", "orders@1", "--add", "a/b \N{PACKAGE}", "--add", "x\x1b[1my", "--add", long, cwd=folder)
    assert labels(folder) == ("a/b \N{PACKAGE}", "x [1my", long)


def test_all_labels_of_a_version_are_told_to_programs(xchange, folder):
    ran = xchange("label", "orders@1", "--add", "crm", "--output", "json", cwd=folder)
    found = json.loads(ran.out)
    assert (found["labels"], found["isChanged"]) == (["shop", "crm"], True)


def test_a_key_alone_is_never_taken_for_a_version(xchange, folder):
    assert xchange("label", "orders", "--add", "crm", cwd=folder).code == 2
