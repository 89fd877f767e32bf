"""Which severity a project wants, where `lint.rules` has names and patterns."""

import pytest

from xchange_cli.validation.grades import wanted_severity


@pytest.mark.parametrize(
    ("severities", "rule", "wanted"),
    [
        ({"code-*": "warning"}, "code-syntax", "warning"),
        ({"code-*": "warning"}, "empty", None),
        ({"code-*": "warning", "code-syntax": "error"}, "code-syntax", "error"),
        ({"code-syntax": "error", "code-*": "warning"}, "code-syntax", "error"),
        ({"code-*": "warning", "*-syntax": "info"}, "code-syntax", "info"),
        ({"*": "off"}, "yaml-syntax", None),
        ({"yaml-syntax": "warning"}, "yaml-syntax", "warning"),
    ],
)
def test_a_name_wins_over_patterns_and_the_last_pattern_over_others(severities, rule, wanted):
    assert wanted_severity(severities, rule) == wanted
