"""What a rule is, and how rules are found.

A rule is one module of the folder `rules`; its name gives the slug. It holds

* a docstring: a first line, then the headings *What it checks*, *Why it matters*, *How to fix*;
* `SEVERITY`: the worst it can report;
* `VALID` and `INVALID`: cases (see `cases.py`), which are the tests and the documentation;
* one or more of the hooks named in `Hook`, generators of `Problem`. A rule without a hook documents what
  the parser or the schema reports.
"""

import importlib
import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from xchange_cli.diagnostics import Diagnostic, Fix, Related, Severity
from xchange_cli.source import Span

HOOKS = (
    "check_integration",
    "check_config_var",
    "check_flow",
    "check_step",
    "check_expression",
    "check_reference",
    "check_config_value",
    "check_code",
)
"""`check_integration(facts)`, `check_config_var(variable, facts)`, `check_flow(flow, facts)`,
`check_step(step, facts)`; of the inputs of steps and config variables `check_expression(expression, facts)`
for templates and for what cannot be read (Malformed), inside of lists and conditions too, and with what stands around it
`check_reference(use, facts)` for references of steps, `check_config_value(use, facts)` for config variables;
`check_code(use, facts)` for JavaScript that stands in an input.
The arguments are defined in facts.py."""


class Problem(NamedTuple):
    """What a rule found. `subject` is the offending word; `sure` is False where the catalogue only guesses.

    `is_secret` tells that the text of the span is a secret: neither message nor subject may hold it.
    """

    span: Span
    message: str
    hint: str = ""
    subject: str = ""
    sure: bool = True
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    is_secret: bool = False


_PACKAGE = "xchange_cli.validation.rules"

Check = Callable[..., Iterator[Problem]]


class Rule(NamedTuple):
    slug: str
    severity: Severity
    summary: str
    documentation: str
    valid: tuple[str, ...]
    invalid: tuple[str, ...]
    hooks: tuple[tuple[str, Check], ...]


class HouseRules(NamedTuple):
    """Rules of the project itself. `names` are those of all its rules, also of the ones that cannot be used.

    `diagnostics` say why they cannot.
    """

    rules: tuple[Rule, ...] = ()
    names: frozenset[str] = frozenset()
    diagnostics: tuple[Diagnostic, ...] = ()

    def checks(self, hook: str) -> tuple[tuple[Rule, Check], ...]:
        """Give the rules that have a hook."""
        return tuple((rule, check) for rule in self.rules for name, check in rule.hooks if name == hook)


NO_HOUSE_RULES = HouseRules()


@cache
def slugs() -> tuple[str, ...]:
    """Give the names of all rules, in order, without loading the rules."""
    return tuple(name.replace("_", "-") for name in _modules())


@cache
def rules() -> tuple[Rule, ...]:
    """Give all rules in the order of their slugs."""
    return tuple(_rule(importlib.import_module(f"{_PACKAGE}.{name}"), name) for name in _modules())


@cache
def _modules() -> tuple[str, ...]:
    """Look at the names of the files alone: `pkgutil` takes as long for its questions as loading a third of them."""
    names = os.listdir(Path(__file__).parent / "rules")  # noqa: PTH208 - no path is needed
    return tuple(
        sorted(name.removesuffix(".py") for name in names if name.endswith(".py") and name[0] != "_")
    )


def _rule(module: Any, name: str) -> Rule:
    documentation = (module.__doc__ or "").strip()
    return Rule(
        slug=name.replace("_", "-"),
        severity=module.SEVERITY,
        summary=documentation.partition("\n")[0],
        documentation=documentation,
        valid=module.VALID,
        invalid=module.INVALID,
        hooks=tuple((hook, getattr(module, hook)) for hook in HOOKS if hasattr(module, hook)),
    )


@cache
def checks(hook: str) -> tuple[tuple[Rule, Check], ...]:
    """Give the rules that have a hook."""
    return tuple((rule, check) for rule in rules() for name, check in rule.hooks if name == hook)
