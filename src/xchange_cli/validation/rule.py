"""What a rule is, and how rules are found.

A rule is one module of the folder `rules`, or of `documented` where it only documents what the reader, the schema or
ignore comments report; its name gives the slug. It holds

* a docstring: a first line, then the headings *What it checks*, *Why it matters*, *How to fix*;
* `SEVERITY`: the worst it can report;
* `VALID` and `INVALID`: cases (see `cases.py`), which are the tests and the documentation;
* in `rules`, one or more of the hooks named in HOOKS, generators of `Problem`.
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
    "check_conditions",
    "check_branching",
    "check_looping",
    "check_trigger",
    "check_expression",
    "check_reference",
    "check_config_value",
    "check_code",
)
"""`check_integration(integration, facts)`, `check_config_var(variable, facts)`, `check_flow(flow, facts)`,
`check_step(step, facts)`, and with the same arguments, only of the steps that it may concern, `check_conditions`,
`check_branching`, `check_looping` and `check_trigger` (facts.py says which); of the inputs of steps and config variables `check_expression(expression, facts)`
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


_ASKED, _DOCUMENTED = "rules", "documented"

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
    return tuple(name.replace("_", "-") for name, _ in _modules())


@cache
def rules() -> tuple[Rule, ...]:
    """Give all rules in the order of their slugs."""
    return tuple(_rule(name, folder) for name, folder in _modules())


@cache
def _modules() -> tuple[tuple[str, str], ...]:
    """Give the names of the modules with their folders, in order.

    It looks at the names of the files alone: `pkgutil` takes as long for its questions as loading a third of them.
    """
    here = Path(__file__).parent
    found = [(name, folder) for folder in (_ASKED, _DOCUMENTED) for name in os.listdir(here / folder)]  # noqa: PTH208
    return tuple(
        sorted(
            (name.removesuffix(".py"), folder)
            for name, folder in found
            if name.endswith(".py") and name[0] != "_"
        )
    )


@cache
def _rule(name: str, folder: str) -> Rule:
    module: Any = importlib.import_module(f"xchange_cli.validation.{folder}.{name}")
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
    """Give the rules that have a hook; those that only document are not loaded."""
    asked = (_rule(name, folder) for name, folder in _modules() if folder == _ASKED)
    return tuple((rule, check) for rule in asked for name, check in rule.hooks if name == hook)
