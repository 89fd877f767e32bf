"""Parts that got another name and were rewritten at once: when they are the same, and when they are others."""

import pytest

from compared_integrations import ANSWER, CALL, FILE, edited, moved, told

SIZE = "  - {key: Page Size, dataType: number, defaultValue: '50'}\n"
FOLDER = "  - {key: Folder, dataType: string, description: Where files go}\n"
NOTE = "  - {key: Note, dataType: string}\n"


def variable(old, new, *, name, text=FILE):
    """Put another config variable in the place of one, and its name where the one was used."""
    return edited((old, new), text=text).replace(name_of(old), name)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param(
            SIZE,
            "  - {key: Batch, dataType: string, defaultValue: '50'}\n",
            ["renamed Batch from Page Size (3)", "changed Batch dataType"],
            id="the default and three references",
        ),
        pytest.param(
            SIZE,
            "  - {key: Batch, dataType: string, collectionType: valuelist, defaultValue: '[\"50\"]'}\n",
            [
                "renamed Batch from Page Size (3)",
                "changed Batch dataType",
                "changed Batch defaultValue",
                "changed Batch collectionType",
            ],
            id="a list of what there was one of",
        ),
        pytest.param(
            FOLDER,
            "  - {key: Drawer, dataType: picklist, pickList: [In, Out], description: Where files go}\n",
            ["renamed Drawer from Folder (2)", "changed Drawer dataType", "changed Drawer pickList"],
            id="the description and a reference",
        ),
        pytest.param(
            FOLDER,
            "  - {key: Drawer, dataType: code, description: Where the files go to}\n",
            ["renamed Drawer from Folder (2)", "changed Drawer dataType", "changed Drawer description"],
            id="most words of the description and a reference",
        ),
    ],
)
def test_a_config_variable_with_another_key_and_type_is_the_same_where_the_rest_is(old, new, expected):
    assert sorted(told(FILE, variable(old, new, name=name_of(new)))) == sorted(expected)


def name_of(variable):
    return variable.partition("key: ")[2].partition(",")[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            FOLDER,
            "  - {key: Limit, dataType: number, defaultValue: '9', description: Upper bound of all}\n",
            id="other words, and a default that there was none of",
        ),
        pytest.param(
            "  - {key: Folder, dataType: boolean, defaultValue: 'true'}\n",
            "  - {key: Limit, dataType: number, defaultValue: '5'}\n",
            id="another default, though it is used in the same input",
        ),
        pytest.param(
            NOTE, "  - {key: Limit, dataType: number}\n", id="nothing but the place where nothing uses them"
        ),
    ],
)
def test_a_config_variable_of_another_type_in_the_place_of_one_is_another(old, new):
    text = edited((FOLDER, old))
    name, other = name_of(old), name_of(new)
    found = told(text, variable(old, new, name=other, text=text))
    assert f"removed {name}" in found
    assert f"added {other} behind Page Size" in found


def test_where_two_config_variables_of_another_type_might_be_it_none_is():
    twins = "".join(
        f"  - {{key: {name}, dataType: code, description: Where files go}}\n" for name in ("A", "B")
    )
    plain = edited(
        ("configVar, value: Folder}", "value, value: ''}"), ("      - {type: value, value: ''}\n", "")
    )
    new = edited((FOLDER, twins), text=plain)
    assert told(plain, new) == ["removed Folder", "added A behind Page Size", "added B behind A"]
    one = edited((FOLDER, twins.partition("\n")[0] + "\n"), text=plain)
    assert told(plain, one) == ["renamed A from Folder (0)", "changed A dataType"]


def test_a_connection_of_another_kind_under_another_name_is_another():
    new = edited(
        ("key: Shop\n", "key: Store\n"), ("value: Shop", "value: Store"), ("{key: apiKey,", "{key: basic,")
    )
    assert told(FILE, new)[:2] == ["removed Shop", "added Store behind Tags"]


GET = """\
      - name: Get
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://shop.test/orders'}
"""
FETCH = GET.replace("name: Get", "name: Fetch").replace(
    "value, value: 'https://shop.test/orders'", "configVar, value: Folder"
)
READ = (
    "{name: lines, type: reference, value: lines.results}",
    "{name: lines, type: reference, value: get.results}",
)
READING = edited((ANSWER, GET + ANSWER), READ)


def test_a_step_with_another_name_and_other_inputs_is_the_same_where_what_reads_it_follows():
    new = edited((GET, FETCH), ("get.results", "fetch.results"), text=READING)
    assert told(READING, new) == ["renamed Fetch from Get (1)", "changed Fetch inputs url"]
    assert told(new, READING) == ["renamed Get from Fetch (1)", "changed Get inputs url"]


def test_what_a_code_reads_follows_too():
    old = edited((LOOP, GET + LOOP), IN_CODE)
    new = edited((GET, FETCH), ("stepResults.get.", "stepResults.fetch."), text=old)
    assert told(old, new) == ["renamed Fetch from Get (1)", "changed Fetch inputs url"]


LOOP = "      - name: Lines\n"
IN_CODE = ("stepResults.lines.currentItem.price", "stepResults.get.results.price")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(READING, edited((GET, FETCH), ("get.results", "lines.results"), text=READING), id="nothing reads it"),
        pytest.param(
            READING,
            moved(edited((GET, FETCH), ("get.results", "fetch.results"), text=READING), FETCH, behind="          statusCode: {type: value, value: '200'}\n"),
            id="it stands elsewhere",
        ),
        pytest.param(
            READING,
            edited((GET, FETCH.replace("httpGet", "httpPost")), ("get.results", "fetch.results"), text=READING),
            id="it does something else",
        ),
    ],
)  # fmt: skip
def test_a_step_with_another_name_and_other_inputs_is_another_where(old, new):
    found = told(old, new)
    assert "removed Get" in found
    assert any(line.startswith("added Fetch ") for line in found)


def test_a_step_that_nothing_reads_is_known_by_what_it_holds_alone():
    post = GET.replace("httpGet", "httpPost").replace("name: Get", "name: Tell")
    other = FETCH.replace("httpGet", "httpPost").replace("name: Fetch", "name: Report")
    old, new = (edited((CALL, step + CALL)) for step in (post, other))
    assert told(old, new) == ["removed Tell", "added Report behind Clock"]
