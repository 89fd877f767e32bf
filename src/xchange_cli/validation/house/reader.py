"""From one rule of a file, which the schema accepts, to what it says."""

from collections.abc import Callable, Iterable, Iterator

from xchange_cli.diagnostics import Diagnostic, Severity
from xchange_cli.document.node import Mapping, Node, Scalar, Sequence
from xchange_cli.nearest import nearest
from xchange_cli.source import Span
from xchange_cli.validation.bad_house_rule import BAD_HOUSE_RULE
from xchange_cli.validation.fixes import did_you_mean
from xchange_cli.validation.house.around import BY_ITSELF, READERS, THERE
from xchange_cli.validation.house.conditions import Condition, text_of
from xchange_cli.validation.house.globs import Globs
from xchange_cli.validation.house.house_rule import HouseRule
from xchange_cli.validation.house.paths import Path
from xchange_cli.validation.house.regex import fault
from xchange_cli.validation.house.selection import AROUND, KINDS, Selection
from xchange_cli.validation.house.words import FILLED, blanks

USUAL_PATHS = {**BY_ITSELF, "integration": "name", "input": "value"}
"""What a condition without a path is about."""

_OUTSIDE = frozenset(KINDS) - {"input"}
_OF_FLOWS = frozenset({"flow", "step", "trigger"})
_TRUE = Globs.of(["true"])

Report = Callable[[Diagnostic], None]


class Reader:
    """Reads a rule; what prevents its use is reported."""

    def __init__(self, rule: Mapping, report: Report) -> None:
        self._rule = rule
        self._report = report

    def read(self) -> HouseRule | None:
        """Give the rule; None where its selection says nothing that it could look at."""
        match = self._selection(self._rule.mapping("match"))
        if match is None:
            return None
        kind = match.looks_at
        unless = [self._selection(node, kind) for node in each(self._rule.get("unless"))]
        return HouseRule(
            message=self._words("message", kind),
            hint=self._words("hint", kind),
            match=match,
            unless=tuple(one for one in unless if one is not None),
            where=self._conditions("where", kind),
            require=self._conditions("require", kind),
            forbid=self._conditions("forbid", kind),
            asks_catalogue=self._asks_catalogue(),
        )

    def _bad(self, span: Span, message: str, hint: str, subject: str = "") -> None:
        found = Diagnostic(BAD_HOUSE_RULE, Severity.ERROR, message, span, hint=hint, subject=subject)
        self._report(found)

    def _selection(self, node: Mapping | None, within: str = "") -> Selection | None:
        """Read `match` or, `within` the kind that is looked at, an exception from it."""
        if node is None or not node.entries:
            place = self._rule.key_node("unless" if within else "match") or self._rule
            self._bad(place.span, "this names nothing to look at", "Write such as `step: '*'`.")
            return None
        outside = tuple(_tests(node, _OUTSIDE, may_lack=bool(within)))
        of_input = tuple(_tests(node, ("input",), may_lack=False))
        selection = Selection(frozenset(node.entries), outside, of_input)
        looks_at = within or selection.looks_at
        stranger = next((kind for kind in node.entries if kind not in AROUND[looks_at]), "")
        if not stranger and "configVar" in selection.kinds and selection.kinds & _OF_FLOWS:
            stranger = "configVar"
        if stranger:
            self._bad_kind(node, stranger, looks_at)
            return None
        return selection

    def _bad_kind(self, node: Mapping, kind: str, looks_at: str) -> None:
        key = node.key_node(kind) or node
        known = ", ".join(f"`{one}`" for one in AROUND[looks_at] if one != kind)
        message = f"`{kind}` does not fit here: the rule looks at parts of the kind `{looks_at}`"
        self._bad(key.span, message, f"Beside the others can stand {known}.", kind)

    def _asks_catalogue(self) -> bool:
        selections = (*each(self._rule.get("match")), *each(self._rule.get("unless")))
        steps = [one.mapping(kind) for one in selections for kind in ("step", "trigger")]
        return any(step is not None and "effect" in step.entries for step in steps)

    def _words(self, key: str, kind: str) -> str:
        node = self._rule.text(key)
        if node is None:
            return ""
        for blank in blanks(node.value):
            if blank.word not in FILLED[kind]:
                near = nearest(blank.word, FILLED[kind])
                known = ", ".join(f"`{{{word}}}`" for word in FILLED[kind])
                self._bad(
                    node.span_of(blank.start, blank.end),
                    f"`{{{blank.word}}}` cannot be filled in here",
                    did_you_mean(near and f"{{{near}}}", f"Here can stand: {known}."),
                    blank.word,
                )
        return node.value.strip()

    def _conditions(self, key: str, kind: str) -> tuple[Condition, ...]:
        read = (self._condition(node, kind) for node in each(self._rule.get(key)))
        return tuple(condition for condition in read if condition is not None)

    def _condition(self, node: Mapping, kind: str) -> Condition | None:
        path = self._path(node.text("path"), kind)
        like, matches = node.get("like"), node.text("matches")
        given = node.get("given")
        condition = Condition(
            path=path,
            words=frozenset(_texts(node.get("is"))) if node.get("is") is not None else None,
            like=Globs.of(_texts(like)) if like is not None else None,
            matches=matches.value if matches is not None else None,
            at_least=_number(node.get("atLeast")),
            at_most=_number(node.get("atMost")),
            given=given.data if given is not None else None,
        )
        if matches is not None:
            self._check_expression(matches)
        return self._with_test(condition, node)

    def _with_test(self, condition: Condition, node: Mapping) -> Condition | None:
        tests = [key for key in node.entries if key != "path"]
        if tests and (condition.given is not False or len(tests) == 1):
            return condition
        place = next((entry.key for entry in node.entries.values()), None) or node
        if not tests:
            way_out = "Add `is`, `like`, `matches`, `given`, `atLeast` or `atMost`."
            self._bad(place.span, "this condition has no test", way_out)
        else:
            given = node.key_node("given") or node
            message = "what is not given cannot pass another test"
            self._bad(given.span, message, "Leave `given: false` or the other test out.")
        return None

    def _path(self, node: Scalar | None, kind: str) -> Path:
        usual = Path.of(USUAL_PATHS[kind])
        assert usual is not None
        if node is None:
            return usual
        path = Path.of(node.value)
        if path is None:
            message = f"the path `{node.value}` has an empty part"
            self._bad(node.span, message, "Parts are keys with dots between them: `action.component.key`.")
        return path or usual

    def _check_expression(self, node: Scalar) -> None:
        found = fault(node.value)
        if found is None:
            return
        length = len(node.value)
        at = None if found.position is None or not length else min(found.position, length - 1)
        span = node.span if at is None else node.span_of(at, at + 1)
        message = f"the regular expression cannot be used: {found.reason}"
        self._bad(span, message, "It must fit the whole value; `like` with `*` is often enough.", node.value)


def _tests(
    node: Mapping, kinds: Iterable[str], *, may_lack: bool
) -> Iterator[tuple[Callable[..., str], Globs]]:
    """Yield the tests for some kinds, which what is looked at `may_lack`; a pattern that fits everything needs none."""
    for kind, entry in node.entries.items():
        if kind not in kinds:
            continue
        if kind == "trigger" or (may_lack and kind in THERE):
            yield THERE[kind], _TRUE
        asked = entry.value
        if not isinstance(asked, Mapping):
            asked_by_name = {BY_ITSELF[kind]: asked}
        else:
            asked_by_name = {name: one.value for name, one in asked.entries.items()}
        for name, read in READERS[kind].items():
            globs = Globs.of(_texts(asked_by_name.get(name)))
            if name in asked_by_name and not globs.take_all:
                yield read, globs


def each(node: Node | None) -> Iterator[Mapping]:
    """Yield the mappings of a list; one that stands alone is a list of one."""
    if isinstance(node, Mapping):
        yield node
    elif isinstance(node, Sequence):
        yield from node.mappings()


def _texts(node: Node | None) -> Iterator[str]:
    """Yield the texts of a list; one that stands alone is a list of one."""
    items = node.items if isinstance(node, Sequence) else (node,)
    yield from (text for item in items if item is not None and (text := text_of(item)) is not None)


def _number(node: Node | None) -> float | None:
    return None if node is None else float(node.data)
