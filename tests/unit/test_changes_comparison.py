"""What counts as a difference between two integrations, and what does not."""

import pytest

from compared_integrations import ANSWER, CALL, FILE, LINES, STORE, SUM, compared, edited, moved, told


@pytest.mark.parametrize(
    "edits",
    [
        pytest.param([("description: Takes orders", "description: >-\n  Takes\n  orders")], id="a folded text"),
        pytest.param([("name: Orders\n", "name: 'Orders' # sold\n")], id="quotes and comments"),
        pytest.param([("labels: [shop, erp]", "labels:\n- erp\n- shop")], id="the order of labels"),
        pytest.param([("{key: Folder, dataType: string,", "{dataType: string, key: Folder,")], id="the order of keys"),
        pytest.param([("description: Takes orders", "description: Takes orders\ncategory: ''")], id="an empty text"),
        pytest.param([("    isSynchronous: true\n", "    isSynchronous: true\n    isAgentFlow: false\n")], id="a default"),
        pytest.param([("dataType: number,", "dataType: number, orgOnly: false, pickList: [],")], id="defaults of variables"),
        pytest.param([("defaultValue: '50'", "defaultValue: 50.0")], id="another form of the same number"),
        pytest.param([("'[\"a\", \"b\"]'", "'[\"a\",\"b\"]'")], id="another form of the same JSON"),
        pytest.param([("apiKey: {type: value, value: ''}", "apiKey: {type: value, value: null}")], id="nothing for nothing"),
        pytest.param([("    inputs:\n      apiKey: {type: value, value: ''}\n", "")], id="a field of a connection without a value"),
        pytest.param([("    tagline: ''\n", "")], id="an empty tagline"),
        pytest.param([(", isPublic: true, version: LATEST", "")], id="what every component is"),
        pytest.param([("statusCode: {type: value", "body: {type: value, value: ''}\n          statusCode: {type: value")], id="an input without a value"),
        pytest.param([("url: {", "responseType: {type: value, value: json}\n                  url: {")], id="an input with the default of its component"),
        pytest.param([("{{$order.results.size}}", "{{ $order.results.size }}")], id="blanks in a placeholder"),
        pytest.param([("order.results.lines}", "'order.results[\"lines\"]'}")], id="brackets in a path"),
        pytest.param([("{type: value, value: '9'}", "{name: '', type: value, value: '9'}")], id="a name that terms do not have"),
        pytest.param([(", timeZone: ''", ", timeZone: UTC")], id="the time zone that there is without one"),
        pytest.param([("          - name: Else\n            steps: []\n", "          - name: Else\n")], id="a branch without steps"),
        pytest.param([("  - name: Nightly\n", "  - name: Nightly\n    retryConfig: {maxAttempts: 0, delayMinutes: 5}\n")], id="no retries"),
        pytest.param([("  - name: Nightly\n", "  - name: Nightly\n    queueConfig: {usesFifoQueue: false}\n")], id="no queue"),
        pytest.param([("      - name: Call\n", "      - name: Call\n        errorConfig: {errorHandlerType: fail, maxAttempts: 3}\n")], id="errors handled as always"),
        pytest.param([("inputs: {}", "inputs: null")], id="no inputs"),
    ],
)  # fmt: skip
def test_how_a_file_is_written_is_no_difference(edits):
    assert told(FILE, edited(*edits)) == []
    assert told(edited(*edits), FILE) == []


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("defaultValue: '50'", "defaultValue: '51'")], ["changed Page Size defaultValue"]),
        ([("isSynchronous: true", "isSynchronous: 'true'")], ["changed Incoming isSynchronous"]),
        ([("schedule: {type: value, value: 0 2", "schedule: {type: value, value: 0 3")], ["changed Clock schedule value"]),
        ([("timeZone: ''", "timeZone: Europe/Paris")], ["changed Clock schedule meta timeZone"]),
        ([("<b>Where to</b>", "<b>Where from</b>")], ["changed page element value"]),
        ([("  - name: Nightly\n", "  - name: Nightly\n    retryConfig: {maxAttempts: 2, delayMinutes: 5}\n")], ["changed Nightly retryConfig"]),
        ([("key: httpPost", "key: httpPut")], ["changed Tell Boss action key"]),
        ([("            value:\n              - {name: Large", "            value:\n              - {name: Small, type: complex, value: [and]}\n              - {name: Large")], ["changed Check inputs conditions"]),
        ([("name: Orders\n", "name: Sales\n")], ["renamed Sales from Orders (0)"]),
        ([("      - name: Call\n", "      - name: Call\n        note: new\n")], ["changed Call note"]),
        ([("  - name: More\n    tagline: ''\n    elements:\n", "  - name: More\n    elements:\n      - just text\n")], ["changed More elements"]),
        ([("          - name: Else\n            steps: []\n", "          - name: Else\n            steps: none\n")], ["changed Else steps"]),
    ],
)  # fmt: skip
def test_a_changed_value_is_one_difference(edits, expected):
    assert told(FILE, edited(*edits)) == expected


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("name: Nightly", "name: Every Night")], "renamed Every Night from Nightly (0)"),
        ([("name: Incoming", "name: New Order"), ("value: Incoming}", "value: New Order}")], "renamed New Order from Incoming (1)"),
        ([("name: Order\n", "name: Request\n"), ("order.results", "request.results")], "renamed Request from Order (3)"),
        ([("name: Sum\n", "name: Total Up\n"), ("sum.results", "totalUp.results")], "renamed Total Up from Sum (1)"),
        ([("name: Check\n", "name: Look\n")], "renamed Look from Check (0)"),
        ([("name: Lines\n", "name: Each\n"), ("lines.results}", "each.results}"), ("stepResults.lines", "stepResults.each")], "renamed Each from Lines (2)"),
        ([("name: Large", "name: Big")], "renamed Big from Large (1)"),
        ([("name: Settings", "name: General")], "renamed General from Settings (0)"),
        ([("Page Size", "Batch")], "renamed Batch from Page Size (3)"),
        ([("Folder", "Drawer")], "renamed Drawer from Folder (2)"),
        ([("key: Shop", "key: Store"), ("value: Shop", "value: Store")], "renamed Store from Shop (1)"),
    ],
)  # fmt: skip
def test_a_new_name_is_one_difference_and_references_follow_without_a_word(edits, expected):
    assert told(FILE, edited(*edits)) == [expected]


def test_code_that_follows_in_other_words_is_other_code():
    new = edited(
        ("name: Lines\n", "name: Each\n"),
        ("lines.results}", "each.results}"),
        ("stepResults.lines", "stepResults['each']"),
    )
    assert told(FILE, new) == ["renamed Each from Lines (2)", "changed Sum inputs code"]


def test_a_reference_that_stays_with_the_old_name_means_something_else():
    new = edited(("name: Sum\n", "name: Total Up\n"))
    assert told(FILE, new) == ["renamed Total Up from Sum (0)", "changed Store inputs valueInput"]


def test_a_reference_means_something_else_when_another_step_takes_the_name():
    old = edited(("name: Sum\n", "name: First\n"))
    assert told(old, FILE) == ["renamed Sum from First (0)", "changed Store inputs valueInput"]


def test_a_new_name_and_a_changed_value_are_two_differences():
    new = edited(("name: Tell Boss", "name: Report"), ("boss.test/large", "boss.test/big"))
    assert told(FILE, new) == ["renamed Report from Tell Boss (0)", "changed Report inputs url"]


def test_the_order_of_headers_is_none_but_that_of_other_pairs_is():
    accept, sender = (
        "{name: Accept, type: value, value: json}",
        "{name: X-From, type: configVar, value: Folder}",
    )
    assert told(FILE, swapped(accept, sender, FILE)) == []
    others = edited(("                  headers:", "                  fileData:"))
    assert told(others, swapped(accept, sender, others)) == ["changed Tell Boss inputs fileData"]


def swapped(one, other, text):
    return edited((one, "@"), (other, one), ("@", other), text=text)


def test_config_variables_and_flows_have_no_order():
    variable = "  - {key: Folder, dataType: string, description: Where files go}\n"
    new = edited((variable, ""), ("configPages:\n", f"{variable}configPages:\n"))
    nightly = FILE[FILE.index("  - name: Nightly") :]
    assert told(FILE, new) == []
    assert told(FILE, edited((nightly, ""), ("flows:\n", f"flows:\n{nightly}"))) == []


def test_what_has_moved_is_the_one_that_others_have_not_to_move_for():
    assert told(FILE, moved(FILE, ANSWER, behind="          statusCode: {type: value, value: '200'}\n")) == [
        "moved Answer behind Order"
    ]
    assert told(FILE, moved(FILE, SUM, behind=STORE)) == ["moved Sum behind Store"]
    assert told(moved(FILE, SUM, behind=STORE), FILE) == ["moved Sum first"]


def test_a_step_that_leaves_its_loop_has_moved():
    outside = "\n".join(line[4:] for line in STORE.splitlines()) + "\n"
    new = edited((STORE, ""), (ANSWER, outside + ANSWER))
    assert told(FILE, new) == ["moved Store behind Lines"]
    assert told(new, FILE) == ["moved Store behind Sum"]


def test_a_step_that_goes_to_another_flow_has_moved():
    new = edited((ANSWER, ""), (CALL, CALL + ANSWER))
    assert told(FILE, new) == ["moved Answer behind Call"]


def test_a_step_may_have_moved_and_have_another_name_and_another_value():
    new = moved(FILE, ANSWER, behind="          statusCode: {type: value, value: '200'}\n")
    new = edited(("name: Answer", "name: Reply"), ("{{#Page Size}} of", "{{#Page Size}} from"), text=new)
    assert told(FILE, new) == [
        "renamed Reply from Answer (0)",
        "moved Reply behind Order",
        "changed Reply inputs keyValueInput",
    ]


def test_what_is_in_a_new_container_is_not_told_again_but_what_moved_there_is():
    indented = "".join(f"    {line}\n" for line in ANSWER.splitlines())
    loop = edited((SUM + STORE, ""), ("name: Lines", "name: Again"), text=LINES)
    new = edited((ANSWER, loop + indented))
    assert told(FILE, new) == ["added Again behind Lines", "moved Answer first"]
    assert told(new, FILE) == ["removed Again", "moved Answer behind Lines"]


def test_a_container_goes_with_what_is_in_it():
    assert told(FILE, edited((LINES, ""))) == ["removed Lines"]
    assert told(edited((LINES, "")), FILE) == ["added Lines behind Check"]


def test_a_shared_connection_in_place_of_another_one_is_not_the_same_under_another_name():
    shop = FILE[FILE.index("  - key: Shop\n") : FILE.index("configPages:")]
    mail, chat = (
        f"  - {{key: {name}, dataType: connection, useScopedConfigVar: {name}-login}}\n"
        for name in ("Mail", "Chat")
    )
    old, new = (edited((shop, shop + shared)) for shared in (mail, chat))
    assert told(old, new) == ["removed Mail", "added Chat behind Shop"]
    assert told(old, old.replace("key: Mail", "key: Post")) == ["renamed Post from Mail (0)"]


def test_a_page_that_goes_on_asking_for_what_is_gone_is_as_it_was():
    folder = "  - {key: Folder, dataType: string, description: Where files go}\n"
    assert told(FILE, edited((folder, ""))) == ["removed Folder"]


def test_a_new_flow_is_one_difference():
    nightly = FILE[FILE.index("  - name: Nightly") :]
    assert told(edited((nightly, "")), FILE) == ["added Nightly behind Incoming"]


def test_a_trigger_of_another_kind_and_name_is_still_the_trigger():
    new = edited(
        ("name: Clock", "name: Request"),
        (
            "key: schedule, component: {key: schedule-triggers",
            "key: webhook, component: {key: webhook-triggers",
        ),
    )
    assert told(FILE, new) == [
        "renamed Request from Clock (0)",
        "changed Request action key",
        "changed Request action component key",
    ]


def test_the_file_itself_may_say_what_was_renamed():
    new = edited(
        ("{key: Folder, dataType: string, description: Where files go}", "{key: Path, dataType: date}"),
        ("flows:\n", "renameAttributes: {requiredConfigVars: [{oldName: Folder, newName: Path}]}\nflows:\n"),
        ("value: Folder}", "value: Path}"),
    )
    assert told(FILE, new) == [
        "changed Orders renameAttributes",
        "renamed Path from Folder (2)",
        "changed Path dataType",
        "changed Path description",
    ]


def test_a_stable_key_is_as_good_as_a_name():
    old = edited(("      - name: Call\n", "      - name: Call\n        stableKey: k1\n"))
    new = edited(
        ("name: Call", "name: Other"),
        ("value: Incoming", "value: ''"),
        ("key: invokeFlow", "key: x"),
        text=old,
    )
    assert told(old, new) == [
        "renamed Other from Call (0)",
        "changed Other action key",
        "changed Other inputs flowName",
    ]


def test_other_steps_with_the_same_action_are_not_taken_for_renamed_ones():
    post = FILE[FILE.index("              - name: Tell Boss") : FILE.index("          - name: Else")]
    new = edited((post, "")).replace(
        "          - name: Large\n            steps:\n", "          - name: Large\n            steps: []\n"
    )
    other = """\
      - name: Notify
        action: {key: httpPost, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://elsewhere.test/notes'}
          data: {type: reference, value: clock.results}
"""
    assert told(FILE, new + other) == ["removed Tell Boss", "added Notify behind Call"]


def test_of_several_with_one_name_the_first_is_the_first():
    twice = edited((CALL, CALL + CALL))
    assert told(twice, twice) == []
    assert told(FILE, twice) == ["added Call behind Call"]
    assert told(twice, FILE) == ["removed Call"]


def test_what_an_alias_repeats_is_compared_like_what_is_written_out():
    url = "{type: value, value: 'https://boss.test/large'}"
    anchored = edited(
        (url, f"&url {url}"), ("          flowName:", "          body: *url\n          flowName:")
    )
    written = edited(("          flowName:", f"          body: {url}\n          flowName:"))
    assert told(anchored, written) == []
    assert told(FILE, anchored) == ["changed Call inputs body"]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "flows: 5",
        "flows: [1, {}, {name: 3, steps: [{inputs: 7, branches: {}}]}]",
        "name: [x]\nrequiredConfigVars: [{key: {}}]",
    ],
)
def test_broken_files_are_compared_as_far_as_they_go(text):
    assert told(text, text) == []
    assert told(FILE, text) != []
    assert told(text, FILE) != []


def test_pairs_lead_from_each_part_that_is_still_there_to_what_it_is_now():
    found = compared(
        FILE, edited(("name: Sum\n", "name: Total Up\n"), ("sum.results", "totalUp.results"), (CALL, ""))
    )
    names = {old.name: new.name for old, new in found.pairs.items()}
    assert names["Sum"] == "Total Up"
    assert "Call" not in names
    assert len(found.pairs) == len(list(found.new.walk()))
