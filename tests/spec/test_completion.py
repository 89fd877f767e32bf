"""What the Tab key offers, by the protocol of each shell, and in a real Bash."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from forks import change, publish

INTEGRATION = """
definitionVersion: 7
name: Orders
description: ''
requiredConfigVars:
  - {key: Page Size, dataType: number, defaultValue: '5', orgOnly: false}
flows:
  - name: Receive Order
    steps:
      - name: Order Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Each Line
        action: {key: loopOverItems, component: {key: loop, isPublic: true, version: LATEST}}
        inputs: {items: {type: reference, value: orderReceived.results.body.data}}
        steps:
          - name: Price Line
            action: {key: upperCase, component: {key: text-manipulation, isPublic: true, version: LATEST}}
            inputs: {text: {type: value, value: a text}}
  - name: "It's \\"due\\": nightly"
    steps:
      - name: Every Night
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
OTHER = "definitionVersion: 7\nname: Other\ndescription: ''\nflows: [{name: Other Flow, steps: []}]\n"
FILES = {
    "integrations/orders/integration.yml": INTEGRATION,
    "integrations/orders/configs/acme.yml": "values: {}\n",
    "integrations/orders/configs/dev.yaml": "values: {}\n",
    "integrations/orders/payloads/order.json": "{}\n",
    "integrations/orders/recordings/receiveOrder.json": "{}\n",
    "integrations/other/integration.yml": OTHER,
    "components/acme-erp.yml": "{key: acme-erp, title: Own, actions: []}\n",
}


@pytest.fixture
def offered(project, xchange):
    """Give what Bash is offered at the end of a line, in a project with `FILES`."""
    folder = project(FILES)

    def ask(line, cwd=folder):
        pieces = ["xchange", *line.split(" ")]
        ran = xchange(
            cwd=cwd, env=asking("bash", COMP_WORDS="\n".join(pieces), COMP_CWORD=str(len(pieces) - 1))
        )
        assert (ran.code, ran.err) == (0, "")
        return ran.out.splitlines()

    return ask


def asking(shell, **environment):
    return {"_XCHANGE_COMPLETE": f"complete_{shell}", **environment}


def test_the_first_word_is_a_command(offered):
    assert offered("ru") == ["rules", "run", "runs"]


def test_the_word_behind_a_group_is_one_of_its_commands_or_what_its_default_takes(offered):
    assert offered("runs ") == ["list", "show", "prune", "orders", "other"]
    assert offered("components ac") == ["acme-erp"]


def test_options_are_offered_behind_a_dash_unless_they_are_given(offered):
    assert offered("runs prune --dr") == ["--dry-run"]
    assert offered("runs prune --dry-run --dr") == []
    assert offered("runs prune --status error --st") == ["--status"]


def test_an_integration_is_offered_by_its_key_and_behind_a_slash_by_its_folder(offered):
    assert offered("run o") == ["orders", "other"]
    assert offered("validate orders oth") == ["other"]
    assert offered("validate integrations/or") == ["integrations/orders/"]
    assert offered("explain unknown-reference o") == ["orders", "other"]


def test_a_path_that_no_integration_has_is_left_to_the_shell(offered):
    assert offered("validate ./int") == []


def test_flows_are_those_of_the_integration_on_the_line(offered):
    assert offered("run orders --flow ") == [r"Receive\ Order", r"It\'s\ \"due\":\ nightly"]
    assert offered("run other --flow ") == [r"Other\ Flow"]
    assert offered("runs other --flow ") == [r"Other\ Flow"]
    assert offered("state list other --flow ") == [r"Other\ Flow"]
    assert offered("run --flow ") == []


def test_the_integration_may_stand_behind_the_cursor_or_be_the_only_one(offered, xchange, tmp_path):
    line = asking("bash", COMP_WORDS="xchange\nrun\n--flow\nO\nother", COMP_CWORD="3")
    assert xchange(cwd=tmp_path, env=line).out == "Other\\ Flow\n"
    assert offered("run --flow ", cwd=tmp_path / "integrations/other") == [r"Other\ Flow"]


def test_steps_are_offered_by_their_keys_of_one_flow_where_it_is_named(offered):
    assert offered("run orders --until ") == ["orderReceived", "eachLine", "priceLine", "everyNight"]
    assert offered("run orders --flow receiveOrder --until e") == ["eachLine"]
    assert offered("run orders --mock p") == ["priceLine="]


def test_names_of_files_beside_the_integration_are_offered_without_their_endings(offered):
    assert offered("run orders --config ") == ["acme", "dev"]
    assert offered("validate orders --config ") == ["all", "acme", "dev"]
    assert offered("state get orders cursor --config d") == ["dev"]
    assert offered("run orders --payload ") == ["order"]
    assert offered("run orders --recording ") == ["receiveOrder"]
    assert offered("run orders --var ") == [r"Page\ Size="]


def test_rules_components_actions_and_schemas_are_offered(offered):
    assert offered("explain unknown-ref") == ["unknown-reference"]
    assert offered("explain missing-config") == ["missing-config-value"]
    assert offered("explain config-var-renam") == ["config-var-renamed"]
    assert offered("validate --select unknown-key,unknown-ref") == ["unknown-key,unknown-reference"]
    assert offered("components http httpP") == ["httpPost", "httpPut", "httpPatch", "httpPostFormData"]
    assert offered("schema run-e") == ["run-event"]


def test_what_is_renamed_is_offered_by_its_kind(offered):
    assert offered("rename orders ") == ["flow", "step", "config-var"]
    assert offered("rename orders step P") == [r"Price\ Line"]
    assert offered("rename orders flow R") == [r"Receive\ Order"]
    assert offered("rename orders config-var ") == [r"Page\ Size"]


def test_commands_that_write_are_offered_integrations_too(offered):
    assert offered("new third --from ") == ["blank", "orders", "other"]
    assert offered("import export.yml --replace --key o") == ["orders", "other"]
    assert offered("attach list ot") == ["other"]


def test_versions_are_offered_behind_the_key_and_templates_behind_their_word(offered, tmp_path):
    assert offered("show ord") == ["orders"]
    assert offered("show orders@") == []
    publish(tmp_path, "orders")
    assert offered("show orders@") == ["orders@1"]
    assert offered("new third --from t") == []
    change(tmp_path, "orders", 1, template="org")
    assert offered("new third --from t") == ["template:orders"]
    assert offered("new third --from template:o") == ["template:orders"]


def test_choices_of_an_option_are_offered(offered):
    assert offered("validate --output j") == ["json", "jsonl", "junit"]
    assert offered("validate --fail-on ") == ["error", "warning", "info"]
    assert offered("run --http re") == ["record", "replay"]
    assert offered("state list --scope c") == ["cross-flow"]


def test_an_option_whose_value_may_be_left_out_does_not_take_the_next_word(offered):
    assert offered("run --allow-writes o") == ["orders", "other"]


def test_runs_are_offered_by_their_ids_the_newest_first(offered, tmp_path):
    for run_id in ("01HY3ABCDE0000000000000001", "01HY3ABCDE0000000000000002"):
        (tmp_path / ".xchange" / "runs" / run_id).mkdir(parents=True)
    assert offered("run --resume 01HY") == ["01HY3ABCDE0000000000000002", "01HY3ABCDE0000000000000001"]
    assert offered("runs show l") == ["last"]
    assert offered("runs show last --output ") == ["text", "json"]


def test_where_no_run_was_made_there_is_no_last_one(offered):
    assert offered("runs show ") == []


@pytest.mark.parametrize(
    ("typed", "inserted"),
    [
        ("Rec", r"Receive\ Order"),
        ("Receive\\ O", r"Receive\ Order"),
        ("'Rec", "Receive Order"),
        ('"Rec', "Receive Order"),
        ("It", r"It\'s\ \"due\":\ nightly"),
        ("'It", r"""It'\''s "due": nightly"""),
        ('"It', r"""It's \"due\": nightly"""),
    ],
)
def test_bash_is_given_a_name_with_blanks_and_quotes_as_the_user_has_begun_to_write_it(
    typed, inserted, xchange, project
):
    words = f"xchange\nrun\norders\n--flow\n{typed}"
    ran = xchange(cwd=project(FILES), env=asking("bash", COMP_WORDS=words, COMP_CWORD="4"))
    assert ran == (0, f"{inserted}\n", "")


def test_bash_is_given_only_what_follows_the_sign_at_which_it_cuts_words(xchange, project):
    folder = project(FILES)
    joined = asking("bash", COMP_WORDS="xchange\nrun\norders\n--flow\n=\nRec", COMP_CWORD="5")
    assert xchange(cwd=folder, env=joined).out == "Receive\\ Order\n"
    empty = asking("bash", COMP_WORDS="xchange\nrun\nother\n--flow\n=", COMP_CWORD="4")
    assert xchange(cwd=folder, env=empty).out == "Other\\ Flow\n"
    colon = asking("bash", COMP_WORDS='xchange\nrun\norders\n--flow\nIt\\\'s\\ \\"due\\"\n:', COMP_CWORD="5")
    assert xchange(cwd=folder, env=colon).out == "\\ nightly\n"


def test_bash_may_give_its_words_in_one_line(xchange, project):
    line = asking("bash", COMP_WORDS="xchange run orders --flow 'Rec", COMP_CWORD="4")
    assert xchange(cwd=project(FILES), env=line).out == "Receive Order\n"


def test_zsh_is_given_words_that_no_blank_can_tear(xchange, project):
    folder = project(FILES)
    line = asking("zsh", _TYPER_COMPLETE_ARGS="xchange run orders --flow ")
    assert xchange(cwd=folder, env=line).out == (
        "local -a _xchange_found; "
        r"_xchange_found=($'Receive\x20Order' $'It\x27s\x20\x22due\x22\x5c:\x20nightly'); "
        "_describe -V xchange _xchange_found\n"
    )
    nothing = asking("zsh", _TYPER_COMPLETE_ARGS="xchange validate ./x")
    assert xchange(cwd=folder, env=nothing).out == "_files\n"


def test_fish_is_given_names_with_what_they_are_about_and_asks_first_whether_there_is_any(xchange, project):
    folder = project(FILES)

    def ask(line, action):
        given = asking("fish", _TYPER_COMPLETE_ARGS=line, _TYPER_COMPLETE_FISH_ACTION=action)
        return xchange(cwd=folder, env=given)

    assert ask("xchange run orders --flow 'It\\'s", "get-args") == (0, 'It\'s "due": nightly\n', "")
    assert ask("xchange run orders --flow=Rec", "get-args").out == "--flow=Receive Order\n"
    assert ask("xchange run orders --until p", "get-args").out == "priceLine\tPrice Line\n"
    assert ask("xchange run orders --flow ", "is-args") == (0, "", "")
    assert ask("xchange run orders --flow x", "is-args") == (1, "", "")


def test_powershell_is_given_names_in_quotation_marks(xchange, project):
    folder = project(FILES)

    def ask(line, word):
        given = asking("powershell", _TYPER_COMPLETE_ARGS=line, _TYPER_COMPLETE_WORD_TO_COMPLETE=word)
        return xchange(cwd=folder, env=given).out

    assert ask("xchange run orders --flow", "") == "'Receive Order'::: \n'It''s \"due\": nightly'::: \n"
    assert ask("xchange run oth", "oth") == "other::: \n"


@pytest.mark.parametrize(
    "files",
    [
        {"integrations/orders/integration.yml": "flows: [\n"},
        {"integrations/orders/integration.yml": f"<<<<<<< HEAD\n{INTEGRATION}"},
        {"integrations/orders/integration.yml": "\0"},
        {"integrations/orders/integration.yml": 'flows: [{name: "a\\nb", steps: []}]\n'},
    ],
)
def test_a_broken_project_offers_nothing_and_says_nothing(files, xchange_process, project):
    folder = project({**FILES, **files})
    words = asking("bash", COMP_WORDS="xchange\nrun\norders\n--flow\n", COMP_CWORD="4")
    assert xchange_process(cwd=folder, env=words) == (0, "", "")
    assert not (folder / ".xchange").exists()


@pytest.mark.parametrize("environment", [{}, {"COMP_WORDS": "xchange", "COMP_CWORD": "x"}])
def test_a_question_that_makes_no_sense_has_no_answer(environment, xchange):
    assert xchange(env=asking("bash", **environment)) == (0, "", "")


@pytest.mark.usefixtures("unmeasured")
def test_an_answer_loads_no_rule_and_no_heavy_library(tmp_path, project, xchange_process):
    folder = project(FILES)
    words = asking("bash", COMP_WORDS="xchange\nrun\norders\n--flow\n", COMP_CWORD="4")
    watch = "import atexit, sys\natexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))"
    loaded = set(xchange_process(cwd=folder, env=words, python=watch).err.split())
    assert "xchange_cli.cli.commands.run" in loaded
    heavy = {
        "rich",
        "jsonschema",
        "jsonschema_rs",
        "httpx",
        "sqlite3",
        "xchange_cli.engine.interpreter",
    }
    assert loaded & heavy == set()
    assert not [name for name in loaded if name.startswith("xchange_cli.validation")]


def test_descriptions_of_commands_load_nothing_of_what_the_commands_do(tmp_path, xchange_process):
    line = asking("zsh", _TYPER_COMPLETE_ARGS="xchange ")
    watch = "import atexit, sys\natexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))"
    loaded = set(xchange_process(env=line, python=watch).err.split())
    assert "xchange_cli.cli.commands.state" in loaded
    assert loaded & {"rich", "yaml", "httpx", "xchange_cli.project.project"} == set()


BASH = shutil.which("bash")
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
SETUP = """\
PS1=; bind 'set enable-bracketed-paste off'
words() { printf '<%s>' "$@"; echo END; exit; }
eval "$(_XCHANGE_COMPLETE=source_bash xchange)"
"""


needs_bash = pytest.mark.skipif(BASH is None or sys.platform == "win32", reason="there is no bash")


@needs_bash
def test_a_home_that_cannot_be_written_is_told_of(tmp_path):
    (tmp_path / "file").write_text("")
    home = tmp_path / "file" / "home"
    ran = subprocess.run(
        [BASH, "-c", "xchange --install-completion; exit $?"],
        env={"PATH": PATH, "HOME": str(home), "COLUMNS": "80"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ran.returncode, ran.stdout) == (3, "")
    assert ran.stderr.startswith(f"error: completion cannot be installed: {home}")


@needs_bash
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("run orders --flow Rec", "<run><orders><--flow><Receive Order>"),
        ("run orders --flow 'Rec", "<run><orders><--flow><Receive Order>"),
        ("run orders --flow=Rec", "<run><orders><--flow=Receive Order>"),
        ("run orders --flow It", '<run><orders><--flow><It\'s "due": nightly>'),
        ('run orders --flow "It', '<run><orders><--flow><It\'s "due": nightly>'),
        ("run orders --flow 'It", '<run><orders><--flow><It\'s "due": nightly>'),
        ('run orders --flow It\\\'s\\ \\"due\\":', '<run><orders><--flow><It\'s "due": nightly>'),
        ("val", "<validate>"),
    ],
)
def test_in_a_real_bash_the_completed_line_means_what_is_offered(typed, words, project, tmp_path):
    shown = on_terminal(project(FILES), f"{SETUP}xchange {typed}\t\x01words \n")
    assert f"<xchange>{words}END" in shown


def on_terminal(folder: Path, keys: str) -> str:
    """Press keys in an interactive Bash, and give all that its terminal shows until it ends."""
    import pty  # there is none on Windows

    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        environment = {"PATH": PATH, "HOME": str(folder), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
        os.execve(BASH, ["bash", "--norc", "--noprofile", "-i"], environment)
    os.write(terminal, keys.encode())
    shown = b""
    try:
        while piece := os.read(terminal, 65536):
            shown += piece
    except OSError:  # how Linux says that the other end of a terminal is closed
        pass
    os.close(terminal)
    os.waitpid(child, 0)
    return shown.decode()
