"""What is reported about house rules that cannot be used, or do not say what they seem to."""

BAD_HOUSE_RULE = "bad-house-rule"

DOCUMENTATION = """\
A house rule cannot be used, or names what does not exist.

What it checks
    The project's own rules, `rules/*.yml`, as far as their JSON Schema cannot say it: names that are free and of two
    words or more, parts that go together, conditions with a test, paths, regular expressions, words in braces that
    can be filled in, and cases that hold something. A warning tells of the name of a component or action that neither
    the catalogue nor the project knows, and of a path whose first key integrations do not have.

Why it matters
    A rule with an error is left out, so that nothing keeps to it; the other rules go on. One with a warning is
    applied, but what it looks for is never there.

How to fix
    Follow the hint. `xchange rules check` tells whether the rule then does what its cases say, and
    `xchange schema house-rules` describes the form of the file.
"""
