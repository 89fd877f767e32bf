"""Formatting changes how a file is written and nothing else, whatever the file looks like."""

import re
from collections import Counter

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from xchange_cli.canonical.comments import comment_texts
from xchange_cli.canonical.formatted import formatted
from xchange_cli.canonical.read import read_tree
from xchange_cli.components.catalog import Catalog
from xchange_cli.document.node import Mapping, Sequence
from xchange_cli.document.parse import parse
from xchange_cli.model.build import build
from xchange_cli.project.targets import Target
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.rule import rules
from xchange_cli.validation.unignorable import ABOUT_COMMENTS, NOT_IGNORABLE
from xchange_cli.validation.validate import validate

TARGET = Target("<stdin>", "", None)
CATALOG = Catalog.load()
each = settings(max_examples=250, deadline=None)

WORDS = st.sampled_from(
    [
        "name",
        "key",
        "component",
        "action",
        "value",
        "type",
        "inputs",
        "steps",
        "version",
        "isPublic",
        "<<",
        "10",
        "2",
        "yes",
        "true",
        "0x1F",
        "~",
        "'it''s'",
    ]
)
TEXTS = st.one_of(
    WORDS,
    st.sampled_from(
        [
            "",
            "https://example.test/a#b",
            "- dash",
            "a: b",
            "#no comment",
            "true",
            "2024-01-01",
            "12:30",
            "010",
            "1.50",
            "tab\there",
            "two\nlines",
            "ends\n",
            "keeps\n\n",
            "\n lead",
            "  blanks",
            "trailing \n x",
            "caf\xe9 \U0001f600",
            "nb\xa0sp",
            "\u2028",
            "\x85",
            "\x01",
            "long " * 30,
            "x" * 100 + " y",
            "code {\n\tindent;\n}\n",
            "a " * 60 + "\n  indented " + "b " * 60 + "\n\nlast",
            "{{$x.results}}",
            'say "so"',
            "back\\slash",
        ]
    ),
    st.text(max_size=12),
    st.text(st.sampled_from("ab \n\t#:'\"\\-|>"), max_size=40),
).map(
    lambda text: "".join(
        one for one in text if not "\ud800" <= one <= "\udfff" and one not in "\ufeff\ufffe\uffff"
    )
)
SCALARS = st.one_of(TEXTS, st.none(), st.booleans(), st.integers(-50, 50), st.sampled_from([1.5, 1e300]))
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=14,
)
ROOTS = st.dictionaries(TEXTS, TREES, min_size=1, max_size=5).map(lambda data: {"flows": [], **data})


class Author:
    """Writes data as YAML in a style that changes from line to line, with comments, anchors and aliases."""

    def __init__(self, draw):
        self.draw = draw
        self.comments = 0
        self.anchors = []
        self.mappings = []

    def text(self, data):
        lines = [*self.alone(0), *self.lines(data, 0), *self.alone(0)]
        return "\n".join(lines) + self.one_of("", "\n", "\n\n")

    def one_of(self, *choices):
        return self.draw(st.sampled_from(choices))

    def seldom(self):
        return self.one_of(*[False] * 5, True)

    def comment(self):
        self.comments += 1
        return f"# comment {self.comments}"

    def alone(self, indent):
        wanted = self.one_of("", "", "", "", "c", "b", "bc", "cbc")
        shift = self.one_of(0, 0, 0, 2)
        return [" " * (indent + shift) + self.comment() if one == "c" else "" for one in wanted]

    def behind(self):
        return f"  {self.comment()}" if self.seldom() else ""

    def lines(self, data, indent):
        step = self.one_of(2, 1, 4)
        if isinstance(data, dict) and self.mappings and self.seldom():
            yield f"{' ' * indent}<<: *{self.one_of(*self.mappings)}"
        for key, value in data.items() if isinstance(data, dict) else ((None, item) for item in data):
            yield from self.alone(indent)
            head = " " * indent + ("-" if key is None else f"{self.quoted(key)}:")
            if isinstance(value, dict | list) and value and self.one_of(True, True, False):
                yield from self.below(head, value, indent + step, step)
            else:
                yield f"{head} {self.scalar(value, indent)}"

    def below(self, head, value, indent, step):
        """Write a collection below its key or dash, or behind the dash."""
        name = self.one_of("a", "b", "c") if self.seldom() else ""
        self.anchors = [one for one in self.anchors if one != name]
        self.mappings = [one for one in self.mappings if one != name]
        lines = list(self.lines(value, indent))
        first = lines[0].lstrip()
        if head.endswith("-") and step > 1 and not name and first[:1] not in {"", "#"} and self.one_of(0, 1):
            yield from (f"{head}{' ' * (step - 1)}{first}", *lines[1:])
            return
        yield f"{head}{f' &{name}' if name else ''}{self.behind()}"
        yield from lines
        if name:
            self.anchors.append(name)
            if isinstance(value, dict):
                self.mappings.append(name)

    def scalar(self, value, indent):
        if self.anchors and self.seldom():
            return f"*{self.one_of(*self.anchors)}{self.behind()}"
        if (
            isinstance(value, str)
            and re.fullmatch(r"[a-z][a-z{}\n\t ;]*[a-z;}]\n?", value)
            and self.one_of(0, 1)
        ):
            chomp = "" if value.endswith("\n") else "-"
            blanks = " " * (indent + 3)
            body = "\n".join(line and blanks + line for line in value.removesuffix("\n").split("\n"))
            return f"|{chomp}{self.behind()}\n{body}"
        return f"{self.flow(value)}{self.behind()}"

    def flow(self, value):
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.quoted(k)}: {self.flow(v)}" for k, v in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + "]"
        if isinstance(value, str):
            return self.quoted(value)
        if value is None:
            return self.one_of("null", "~")
        return str(value).lower()

    def quoted(self, text):
        if re.fullmatch(r"[A-Za-z][A-Za-z ]*[A-Za-z]", text) and self.one_of(0, 1):
            return text if text.lower() not in {"true", "null", "false"} else f"'{text}'"
        if re.fullmatch(r"[ -~]*", text) and self.one_of(0, 1):
            return "'" + text.replace("'", "''") + "'"
        return (
            '"'
            + "".join(one if " " <= one <= "~" and one not in '"\\' else _escape(one) for one in text)
            + '"'
        )


def _escape(one):
    return f"\\U{ord(one):08x}"


@st.composite
def files(draw):
    text = Author(draw).text(draw(ROOTS))
    assume(reads(source_of(text)))  # a list that has become a mapping in between cannot be merged
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])))


CASES = [
    complete(re.sub(r"(?m)^#.*\^.*\n", "", case))
    for rule in rules()
    if rule.slug not in ABOUT_COMMENTS
    for case in rule.invalid
]


def source_of(text, encoding="utf-8"):
    return Source.decode("<stdin>", text.encode(encoding))


def reads(source):
    return not parse(source).diagnostics


def formatted_source(source):
    text = formatted(TARGET, source).text
    return Source(source.name, text, encoding=source.encoding, has_bom=source.has_bom)


@each
@given(files())
def test_formatting_twice_changes_nothing_more(text):
    source = source_of(text)
    once = formatted_source(source)
    assert formatted_source(once).text == once.text


@each
@given(files())
def test_data_models_and_comments_are_what_they_were(text):
    source = source_of(text)
    once = formatted_source(source)
    assert _data(parse(once).root) == _data(parse(source).root)
    assert build(parse(once).root) == build(parse(source).root)
    assert comment_texts(read_tree(once)) == comment_texts(read_tree(source))
    assert Counter(re.findall(r"# comment \d+", once.text)) == Counter(re.findall(r"# comment \d+", text))


def _data(node):
    """Give plain data that can be compared by type and value, not by the order of keys."""
    if isinstance(node, Mapping):
        return {key: _data(entry.value) for key, entry in node.entries.items()}
    if isinstance(node, Sequence):
        return [_data(item) for item in node.items]
    return type(node.data), repr(node.data)


@st.composite
def silenced(draw):
    """A case of a rule with comments above or behind the lines of its findings, each naming what is found there."""
    text = draw(st.sampled_from(CASES))
    source = source_of(text)
    lines = text.split("\n")
    begins = _first_lines(source)
    wanted = {}
    for found in validate(source, CATALOG).diagnostics:
        if found.rule not in NOT_IGNORABLE:
            line = found.span.first.line
            wanted.setdefault(begins.get(line, line), set()).add(found.rule)
    for line in sorted(wanted, reverse=True):
        comment = f"# xchange: ignore[{', '.join(sorted(wanted[line]))}] as the law says"
        if line in begins or draw(st.booleans()):
            indent = re.match(" *", lines[line - 1]).group()
            lines.insert(line - 1, f"{indent}{comment}")
        else:
            lines[line - 1] += f" {comment}"
    return "\n".join(lines)


def _first_lines(source):
    """Give for each line of a text of several lines the one that it begins in."""
    if not reads(source) or not isinstance(parse(source).root, Mapping):
        return {}
    places = [
        (source.position(start).line, source.position(end).line) for start, end in read_tree(source).texts
    ]
    return {line: first for first, last in places if last > first for line in range(first, last + 1)}


@each
@given(silenced())
def test_comments_go_on_silencing_what_they_silenced(text):
    source = source_of(text)
    if not reads(source) or not isinstance(parse(source).root, Mapping):
        return
    assert _findings(formatted_source(source)) == _findings(source)


def _findings(source):
    return Counter((one.rule, one.message) for one in validate(source, CATALOG).diagnostics)
