"""What the references of one flow look like: shapes of its steps, found when somebody asks."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from xchange_cli.components.spec import ActionSpec, ComponentSpec
from xchange_cli.expression.ast import Clause, Reference, walk
from xchange_cli.model.integration import Flow, Integration, Step
from xchange_cli.model.walk import walk_flow
from xchange_cli.shapes.code_steps import returned_shape
from xchange_cli.shapes.collection_actions import ACTIONS, item_of
from xchange_cli.shapes.examples import CATALOGUE, shape_of_result
from xchange_cli.shapes.given import Given, shape_of
from xchange_cli.shapes.json_schema import shape_of_schema
from xchange_cli.shapes.paths import Way, follow
from xchange_cli.shapes.payload import example_body, payload_shape, takes_requests
from xchange_cli.shapes.samples import Sample, sampled_body
from xchange_cli.shapes.shape import UNKNOWN, Kind, ListOf, Origin, Shape, Simple, any_of

COUNTER = Simple(Kind.NUMBER, Origin("the counter of the loop", is_sure=True))
BRANCH = Simple(Kind.TEXT, Origin("the name of the branch", is_sure=True))
REPEATED = Origin("the results of the loop", is_sure=True)
INVOKE_SCHEMA = Origin("`schemas.invoke` of the flow")

_LONGEST_CHAIN = 40
"""Steps that lead to one another before the rest counts as unknown: each costs a few calls."""

_BODY_DATA = ("results", "body", "data")

Path = tuple[str, ...]
Specs = Mapping[int, tuple[ActionSpec, ComponentSpec]]


class Surroundings(NamedTuple):
    """What a flow's shapes are made of. `specs` are those of its steps that the catalogue knows, by their identity."""

    integration: Integration
    specs: Specs
    samples: Sequence[Sample] = ()


class FlowShapes:
    """Follows references; each path is followed once."""

    def __init__(self, flow: Flow, around: Surroundings) -> None:
        self._flow = flow
        self._around = around
        self._by_ref: dict[str, list[Step]] = {}
        for placed in walk_flow(flow):
            self._by_ref.setdefault(placed.step.ref, []).append(placed.step)
        self._ways: dict[Path, Way] = {}
        self._known: dict[tuple[int, str], Shape] = {}
        self._asked: frozenset[Path] | None = None
        self._under_way = 0

    def follow(self, path: Path) -> Way:
        """Say where a reference leads, from its step key on; `Gap.at` counts from the step key."""
        if path not in self._ways:
            self._ways[path] = self._follow(path)
        return self._ways[path]

    def is_asked_for(self, path: Path) -> bool:
        """Tell whether a condition of the flow asks if something stands at a path or below it."""
        if self._asked is None:
            self._asked = frozenset(_asked(self._flow))
        return any(asked[: len(path)] == path for asked in self._asked)

    def _follow(self, path: Path) -> Way:
        steps = self._by_ref.get(path[0], ())
        if len(steps) != 1 or len(path) < 2:
            return Way(UNKNOWN)
        step = steps[0]
        part, known = path[1], 2
        if step.is_trigger and path[1:4] == _BODY_DATA:
            part, known = "body.data", 4
        way = follow(self._shape(step, part), path[known:])
        return way if way.gap is None else Way(UNKNOWN, way.gap._replace(at=way.gap.at + known))

    def _resolve(self, reference: Reference) -> Shape:
        return self.follow(reference.path).end

    def _shape(self, step: Step, part: str) -> Shape:
        """Give `results`, `currentItem` or `index` of a step, or `body.data` of a trigger.

        A step that leads back to itself is unknown.
        """
        key = (id(step), part)
        if key in self._known or self._under_way > _LONGEST_CHAIN:
            return self._known.get(key, UNKNOWN)
        self._known[key] = UNKNOWN
        self._under_way += 1
        try:
            self._known[key] = self._find(step, part)
        finally:
            self._under_way -= 1
        return self._known[key]

    def _find(self, step: Step, part: str) -> Shape:
        known = self._around.specs.get(id(step))
        if known is None:
            return UNKNOWN
        spec, component = known
        match part:
            case "body.data":
                return self._body(spec, component)
            case "results" if step.is_trigger:
                return payload_shape(spec, component)
            case "results":
                return self._results(step, spec, component)
            case "currentItem" | "index" if component.key == "loop" and not component.is_own:
                counts = part == "index" or spec.key == "loopNTimes"
                return COUNTER if counts else item_of(Given(step, self._resolve).shape("items"))
        return UNKNOWN

    def _body(self, spec: ActionSpec, component: ComponentSpec) -> Shape:
        """Join what samples and the schema of the call say; else, take the catalogue's example."""
        if _is_batched(self._flow) or not takes_requests(component.key):
            return UNKNOWN
        sampled = sampled_body(self._around.samples, self._flow, self._around.integration)
        schemas = self._flow.node.mapping("schemas")
        schema = schemas.get("invoke") if schemas else None
        told = [] if schema is None else [shape_of_schema(schema.data, INVOKE_SCHEMA)]
        told += [] if sampled is None else [sampled]
        return any_of(told) if told else example_body(spec, component)

    def _results(self, step: Step, spec: ActionSpec, component: ComponentSpec) -> Shape:
        if component.is_own:
            return shape_of_result(spec, component)
        special = _SPECIAL.get((component.key, spec.key))
        if special is not None:
            return special(Given(step, self._resolve))
        match component.key:
            case "loop":
                return self._repeated(step)
            case "branch":
                return BRANCH
            case "collection-tools" if spec.key in ACTIONS:
                return ACTIONS[spec.key](Given(step, self._resolve))
        return UNKNOWN if step.branches is not None else shape_of_result(spec, component)

    def _repeated(self, step: Step) -> Shape:
        last = step.steps[-1] if step.steps else None
        return ListOf(UNKNOWN if last is None else self._shape(last, "results"), REPEATED)


def _whichever_ran(given: Given) -> Shape:
    entries = given.items("stepResults")
    return any_of(shape_of(item.value, given.resolve) for item in entries) if entries else UNKNOWN


def _rows(_given: Given) -> Shape:
    return ListOf(UNKNOWN, CATALOGUE)


_SPECIAL: Mapping[tuple[str, str], Callable[[Given], Shape]] = {
    ("branch", "selectExecutedStepResult"): _whichever_ran,
    ("code", "runCode"): returned_shape,
    ("change-data-format", "deserializeFromCsv"): _rows,
}


def _is_batched(flow: Flow) -> bool:
    """A batch is a list, or the bare item where the size is 1."""
    resolver = flow.node.mapping("triggerResolver")
    return resolver is not None and resolver.data.get("enabled") is True


def _asked(flow: Flow) -> list[Path]:
    return [
        term.path
        for placed in walk_flow(flow)
        for given in placed.step.inputs.values()
        for part in walk(given.expression)
        if isinstance(part, Clause) and part.operator in {"exists", "doesNotExist"}
        for term in part.terms
        if isinstance(term, Reference)
    ]
