"""Secrets are real values inside of a run and leave it nowhere: each of these is a canary that must not be seen."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from runs import code, flow, integration, step

ENV = 'canary-env/1 "quoted"'
FILE = "canary&file=2?ü"
FIELD = "canary+field:3"
TOKEN = "canary\\token\n-of-two-lines-4"
CANARIES = {"env": ENV, "file": FILE, "field": FIELD, "token": TOKEN}

HEAD = """\
configPages:
- name: Page
  elements:
  - {type: configVar, value: Env Secret}
  - {type: configVar, value: File Secret}
  - {type: configVar, value: Shop}
requiredConfigVars:
- {key: Env Secret, dataType: string, orgOnly: false}
- {key: File Secret, dataType: string, orgOnly: false}
- key: Shop
  dataType: connection
  orgOnly: false
  connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
  inputs:
    username: {type: value, value: shop}
"""

CONFIG = """\
values:
  Env Secret: ${secret:env:CANARY_ENV}
  File Secret: before ${secret:file:secret.txt} after
connections:
  Shop:
    fields:
      password: ${env:CANARY_FIELD}
    token:
      access_token: ${env:CANARY_TOKEN}
"""

ALL = """\
const { configVars } = context;
const { fields, token } = configVars["Shop"];
const secrets = [configVars["Env Secret"], configVars["File Secret"], fields.password, token.access_token];
"""

BASIC = """\
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const base64 = (text) => {
  const bytes = unescape(encodeURIComponent(text)).split("").map((one) => one.charCodeAt(0));
  let bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  while (bits.length % 6) bits += "0";
  const encoded = bits.match(/.{6}/g).map((six) => letters[parseInt(six, 2)]).join("");
  return encoded.padEnd(Math.ceil(encoded.length / 4) * 4, "=");
};
"""

LEAK = f"""\
{ALL}{BASIC}
for (const secret of secrets) {{
  context.logger.info(`logged ${{secret}}.`);
  context.logger.warn({{ secret, list: [JSON.stringify({{ secret }})] }});
}}
return {{
  data: {{
    plain: secrets,
    [secrets[0]]: "as a key",
    inside: secrets.map((secret) => `https://api.example.test/?key=${{secret}}&page=2`),
    encoded: secrets.map((secret) => `https://api.example.test/?key=${{encodeURIComponent(secret)}}&page=2`),
    json: JSON.stringify(JSON.stringify(secrets)),
    basic: secrets.map((secret) => `Basic ${{base64(`shop:${{secret}}`)}}`),
  }},
  headers: {{ Authorization: `Bearer ${{secrets[3]}}` }},
  instanceState: {{ kept: secrets }},
}};
"""

THROW = f"{ALL}\nthrow new Error(`refused: ${{secrets.join(', ')}}`);"
TEMPLATE = "{type: template, value: 'the key is {{#Env Secret}}, or {{#File Secret}}'}"
UPPER = step("Say It", "log", "writeLog", level="info", message=TEMPLATE)
SENDING = step(
    "Send", "http", "httpPost", url=TEMPLATE, responseType="json", connection="{type: configVar, value: Shop}"
)


@pytest.fixture
def files(project):
    def write(*steps: str):
        return project(
            {
                "integration.yml": integration(flow(*steps), head=HEAD),
                "configs/dev.yml": CONFIG,
                "configs/secret.txt": f"{FILE}\n",
            }
        )

    return write


ENVIRONMENT = {"CANARY_ENV": ENV, "CANARY_FIELD": FIELD, "CANARY_TOKEN": TOKEN}


def forms_of(secret: str) -> set[str]:
    """Give the forms in which a secret might be seen."""
    in_json = json.dumps(secret)[1:-1]
    basic = base64.b64encode(f"shop:{secret}".encode()).decode()
    return {
        secret,
        in_json,
        json.dumps(secret, ensure_ascii=False)[1:-1],
        json.dumps(in_json)[1:-1],
        quote(secret, safe=""),
        quote(secret),
        quote_plus(secret),
        basic,
        basic.rstrip("=")[:-1],
        *secret.splitlines()[1:],
    }


def seen(text: str) -> set[str]:
    """Give the names of the canaries in a text."""
    return {name for name, secret in CANARIES.items() if any(form in text for form in forms_of(secret))}


def test_the_search_of_these_tests_finds_every_form():
    for name, secret in CANARIES.items():
        assert all(seen(f"x{form}y") >= {name} for form in forms_of(secret))


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_results_logs_answers_and_state_show_no_secret(output, files, xchange):
    files(UPPER, code("Leak", LEAK))
    ran = xchange("run", "--config", "dev", "-o", output, env=ENVIRONMENT)
    assert ran.code == 0
    assert (seen(ran.out), seen(ran.err)) == (set(), set())
    assert "«secret: env:CANARY_ENV»" in ran.out
    assert "«secret: file:secret.txt»" in ran.out
    assert "«secret: Shop.password»" in ran.out


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_errors_show_no_secret(output, files, xchange):
    more = "errorConfig: {errorHandlerType: retry, maxAttempts: 1, delaySeconds: 5}\n"
    files(UPPER, code("Fail", THROW, more=more))
    ran = xchange("run", "--config", "dev", "-o", output, "--no-wait", env=ENVIRONMENT)
    assert ran.code == 10
    assert "refused: «secret: env:CANARY_ENV», " in ran.out
    assert (seen(ran.out), seen(ran.err)) == (set(), set())


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_the_inputs_of_a_failed_step_show_no_secret(output, files, xchange):
    files(SENDING)
    ran = xchange("run", "--config", "dev", "-o", output, env=ENVIRONMENT)
    assert ran.code == 10
    assert (seen(ran.out), seen(ran.err)) == (set(), set())


@pytest.mark.parametrize("output", ["text", "json"])
def test_findings_about_a_value_show_no_secret(output, files, xchange):
    folder = files(code("Use", 'return { data: context.configVars["Env Secret"] };'))
    path = folder / "integration.yml"
    path.write_text(path.read_text().replace("Env Secret, dataType: string", "Env Secret, dataType: number"))
    ran = xchange("run", "--config", "dev", "-o", output, env=ENVIRONMENT)
    assert ran.code == 1
    assert "bad-config-value" in ran.out + ran.err
    assert (seen(ran.out), seen(ran.err)) == (set(), set())


LONG = "canary-of-more-than-forty-characters-which-messages-do-not-quote-whole"


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_messages_that_quote_the_beginning_of_a_value_show_no_beginning_of_a_secret(output, files, xchange):
    files(
        step(
            "Each", "loop", "loopOverItems", items="{type: configVar, value: Env Secret}", more="steps: []\n"
        )
    )
    ran = xchange("run", "--config", "dev", "-o", output, env={**ENVIRONMENT, "CANARY_ENV": LONG})
    assert ran.code == 10
    assert "the text" in ran.out
    assert LONG[:8] not in ran.out


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_log_lines_that_are_cut_show_no_beginning_of_a_secret(output, files, xchange):
    files(code("Log", f'{ALL}\ncontext.logger.info("x".repeat(4080) + secrets[0]);'))
    ran = xchange("run", "--config", "dev", "-o", output, env={**ENVIRONMENT, "CANARY_ENV": LONG})
    assert ran.code == 0
    assert LONG[:8] not in ran.out


FAULTY = """\
from xchange_cli.components.spec import Implementation

def fail(context, inputs):
    try:
        raise ValueError(f"the cause: {inputs['text']!r}")
    except ValueError as cause:
        raise LookupError(f"a bug: {inputs['text']}") from cause

COMPONENT = Implementation(actions={"fail": fail})
"""


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_the_report_of_a_bug_shows_no_secret(output, files, xchange_process, tmp_path):
    """A component with a bug, added to those that are built in, raises what no component may raise."""
    folder = files(step("Crash", "faulty", "fail", text="{type: configVar, value: Env Secret}"))
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "faulty.py").write_text(FAULTY)
    added = f"from xchange_cli.components import builtin\nbuiltin.__path__.append({str(tmp_path / 'more')!r})"
    ran = xchange_process("run", "--config", "dev", "-o", output, python=added, env=ENVIRONMENT)
    (report,) = (folder / ".xchange" / "crashes").iterdir()
    text = report.read_text(encoding="utf-8")
    assert ran.code == 70
    assert "Sorry: this is a bug in xchange (LookupError: a bug: «secret: env:CANARY_ENV»).\n" in ran.err
    assert "ValueError: the cause: " in text
    assert [seen(shown) for shown in (ran.out, ran.err, text)] == [set(), set(), set()]


def test_a_secret_input_that_comes_up_during_the_run_is_hidden_from_then_on(files, xchange):
    put = step(
        "Put",
        "aws-s3",
        "putObject",
        dynamicSecretAccessKey="{type: reference, value: make.results}",
        awsRegion="eu-west-1",
        bucket="b",
        objectKey="k",
        fileContents="x",
        awsConnection="{type: configVar, value: Shop}",
    )
    files(
        code("Make", 'return { data: ["made", "at", "run", "time"].join("-") };'),
        put,
        code("After", "return { data: `used ${stepResults.make.results}` };"),
    )
    ran = xchange("run", "--config", "dev", "-o", "jsonl", "--mock", "put=1", env=ENVIRONMENT)
    events = [json.loads(line) for line in ran.out.splitlines()]
    start = next(event for event in events if event["event"] == "step_starting" and event["ref"] == "put")
    assert ran.code == 0
    assert start["inputs"]["dynamicSecretAccessKey"] == "«secret: put.dynamicSecretAccessKey»"
    assert events[-1]["response"]["body"] == "used «secret: put.dynamicSecretAccessKey»"
