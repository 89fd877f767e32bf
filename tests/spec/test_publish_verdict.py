"""What a new version means for those who have the one before it: in the manifest, as a gate, as a number, as a note."""

import json
import os
import subprocess
import sys

import pytest

import repositories
from conftest import start_process
from differing import LATER, SMALL
from registries import DRAFT as ACME
from registries import Meddling, package, registry
from repositories import ORDERS, clone, commit, git, manifest, published, pushed, repository, write
from store_calls import calls_of_publish
from strict_schemas import faults
from xchange_cli.registry.draft import Judged
from xchange_cli.registry.registry import Registry
from xchange_cli.registry.verdict import Verdict
from xchange_cli.storage.open import open_store

BREAKS = {
    "kind": "synchronous-changed",
    "grade": "breaking",
    "path": ["flows", "Receive", "isSynchronous"],
    "message": "synchronous: true → false",
    "fingerprint": "acb025276542",
    "approved": None,
}
FINGERPRINT = BREAKS["fingerprint"]
RISKY = SMALL.replace("defaultValue: '5'", "defaultValue: '6'")
SAFE = SMALL.replace("description: ''", "description: Takes orders.")
NOTHING = {"breaking": 0, "risky": 0, "safe": 0}
REFUSED = """\
flow `Receive`
  breaking  synchronous: true → false
            synchronous-changed acb025276542
            integrations/orders/integration.yml:8:20
            Callers who wait for the result get an acknowledgement instead.
error: orders is not published: 1 breaking change since orders@1, which nobody has approved
hint: Approve what is wanted: `xchange diff orders --approve acb025276542
      --because TEXT`, and commit approvals.yml. --allow-breaking acb025276542
      lets it pass this once, --allow-breaking all lets everything pass.
"""


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


@pytest.fixture
def here(tmp_path):
    folder = repository(tmp_path / "here")
    write(folder, ORDERS, SMALL)
    commit(folder)
    return folder


@pytest.fixture
def publish(here, xchange):
    """Publish orders, with another text if one is given, into a registry that git does not know."""

    def run(*options, text=None, note=("--note", "x")):
        if text is not None:
            write(here, ORDERS, text)
            commit(here)
        return xchange("publish", "orders", "--registry", "../registry", *note, *options, cwd=here)

    return run


@pytest.fixture
def made(tmp_path):
    """Give a manifest of the registry that git does not know."""
    return lambda number: manifest(tmp_path, number)


@pytest.fixture
def damage(tmp_path):
    """Change the file of a published version."""

    def run(number):
        digest = manifest(tmp_path, number)["digest"]
        path = tmp_path / f"registry/integrations/orders/packages/{digest}/integration.yml"
        path.write_text("{}")
        return path

    return run


def files(folder):
    return {path: path.read_bytes() for path in (folder / "registry").rglob("*") if path.is_file()}


def test_a_first_version_has_no_verdict_and_a_later_one_says_what_it_changes(publish, made, tmp_path):
    assert publish().code == 0
    code, out, err = publish(text=LATER.replace("name: Orders", "name: All Orders"))
    assert (code, out) == (0, f"orders 2 {made(2)['digest']}\n")
    assert err == (
        "orders@2 is breaking for those who have orders@1: 1 breaking, 1 safe\n"
        "  Callers of `Receive` must change.\n"
    )
    assert made(1)["verdict"] is None
    other = {
        "kind": "integration-name-changed",
        "grade": "safe",
        "path": [],
        "message": "the integration was called `Orders`",
        "fingerprint": made(2)["verdict"]["changes"][1]["fingerprint"],
        "approved": None,
    }
    assert made(2)["verdict"] == {
        "against": 1,
        "grade": "breaking",
        "counts": {"breaking": 1, "risky": 0, "safe": 1},
        "changes": [BREAKS, other],
    }
    assert faults(json.dumps(made(2)), "version") == []


def test_the_fingerprints_are_those_that_diff_shows(publish, made, xchange, here):
    publish()
    publish(text=LATER)
    compared = xchange(
        "diff", "orders@1", "orders", "--registry", "../registry", "--output", "json", cwd=here
    )
    [one] = json.loads(compared.out)["integrations"]
    shown = [change["fingerprint"] for change in one["changes"]]
    assert shown == [change["fingerprint"] for change in made(2)["verdict"]["changes"]]


def test_what_changes_in_form_alone_has_a_verdict_without_a_grade(publish, made):
    publish()
    code, _, err = publish(text=f"# orders\n{SMALL}")
    assert (code, err) == (0, "orders@2 does the same as orders@1; it differs in integration.yml\n")
    assert made(2)["verdict"] == {"against": 1, "grade": None, "counts": NOTHING, "changes": []}


def test_a_new_page_of_documentation_changes_nothing_for_those_who_have_it(publish, made, here):
    publish()
    write(here, "integrations/orders/docs/setup.md", "# Set up\n")
    commit(here)
    assert publish("--dry-run").err == (
        "orders: would be published as 2\norders@2 would do the same as orders@1; it differs in docs/setup.md\n"
    )
    assert publish().err == "orders@2 does the same as orders@1; it differs in docs/setup.md\n"
    assert made(2)["verdict"] == {"against": 1, "grade": None, "counts": NOTHING, "changes": []}


def test_of_many_other_files_some_are_named(publish, here):
    publish()
    for name in "abcde":
        write(here, f"integrations/orders/docs/{name}.md", f"# {name}\n")
    commit(here)
    assert publish().err == (
        "orders@2 does the same as orders@1; it differs in docs/a.md, docs/b.md,\ndocs/c.md and 2 more\n"
    )


def test_the_grade_is_shown_wherever_versions_are(publish, xchange, here):
    publish()
    publish(text=LATER)

    def shown(*words):
        return xchange(*words, "--registry", "../registry", cwd=here).out

    rows = [line.split() for line in shown("versions", "orders").splitlines()[1:4:2]]
    assert [(row[0], row[5:]) for row in rows] == [("2", ["breaking", "yes"]), ("1", ["yes"])]
    assert "  version 2 (breaking): x\n" in shown("log")
    assert "published: orders@2; breaking for those who have orders@1;" in shown("show", "orders")
    told = json.loads(shown("versions", "orders", "--output", "json"))["versions"]
    assert [one["verdict"] and one["verdict"]["grade"] for one in told] == ["breaking", None]
    published = json.loads(shown("show", "orders@2", "--output", "json"))["published"]
    assert (published["grade"], published["against"]) == ("breaking", 1)


def test_a_dry_run_says_what_the_version_would_mean(publish):
    publish()
    code, out, err = publish("--dry-run", text=LATER, note=())
    assert (code, out[:9]) == (0, "orders 2 ")
    assert err == (
        "orders: would be published as 2\n"
        "orders@2 would be breaking for those who have orders@1: 1 breaking\n"
        "  Callers of `Receive` must change.\n"
    )


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_breaking_change_that_nobody_approved_keeps_a_version_back(publish, tmp_path, more):
    publish()
    before = files(tmp_path)
    assert publish("--fail-on-change", "breaking", *more, text=LATER) == (1, "", REFUSED)
    assert files(tmp_path) == before


def test_programs_are_told_which_changes_keep_it_back(publish):
    publish()
    code, out, err = publish("--fail-on-change", "breaking", "--output", "json", text=LATER)
    [one] = json.loads(out)["integrations"]
    assert (code, err, faults(out, "published-output")) == (1, "", [])
    assert (one["status"], one["error"]["code"]) == ("failed", "invalid")
    assert [change["fingerprint"] for change in one["error"]["changes"]] == [FINGERPRINT]


@pytest.mark.parametrize(
    ("text", "least", "code"),
    [
        (RISKY, "breaking", 0),
        (RISKY, "risky", 1),
        (SAFE, "risky", 0),
        (LATER, "risky", 1),
    ],
)
def test_the_least_grade_that_keeps_it_back_can_be_chosen(publish, text, least, code):
    publish()
    assert publish("--fail-on-change", least, text=text).code == code


def test_a_first_version_and_one_that_is_there_already_pass(publish, made):
    assert publish("--fail-on-change", "risky").code == 0
    publish(text=LATER)
    code, out, err = publish("--fail-on-change", "risky")
    assert (code, out, err) == (
        0,
        f"orders 2 {made(2)['digest']}\n",
        "orders: already published as 2\n",
    )


def test_the_project_can_say_what_keeps_a_version_back_and_the_option_wins(publish, here):
    write(here, "xchange.yaml", "publish: {failOnChange: breaking}\n")
    commit(here)
    publish()
    assert publish(text=LATER) == (1, "", REFUSED)
    assert publish(text=RISKY).code == 0
    assert publish("--fail-on-change", "risky", text=SMALL).code == 1


def test_another_word_in_the_project_is_refused_by_its_place(publish, here):
    write(here, "xchange.yaml", "publish: {failOnChange: safe}\n")
    commit(here)
    code, out, err = publish()
    assert (code, out) == (1, "")
    assert err.startswith("xchange.yaml:1:25: error: ")


def test_what_is_approved_passes_and_the_version_says_why(publish, made, here, xchange):
    publish()
    write(here, ORDERS, LATER)
    words = ("--approve", FINGERPRINT, "--because", "the shop was told")
    assert xchange("diff", "orders", "--registry", "../registry", *words, cwd=here).code == 0
    commit(here)
    code, _, err = publish("--fail-on-change", "breaking")
    assert code == 0
    assert err == (
        "orders@2 is breaking for those who have orders@1: 1 breaking (1 approved)\n"
        "  Callers of `Receive` must change.\n"
    )
    assert made(2)["verdict"]["grade"] == "breaking"
    assert made(2)["verdict"]["changes"] == [{**BREAKS, "approved": "the shop was told"}]


def test_no_token_in_a_reason_reaches_the_registry(publish, made, here):
    publish()
    token = "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789AB"
    entry = f"{{fingerprint: {FINGERPRINT}, kind: k, message: m, because: use {token} now, by: Ada}}"
    write(
        here,
        "integrations/orders/approvals.yml",
        f"schema: xchange.approvals/1\napprovals:\n  - {entry}\n",
    )
    assert publish(text=LATER).code == 0
    assert made(2)["verdict"]["changes"][0]["approved"] == "use «secret: hidden» now"


@pytest.mark.parametrize("allowed", [FINGERPRINT, FINGERPRINT.upper(), "all"])
def test_a_change_can_be_let_pass_once(publish, made, allowed):
    publish()
    assert publish("--fail-on-change", "breaking", "--allow-breaking", allowed, text=LATER).code == 0
    assert made(2)["verdict"]["changes"] == [{**BREAKS, "approved": "allowed when it was published"}]


def test_only_what_the_gate_would_have_kept_back_is_let_pass(publish, made):
    publish()
    both = RISKY.replace("isSynchronous: true", "isSynchronous: false")
    options = ("--fail-on-change", "breaking", "--allow-breaking", "all")
    assert publish(*options, text=both).code == 0
    found = [(change["grade"], change["approved"]) for change in made(2)["verdict"]["changes"]]
    assert found == [("breaking", "allowed when it was published"), ("risky", None)]


@pytest.mark.parametrize("allowed", [("all",), (FINGERPRINT,), ("all", FINGERPRINT)])
def test_all_that_a_gate_for_risky_changes_keeps_back_can_be_let_pass(publish, made, allowed):
    publish()
    both = RISKY.replace("isSynchronous: true", "isSynchronous: false")
    options = [word for one in allowed for word in ("--allow-breaking", one)]
    ran = publish("--fail-on-change", "risky", *options, text=both)
    assert ran.code == (0 if "all" in allowed else 1)


def test_where_nothing_keeps_changes_back_nothing_is_let_pass_and_that_is_told(publish, made):
    publish()
    code, _, err = publish("--allow-breaking", "all", text=LATER)
    assert (code, made(2)["verdict"]["changes"]) == (0, [BREAKS])
    assert err == (
        "orders@2 is breaking for those who have orders@1: 1 breaking\n"
        "  Callers of `Receive` must change.\n"
        "warning: --allow-breaking lets nothing pass, for nothing keeps changes back:\n"
        "         --fail-on-change does, or publish.failOnChange in xchange.yaml\n"
    )


def test_a_fingerprint_that_no_change_has_lets_nothing_pass_and_is_told(publish):
    publish()
    options = ("--fail-on-change", "breaking", "--allow-breaking", "0123456789ab")
    code, out, err = publish(*options, text=LATER)
    assert (code, out) == (1, "")
    assert "warning: no change has the fingerprint 0123456789ab of --allow-breaking\n" in err
    assert publish(*options, text=RISKY).err.endswith(
        "warning: no change has the fingerprint 0123456789ab of --allow-breaking\n"
    )


@pytest.mark.parametrize("word", ["", "acb0", "everything", f"{FINGERPRINT}0"])
def test_what_is_no_fingerprint_is_refused(publish, tmp_path, word):
    code, out, err = publish("--allow-breaking", word)
    assert (code, out) == (2, "")
    assert err == (
        f"error: {word!r} is no fingerprint of a change\n"
        "hint: `xchange diff` shows them: 12 hex digits. `all` stands for all changes.\n"
    )
    assert not (tmp_path / "registry").exists()


def test_the_external_version_counts_on_by_the_worst_change(publish, made):
    publish("--external-version", "auto")
    for text in (SAFE, RISKY, LATER, f"# a comment\n{LATER}"):
        assert publish("--external-version", "auto", text=text).code == 0
    found = [made(number)["externalVersion"] for number in range(1, 6)]
    assert found == ["1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.0.1"]


def test_the_number_that_was_counted_on_is_told_also_by_a_dry_run(publish):
    assert publish("--external-version", "auto", "--dry-run").err == (
        "orders: would be published as 1\norders@1 would have the external version 1.0.0\n"
    )
    assert publish("--external-version", "auto").err == "orders@1 has the external version 1.0.0\n"
    assert publish("--external-version", "auto", "--dry-run", text=LATER).err == (
        "orders: would be published as 2\n"
        "orders@2 would be breaking for those who have orders@1: 1 breaking\n"
        "  Callers of `Receive` must change.\n"
        "orders@2 would have the external version 2.0.0\n"
    )
    for more in ("--dry-run",), ():
        ran = publish("--external-version", "auto", "--output", "json", *more)
        [one] = json.loads(ran.out)["integrations"]
        assert (one["version"], one["manifest"]["externalVersion"]) == (2, "2.0.0")


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_what_is_published_already_without_a_number_gets_none_and_that_is_told(publish, made, more):
    publish()
    assert publish("--external-version", "auto", *more).err == (
        "orders: already published as 1\n"
        "warning: orders: it stays without an external version; naming one, such as\n"
        "         1.0.0, publishes it anew with that\n"
    )
    assert publish("--external-version", "1.0.0").code == 0
    assert (made(2)["externalVersion"], made(2)["digest"]) == ("1.0.0", made(1)["digest"])


def test_what_is_approved_counts_as_what_it_is(publish, made):
    publish("--external-version", "0.3.0")
    options = ("--fail-on-change", "breaking", "--allow-breaking", "all")
    publish("--external-version", "auto", *options, text=LATER)
    assert made(2)["externalVersion"] == "0.4.0"


def test_versions_without_an_external_one_are_passed_over_and_what_they_changed_counts(publish, made):
    publish("--external-version", "1.2.0")
    publish(text=LATER)
    publish("--external-version", "auto", text=LATER.replace("description: ''", "description: Orders."))
    assert (made(3)["externalVersion"], made(3)["verdict"]["grade"]) == ("2.0.0", "safe")


def test_the_same_content_is_not_published_again_for_the_sake_of_a_number(publish, made):
    publish("--external-version", "1.2.0")
    assert publish("--external-version", "auto").err == "orders: already published as 1\n"


def test_what_the_program_cannot_count_on_from_is_an_error(publish, tmp_path):
    root = tmp_path
    one = Registry(open_store("registry/", root))
    one.publish(ACME._replace(key="orders", external_version="seven"), package(SMALL))
    code, out, err = publish("--external-version", "auto", text=LATER)
    assert (code, out) == (2, "")
    assert err == (
        "error: orders@1 has the external version 'seven', from which nobody can count on\n"
        "hint: Name the next one: --external-version X.Y.Z.\n"
    )
    assert published(tmp_path) == ["000001.json"]
    assert not (tmp_path / "registry/.gitattributes").exists()


@pytest.mark.parametrize("how", ["damaged", "missing"])
@pytest.mark.parametrize("gate", [(), ("--fail-on-change", "breaking"), ("--dry-run",)])
def test_nothing_comes_after_a_damaged_version_until_it_is_brought_back(
    publish, damage, xchange, tmp_path, how, gate
):
    publish()
    path = damage(1)
    if how == "missing":
        path.unlink()
    before = files(tmp_path)

    code, out, err = publish(*gate, text=SAFE)

    place = f"../registry/integrations/orders/packages/{path.parent.name}/integration.yml"
    said = " ".join(err.split())
    assert (code, out, files(tmp_path)) == (1, "", before)
    assert said.startswith(f"error: orders is not published: {place} is {how}: ")
    assert said.endswith(
        "hint: `xchange verify orders@1` names all that differs. Take it from git or from a backup: a version never "
        "changes. In git, `git log -- FILE` finds the commit to restore it from. --allow-breaking all publishes it all "
        "the same."
    )
    assert xchange("verify", "orders@1", cwd=tmp_path).code == 1


def test_a_version_after_a_damaged_one_is_published_where_everything_is_allowed(publish, made, damage):
    publish("--external-version", "1.2.0")
    path = damage(1)
    code, _, err = publish("--external-version", "auto", "--allow-breaking", "all", text=SAFE)
    assert code == 0
    said = " ".join(err.split())
    place = f"../registry/integrations/orders/packages/{path.parent.name}/integration.yml"
    assert said.startswith(
        "orders@2 has the external version 2.0.0 "
        f"warning: orders: nobody can tell what changes since orders@1: {place} is damaged: "
    )
    assert said.endswith("; it counts as breaking")
    assert (made(2)["verdict"], made(2)["externalVersion"]) == (None, "2.0.0")


def test_what_nobody_can_tell_does_not_pass_a_gate_unless_all_is_allowed(publish, made, tmp_path):
    Registry(open_store("registry/", tmp_path)).publish(ACME._replace(key="orders"), package("a: [\n"))
    code, out, err = publish("--fail-on-change", "breaking", text=SAFE)
    assert (code, out) == (1, "")
    assert err.startswith("error: orders is not published, for nobody can tell what changes since orders@1: ")
    assert err.endswith("hint: --allow-breaking all publishes it all the same.\n")
    assert publish("--fail-on-change", "breaking", "--allow-breaking", "all").code == 0
    assert made(2)["verdict"] is None


def test_a_version_before_that_is_no_integration_is_told(publish, made, tmp_path):
    Registry(open_store("registry/", tmp_path)).publish(ACME._replace(key="orders"), package("a: [\n"))
    code, _, err = publish()
    assert (code, made(2)["verdict"]) == (0, None)
    assert err.startswith("warning: orders: nobody can tell what changes since orders@1: orders@1:1:4: ")


def test_versions_of_earlier_programs_have_no_verdict_and_those_of_later_ones_may_say_more(publish, tmp_path):
    publish()
    publish(text=LATER)
    path = tmp_path / "registry/integrations/orders/versions/000002.json"
    data = json.loads(path.read_bytes())
    data["verdict"]["advice"] = {"deploy": "slowly"}
    data["verdict"]["changes"][0]["weight"] = 3
    path.write_text(json.dumps(data))
    one = Registry(open_store("registry/", tmp_path))
    assert one.manifest("orders", 1).verdict is None
    assert one.manifest("orders", 2).verdict.grade == "breaking"


def test_of_very_many_changes_the_manifest_has_the_worst_and_counts_all(publish, made):
    head, flow = SMALL.split("flows:\n")
    flows = "".join(flow.replace("Receive", f"Receive {number}") for number in range(120))
    many = f"{head}flows:\n{flows}"
    publish(text=many)
    publish(text=many.replace("isSynchronous: true", "isSynchronous: false").replace("Orders", "Bills"))
    found = made(2)["verdict"]
    assert found["counts"] == {"breaking": 120, "risky": 0, "safe": 1}
    assert [change["grade"] for change in found["changes"]] == ["breaking"] * 100


def test_a_long_message_is_cut(publish, made):
    publish(text=SMALL.replace("name: Orders", f"name: {'O' * 500}"))
    publish(text=SMALL)
    [change] = made(2)["verdict"]["changes"]
    assert (len(change["message"]), change["message"][-1]) == (300, "…")


def test_who_publishes_at_the_same_time_is_compared_with_who_was_faster(tmp_path):
    other = registry(tmp_path)
    store = Meddling(
        open_store("registry/", tmp_path),
        "integrations/acme/versions/000002.json",
        lambda: other.publish(ACME, package("theirs")),
    )
    other.publish(ACME, package("first"))
    asked = []

    def judge(before):
        asked.append(before.digest)
        return Judged(Verdict(before.number, None, (0, 0, 0), ()), f"0.0.{before.number}")

    made = Registry(store).publish(ACME._replace(judge=judge), package("ours"))
    assert asked == [package("first").digest, package("theirs").digest]
    assert (made.manifest.number, made.manifest.verdict.against, made.manifest.external_version) == (
        3,
        2,
        "0.0.2",
    )
    assert made.before.digest == package("theirs").digest


def test_nothing_of_a_version_is_written_that_its_judge_refuses(tmp_path):
    one = registry(tmp_path)
    one.publish(ACME, package("first"))
    before = files(tmp_path)

    def refuse(_):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        one.publish(ACME._replace(judge=refuse), package("ours"))
    assert files(tmp_path) == before


@pytest.fixture
def raced(tmp_path, xchange):
    """Two clones of which the other one has pushed a version, of what it never committed."""
    origin = tmp_path / "origin.git"
    ours = repository(tmp_path / "ours", origin)
    write(ours, ORDERS, SMALL)
    commit(ours)
    git(ours, "push", "--quiet")
    other = clone(origin, tmp_path / "other")
    write(other, ORDERS, LATER)
    words = ("publish", "orders", "--note", "x", "--push", "--allow-dirty")
    assert xchange(*words, "--external-version", "1.0.0", cwd=other).code == 0
    return ours, origin


def test_who_is_late_to_push_is_compared_with_what_was_pushed(raced, xchange):
    ours, origin = raced
    words = ("publish", "orders", "--note", "x", "--push", "--external-version", "auto")
    code, _, err = xchange(*words, cwd=ours)
    assert code == 0, err
    made = manifest(ours, 2)
    assert (made["verdict"]["against"], made["externalVersion"]) == (1, "2.0.0")
    assert pushed(origin) == ["000001.json", "000002.json"]


def test_what_passed_a_gate_does_not_pass_it_against_who_was_faster(raced, xchange):
    ours, origin = raced
    words = ("publish", "orders", "--note", "x", "--push", "--fail-on-change", "risky")
    code, out, err = xchange(*words, cwd=ours)
    assert (code, out) == (1, "")
    assert "orders is not published: 1 breaking or risky change since orders@1" in err
    assert (pushed(origin), published(ours)) == (["000001.json"], ["000001.json"])


def test_comparing_costs_the_same_however_many_versions_there_are(tmp_path):
    assert calls_of_publish(tmp_path / "few", 30) == calls_of_publish(tmp_path / "many", 1_000)


class _Asked:
    """A publisher at a terminal of 80 columns, who types ahead."""

    def __init__(self, folder, typed, **environment):
        import pty

        ours, theirs = pty.openpty()
        os.write(ours, typed)
        started = start_process(
            *("publish", "orders", "--registry", "../registry"),
            cwd=folder,
            env={"TERM": "dumb", **environment},
            stdin=theirs,
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        os.close(theirs)
        self.out = started.communicate(timeout=60)[0]
        self.code = started.returncode
        self.screen = os.read(ours, 65536).decode().replace("\r\n", "\n")
        os.close(ours)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
class TestOnATerminal:
    @pytest.fixture
    def later(self, publish, here):
        publish()
        write(here, ORDERS, RISKY.replace("isSynchronous: true", "isSynchronous: false"))
        commit(here)

    def test_a_note_is_proposed_from_what_changed_and_enter_takes_it(self, later, here, made):
        asked = _Asked(here, b"\n")
        assert (asked.code, made(2)["note"]) == (
            0,
            "Receive: synchronous: true → false; default of `Size`: 5 → 6",
        )
        assert (
            "What has changed, as a note of the version:\n"
            "  Receive: synchronous: true → false; default of `Size`: 5 → 6\n"
            "Enter to take it, or another note: "
        ) in asked.screen

    def test_another_note_can_be_typed(self, later, here, made):
        assert (_Asked(here, b"Answers later\n").code, made(2)["note"]) == (0, "Answers later")

    def test_the_proposal_can_be_edited(self, later, here, made, tmp_path):
        editor = write(tmp_path, "edit.sh", "#!/bin/sh\nsed -i 's/Receive:/The flow Receive:/' \"$1\"\n")
        editor.chmod(0o755)
        asked = _Asked(here, b"e\n", EDITOR=str(editor))
        assert "Enter to take it, e to edit it, or another note: " in asked.screen
        assert made(2)["note"] == "The flow Receive: synchronous: true → false; default of `Size`: 5 → 6"

    def test_nothing_is_asked_where_nothing_would_be_published(self, publish, here, made):
        publish()
        asked = _Asked(here, b"")
        assert (asked.code, asked.out) == (0, f"orders 1 {made(1)['digest']}\n")
        assert "note" not in asked.screen

    def test_nothing_is_asked_of_what_is_kept_back(self, later, here):
        write(here, "xchange.yaml", "publish: {failOnChange: breaking}\n")
        commit(here)
        asked = _Asked(here, b"")
        assert (asked.code, asked.out, "note" in asked.screen) == (1, "", False)


def test_without_a_terminal_nothing_is_proposed_and_nothing_asked(publish):
    publish()
    code, out, err = publish(text=LATER, note=())
    assert (code, out, err) == (
        2,
        "",
        "error: a version needs a note\nhint: Say what has changed: --note TEXT, or --note-file FILE.\n",
    )
