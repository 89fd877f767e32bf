"""Secrets are real values inside of a run and leave it nowhere: each of these is a canary that must not be seen."""

import base64
import json
from urllib.parse import quote, quote_plus

import pytest

from runs import code, flow, integration, loop, step
from xchange_cli.engine.events import StepCall, StepStarting
from xchange_cli.redaction import Redactor, Secret
from xchange_cli.runs.secrets import learning

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


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
@pytest.mark.parametrize("before", ["x" * 4080, "\U0001f600" * 2043, "\U0001f600" * 4090])
def test_a_secret_is_found_wherever_a_log_line_is_cut(before, output, files, xchange):
    files(
        code("Log", f'{ALL}\ncontext.logger.info("{before}" + secrets[0]);'),
        step("Say", "log", "writeLog", message=f"{{type: template, value: '{before}{{{{#Env Secret}}}}'}}"),
    )
    ran = xchange("run", "--config", "dev", "-o", output, env={**ENVIRONMENT, "CANARY_ENV": LONG})
    assert ran.code == 0
    assert LONG[:8] not in ran.out


def test_log_lines_have_4096_characters_without_their_secrets(files, xchange):
    files(
        code("Log", f'{ALL}\ncontext.logger.info(secrets[0] + "\U0001f600".repeat(5000));'),
        step("Say", "log", "writeLog", message=f"{{type: value, value: '{'y' * 5000}'}}"),
    )
    ran = xchange("run", "--config", "dev", "-o", "jsonl", env={**ENVIRONMENT, "CANARY_ENV": LONG})
    events = [json.loads(line) for line in ran.out.splitlines()]
    lines = [event["message"] for event in events if event["event"] == "log"]
    name = "«secret: env:CANARY_ENV»"
    assert lines == [name + "\U0001f600" * (4096 - len(name)), "y" * 4096]


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_the_head_of_an_answer_shows_no_secret(output, files, xchange):
    answer = "{data: 1, contentType: `a/${secrets[0]}`, headers: {[`x-${secrets[0]}`]: secrets[0]}}"
    files(code("Answer", f"{ALL}\nreturn {answer};"))
    ran = xchange("run", "--config", "dev", "-o", output, env={**ENVIRONMENT, "CANARY_ENV": LONG})
    assert ran.code == 0
    assert "a/«secret: env:CANARY_ENV»" in ran.out
    assert "x-«secret: env:CANARY_ENV»" in ran.out
    assert LONG[:8] not in ran.out


@pytest.mark.parametrize("output", ["text", "json", "jsonl"])
def test_secret_numbers_are_hidden_as_javascript_writes_them(output, files, xchange):
    folder = files(code("Use", "return { data: `the pin is ${context.configVars.Shop.fields.pin}` };"))
    (folder / "configs" / "dev.yml").write_text(
        "values: {Env Secret: a, File Secret: b}\n"
        "connections: {Shop: {fields: {password: c, pin: 12345678901234567890}}}\n"
    )
    ran = xchange("run", "--config", "dev", "-o", output)
    assert ran.code == 0
    assert "the pin is «secret: Shop.pin 2»" in ran.out


CANARY = "canary-of-a-set"
BROKEN_SETS = {
    "wrong type": f"connections: {{Shop: {CANARY}}}",
    "wrong number": "connections:\n  Shop: 4711",
    "syntax": f"connections: {{Shop: {{fields: {{password: {CANARY}: x}}}}}}",
    "an open bracket": f"connections: [{{Shop: {CANARY}",
    "a tag": f"connections: {{Shop: {{fields: {{password: !{CANARY} x}}}}}}",
    "an alias": f"connections: {{Shop: {{fields: {{password: *{CANARY} }}}}}}",
    "a duplicate": f"connections: {{Shop: {{fields: {{password: {CANARY}, password: {CANARY} }}}}}}",
    "a placeholder": f"connections: {{Shop: {{fields: {{password: 'a${{{CANARY}}}b${{{CANARY}:c}}'}}}}}}",
    "no connection": f"connections: {{Other: {{fields: {{password: {CANARY} }}}}}}",
    "two documents": f"connections: {{Shop: {{fields: {{password: {CANARY} }}}}}} # {CANARY}\n--- {CANARY}",
    "an unknown key": f"connections: {{Shop: {{field: {CANARY} }}}} # {CANARY}",
    "a bad value": f"values: {{Env Secret: [{CANARY}]}}",
}
SENDS = step("Send", "http", "httpGet", url="http://x.test", connection="{type: configVar, value: Shop}")


@pytest.mark.parametrize("output", ["text", "json"])
@pytest.mark.parametrize("text", BROKEN_SETS.values(), ids=BROKEN_SETS)
def test_findings_about_a_config_set_show_none_of_its_values(text, output, files, xchange):
    folder = files(UPPER, SENDS)
    (folder / "configs" / "dev.yml").write_text(text)
    ran = xchange("run", "--config", "dev", "-o", output, "--mock", "send=1")
    assert ran.code == 1
    assert "configs/dev.yml" in ran.out + ran.err
    assert [word for word in (CANARY, "4711") if word in ran.out + ran.err] == []


def test_warnings_before_a_run_that_succeeds_show_no_line_of_the_config_set(files, xchange):
    folder = files(code("Use", "return { data: 1 };"))
    (folder / "configs" / "dev.yml").write_text(
        f"connections: {{Shop: {{fields: {{password: {CANARY}, pasword: x}}}}}}\nvalues: {{Old: 1}}\n"
    )
    ran = xchange("run", "--config", "dev")
    assert ran.code == 0
    assert "configs/dev.yml:2:10: warning unknown-config-value: " in ran.err
    assert CANARY not in ran.out + ran.err


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
    (folder / "xchange.yaml").write_text("")
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


PUT = step(
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


def test_a_secret_input_that_comes_up_during_the_run_is_hidden_from_then_on(files, xchange):
    files(
        code("Make", 'return { data: ["made", "at", "run", "time"].join("-") };'),
        PUT,
        code("After", "return { data: `used ${stepResults.make.results}` };"),
    )
    ran = xchange("run", "--config", "dev", "-o", "jsonl", "--mock", "put=1", env=ENVIRONMENT)
    events = [json.loads(line) for line in ran.out.splitlines()]
    start = next(event for event in events if event["event"] == "step_starting" and event["ref"] == "put")
    assert ran.code == 0
    assert start["inputs"]["dynamicSecretAccessKey"] == "«secret: put.dynamicSecretAccessKey»"
    assert events[-1]["response"]["body"] == "used «secret: put.dynamicSecretAccessKey»"


def test_secret_inputs_are_hidden_however_many_come_up(files, xchange):
    items = "return { data: Array.from({ length: 1200 }, (_, index) => `the-key-${index}`) };"
    put = PUT.replace("make.results", "each.currentItem")
    used = code("Use", "return { data: `used ${stepResults.each.currentItem}` };")
    files(code("Make", items), loop("Each", "make.results", put, used))
    ran = xchange("run", "--config", "dev", "-o", "jsonl", "--mock", "put=1", env=ENVIRONMENT)
    events = [json.loads(line) for line in ran.out.splitlines()]
    names = [f"«secret: each[{number}]/put.dynamicSecretAccessKey»" for number in range(1200)]
    starts = [event for event in events if event["event"] == "step_starting" and event["ref"] == "put"]
    ends = [
        event["result"] for event in events if event["event"] == "step_finished" and event["ref"] == "use"
    ]
    assert ran.code == 0
    assert [start["inputs"]["dynamicSecretAccessKey"] for start in starts] == names
    assert ends == [f"used {name}" for name in names]


@pytest.mark.parametrize("value", ["1234", {"a": ["b"]}, 7, False, "new-secret"])
def test_a_secret_input_is_hidden_whatever_the_redactor_knows(value):
    call = StepCall("put", "put", "aws-s3", "putObject", {"key": value, "bucket": "b", "none": None}, 1, {})
    redactor = Redactor([Secret("known", "known-one")], most=1)
    (event,) = learning(iter([StepStarting(call)]), {"put": ("key", "none")}, redactor)
    assert event.call == call._replace(inputs={"key": "«secret: put.key»", "bucket": "b", "none": None})


def test_a_secret_input_that_is_known_keeps_its_name():
    call = StepCall("put", "put", "aws-s3", "putObject", {"key": "known-one"}, 1, {})
    (event,) = learning(
        iter([StepStarting(call)]), {"put": ("key",)}, Redactor([Secret("Shop.token", "known-one")])
    )
    assert event.call.inputs == {"key": "«secret: Shop.token»"}


OWN = """\
key: erp
title: ERP
connections:
- key: basic
  inputs:
  - {key: token, type: string}
  - {key: host, type: string, secret: false}
"""


def test_fields_of_own_connections_are_hidden_unless_declared_open(files, xchange):
    folder = files(code("Use", "return { data: context.configVars.Shop.fields };"))
    path = folder / "integration.yml"
    text = path.read_text().replace("key: http, isPublic: true", "key: erp, isPublic: false")
    path.write_text(text.replace("  inputs:\n    username: {type: value, value: shop}\n", ""))
    (folder / "xchange.yaml").write_text("")
    (folder / "components").mkdir()
    (folder / "components" / "erp.yml").write_text(OWN)
    (folder / "configs" / "dev.yml").write_text(
        "connections: {Shop: {fields: {token: canary-token, host: erp.example.test}}}"
    )
    ran = xchange("run", "--config", "dev", "-o", "json")
    assert ran.code == 0, ran.err
    assert json.loads(ran.out)["response"]["body"] == {
        "token": "«secret: Shop.token»",
        "host": "erp.example.test",
    }
