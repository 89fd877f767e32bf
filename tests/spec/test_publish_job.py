"""A CI job on GitHub that publishes what has changed, as a story: gate, numbers, receipt, and somebody who is faster."""

import json

import pytest

import repositories
from differing import LATER, SMALL
from repositories import clone, commit, git, manifest, pushed, repository, write
from strict_schemas import faults

KEYS = ("bills", "calls", "orders")
RISKY = SMALL.replace("defaultValue: '5'", "defaultValue: '6'")
PUBLISH = ("publish", "--changed", "--note", "x", "--push", "--external-version", "auto")


@pytest.fixture(autouse=True)
def alone(monkeypatch):
    repositories.alone(monkeypatch)


def put(folder, key, text):
    write(folder, f"integrations/{key}/integration.yml", text.replace("Orders", key.title()))


@pytest.fixture
def origin(tmp_path):
    return tmp_path / "origin.git"


@pytest.fixture
def here(tmp_path, origin):
    """Give a clone of a project with three integrations, in which breaking changes have to be approved."""
    folder = repository(tmp_path / "here", origin)
    write(folder, "xchange.yaml", "limits: warn\npublish: {failOnChange: breaking}\n")
    for key in KEYS:
        put(folder, key, SMALL)
    commit(folder, "Three of them")
    git(folder, "push", "--quiet")
    return folder


@pytest.fixture
def job(tmp_path, origin, xchange):
    """Run the command of a job in a new checkout of `main`, with a detached HEAD as there; give that, too."""
    checkouts = []

    def run(*words, meanwhile=lambda: None, env=None):
        folder = clone(origin, tmp_path / f"job{len(checkouts)}")
        checkouts.append(folder)
        git(folder, "checkout", "--quiet", "--detach")
        meanwhile()
        variables = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_REF_NAME": "main",
            "GITHUB_REF_TYPE": "branch",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_REPOSITORY": "acme/flows",
            "GITHUB_SHA": git(folder, "rev-parse", "HEAD"),
        }
        return xchange(*words, cwd=folder, env={**variables, **(env or {})}), folder

    return run


def merged(folder, *changes):
    """Bring changes to `main`, as the merge of a pull request does."""
    git(folder, "pull", "--quiet", "--rebase")
    for key, text in changes:
        put(folder, key, text)
    commit(folder, "Work")
    git(folder, "push", "--quiet")


def receipt_of(folder):
    return [
        (one["key"], one["number"]) for one in json.loads((folder / "receipt.json").read_bytes())["versions"]
    ]


@pytest.fixture
def later(here, job):
    """Publish all, and bring to main a breaking change, a risky one, and a page of documentation."""
    ran, _ = job(*PUBLISH)
    assert ran.code == 0, ran.err
    write(here, "integrations/calls/docs/setup.md", "# Set up\n")
    commit(here, "A page")
    merged(here, ("orders", LATER), ("bills", RISKY))
    return here


def test_one_that_the_gate_keeps_back_keeps_no_other_back(later, origin, job, xchange):
    ran, folder = job(*PUBLISH, "--receipt", "receipt.json")

    assert (ran.code, [line.split()[:2] for line in ran.out.splitlines()]) == (
        1,
        [["bills", "2"], ["calls", "2"]],
    )
    made = git(folder, "rev-parse", "HEAD")
    assert ran.err == (
        "bills@2 is risky for those who have bills@1: 1 risky\n"
        "bills@2 has the external version 1.1.0\n"
        "calls@2 does the same as calls@1; it differs in docs/setup.md\n"
        "calls@2 has the external version 1.0.1\n"
        "flow `Receive`\n"
        "  breaking  synchronous: true → false\n"
        "            synchronous-changed acb025276542\n"
        "            integrations/orders/integration.yml:8:20\n"
        "            Callers who wait for the result get an acknowledgement instead.\n"
        "error: orders is not published: 1 breaking change since orders@1, which nobody has approved\n"
        "hint: Approve what is wanted: `xchange diff orders --approve acb025276542\n"
        "      --because TEXT`, and commit approvals.yml. --allow-breaking acb025276542\n"
        "      lets it pass this once, --allow-breaking all lets everything pass.\n"
        f"committed as {made[:10]} and pushed to origin/main\n"
    )
    assert git(origin, "rev-parse", "main") == made
    assert receipt_of(folder) == [("bills", 2), ("calls", 2)]
    assert xchange("verify", "receipt.json", cwd=folder).code == 0
    assert manifest(folder, 2, "bills")["git"]["repository"] == "https://github.com/acme/flows"


SUMMARY = """\
### xchange publish

| Version | Outcome | What it means |
|---|---|---|
| `bills@2` | published | `bills@2` is risky for those who have `bills@1`: 1 risky<br>`bills@2` has the external version 1.1.0 |
| `calls@2` | published | `calls@2` does the same as `calls@1`; it differs in docs/setup.md<br>`calls@2` has the external version 1.0.1 |
| `orders` | **not published** |  |

#### `orders`

orders is not published: 1 breaking change since `orders@1`, which nobody has approved

Approve what is wanted: `xchange diff orders --approve acb025276542 --because TEXT`, and commit approvals.yml. --allow-breaking acb025276542 lets it pass this once, --allow-breaking all lets everything pass.

| Grade | Change | Where |
|---|---|---|
| **breaking** | synchronous: true → false | flow `Receive`<br>`integrations/orders/integration.yml:8:20` |

<details><summary>breaking: synchronous: true → false</summary>

Callers who wait for the result get an acknowledgement instead.

"""


def test_github_shows_what_the_gate_keeps_back_beside_its_line_and_in_the_summary(later, job, tmp_path):
    file = tmp_path / "summary.md"
    ran, _ = job(*PUBLISH, "--output", "github", env={"GITHUB_STEP_SUMMARY": str(file)})

    lines = ran.out.splitlines()
    assert (ran.code, [line.split()[:2] for line in lines[:2]]) == (1, [["bills", "2"], ["calls", "2"]])
    assert lines[2:] == [
        (
            "::error file=integrations/orders/integration.yml,line=8,col=20,endLine=8,endColumn=25,"
            "title=synchronous-changed::synchronous: true → false%0A"
            "Callers who wait for the result get an acknowledgement instead."
        ),
        (
            "::error title=not published::orders is not published: 1 breaking change since orders@1, which nobody has "
            "approved%0AApprove what is wanted: `xchange diff orders --approve acb025276542 --because TEXT`, and commit "
            "approvals.yml. --allow-breaking acb025276542 lets it pass this once, --allow-breaking all lets everything pass."
        ),
    ]
    assert "error: orders is not published" in ran.err
    assert file.read_text("utf-8").startswith(SUMMARY)


def test_github_shows_why_one_alone_is_not_published(later, job, tmp_path):
    put(later, "calls", SMALL.replace("steps:", "stepps:"))
    commit(later, "Broken")
    git(later, "push", "--quiet")
    file = tmp_path / "summary.md"

    ran, _ = job(
        "publish", "calls", "--note", "x", "--output", "github", env={"GITHUB_STEP_SUMMARY": str(file)}
    )

    assert ran.code == 1
    assert ran.out.startswith("::error file=integrations/calls/integration.yml,line=")
    said = file.read_text("utf-8")
    assert "| `calls` | **not published** |  |\n\n#### `calls`\n\ncalls is not published: " in said
    assert "- `integrations/calls/integration.yml:" in said


def test_a_job_that_runs_again_finds_only_what_was_kept_back_and_leaves_no_receipt(later, origin, job):
    job(*PUBLISH)
    before = git(origin, "rev-parse", "main")
    ran, folder = job(*PUBLISH, "--receipt", "receipt.json", "--output", "json")
    data = json.loads(ran.out)
    assert (ran.code, faults(ran.out, "published-output")) == (1, [])
    assert [(one["key"], one["status"]) for one in data["integrations"]] == [("orders", "failed")]
    assert not (folder / "receipt.json").exists()
    assert git(origin, "rev-parse", "main") == before


def test_the_job_after_the_approval_publishes_it_with_the_next_great_number(later, job, xchange):
    job(*PUBLISH)
    git(later, "pull", "--quiet")
    words = ("--approve", "acb025276542", "--because", "the shop was told")
    assert xchange("diff", "orders", *words, cwd=later).code == 0
    merged(later)
    ran, folder = job(*PUBLISH, "--receipt", "receipt.json")
    assert (ran.code, receipt_of(folder)) == (0, [("orders", 2)])
    assert ran.err.splitlines()[:3] == [
        "orders@2 is breaking for those who have orders@1: 1 breaking (1 approved)",
        "  Callers of `Receive` must change.",
        "orders@2 has the external version 2.0.0",
    ]


def test_one_whose_version_before_is_damaged_keeps_no_other_back(later, job):
    job(*PUBLISH)
    git(later, "pull", "--quiet")
    digest = manifest(later, 2, "bills")["digest"]
    write(later, f"registry/integrations/bills/packages/{digest}/integration.yml", "{}\n")
    commit(later, "Damage")
    merged(later, ("bills", SMALL), ("orders", RISKY), ("calls", RISKY))

    ran, _ = job(*PUBLISH)

    assert (ran.code, [line.split()[:2] for line in ran.out.splitlines()]) == (
        1,
        [["calls", "3"], ["orders", "2"]],
    )
    assert "error: bills is not published: " in ran.err
    assert "hint: `xchange verify bills@2` names all that differs." in ran.err
    ran, folder = job(*PUBLISH, "--allow-breaking", "all")
    assert (ran.code, ran.err.splitlines()[0]) == (0, "bills@3 has the external version 2.0.0")
    assert manifest(folder, 3, "bills")["verdict"] is None


def test_who_was_faster_is_compared_with_and_what_the_gate_keeps_back_then_keeps_no_other_back(
    later, origin, job, tmp_path, xchange
):
    """Somebody publishes orders from what was never committed, after the job has fetched `main`."""
    job(*PUBLISH)
    merged(later, ("orders", RISKY), ("calls", RISKY))
    other = clone(origin, tmp_path / "other")

    def publish_faster():
        put(other, "orders", SMALL.replace("Receive", "Take"))
        words = ("publish", "orders", "--note", "x", "--push", "--allow-dirty", "--allow-breaking", "all")
        assert xchange(*words, cwd=other).code == 0

    ran, folder = job(*PUBLISH, "--fail-on-change", "breaking", meanwhile=publish_faster)

    assert [line.split()[:2] for line in ran.out.splitlines()] == [["calls", "3"]]
    assert ran.code == 1
    assert "since orders@2, which nobody has approved" in ran.err
    assert sorted(pushed(origin)).count("000002.json") == 3
    assert git(origin, "rev-parse", "main") == git(folder, "rev-parse", "HEAD")
