"""What can be wrong with payloads, flow tests and the project file: the documentation of each finding.

What their schemas say is documented by the rules about keys and values.
"""

from collections.abc import Mapping

from xchange_cli.configset.findings import Finding
from xchange_cli.diagnostics import Diagnostic, Fix, Related, Severity
from xchange_cli.source import Span

_ALL = (
    Finding(
        "bad-payload",
        Severity.ERROR,
        "A payload file does not hold what its name says.",
        "A file of `payloads/` is JSON (`.json`), YAML (`.yml`, `.yaml`) or a raw request (`.http`). Bytes in it are "
        "base64, and a body of several parts can be taken apart.",
        "A run with this payload does not start.",
        "Follow the message; it points at the first character that does not fit.",
    ),
    Finding(
        "odd-payload",
        Severity.WARNING,
        "A request in a payload file is not what hosted platforms get or take.",
        "A body is what its content type says, no query parameter, no part and no key of JSON stands there twice, "
        "and method, body and `Content-Length` go together.",
        "The run goes on with a guess: of equal names the last counts, and broken JSON stays text.",
        "Correct the request.",
    ),
    Finding(
        "payload-taken-for-body",
        Severity.WARNING,
        "A payload file looks like a whole payload, but is taken for the body of a request.",
        "A whole payload has keys of a trigger's result only, `headers` is a mapping, and `body` and `rawBody` have "
        "their content under `data`.",
        "Headers and body of the file end up inside of the body, where no flow looks for them.",
        "Correct the key, or put the content under `data`. If all of it is the body, write "
        "`{body: {data: …, contentType: application/json}}` around it.",
    ),
    Finding(
        "payload-against-schema",
        Severity.INFO,
        "A sample payload does not fit the schema of its flow.",
        "The body of a payload fits `schemas.invoke` of the flow that it is for: the only flow that takes requests, or "
        "the one that the file is named after.",
        "Callers of the flow are told to send other data. It may be on purpose, as a sample of wrong data.",
        "Correct the payload or the schema.",
    ),
    Finding(
        "unknown-name-in-test",
        Severity.ERROR,
        "A flow test names something that is not there.",
        "`flow` is a flow of the integration, `config` a file of `configs/`, `payload` a file of `payloads/`; the keys "
        "under `mocks` and `expect.steps` are steps, by name or key, and mocks name branches that their steps have.",
        "The test cannot run. It happens when a step is renamed.",
        "Use the name that the hint gives.",
    ),
    Finding(
        "contradictory-test",
        Severity.ERROR,
        "Parts of a flow test do not go together.",
        "A test says which flow it runs where there are several; `trigger: schedule` goes with a flow that has a "
        "schedule, without a payload; `at` is a time, for schedules only; a step outside of loops has no pass; a run "
        "that ends well has no error.",
        "The test cannot run, or cannot pass.",
        "Remove one of the two, or correct it.",
    ),
    Finding(
        "bad-matcher",
        Severity.ERROR,
        "A flow test expects something in a way that nobody can read.",
        "A mapping with a key that begins with `$` is `{$matches: REGEX}`, `{$type: TYPE}` or `{$exactly: VALUE}`; the "
        "expression can be compiled, and the type is text, number, boolean, list, mapping or empty.",
        "The test cannot tell whether the result is right.",
        "Correct the word; write `{$exactly: {…}}` around a mapping whose own keys begin with `$`.",
    ),
    Finding(
        "misnamed-test",
        Severity.WARNING,
        "A file in `tests/` is not called like a flow test.",
        "Each YAML file in the folder `tests/` beside an integration is called `NAME.test.yml`.",
        "Its tests are never run, and nobody says so.",
        "Add `.test` to its name, or keep the file elsewhere if it holds no tests.",
    ),
    Finding(
        "unchecked-file",
        Severity.INFO,
        "A payload file was named that may hold anything.",
        "A file of `payloads/` that is named as an argument is JSON, YAML or a raw request (`.http`).",
        "That nothing was found does not mean that it is right: nobody looked into it.",
        "Nothing, if it is meant to be sent as it is.",
    ),
    Finding(
        "unmatched-path",
        Severity.WARNING,
        "A path or pattern in `xchange.yaml` leads to no file.",
        "Each entry of the lists of paths, such as `integrations` and `components`, is that of a file, or a pattern "
        "that matches one.",
        "What was meant is not part of the project: it is neither checked nor found by its key.",
        "Correct the path, which is relative to `xchange.yaml`, or remove it.",
    ),
)

FILE_FINDINGS: Mapping[str, Finding] = {finding.slug: finding for finding in _ALL}
"""By slug."""


def report(
    slug: str,
    message: str,
    span: Span,
    *,
    hint: str = "",
    subject: str = "",
    related: tuple[Related, ...] = (),
    fixes: tuple[Fix, ...] = (),
) -> Diagnostic:
    """Make a diagnostic of a slug documented here, with its severity."""
    return Diagnostic(
        slug,
        FILE_FINDINGS[slug].severity,
        message,
        span,
        hint=hint,
        subject=subject,
        related=related,
        fixes=fixes,
    )
