"""Flows and outcomes that nobody thought of: names repeat, references lead anywhere, branches are missing.

Hypothesis chooses size and seed; the rest is rolled, since flows that it builds choice by choice stay small.
"""

from random import Random

from hypothesis import strategies as st

from flows import CATALOG, integration_of, reference, step
from xchange_cli.components.spec import ActionResult, LogLine
from xchange_cli.engine.events import Done, Failed
from xchange_cli.engine.program import compile_flow
from xchange_cli.expression.step_names import step_ref

NAMES = ("Trigger", "Get Order", "Send", "Send", "Check", "Each", "Save It", "A", "B", "C", "D", "É")
BRANCHES = ("Big", "Small", "Else")
TAILS = (".results", ".currentItem", ".index", ".results.a.b", ".results.0", ".gone")


class Roller:
    """Rolls flows of a size; `depth` is how deep containers nest, `breadth` the most steps in a list."""

    def __init__(self, seed, depth, breadth):
        self._dice = Random(seed)
        self._depth = depth
        self._breadth = breadth

    def program(self):
        return compile_flow(integration_of(*self._steps(self._depth)).flows[0], CATALOG)

    def _steps(self, depth):
        return [self._step(depth) for _ in range(self._dice.randint(min(2, self._breadth), self._breadth))]

    def _step(self, depth):
        """The action tells the kind of step, so that outcomes mostly fit."""
        kind = self._dice.choice(("leaf", "loop", "branching")) if depth > 1 else "leaf"
        name = self._dice.choice(NAMES)
        more = {"isTrigger": name == "Trigger"}
        if self._dice.random() < 0.9:
            more["errorConfig"] = self._error_config()
        if kind == "loop":
            more["steps"] = self._steps(depth - 1) if self._dice.random() < 0.9 else []
        elif kind == "branching":
            names = self._dice.choices(BRANCHES, k=self._dice.randint(0, 3))
            more["branches"] = [{"name": branch, "steps": self._steps(depth - 1)} for branch in names]
        inputs = {key: self._input() for key in self._dice.sample("xyz", self._dice.randint(0, 2))}
        return step(name, inputs, f"scripted.{kind}", **more)

    def _input(self):
        path = step_ref(self._dice.choice(NAMES)) + self._dice.choice(TAILS)
        return reference(path) if self._dice.random() < 0.7 else template(f"it is {{{{${path}}}}}")

    def _error_config(self):
        return {
            "errorHandlerType": self._dice.choice(("fail", "ignore", "ignore", "retry", "retry", "retry")),
            "maxAttempts": self._dice.randint(0, 3),
            "delaySeconds": self._dice.randint(0, 60),
            "usesExponentialBackoff": self._dice.random() < 0.5,
            "ignoreFinalError": self._dice.random() < 0.8,
        }


def template(text):
    return {"type": "template", "value": text}


class Dealer:
    """Answers calls with rolled outcomes; the same seed deals the same outcomes."""

    def __init__(self, seed):
        self._dice = Random(seed)

    def perform(self, call):
        logs = tuple(LogLine("INFO", text) for text in self._dice.sample("ab", self._dice.randint(0, 2)))
        warnings = tuple(self._dice.sample(("odd", "odder"), self._dice.randint(0, 1)))
        luck = self._dice.random()
        if luck < 0.01:
            return Failed("timeout", "over", logs, warnings, is_final=True)
        if luck < 0.12:
            return Failed("action-failed", "no", logs, warnings, "x", 1)
        return Done(self._result(call.action, luck), logs, warnings)

    def _result(self, kind, luck):
        if luck < 0.2:
            kind = "leaf"
        if kind == "loop":
            count = self._dice.randint(0, 3)
            return ActionResult(items=range(count) if luck < 0.4 else [self._value() for _ in range(count)])
        if kind == "branching":
            return ActionResult(self._value(), branch=self._dice.choice(BRANCHES))
        if luck > 0.96:
            return ActionResult(self._value(), break_loop=luck < 0.99, stop=luck >= 0.99)
        wait = self._dice.choice((0, 0, 0, 2.5))
        return ActionResult(self._value(), wait=wait, state={"instanceState": {"n": luck}} if wait else None)

    def _value(self, depth=2):
        kind = self._dice.choice(
            ("text", "number", "null", "list", "object") if depth else ("text", "number")
        )
        if kind in {"text", "number", "null"}:
            return {"text": "é", "number": self._dice.randint(-9, 9) / 2, "null": None}[kind]
        inner = [self._value(depth - 1) for _ in range(self._dice.randint(0, 3))]
        return inner if kind == "list" else dict(zip("abc", inner, strict=False))


seeds = st.integers(0, 2**32)
sizes = st.sampled_from([(1, 2), (2, 3), (3, 5), (4, 3), (4, 4)])
programs = st.builds(lambda seed, size: Roller(seed, *size).program(), seeds, sizes)
