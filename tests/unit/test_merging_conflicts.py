"""Conflicts that are left in a file: found by their marks, and settled."""

from xchange_cli.merging.conflicts import conflicts_in, resolve
from xchange_cli.source import Source

FILE = """\
name: Orders
flows:
  - name: Nightly
    steps:
      - name: Clock
<<<<<<< HEAD
      - name: Get
||||||| base
=======
      - name: Load
>>>>>>> their-branch
<<<<<<< HEAD
    description: ours
=======
    description: theirs
>>>>>>> their-branch
"""


def test_each_conflict_has_its_sides_labels_and_names():
    source = Source("x.yml", FILE)
    found = conflicts_in(source)
    assert [(one.flow, one.step) for one in found] == [("Nightly", "Get"), ("Nightly", "")]
    assert [one.text("ours") for one in found] == ["      - name: Get\n", "    description: ours\n"]
    assert [one.text("theirs") for one in found] == ["      - name: Load\n", "    description: theirs\n"]
    assert [one.marks.base is None for one in found] == [False, True]
    assert [(one.marks.our_label, one.marks.their_label) for one in found] == [("HEAD", "their-branch")] * 2


def test_a_conflict_is_settled_alone_and_the_others_stay():
    source = Source("x.yml", FILE)
    first, second = conflicts_in(source)
    one = resolve(source, [first], "theirs")
    assert one.startswith(FILE[: FILE.index("<<<<<<<")] + "      - name: Load\n<<<<<<< HEAD\n")
    assert "<<<" not in resolve(source, [first, second], "ours")


def test_of_a_conflict_within_a_conflict_the_outer_one_is_settled():
    inner = "<<<<<<<<< one\nb: 0\n||||||||| old\n=========\nb: 1\n>>>>>>>>> two\n"
    source = Source("x.yml", f"a: 1\n<<<<<<< HEAD\nb: 2\n||||||| base\n{inner}=======\nb: 3\n>>>>>>> topic\n")
    [one] = conflicts_in(source)
    assert (one.text("ours"), one.text("base"), one.text("theirs")) == ("b: 2\n", inner, "b: 3\n")
    assert resolve(source, [one], "theirs") == "a: 1\nb: 3\n"


def test_marks_of_which_one_is_missing_are_no_conflict():
    assert conflicts_in(Source("x.yml", "<<<<<<< HEAD\na: 1\n=======\nb: 2\n")) == ()
    assert conflicts_in(Source("x.yml", "text: '=======\n'\n")) == ()


def test_lines_may_end_in_any_way():
    found = conflicts_in(Source("x.yml", FILE.replace("\n", "\r\n")))
    assert [one.step for one in found] == ["Get", ""]
