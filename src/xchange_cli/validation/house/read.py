"""The house rules of a project, read from their files."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from xchange_cli.components.catalog import Catalog
from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.document.node import Entry, Scalar, Sequence
from xchange_cli.document.node import Mapping as MappingNode
from xchange_cli.document.parse import Document, parse
from xchange_cli.errors import XchangeError
from xchange_cli.project.keys import shown
from xchange_cli.project.project import Project
from xchange_cli.source import Source, Span
from xchange_cli.validation.bad_house_rule import BAD_HOUSE_RULE
from xchange_cli.validation.checker import unreadable
from xchange_cli.validation.hidden_tokens import without_tokens, without_tokens_in
from xchange_cli.validation.house.cases import has_code
from xchange_cli.validation.house.documentation import documentation, summary
from xchange_cli.validation.house.known_words import strange_words
from xchange_cli.validation.house.reader import Reader
from xchange_cli.validation.own_specs import own_findings
from xchange_cli.validation.pages import names
from xchange_cli.validation.rule import NO_HOUSE_RULES, HouseRules, Rule
from xchange_cli.validation.settled import settled

SCHEMA = "house-rules"
_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


class Written(NamedTuple):
    """A rule as its file has it; `valid` and `invalid` are its cases."""

    rule: Rule
    name: Span
    valid: tuple[Scalar, ...]
    invalid: tuple[Scalar, ...]


class Book(NamedTuple):
    """The sound rules of some files by their slugs, and what is wrong with others; `names` are those of all."""

    rules: Mapping[str, Written]
    names: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]


def house_rules(project: Project, folder: Path, catalog: Catalog | None = None) -> HouseRules:
    """Read the rules of a project; one that cannot be used is a finding. Names are relative to `folder`.

    With a catalogue, words that it and the format do not know are findings, too.
    """
    files = list(project.rule_files())
    if not files:
        return NO_HOUSE_RULES
    book = read_files(files, folder, catalog)
    rules = tuple(written.rule for _, written in sorted(book.rules.items()))
    return HouseRules(rules, book.names, book.diagnostics)


def read_files(
    files: Iterable[Path], folder: Path, catalog: Catalog | None = None, *, is_named: bool = False
) -> Book:
    """Read rules from files; of two that have the same name the first counts."""
    reading = _Reading(catalog)
    for file in files:
        name = shown(file, folder)
        try:
            document = parse(Source.read(file, name, is_named=is_named))
        except XchangeError as error:
            reading.found.append(unreadable(name, "", error))
        else:
            broken = list(own_findings(document, SCHEMA))
            reading.found += settled(document, [*broken, *reading.read(document, broken)])
    return Book(reading.rules, frozenset(reading.names), tuple(without_tokens(reading.found)))


class _Reading:
    """What has been read so far; `names` has the place where each name stands first."""

    def __init__(self, catalog: Catalog | None) -> None:
        self._catalog = catalog
        self.rules: dict[str, Written] = {}
        self.names: dict[str, Span] = {}
        self.found: list[Diagnostic] = []
        self._built_in = names()

    def read(self, document: Document, broken: Iterable[Diagnostic]) -> list[Diagnostic]:
        """Take the sound rules of a file, and give what is wrong with others beyond what is known as `broken`."""
        root = document.root
        listed = root.mapping("rules") if isinstance(root, MappingNode) else None
        if listed is None:
            return []
        places = [one.span for one in broken]
        found: list[Diagnostic] = []
        for slug, entry in listed.entries.items():
            before = len(found)
            found += self._of_name(slug, entry.key)
            self.names.setdefault(slug, entry.key.span)
            if not isinstance(entry.value, MappingNode) or _has_one_of(places, entry):
                continue
            written = _written(slug, entry.key, entry.value, found)
            if written is not None and len(found) == before:
                self.rules[slug] = written
                if self._catalog is not None:
                    found += strange_words(entry.value, self._catalog)
        return found

    def _of_name(self, slug: str, key: Scalar) -> Iterator[Diagnostic]:
        if slug in self._built_in:
            hint = f"Choose another name; `xchange explain {slug}` describes the built-in rule."
            yield _bad(key.span, f"`{slug}` is the name of a built-in rule", hint, slug)
        elif not _SLUG.fullmatch(slug):
            hint = "Use two or more words of small letters and digits, such as `no-plain-http`."
            yield _bad(key.span, f"`{slug}` cannot be the name of a rule", hint, slug)
        elif slug in self.names:
            first = Related(self.names[slug], "first used here")
            hint = "Give each rule a name of its own."
            found = _bad(key.span, f"two house rules are called `{slug}`; the first one counts", hint, slug)
            yield found._replace(related=(first,))


def _written(slug: str, key: Scalar, node: MappingNode, found: list[Diagnostic]) -> Written | None:
    said = Reader(node, found.append).read()
    cases = node.mapping("cases")
    valid, invalid = _cases(cases, "valid"), _cases(cases, "invalid")
    found += (_empty(case) for case in (*valid, *invalid) if not has_code(case.value))
    if said is None:
        return None
    severity = node.text("severity")
    rule = Rule(
        slug=slug,
        severity=Severity(severity.value) if severity is not None else Severity.ERROR,
        summary=without_tokens_in(summary(node)),
        documentation=without_tokens_in(
            documentation(node, f"{key.source.name}, line {key.span.first.line}")
        ),
        valid=tuple(case.value for case in valid),
        invalid=tuple(case.value for case in invalid),
        hooks=said.hooks,
    )
    return Written(rule, key.span, valid, invalid)


def _cases(cases: MappingNode | None, key: str) -> tuple[Scalar, ...]:
    listed = cases.get(key) if cases is not None else None
    items = listed.items if isinstance(listed, Sequence) else ()
    return tuple(item for item in items if isinstance(item, Scalar))


def _empty(case: Scalar) -> Diagnostic:
    hint = "Write steps, the keys of a flow, or a whole file, as built-in rules have them."
    return _bad(case.span, "this case has no line of YAML", hint)


def _bad(span: Span, message: str, hint: str, subject: str = "") -> Diagnostic:
    return Diagnostic(BAD_HOUSE_RULE, Severity.ERROR, message, span, hint=hint, subject=subject)


def _has_one_of(places: Iterable[Span], entry: Entry) -> bool:
    return any(entry.key.start <= place.start < max(entry.value.end, entry.key.end) for place in places)
