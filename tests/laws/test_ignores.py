"""Comments that name exactly the rules found at each finding's line silence all of them, and nothing else appears."""

import re

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import REPOSITORY
from xchange_cli.components.catalog import Catalog
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.rule import rules
from xchange_cli.validation.unignorable import ABOUT_COMMENTS, NOT_IGNORABLE
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()
EXAMPLE = REPOSITORY / "examples" / "order-intake" / "integrations" / "order-intake" / "integration.yml"
TEXT = EXAMPLE.read_text(encoding="utf-8")
CASES = [
    complete(re.sub(r"(?m)^#.*\^.*\n", "", case))
    for rule in rules()
    if rule.slug not in ABOUT_COMMENTS
    for case in rule.invalid
]


@st.composite
def files(draw):
    """A case of a rule, or a real file with a few letters of its words changed."""
    if draw(st.booleans()):
        return draw(st.sampled_from(CASES))
    words = sorted({match.span() for match in re.finditer(r"[a-z]{4,}", TEXT)})
    text = TEXT
    for start, end in sorted(draw(st.lists(st.sampled_from(words), min_size=1, max_size=4, unique=True)))[
        ::-1
    ]:
        text = f"{text[:start]}{text[start + 1 : end]}{text[start]}{text[end:]}"
    return text


def found_in(text):
    return validate(Source("a.yml", text), CATALOG).diagnostics


def first_lines(source):
    """Give for each line the one in which a text that goes on in it begins."""
    first = {}
    for token in yaml.scan(source.text, Loader=yaml.CSafeLoader):
        if isinstance(token, yaml.ScalarToken):
            start = source.position(token.start_mark.index).line
            end = token.start_mark.index + len(
                source.text[token.start_mark.index : token.end_mark.index].rstrip()
            )
            for line in range(start, source.position(end).line + 1):
                first.setdefault(line, first.get(start, start))
    return first


def with_comments(text, found):
    """Put a comment above the line in which each finding begins, naming what is found there."""
    source = Source("a.yml", text)
    begins = first_lines(source)
    wanted = {}
    for one in found:
        line = one.span.first.line
        wanted.setdefault(begins.get(line, line), set()).add(one.rule)
    lines = text.splitlines(keepends=True)
    for line in sorted(wanted, reverse=True):
        indent = re.match(" *", lines[line - 1]).group()
        names = ", ".join(sorted(wanted[line]))
        lines.insert(line - 1, f"{indent}# xchange: ignore[{names}] as the law says\n")
    return "".join(lines)


@given(files())
@settings(max_examples=150)
def test_comments_for_exactly_what_is_found_silence_it_and_nothing_else_appears(text):
    found = found_in(text)
    if any(one.rule in NOT_IGNORABLE for one in found) or not text.strip():
        return
    assert found_in(with_comments(text, found)) == ()
