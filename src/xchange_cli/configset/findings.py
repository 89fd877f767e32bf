"""What can be wrong with a config set, or with an integration for want of one: the documentation of each finding.

The words are those of the rules of validation, so that `xchange explain` shows both alike.
"""

from collections.abc import Mapping
from typing import NamedTuple

from xchange_cli.diagnostics import Diagnostic, Related, Severity
from xchange_cli.source import Span


class Finding(NamedTuple):
    """`severity` is the worst that is reported under this slug."""

    slug: str
    severity: Severity
    summary: str
    what: str
    why: str
    how: str

    @property
    def documentation(self) -> str:
        """Give the text in the form of a rule's docstring."""
        sections = (("What it checks", self.what), ("Why it matters", self.why), ("How to fix", self.how))
        return "\n\n".join([self.summary, *(f"{title}\n    {text}" for title, text in sections)])


_ALL = (
    Finding(
        "missing-config-value",
        Severity.ERROR,
        "A config variable that the run uses has no value.",
        "Every config variable that the run uses has a value in the config set, by `--var`, or as its default.",
        "The hosted platform does not deploy an instance before every variable has a value.",
        "Add the variable under `values` of the config set, or pass `--var KEY=VALUE`.",
    ),
    Finding(
        "bad-config-value",
        Severity.ERROR,
        "A value does not fit its config variable.",
        "Values, defaults and `--var` texts are what the variable's data type asks for, and stand where they belong: "
        "connections under `connections`, all others under `values`.",
        "Steps rely on the type: a number that is text changes how conditions and code compare it.",
        "Write the value in the form that the message names. Lists are YAML lists or JSON text.",
    ),
    Finding(
        "unknown-config-value",
        Severity.WARNING,
        "A value is given for a config variable that the integration does not have.",
        "Every key under `values` and `connections`, and of `--var`, is the key of a config variable.",
        "Nothing reads the value; most likely the variable was renamed, or its name is misspelled.",
        "Use the exact key, with capitals and blanks; the hint names the nearest one. Remove what is not needed.",
    ),
    Finding(
        "missing-connection-value",
        Severity.ERROR,
        "A connection that the run uses is not given, or not completely.",
        "A connection that the run uses has an entry under `connections`, with every required field, and with a token "
        "where the hosted platform would get one by asking the user.",
        "Requests fail without their credentials, often late and with an unclear answer.",
        "Add what the hint names under `connections`. Keep secrets out of the file with `${env:NAME}`.",
    ),
    Finding(
        "unknown-connection-field",
        Severity.WARNING,
        "A connection is given a field that it does not have.",
        "Every key under `fields` is an input of the connection in the component catalogue.",
        "Nothing reads the field, and the field that was meant may be missing.",
        "Use the key that the hint names.",
    ),
    Finding(
        "unclear-connection-input",
        Severity.WARNING,
        "A template in a connection's input holds a value that is no plain text.",
        "Placeholders in the inputs of connections stand for texts, numbers and truth values.",
        "How the hosted platform writes lists, objects and missing values into text is not documented.",
        "Use a config variable that holds text.",
    ),
    Finding(
        "circular-connection-input",
        Severity.ERROR,
        "The inputs of connections depend on one another in a circle.",
        "A connection does not need its own value, neither directly nor through other connections.",
        "No order exists in which the values could be found.",
        "Give one of the inputs a literal value, or set its field in the config set.",
    ),
    Finding(
        "bad-placeholder",
        Severity.ERROR,
        "A placeholder of a config set cannot be understood.",
        "A placeholder is `${env:NAME}`, `${file:path}`, `${secret:env:NAME}` or `${secret:file:path}`.",
        "The value would reach the flow with the placeholder in it.",
        "Correct the placeholder; write `$${` where the text `${` itself is meant.",
    ),
    Finding(
        "unresolved-placeholder",
        Severity.ERROR,
        "A placeholder names an environment variable or a file that is not there.",
        "Environment variables that a needed value names are set, and files can be read as text.",
        "The value is not known, so the run would use a wrong one.",
        "Set the variable before the command, or correct the path; paths start at the folder of the config set.",
    ),
    Finding(
        "bad-extends",
        Severity.ERROR,
        "The base of a config set cannot be used.",
        "`extends` names another set of the same folder, without `.yml`, and no set extends itself.",
        "Values of the base would be missing.",
        "Correct the name, or remove `extends`.",
    ),
    Finding(
        "unused-config-value",
        Severity.WARNING,
        "A value is given for a config variable that nothing uses.",
        "Every value of a config set is that of a config variable which a flow, a page or another variable names.",
        "Whoever changes the value expects an effect that never comes.",
        "Remove the value, and the variable from the integration; or use the variable where it was meant to be.",
    ),
    Finding(
        "shadowed-config-value",
        Severity.WARNING,
        "A value repeats that of the base, or a whole set is hidden by another of the same name.",
        "A set gives other values than the set that it extends (a note), and no two files of a folder have the name of "
        "one set: of `dev.yml` and `dev.yaml` only the first is read.",
        "A repeated value stays behind when that of the base is changed; a hidden file is never read.",
        "Remove the repeated value, and keep one file for each set.",
    ),
    Finding(
        "unknown-config-set",
        Severity.INFO,
        "An integration does not have the config set that was asked for.",
        "Where several integrations are checked with `--config NAME`, each has a set of this name.",
        "Nothing is known about the integration with this set, which may be as it should be.",
        "Add `configs/NAME.yml` beside the integration if it is to be used with this set.",
    ),
)

FINDINGS: Mapping[str, Finding] = {finding.slug: finding for finding in _ALL}
"""By slug."""


def report(
    slug: str,
    message: str,
    span: Span,
    *,
    hint: str = "",
    subject: str = "",
    severity: Severity | None = None,
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    """Make a diagnostic of a documented slug, with its severity unless a milder one is given."""
    worst = FINDINGS[slug].severity
    return Diagnostic(slug, severity or worst, message, span, hint=hint, subject=subject, related=related)
