"""What somebody probably meant."""

import sys
from difflib import SequenceMatcher
from itertools import takewhile
from subprocess import run
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def one_by_one(word, known):
    """What `most similar` means: the first with the highest likeness and beginning together."""
    best, best_score = None, 0.0
    for candidate in known:
        one, other = word.casefold(), candidate.casefold()
        ratio = SequenceMatcher(a=other, b=one, autojunk=False).ratio()
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        extra = 0.2 * same / max(1, len(word))
        if ratio > max(0.66, best_score - extra):
            best, best_score = candidate, ratio + extra
    return best


LETTERS = st.sampled_from("abC 012")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.sets(st.text(LETTERS, min_size=3, max_size=8), min_size=40, max_size=90),
    st.lists(st.text(LETTERS, min_size=2, max_size=9).map(lambda word: f"?{word}"), min_size=3, max_size=8),
)
def test_among_many_words_the_answer_is_that_of_a_look_at_each(known, words):
    letters = {"".join(filter(str.isalnum, word.casefold())) for word in known}
    for word in words:
        if "".join(filter(str.isalnum, word.casefold())) not in letters:
            assert nearest(word, known) == one_by_one(word, sorted(known))


def test_a_word_far_longer_than_all_others_is_like_none_and_that_is_soon_known():
    known = [f"{number}-{'1' * (number % 20)}" for number in range(600)]
    nearest("2-", known)
    begun = process_time()
    assert nearest("1" * 20_000 + "x", known) is None
    assert process_time() - begun < 2


def test_without_candidates_nothing_is_near():
    assert nearest("anything", []) is None


def test_an_exact_answer_does_not_load_difflib():
    code = "import sys; from xchange_cli.nearest import nearest; nearest('A', ['a']); print('difflib' in sys.modules)"
    finished = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stdout == "False\n"


def test_among_much_alike_words_the_one_with_the_longer_same_beginning_is_meant():
    assert (
        nearest("unused-config-variable", ["unused-config-value", "unused-config-var"]) == "unused-config-var"
    )
    assert nearest("Page Sizes 2", ["Page Size", "Page Size 2"]) == "Page Size 2"


def test_the_only_candidate_that_the_word_begins_wins_over_a_more_similar_one():
    assert nearest("unknown-ref", ["unknown-key", "unknown-reference"]) == "unknown-reference"
    assert nearest("unknown", ["unknown-flow", "unknown-reference"]) == "unknown-flow"
