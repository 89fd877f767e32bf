"""What `xchange diff` says beside the comparison: approvals, errors, gates, sides that cannot be compared."""

import json
import re

import pytest

from differing import LATER, SMALL
from forks import publish
from repositories import alone, commit, git, write

ORDERS = "integrations/orders/integration.yml"
OTHER = "integrations/other/integration.yml"
APPROVALS = "integrations/orders/approvals.yml"
BY = {
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "user.name",
    "GIT_CONFIG_VALUE_0": "Ada",
    "GIT_CONFIG_KEY_1": "user.email",
    "GIT_CONFIG_VALUE_1": "ada@acme.test",
}
SHOP = """\
  - key: Shop
    dataType: connection
    connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
    inputs: {}
"""
APPROVE_IT = (
    "hint: Approve what is wanted: the same command with --approve acb025276542\n"
    "      --because TEXT in place of --fail-on-change, and commit approvals.yml.\n"
)


@pytest.fixture
def repository(project, monkeypatch):
    """Give a repository with two integrations, both published as they are in `main`; orders answer at once now."""
    alone(monkeypatch)
    folder = project(
        {ORDERS: SMALL, OTHER: SMALL, "xchange.yaml": "limits: warn\n", ".gitignore": ".xchange/\n"}
    )
    git(folder, "init", "--quiet", "--initial-branch", "main")
    publish(folder, "orders")
    publish(folder, "other")
    commit(folder, "Begin")
    write(folder, ORDERS, LATER)
    return folder


@pytest.fixture
def approve(xchange, repository):
    return lambda *words: xchange(
        "diff", *words, "--approve", "acb025276542", "--because", "ticket 4711", cwd=repository, env=BY
    )


def test_when_all_is_approved_the_verdict_stays_and_says_so(repository, approve, xchange):
    approve()
    assert xchange("diff", "orders", cwd=repository) == (
        0,
        (
            f"orders@1 → {ORDERS}: breaking\n"
            "1 breaking (1 approved)\n"
            "\n"
            "Callers of `Receive` must change.\n"
            "All of that is approved.\n"
            "\n"
            "flow `Receive`\n"
            "  breaking  synchronous: true → false\n"
            "            synchronous-changed acb025276542\n"
            f"            {ORDERS}:8:20\n"
            "            Callers who wait for the result get an acknowledgement instead.\n"
            "            approved: ticket 4711\n"
        ),
        "",
    )
    told = json.loads(xchange("diff", "orders", "-o", "json", cwd=repository).out)["integrations"][0]
    assert (told["grade"], told["approved"], told["errors"]) == ("breaking", True, 0)
    markdown = xchange("diff", "orders", "-o", "markdown", cwd=repository).out
    assert f"`orders@1` → `{ORDERS}`: **breaking**" in markdown
    assert xchange("diff", "--fail-on-change", "breaking", cwd=repository).code == 0


def test_approvals_that_fit_no_change_are_named_on_one_line(repository, approve, xchange):
    approve()
    publish(repository, "orders")
    write(repository, ORDERS, LATER.replace("'5'", "'6'"))
    assert xchange("diff", "orders", cwd=repository).err == (
        f"warning: 1 approval fits no change of this comparison: acb025276542 in {APPROVALS}\n"
    )


def test_a_gate_says_why_it_fails_and_how_to_approve(repository, xchange):
    ran = xchange("diff", "--fail-on-change", "breaking", cwd=repository)
    assert (ran.code, ran.err) == (
        1,
        f"error: orders: 1 breaking change, which nobody has approved\n{APPROVE_IT}",
    )
    write(repository, OTHER, LATER)
    ran = xchange("diff", "--fail-on-change", "risky", "-o", "json", cwd=repository)
    assert (ran.code, ran.err) == (
        1,
        f"error: 2 breaking or risky changes, which nobody has approved\n{APPROVE_IT}",
    )


@pytest.mark.parametrize(("text", "code"), [("name: [\n", 3), ("<<<<<<< a\n=======\n>>>>>>> b\n", 6)])
def test_what_could_not_be_compared_is_not_said_to_be_unchanged(text, code, repository, xchange):
    write(repository, ORDERS, text)
    ran = xchange("diff", cwd=repository)
    assert (ran.code, ran.out) == (
        code,
        "nothing changed in 1 of 2 integrations; 1 could not be compared\n",
    )
    assert xchange("diff", "orders", cwd=repository).code == code
    shown = xchange("diff", "-o", "github", cwd=repository).out
    assert shown.startswith(f"::error file={ORDERS},line=1,title=not compared::")


def test_errors_of_the_working_copy_are_told_and_counted(repository, xchange):
    write(repository, ORDERS, SMALL.replace("isSynchronous: true", "isSynchronous: flase"))
    ran = xchange("diff", "-o", "json", cwd=repository)
    assert ran.err == f"warning: {ORDERS} has 1 error: xchange validate {ORDERS}\n"
    assert json.loads(ran.out)["integrations"][0]["errors"] == 1
    ran = xchange("diff", "orders@1", "main:orders", cwd=repository)
    assert (ran.code, ran.err) == (0, "")


def test_of_many_files_with_errors_the_first_are_named_and_the_others_counted(repository, xchange):
    for key in "abcde":
        write(
            repository,
            f"integrations/{key}/integration.yml",
            SMALL.replace("isSynchronous: true", "isSynchronous: flase"),
        )
    ran = xchange("diff", cwd=repository)
    named = [f"integrations/{key}/integration.yml" for key in "abc"]
    assert ran.err.splitlines() == [
        *(f"warning: {name} has 1 error: xchange validate {name}" for name in named),
        "warning: 2 more integrations have errors: xchange validate",
    ]


def test_what_was_never_published_does_not_keep_the_others_from_being_compared(repository, xchange):
    write(repository, "integrations/third/integration.yml", SMALL)
    git(repository, "checkout", "--quiet", "-b", "work")
    git(repository, "branch", "--quiet", "-D", "main")
    git(repository, "branch", "another")
    ran = xchange("diff", cwd=repository)
    assert (ran.code, ran.out.splitlines()[0]) == (
        3,
        "1 of 3 integrations differs: 1 breaking; 1 could not be compared",
    )
    assert ran.err.startswith(
        "error: `third` was never published, and git knows no main branch to compare with\nhint: Fetch it"
    )
    assert xchange("diff", "orders", cwd=repository).code == 0
    assert xchange("diff", "third", cwd=repository).code == 3


@pytest.mark.parametrize(
    ("arguments", "code", "error"),
    [
        (
            ("orders@1", "orders", "--key", "nosuch"),
            2,
            "--key nosuch names another integration than `orders`",
        ),
        (("orders@1", "orders", "--key", "other"), 2, "--key other names another integration than `orders`"),
        (("a.yml", "b.yml", "--key", "ordres"), 3, "no integration has the key ordres"),
        (("orders@0",), 3, "orders@0 is no version: versions count from 1"),
        (("HEAD~30",), 3, "git knows no revision HEAD~30"),
        (("HEAD~7:orders",), 3, "git knows no revision HEAD~7"),
        (("../main",), 3, "../main is no file, no key of an integration, no version and no git revision"),
        (("main...work",), 3, "main...work is a range of revisions, and each side is one"),
    ],
)
def test_sides_and_keys_that_do_not_go_together_are_told(arguments, code, error, repository, xchange):
    write(repository, "a.yml", SMALL)
    write(repository, "b.yml", LATER)
    ran = xchange("diff", *arguments, cwd=repository)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith(f"error: {error}")


def test_a_branch_that_only_the_remote_has_is_proposed(repository, xchange, tmp_path):
    git(repository, "clone", "--quiet", "--bare", ".", str(tmp_path / "remote.git"))
    git(repository, "remote", "add", "origin", str(tmp_path / "remote.git"))
    git(repository, "fetch", "--quiet", "origin")
    git(repository, "checkout", "--quiet", "-b", "work")
    git(repository, "branch", "--quiet", "-D", "main")
    for side in ("main", "main:orders"):
        assert xchange("diff", side, cwd=repository) == (
            3,
            "",
            f"error: main is no branch of this clone\nhint: Did you mean `origin/{side}`?\n",
        )


def test_only_what_the_working_copy_changes_can_be_approved(repository, approve, xchange):
    publish(repository, "orders")
    ran = approve("orders@1", "orders@2")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "error: orders@2 is not the working copy, beside which approvals are kept\n"
        "hint: Approve what the working copy changes: `xchange diff orders`.\n"
    )
    assert not (repository / APPROVALS).exists()


def test_a_project_file_that_does_not_say_which_integrations_there_are_ends_the_command(repository, xchange):
    write(repository, "xchange.yaml", "integrations: 5\n")
    ran = xchange("diff", cwd=repository)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("xchange.yaml:1:15: error: ")


def test_a_set_that_is_broken_and_one_that_was_changed_along_are_told_as_that(repository, xchange):
    renamed = SMALL.replace("key: Size, dataType: string, defaultValue: '5'", "key: Amount, dataType: string")
    write(
        repository, ORDERS, renamed.replace("inputs: {}", "inputs: {body: {type: configVar, value: Amount}}")
    )
    write(repository, "integrations/orders/configs/acme.yml", "values: {Amount: '7'}\n")
    write(repository, "integrations/orders/configs/bolt.yml", "values: [\n")
    out = xchange("diff", "orders", "--config", "all", cwd=repository).out
    assert (
        "CONFIG SET  OUTCOME               BY\n"
        "acme        changed along         `Amount`\n"
        "bolt        broken: see validate\n"
    ) in out


def test_the_origin_of_a_fork_is_checked_with_it(repository, xchange):
    write(repository, "integrations/orders/fork.json", '{"schema": "xchange.fork/1", "parent": 3}\n')
    out = xchange("validate", "orders", cwd=repository).out
    assert "integrations/orders/fork.json:1:" in out


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (None, "The integration is gone: whoever has it deployed gets no new version."),
        (
            ("requiredConfigVars:\n", "requiredConfigVars:\n  - {key: Depot, dataType: string}\n"),
            "Whoever has it deployed must give a value: `Depot`.",
        ),
        (
            (
                "requiredConfigVars:\n",
                f"requiredConfigVars:\n{SHOP}",
            ),
            "Whoever has it deployed must set up or authorise a connection: `Shop`.",
        ),
    ],
)
def test_the_verdict_says_what_has_to_be_done(edit, sentence, repository, xchange):
    if edit is None:
        (repository / ORDERS).unlink()
    else:
        write(repository, ORDERS, SMALL.replace(*edit))
    told = json.loads(xchange("diff", "orders@1", "-o", "json", cwd=repository).out)
    assert told["integrations"][0]["verdict"] == [sentence]


def test_of_a_new_integration_it_is_said_that_nobody_has_it_yet(repository, xchange):
    write(repository, "integrations/third/integration.yml", SMALL)
    told = json.loads(xchange("diff", "--key", "third", "-o", "json", cwd=repository).out)["integrations"][0]
    assert (told["grade"], told["verdict"]) == (
        "safe",
        ["The integration is new: nobody has it deployed yet."],
    )


ANSWER = """\
definitionVersion: 7
name: Orders
description: ''
requiredConfigVars: []
flows:
  - name: Receive
    isSynchronous: true
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Sum
        action: {key: add, component: {key: math, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Answer
        action: {key: createObject, component: {key: collection-tools, isPublic: true, version: LATEST}}
        inputs:
          keyValueInput:
            type: complex
            value:
              - {name: thanks, type: value, value: 'Thanks, see you soon'}
              - {name: total, type: reference, value: sum.results}
"""


@pytest.mark.parametrize(
    ("edits", "grade", "lines"),
    [
        (
            [("Thanks,", "Hello,")],
            "risky",
            ["- thanks: Thanks, see you soon", "+ thanks: Hello, see you soon"],
        ),
        (
            [("Thanks,", "Hello,"), ("name: Sum", "name: Total"), ("value: sum.", "value: total.")],
            "risky",
            ["- thanks: Thanks, see you soon", "+ thanks: Hello, see you soon"],
        ),
        (
            [("name: thanks", "name: note")],
            "breaking",
            ["- thanks: Thanks, see you soon", "+ note: Thanks, see you soon"],
        ),
        (
            [("'Thanks, see you soon'", "'5'")],
            "breaking",
            ["- thanks: Thanks, see you soon", "+ thanks: 5"],
        ),
    ],
)
def test_other_words_in_an_answer_are_risky_and_another_form_is_breaking(
    edits, grade, lines, project, xchange
):
    new = ANSWER
    for edit in edits:
        new = new.replace(*edit)
    folder = project({"old.yml": ANSWER, "new.yml": new})
    told = json.loads(xchange("diff", "old.yml", "new.yml", "-o", "json", cwd=folder).out)
    [change] = [one for one in told["integrations"][0]["changes"] if one["kind"] == "response-shape-changed"]
    assert (change["grade"], [f"{one['mark']} {one['text']}" for one in change["lines"]]) == (grade, lines)


def test_a_kind_of_change_is_explained(xchange):
    assert xchange("explain", "config-var-renamed") == (
        0,
        (
            "config-var-renamed (a change that is breaking or safe)\n"
            "\n"
            "A config variable has another key, which is its identity; `renameAttributes` or\n"
            "a `stableKey` keep it.\n"
            "\n"
            "What `xchange diff` says\n"
            "    breaking  `Area` was called `Region`; 1 reference follows\n"
            "    safe      `Area` was called `Region`; 1 reference follows\n"
        ),
        "",
    )
    assert xchange("explain", "config-var-renam") == (
        3,
        "",
        "error: there is no rule and no kind of change `config-var-renam`\nhint: Did you mean `config-var-renamed`?\n",
    )


ON_DEPLOYMENT = """\
  - name: First Sync
    steps:
      - name: Deployed
        isTrigger: true
        action: {key: instanceDeploy, component: {key: management-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""


def test_a_flow_that_starts_on_deployment_has_no_callers(project, xchange):
    synchronous = ON_DEPLOYMENT.replace("    steps", "    isSynchronous: true\n    steps", 1)
    texts = {"gone.yml": ANSWER, "old.yml": ANSWER + ON_DEPLOYMENT, "new.yml": ANSWER + synchronous}
    folder = project(texts)

    def verdict(new):
        told = json.loads(xchange("diff", "old.yml", new, "-o", "json", cwd=folder).out)["integrations"][0]
        return told["grade"], told["verdict"]

    assert verdict("new.yml") == ("safe", ["Whoever has it deployed will not notice."])
    assert verdict("gone.yml") == (
        "breaking",
        ["What was done on deployment is not done any more: `First Sync`."],
    )


@pytest.mark.parametrize("output", ["text", "json", "html", "markdown"])
def test_a_secret_beside_a_reference_that_follows_is_not_shown(output, project, xchange):
    old = ANSWER.replace(
        "name: thanks, type: value, value: 'Thanks, see you soon'",
        "name: apiKey, type: value, value: s3cr3tOne",
    )
    new = (
        old.replace("name: Sum", "name: Total")
        .replace("value: sum.", "value: total.")
        .replace("One}", "Two}")
    )
    folder = project({"old.yml": old, "new.yml": new})
    ran = xchange("diff", "old.yml", "new.yml", "--output", output, cwd=folder)
    assert "response-shape-changed" in ran.out
    assert "s3cr3t" not in ran.out


def test_a_page_names_the_project_and_its_day(repository, xchange):
    out = xchange("diff", "-o", "html", cwd=repository).out
    assert re.search(rf"What differs in meaning · {repository.name} · \d{{4}}-\d\d-\d\d<", out)
