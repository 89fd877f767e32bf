"""`xchange new` on a terminal: it asks for what no option says, and for nothing else."""

import os
import sys

import pytest

from conftest import start_process

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

QUESTIONS = (
    "Name (Acme):",
    "Description:",
    "Category, such as CRM or ERP:",
    "Labels, with commas between them:",
)
START = "What starts it [webhook/schedule/deployment/removal/flow] (webhook):"


class Asked:
    """A command on a pseudo-terminal; `answer` waits for a question and types."""

    def __init__(self, *arguments, cwd):
        import pty

        self.ours, theirs = pty.openpty()
        env = {"TERM": "dumb", "COLUMNS": "120"}
        self.process = start_process(*arguments, cwd=cwd, env=env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.written = ""

    def answer(self, question, text, end="\n"):
        self._read(question)
        self.written = self.written.partition(question)[2]
        os.write(self.ours, f"{text}{end}".encode())

    def end(self):
        self._read(None)
        os.close(self.ours)
        return self.process.wait(timeout=60)

    def _read(self, until):
        while until is None or until not in self.written:
            try:
                part = os.read(self.ours, 65536)
            except OSError:  # how Linux says that the other end is closed
                part = b""
            if not part:
                assert until is None, self.written
                return
            self.written += part.decode().replace("\r\n", "\n")


def test_it_asks_for_everything_and_again_for_what_makes_no_sense(tmp_path):
    asked = Asked("new", cwd=tmp_path)
    asked.answer("Key, such as acme-orders:", "Acme")
    asked.answer(
        "Take acme. A key has lower-case letters, digits and dashes.\nKey, such as acme-orders:", "acme"
    )
    for question, text in zip(QUESTIONS, ("", "Takes orders", "CRM", "A, b,, a"), strict=True):
        asked.answer(question, text)
    asked.answer(START, "moon")
    asked.answer(START, "schedule")
    assert asked.end() == 0
    assert "made integrations/acme/integration.yml\n" in asked.written
    text = (tmp_path / "integrations/acme/integration.yml").read_text("utf-8")
    assert "\ncategory: CRM\n" in text
    assert "\ndescription: Takes orders\n" in text
    assert "\nlabels:\n  - a\n  - b\nname: Acme\n" in text
    assert "key: schedule-triggers" in text


def test_it_does_not_ask_for_what_options_say(tmp_path):
    options = ["--name", "A", "--description", "", "--category", "", "--label", "x", "--trigger", "flow"]
    asked = Asked("new", "acme", *options, cwd=tmp_path)
    assert (asked.end(), asked.written.partition("\n")[0]) == (0, "made integrations/acme/integration.yml")


def test_with_yes_it_asks_nothing(tmp_path):
    asked = Asked("new", "acme", "--yes", cwd=tmp_path)
    assert (asked.end(), asked.written.partition("\n")[0]) == (0, "made integrations/acme/integration.yml")


def test_a_key_that_is_taken_is_refused_before_anything_else_is_asked(tmp_path, xchange):
    xchange("new", "acme")
    asked = Asked("new", cwd=tmp_path)
    asked.answer("Key, such as acme-orders:", "acme")
    asked.answer("Take another key, such as acme-2.\nKey, such as acme-orders:", "\x04", end="")
    assert asked.end() == 130
    asked = Asked("new", "acme", cwd=tmp_path)
    assert asked.end() == 6
    assert "Name" not in asked.written


def test_of_one_that_begins_with_another_it_asks_the_name_only(tmp_path, xchange):
    xchange("new", "acme")
    asked = Asked("new", "bolt", "--from", "acme", cwd=tmp_path)
    asked.answer("Name (Bolt):", "Bolt!")
    assert asked.end() == 0
    assert "\nname: Bolt!\n" in (tmp_path / "integrations/bolt/integration.yml").read_text("utf-8")


def test_the_end_of_the_input_ends_it_and_nothing_is_written(tmp_path):
    asked = Asked("new", cwd=tmp_path)
    asked.answer("Key, such as acme-orders:", "\x04", end="")
    assert asked.end() == 130
    assert list(tmp_path.iterdir()) == []
