"""Changes that are approved on purpose: `approvals.yml` beside the integration."""

import json

import pytest

from differing import LATER, SMALL
from forks import publish
from repositories import write

ORDERS = "integrations/orders/integration.yml"
APPROVALS = "integrations/orders/approvals.yml"
BY = {
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "user.name",
    "GIT_CONFIG_VALUE_0": "Ada",
    "GIT_CONFIG_KEY_1": "user.email",
    "GIT_CONFIG_VALUE_1": "ada@acme.test",
}
KNOWN = "approved already, for this reason; nothing was changed\n"
SYNCHRONOUS = "  breaking  flow `Receive`: synchronous: true → false\n            synchronous-changed {}\n"
DEFAULT = "  risky     default of `Size`: 5 → 6\n            config-var-default-changed {}\n"
NONE_OPEN = "\nNo other change needs an approval.\n"
RISKY = LATER.replace("'5'", "'6'")


@pytest.fixture
def orders(project):
    """Give a project whose published orders answer at once, and whose working copy does not, and has another default."""
    folder = project({ORDERS: SMALL})
    publish(folder, "orders")
    write(folder, ORDERS, RISKY)
    return folder


@pytest.fixture
def fingerprints(orders, xchange):
    """Give the fingerprints by kind of change."""
    told = json.loads(xchange("diff", "--output", "json", cwd=orders).out)
    return {one["kind"]: one["fingerprint"] for one in told["integrations"][0]["changes"]}


def entry(fingerprint, kind, message, because="the shop was told"):
    return (
        f'  - fingerprint: "{fingerprint}"\n'
        f"    kind: {kind}\n"
        f"    message: {message}\n"
        f"    because: {because}\n"
        f"    by: 'Ada <ada@acme.test>'\n"
    )


def approve(xchange, folder, *prints, because="the shop was told", output="text"):
    wanted = [word for one in prints for word in ("--approve", one)]
    return xchange("diff", *wanted, "--because", because, "--output", output, cwd=folder, env=BY)


def test_an_approved_change_stays_visible_and_passes_the_gate(orders, fingerprints, xchange):
    ran = approve(xchange, orders, fingerprints["synchronous-changed"])
    assert (ran.code, ran.err) == (0, "")
    out = xchange("diff", cwd=orders).out
    assert "1 breaking (1 approved), 1 risky\n" in out
    assert "            approved: the shop was told\n" in out
    assert "Callers of `Receive` must change.\n" in out
    assert f"\n\norders@1 → {ORDERS}: breaking\n" in out
    assert xchange("diff", "--fail-on-change", "breaking", cwd=orders).code == 0
    assert xchange("diff", "--fail-on-change", "risky", cwd=orders).code == 1


def test_who_approves_is_told_what_was_approved_where_and_what_is_still_open(orders, fingerprints, xchange):
    first, second = (fingerprints[kind] for kind in ("synchronous-changed", "config-var-default-changed"))
    assert approve(xchange, orders, first).out == (
        f"approved 1 change in {APPROVALS}\n"
        + SYNCHRONOUS.format(first)
        + "\n1 risky still open:\n"
        + DEFAULT.format(second)
    )
    assert approve(xchange, orders, second).out == (
        f"approved 1 change in {APPROVALS}\n" + DEFAULT.format(second) + NONE_OPEN
    )


def test_of_much_that_is_open_the_worst_is_named_with_its_integration_and_the_rest_counted(
    orders, fingerprints, xchange
):
    several = "".join(f"  - {{key: V{number}, dataType: string}}\n" for number in range(6))
    write(orders, "integrations/other/integration.yml", SMALL)
    publish(orders, "other")
    write(orders, "integrations/other/integration.yml", SMALL.replace("flows:\n", f"{several}flows:\n"))
    out = approve(xchange, orders, fingerprints["synchronous-changed"]).out
    assert out.startswith(
        f"approved 1 change in {APPROVALS}\n  breaking  orders: flow `Receive`: synchronous: true → false\n"
    )
    still = out.partition("\n\n")[2].splitlines()
    assert still[:2] == [
        "6 breaking, 1 risky still open:",
        "  breaking  other: `V0` is new and has no default",
    ]
    assert (len(still), still[-1]) == (12, "2 more changes: xchange diff")


def test_other_formats_show_the_whole_comparison_and_say_beside_it_what_was_approved(
    orders, fingerprints, xchange
):
    ran = approve(xchange, orders, fingerprints["synchronous-changed"], output="json")
    assert (ran.code, ran.err) == (0, f"approved 1 change in {APPROVALS}\n")
    told = json.loads(ran.out)["integrations"][0]["changes"]
    assert [one["approved"] for one in told] == [None, "the shop was told"]


def test_the_file_says_what_why_and_who(orders, fingerprints, xchange):
    fingerprint = fingerprints["synchronous-changed"]
    approve(xchange, orders, fingerprint)
    assert (orders / APPROVALS).read_text("utf-8") == (
        "# Changes that were approved on purpose; `xchange diff --approve` adds to them.\n"
        "schema: xchange.approvals/1\n"
        "approvals:\n" + entry(fingerprint, "synchronous-changed", "'synchronous: true → false'")
    )


def test_approving_twice_changes_nothing(orders, fingerprints, xchange):
    approve(xchange, orders, *fingerprints.values())
    before = (orders / APPROVALS).read_bytes()
    ran = approve(xchange, orders, *fingerprints.values())
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(KNOWN)
    assert ran.out.endswith(NONE_OPEN)
    assert (orders / APPROVALS).read_bytes() == before


def test_approving_again_with_another_reason_corrects_the_reason_and_nothing_else(
    orders, fingerprints, xchange
):
    approve(xchange, orders, *fingerprints.values())
    first = fingerprints["synchronous-changed"]
    text = (orders / APPROVALS).read_text("utf-8")
    write(orders, APPROVALS, text.replace("  - fing", "  # asked\n  - fing", 1))
    ran = approve(xchange, orders, first, because="the shop: told #4711")
    assert (ran.code, ran.out) == (
        0,
        f"corrected the reason of 1 approval in {APPROVALS}\n" + SYNCHRONOUS.format(first) + NONE_OPEN,
    )
    assert (orders / APPROVALS).read_text("utf-8") == text.replace(
        "  - fing", "  # asked\n  - fing", 1
    ).replace(
        entry(first, "synchronous-changed", "'synchronous: true → false'"),
        entry(first, "synchronous-changed", "'synchronous: true → false'", "'the shop: told #4711'"),
    )


def test_entries_are_sorted_however_they_came_and_comments_stay(orders, fingerprints, xchange):
    first, second = sorted(fingerprints.values())
    approve(xchange, orders, second)
    text = (orders / APPROVALS).read_text("utf-8")
    head, dash, rest = text.partition("  - ")
    write(orders, APPROVALS, f"{head}  # asked by the shop\n{dash}{rest}  # the end\n")
    assert approve(xchange, orders, first).code == 0
    found = (orders / APPROVALS).read_text("utf-8")
    assert found.startswith(f'{head}  - fingerprint: "{first}"\n')
    assert found.endswith(f"  # asked by the shop\n{dash}{rest}  # the end\n")
    assert approve(xchange, orders, first).out.startswith(KNOWN)


@pytest.mark.parametrize(
    "empty", ["approvals: []\n", "approvals: [] # none\r\n", "approvals:\n", "approvals:"]
)
def test_an_empty_list_gets_its_first_entry(empty, orders, fingerprints, xchange):
    (orders / APPROVALS).write_bytes(b"schema: xchange.approvals/1\n" + empty.encode())
    assert approve(xchange, orders, *fingerprints.values()).code == 0
    assert xchange("validate", APPROVALS, cwd=orders).out.startswith("1 project file: no findings")
    assert xchange("diff", "--fail-on-change", "risky", cwd=orders).code == 0


def test_line_ends_of_the_file_stay(orders, fingerprints, xchange):
    first, second = sorted(fingerprints.values())
    approve(xchange, orders, first)
    path = orders / APPROVALS
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").rstrip())
    approve(xchange, orders, second)
    lines = path.read_bytes().split(b"\n")
    assert all(line.endswith(b"\r") for line in lines[:-1])
    assert xchange("diff", "--fail-on-change", "risky", cwd=orders).code == 0


def test_a_list_in_brackets_is_left_to_its_author(orders, fingerprints, xchange):
    text = 'schema: xchange.approvals/1\napprovals: [{fingerprint: "000000000000", because: x}]\n'
    write(orders, APPROVALS, text)
    ran = approve(xchange, orders, *fingerprints.values())
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"error: {APPROVALS} has no line to add to\n")
    assert (orders / APPROVALS).read_text("utf-8") == text


@pytest.mark.parametrize(
    "because", ["'quotes\" # and: signs", "[a list]", "two\nlines\x07", "🚚 " + "x" * 300, "yes"]
)
def test_a_reason_may_be_any_text(because, orders, fingerprints, xchange):
    assert approve(xchange, orders, fingerprints["synchronous-changed"], because=because).code == 0
    told = json.loads(xchange("diff", "--output", "json", cwd=orders).out)
    reasons = [one["approved"] for one in told["integrations"][0]["changes"] if one["approved"]]
    assert reasons == [" ".join(because.split())]


def test_the_beginning_of_a_fingerprint_is_enough(orders, fingerprints, xchange):
    fingerprint = fingerprints["synchronous-changed"]
    assert approve(xchange, orders, fingerprint[:6].upper()).code == 0
    assert fingerprint in (orders / APPROVALS).read_text("utf-8")


def test_an_unknown_fingerprint_is_told_with_the_nearest_and_nothing_is_written(
    orders, fingerprints, xchange
):
    fingerprint = fingerprints["synchronous-changed"]
    other = fingerprint[:-1] + ("0" if fingerprint[-1] != "0" else "1")
    assert approve(xchange, orders, other, fingerprint) == (
        3,
        "",
        f"error: no change has the fingerprint {other}\nhint: Did you mean {fingerprint}?\n",
    )
    assert not (orders / APPROVALS).exists()


def test_an_approval_holds_for_its_own_change_only(orders, fingerprints, xchange):
    approve(xchange, orders, *fingerprints.values())
    write(orders, ORDERS, RISKY.replace("'6'", "'7'"))
    assert xchange("diff", "--fail-on-change", "risky", cwd=orders).code == 1
    assert xchange("diff", "--fail-on-change", "breaking", cwd=orders).code == 0


def test_an_integration_that_is_gone_can_be_approved_too(orders, xchange):
    (orders / ORDERS).unlink()
    told = json.loads(xchange("diff", "--output", "json", cwd=orders).out)
    [gone] = told["integrations"][0]["changes"]
    assert approve(xchange, orders, gone["fingerprint"]).code == 0
    assert xchange("diff", "--fail-on-change", "breaking", cwd=orders).code == 0


def test_approvals_that_cannot_be_written_leave_everything_as_it_was(orders, fingerprints, xchange):
    (orders / APPROVALS).mkdir()
    ran = approve(xchange, orders, *fingerprints.values())
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"error: {APPROVALS} is a folder, not a file\n")


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("schema: 3\napprovals: []\n", ":1:9: error wrong-format"),
        ("schema: xchange.approvals/1\n", ":1:1: error missing-key"),
        (
            "schema: xchange.approvals/1\napprovals:\n  - {fingerprint: abc, because: x}\n",
            ":3:19: error wrong-value",
        ),
        (
            (
                'schema: xchange.approvals/1\napprovals:\n  - {fingerprint: "00000000000a", because: x}\n'
                '  - {fingerprint: "00000000000a", because: y}\n'
            ),
            ":4:19: warning duplicate-key: `00000000000a` is approved twice; the first entry counts",
        ),
    ],
)
def test_validate_checks_the_file_with_its_integration_and_alone(text, finding, orders, xchange):
    write(orders, APPROVALS, text)
    with_integration = xchange("validate", "orders", cwd=orders).out
    alone = xchange("validate", APPROVALS, cwd=orders).out
    assert f"{APPROVALS}{finding}" in with_integration
    assert f"{APPROVALS}{finding}" in alone
    assert xchange("validate", "orders", cwd=orders).out.count(finding) == 1


def test_diff_names_the_place_of_what_is_wrong_in_approvals(orders, xchange):
    write(orders, APPROVALS, "schema: 3\napprovals: []\n")
    ran = xchange("diff", "orders", cwd=orders)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith(f"{APPROVALS}:1:9: error: ")
