"""What is reported about house rules that cannot be used."""

BAD_HOUSE_RULE = "bad-house-rule"

DOCUMENTATION = """\
A house rule cannot be used.

What it checks
    The project's own rules, `rules/*.yml`, as far as their JSON Schema cannot say it: names that are free and of two
    words or more, parts that go together, conditions with a test, paths, regular expressions, words in braces that
    can be filled in, and cases that hold something.

Why it matters
    The rule is left out, so that nothing keeps to it. The other rules go on.

How to fix
    Follow the hint. `xchange rules check` tells whether the rule then does what its cases say, and
    `xchange schema house-rules` describes the form of the file.
"""
