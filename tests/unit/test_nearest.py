"""What somebody probably meant."""

import sys
from subprocess import run

import pytest

from xchange_cli.nearest import nearest

WORDS = ["listFiles", "listFolders", "httpGet", "http", "aws-s3", "csv", "zip"]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("httpGet", "httpGet"),
        ("LISTFILES", "listFiles"),
        ("list_files", "listFiles"),
        ("AWS S3", "aws-s3"),
        ("lisFiles", "listFiles"),
        ("htpt", "http"),
        ("csb", "csv"),
        ("salesforce", None),
        ("", None),
        ("--", None),
    ],
)
def test_the_nearest_word_is_the_one_probably_meant(word, meant):
    assert nearest(word, WORDS) == meant


def test_the_same_word_wins_over_one_in_another_case():
    assert nearest("Get", ["GET", "Get", "get"]) == "Get"


def test_a_word_in_another_case_wins_over_one_with_other_punctuation():
    assert nearest("awss3", ["aws-s3", "AWSS3"]) == "AWSS3"


def test_equally_near_words_are_decided_by_the_alphabet_not_by_their_order():
    assert nearest("cat", ["hat", "bat"]) == nearest("cat", ["bat", "hat"]) == "bat"


def test_without_candidates_nothing_is_near():
    assert nearest("anything", []) is None


def test_an_exact_answer_does_not_load_difflib():
    code = "import sys; from xchange_cli.nearest import nearest; nearest('A', ['a']); print('difflib' in sys.modules)"
    finished = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout == "False\n"


def test_the_only_candidate_that_the_word_begins_wins_over_a_more_similar_one():
    assert nearest("unknown-ref", ["unknown-key", "unknown-reference"]) == "unknown-reference"
    assert nearest("unknown", ["unknown-flow", "unknown-reference"]) == "unknown-flow"
