"""The console sessions of docs/cli.md are what really happened."""

import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sessions are for a POSIX shell")


@pytest.fixture
def happened(monkeypatch, tmp_path):
    """Run the session of a script, and give what it looks like."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "scripts"))
    from docs import sessions

    def run(script, known=""):
        (tmp_path / "one.sh").write_text(script)
        return sessions.sessions(known, tmp_path)["one"]

    return run


def test_a_session_shows_commands_with_all_that_they_print_in_order(happened):
    assert happened("echo out; echo err >&2\nls\n") == (
        "$ echo out; echo err >&2\nout\nerr\n$ ls\nintegrations\nxchange.yaml\n"
    )


def test_commands_of_a_session_see_what_those_before_them_wrote_and_no_one_s_settings(happened):
    assert happened("echo x > file\nls file; ls $HOME; echo $COLUMNS $TZ $NO_COLOR\n").endswith(
        "\nfile\n80 UTC 1\n"
    )


def test_a_command_has_to_end_with_the_exit_code_that_is_said(happened):
    assert happened("# expect 3\nxchange explain nothing-like-it >/dev/null 2>&1\n").startswith("$ xchange")
    with pytest.raises(Exception, match=r"^one.sh: `echo why; exit 1` ended with 1, not 0:\nwhy"):
        happened("echo why; exit 1\n")


def test_a_session_that_prints_something_else_every_time_is_refused(happened):
    with pytest.raises(Exception, match=r"^one.sh does not print the same twice"):
        happened("pwd\n")


def test_what_is_written_down_already_happens_only_once(happened, tmp_path):
    line = f"echo x >> {tmp_path}/count; echo once"
    assert happened(f"{line}\n", f"# Commands\n\n$ {line}\nonce\n") == f"$ {line}\nonce\n"
    assert (tmp_path / "count").read_text() == "x\n"
