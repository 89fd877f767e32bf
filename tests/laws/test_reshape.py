"""A tree that was taken apart and put together anew says in its text what the tree says."""

from pathlib import Path
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from xchange_cli.document.node import Mapping, Scalar, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.document.reshape import reshaped
from xchange_cli.document.wanted import Keep, Piece, Shape, Swap, child, data_of, keys_of, shape
from xchange_cli.source import Source

ODD = """\
# head

name: "Odd"   # name
list: []   # none
empty:
flows:
- name: A   # first
  # inner
  steps:
  - name: T
    inputs: {}
  # about B
  - name: "B"
    inputs:
      code: {type: value, value: "x"}
      keep:
        value: |
          a

          b

      fold: >-
        one two
        three

        four
    steps: []
    # behind B

  # no longer here
  # - name: C

- name: F2
  steps: [{name: X, inputs: {a: 1, b: [1, 2, "3"]}},
    {name: Y},   # why
    {name: Z}]
seqs:
- - a
  - b
-
  - c
- []
- {}
-
multi: this is a plain
  multi line
q: "double
  quoted \\
  x"
pick:
    - one
    - 'two'
    - 3
# the end
"""
FLOW = "{name: x, flows: [{name: a, steps: [{name: b}]}, {name: c}], e: [], m: {}, n: }\n"
FILE = (Path(__file__).parents[1] / "spec/diff/01-value-needed/old.yml").read_text(encoding="utf-8")
TEXTS = ["x", "a: b", "two\nlines\n", "", "# no", "5", "{a}", "q'\""]
DOCUMENTS = [
    parse(Source("x.yml", text))
    for text in (ODD, FLOW, FILE, ODD.replace("\n", "\r\n"), ODD.replace("\n", "\r"))
]


def collections(node):
    if isinstance(node, Mapping | Sequence):
        if keys_of(node):
            yield node
        for key in keys_of(node):
            yield from collections(child(node, key))


ALL = [[*collections(document.root)] for document in DOCUMENTS]


def changed(node, dice, rate):
    """Swap values, leave parts out, take others from anywhere, and exchange the items of lists."""
    if isinstance(node, Scalar):
        return Swap(node, dice.choice(TEXTS)) if dice.random() < rate else Keep(node)
    pieces = [
        Piece(node, key, changed(child(node, key), dice, rate))
        for key in keys_of(node)
        if dice.random() > rate / 2
    ]
    kind = Mapping if isinstance(node, Mapping) else Sequence
    others = [one for one in dice.choice(ALL) if isinstance(one, kind)]
    if dice.random() < rate and others:
        home = dice.choice(others)
        key = dice.choice(keys_of(home))
        if kind is Sequence or key not in {piece.key for piece in pieces}:
            pieces.insert(dice.randint(0, len(pieces)), Piece(home, key, Keep(child(home, key))))
    if dice.random() < rate and kind is Sequence:
        dice.shuffle(pieces)
    return shape(node, tuple(pieces))


@given(st.sampled_from(DOCUMENTS), st.integers(0, 2**32), st.sampled_from([0.0, 0.01, 0.05, 0.2]))
@example(DOCUMENTS[0], 0, 0.0)
@settings(max_examples=200, deadline=None)
def test_the_text_says_what_the_tree_says_and_what_is_kept_keeps_its_characters(document, seed, rate):
    wanted = changed(document.root, Random(seed), rate)
    if isinstance(wanted, Shape) and not wanted.pieces:
        return
    text = "".join(reshaped(document.source, wanted))
    again = parse(Source("x.yml", text))
    assert not again.diagnostics, text
    assert again.data == data_of(wanted), text
    assert isinstance(wanted, Shape) or text == document.source.text
