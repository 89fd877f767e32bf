"""The table of rules that come with fixes says what the cases of the rules show."""

import json

from xchange_cli.components.catalog import Catalog
from xchange_cli.source import Source
from xchange_cli.validation.cases import complete
from xchange_cli.validation.fixable import TABLE, fixability
from xchange_cli.validation.rule import rules
from xchange_cli.validation.validate import validate

CATALOG = Catalog.load()


def test_the_table_of_fixes_is_what_the_cases_of_all_rules_show(golden):
    safe = {}
    for rule in rules():
        for case in rule.invalid:
            for found in validate(Source("case.yml", complete(case)), CATALOG).diagnostics:
                for fix in found.fixes:
                    safe[found.rule] = safe.get(found.rule, False) or fix.safe
    table = {slug: "safe" if is_safe else "unsafe" for slug, is_safe in sorted(safe.items())}
    golden(TABLE, json.dumps(table, indent=2) + "\n")


def test_a_rule_that_is_not_in_the_table_has_no_fix():
    assert (fixability("template-blanks"), fixability("unknown-reference")) == ("safe", "unsafe")
    assert fixability("missing-trigger") == "no"
