"""Known secrets, an integration that takes them along every road, and a search for them in whatever was written."""

import base64
import html
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

from runs import code, flow, integration, step

PEM = """\
-----BEGIN PRIVATE KEY-----
MIICanary1KeyOfSeveralLines/0123456789+abcdefghijklmnopqrstuvwxyzAB
MIICanary2KeyOfSeveralLines/9876543210+zyxwvutsrqponmlkjihgfedcbaBA
-----END PRIVATE KEY-----"""
CANARIES: dict[str, str] = {
    "field": "canary-of-a-field-0001",
    "env": "canary/env \"double\" 'single' & <less> \\back",
    "secret env": r"canary.*+?[a-z]^$|(x)\d{2}",
    "secret file": "canary file\nof two lines, 100% =sure=",
    "var": "canary+var:a=b;c d",
    "var too": 'canary\\u00e4var"too',
    "input": "canary/input+of/the+catalogue==",
    "token": "canary.token~received_at-run-time",
    "aws": "canaryAwsSecret/with+forty+characters000",
    "unicode": "cänary-密码-\U0001f600-ß",
    "tabs": "canary\ttab\r\nand\x07bell",
    "number": "8675309123",
    "client": "canary-of-an-oauth-client",
    "pem": PEM,
}
NAMES = {
    "Shop.apiKey", "Shop.env", "Shop.unicode", "Shop.tabs", "Shop.pem", "Shop.number", "Shop.short",
    "Old.password", "Old.other_token", "Login.clientSecret", "Login.token.access_token", "Aws.secretAccessKey",
    "Missing.dynamicSecretAccessKey", "env:CANARY_SECRET_ENV", "file:secret.txt",
}  # fmt: skip
"""What stands in their places."""

SHORT = "q7Zk"
"""Too short to be looked for within other texts: hidden only where it is the whole value."""

ENVIRONMENT = {
    "CANARY_ENV": CANARIES["env"],
    "CANARY_SECRET_ENV": CANARIES["secret env"],
    "CANARY_UNICODE": CANARIES["unicode"],
}
VARIABLES = ("--var", f"Given={CANARIES['var']}", "--var", f"Given Too={CANARIES['var too']}")
AWS_KEY = "AKIAEXAMPLEEXAMPLE00"

HEAD = """\
configPages:
- name: Page
  elements:
  - {type: configVar, value: Secret Env}
  - {type: configVar, value: Secret File}
  - {type: configVar, value: Given}
  - {type: configVar, value: Given Too}
  - {type: configVar, value: Server}
  - {type: configVar, value: Shop}
  - {type: configVar, value: Old}
  - {type: configVar, value: Login}
  - {type: configVar, value: Aws}
requiredConfigVars:
- {key: Secret Env, dataType: string, orgOnly: false}
- {key: Secret File, dataType: string, orgOnly: false}
- {key: Given, dataType: string, orgOnly: false}
- {key: Given Too, dataType: string, orgOnly: false}
- {key: Server, dataType: string, orgOnly: false}
- key: Shop
  dataType: connection
  orgOnly: false
  connection: {key: apiKey, component: {key: http, isPublic: true, version: LATEST}}
  inputs: {}
- key: Old
  dataType: connection
  orgOnly: false
  connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
  inputs:
    username: {type: value, value: me}
    password: {type: template, value: '{{#Given}}'}
    other_token: {type: configVar, value: Given Too}
- key: Login
  dataType: connection
  orgOnly: false
  connection: {key: clientCredentials, component: {key: http, isPublic: true, version: LATEST}}
  inputs: {}
- key: Aws
  dataType: connection
  orgOnly: false
  connection: {key: apiKeySecret, component: {key: aws-s3, isPublic: true, version: LATEST}}
  inputs: {}
"""


def config_set(server: str) -> str:
    """Write the config set; JSON texts are YAML, too."""
    fields = {
        "apiKey": CANARIES["field"],
        "authScheme": "Bearer",
        "env": "${env:CANARY_ENV}",
        "unicode": "${env:CANARY_UNICODE}",
        "tabs": CANARIES["tabs"],
        "pem": PEM,
        "number": int(CANARIES["number"]),
        "short": SHORT,
    }
    login = {"tokenUrl": f"{server}/token", "clientId": "me", "clientSecret": CANARIES["client"]}
    aws = {"accessKeyId": AWS_KEY, "secretAccessKey": CANARIES["aws"]}
    return json.dumps(
        {
            "values": {
                "Secret Env": "${secret:env:CANARY_SECRET_ENV}",
                "Secret File": "${secret:file:secret.txt}",
                "Server": server,
            },
            "connections": {"Shop": {"fields": fields}, "Login": {"fields": login}, "Aws": {"fields": aws}},
        }
    )


SECRETS = """\
const { fields } = context.configVars["Shop"];
const secrets = [
  ...["apiKey", "env", "unicode", "tabs", "pem"].map((key) => fields[key]), String(fields.number),
  context.configVars["Secret Env"], context.configVars["Secret File"], context.configVars["Login"].fields.clientSecret,
  context.configVars["Aws"].fields.secretAccessKey, context.configVars["Given"], context.configVars["Given Too"],
];
"""

LEAK = f"""\
{SECRETS}
for (const secret of secrets) {{
  context.logger.info(`logged ${{secret}}.`);
  context.logger.warn({{ secret, list: [JSON.stringify({{ secret }})] }});
}}
console.log(secrets, fields.number);
return {{
  data: {{
    plain: secrets,
    keys: Object.fromEntries(secrets.map((secret, index) => [secret, index])),
    urls: secrets.map((secret) => `https://api.example.test/?key=${{encodeURIComponent(secret)}}&plain=${{secret}}`),
    json: JSON.stringify(JSON.stringify(secrets)),
    number: fields.number,
    short: fields.short,
    config: context.configVars,
  }},
  headers: {{ "X-Secret": secrets[0] }},
  instanceState: {{ kept: secrets, [secrets[0]]: fields.number }},
  crossFlowState: {{ kept: JSON.stringify(secrets) }},
}};
"""

NODE = f"""\
{SECRETS}
const util = require("util");
console.log(util.inspect({{ secrets }}), secrets);
const all = secrets.join("|");
const base64 = Buffer.from(all).toString("base64");
const url = `${{context.configVars["Server"]}}/echo?key=${{encodeURIComponent(secrets[0])}}`;
const answer = await fetch(url, {{
  method: "POST",
  body: all,
  headers: {{ Authorization: `Basic ${{Buffer.from(`me:${{secrets[1]}}`).toString("base64")}}`, "X-Key": secrets[0] }},
}});
const told = await answer.json();
return {{ data: {{
  told, base64, nested: Buffer.from(all), deep: [{{ file: {{ data: Buffer.from(secrets[0]) }} }}],
  url64: secrets.map((secret) => Buffer.from(secret).toString("base64url")),
}} }};
"""

FILE = (
    f"{SECRETS}\nreturn {{ data: Buffer.from(secrets.join(' ')), contentType: 'application/octet-stream' }};"
)
THROW = f"{SECRETS}\nthrow new Error(`refused: ${{secrets.join(', ')}}`);"
IGNORED = "errorConfig: {errorHandlerType: ignore}\n"
RETRIED = "errorConfig: {errorHandlerType: retry, maxAttempts: 1, delaySeconds: 0, ignoreFinalError: true}\n"
SHOP = "{type: configVar, value: Shop}"
AWS = "{type: configVar, value: Aws}"


def _template(text: str) -> str:
    return f"{{type: template, value: {json.dumps(text)}}}"


def _http(name: str, path: str, connection: str = SHOP, more: str = "", **inputs: str) -> str:
    url = _template(f"{{{{#Server}}}}{path}")
    return step(name, "http", "httpPost", more=more, url=url, connection=connection, **inputs)


def _own(name: str, action: str, more: str = "") -> str:
    return step(name, "erp", action, more=more, secret="{type: configVar, value: Secret Env}").replace(
        "key: erp, isPublic: true", "key: erp, isPublic: false"
    )


def _s3(name: str, action: str, more: str = "", **inputs: str) -> str:
    return step(name, "aws-s3", action, more=more, awsRegion="eu-central-1", bucket="canary", **inputs)


def http_steps(closed: str, tls: str) -> Iterator[str]:
    """Yield requests with secrets in every part, to servers that echo, redirect, refuse and are not trusted."""
    sent = {
        "data": "{type: reference, value: leak.results}",
        "headers": "{type: complex, value: [{name: Cookie, type: configVar, value: Given},"
        " {name: X-Env, type: configVar, value: Secret Env}]}",
        "queryParams": "{type: complex, value: [{name: file, type: configVar, value: Secret File}]}",
        "debugRequest": "true",
        "includeFullResponse": "true",
    }
    yield _http("Echo", "/echo", **sent)
    yield _http("With Token", "/echo", "{type: configVar, value: Login}", debugRequest="true")
    yield code("Use Token", "return { data: stepResults.withToken.results };")
    yield _http("With Password", "/echo", "{type: configVar, value: Old}", debugRequest="true")
    yield _http("Redirected", "/old", debugRequest="true", includeFullResponse="true")
    yield _http(
        "Refused", "/refuse", more=RETRIED, debugRequest="true", data="{type: configVar, value: Given}"
    )
    query = "?api_key={{#Secret Env}}&plain={{#Given}}"
    for name, address in (("Closed", closed), ("Untrusted", tls)):
        url = _template(f"{address.replace('://', '://me:{{#Given}}@')}/x{query}")
        yield step(name, "http", "httpGet", more=IGNORED, url=url, connection=SHOP)
    data = "{type: complex, value: [{name: key, type: configVar, value: Given}]}"
    yield step(
        "Form", "http", "httpPostFormData", url=_template("{{#Server}}/echo"), connection=SHOP, data=data
    )


def aws_steps() -> Iterator[str]:
    """Yield steps that put secrets into a bucket and take them out again, and one that is refused."""
    contents = "{type: reference, value: leak.results}"
    yield _s3("Put", "putObject", objectKey="k", accessKey=AWS, fileContents=contents)
    yield _s3("Get", "getObject", objectKey="k", accessKey=AWS)
    key = {"dynamicAccessKeyId": AWS_KEY, "dynamicSecretAccessKey": CANARIES["input"]}
    yield _s3("Missing", "getObject", more=IGNORED, objectKey=_template("{{#Given}}"), **key)


def other_steps() -> Iterator[str]:
    """Yield own code, other flows, state and data in other forms."""
    yield _own("Own", "show")
    yield _own("Own Failure", "fail", more=IGNORED)
    yield _own("Own Lookup", "look_up", more=IGNORED)
    body = "{type: reference, value: leak.results}"
    yield step("Call", "cross-flow", "invokeFlow", flowName="Called", data=body)
    yield step("Call Later", "cross-flow", "invokeFlow", flowName="Later", data=body)
    yield step(
        "Keep",
        "persist-data",
        "saveInstanceValue",
        keyInput="given",
        valueInput="{type: configVar, value: Given}",
    )
    yield step(
        "Write Xml", "change-data-format", "jsonToXml", data="{type: reference, value: leak.results.plain}"
    )
    yield step("Say", "log", "writeLog", message=_template("{{#Given}} {{#Secret Env}} {{#Secret File}}"))


OWN = {
    "components/erp.yml": "key: erp\ntitle: ERP\nactions:\n"
    + "".join(
        f"- {{key: {key}, effect: pure, inputs: [{{key: secret, type: string}}]}}\n"
        for key in ("show", "fail", "look_up")
    ),
    "components/erp.py": """\
import sys


def show(context, inputs):
    secret = inputs["secret"]
    print("printed", secret, repr(secret), ascii(secret))
    print(secret, file=sys.stderr)
    context.log("info", f"logged {secret}")
    context.warn(f"warned {secret}")
    return {"secret": secret, "bytes": secret.encode(), "repr": repr([secret]), secret: 1}


def fail(context, inputs):
    raise ValueError(f"own code failed with {inputs['secret']!r}")


def look_up(context, inputs):
    return {}[inputs["secret"], context.config_vars["Shop"]["fields"]["env"]]
""",
}


def files(server: str, closed: str, tls: str) -> dict[str, str]:
    """Give the files of a project whose flow uses every road, and fails in the end."""
    steps = [code("Leak", LEAK), code("In Node", NODE), code("File", FILE), *http_steps(closed, tls)]
    steps += [
        *aws_steps(),
        *other_steps(),
        code("Fail", THROW, more=RETRIED.replace(", ignoreFinalError: true", "")),
    ]
    trigger = step("Trigger", "cross-flow", "crossFlow", is_trigger=True)
    seen = code(
        "Look", "console.log(stepResults.trigger.results); return { data: stepResults.trigger.results };"
    )
    later = flow(seen, name="Later", trigger=trigger).replace("isSynchronous: true", "isSynchronous: false")
    return {
        **OWN,
        "xchange.yaml": "",
        "integration.yml": integration(
            flow(*steps, name="Main"), flow(seen, name="Called", trigger=trigger), later, head=HEAD
        ),
        "configs/dev.yml": config_set(server),
        "configs/secret.txt": CANARIES["secret file"] + "\n",
        "payloads/order.json": json.dumps({"key": CANARIES["field"], "list": [CANARIES["env"]]}),
    }


def forms_of(secret: str) -> set[str]:
    """Give the forms in which a secret might be seen."""
    in_json = json.dumps(secret)[1:-1]
    urls = (quote(secret, safe=""), quote(secret), quote_plus(secret))
    return {
        secret,
        in_json,
        json.dumps(secret, ensure_ascii=False)[1:-1],
        json.dumps(in_json)[1:-1],
        repr(secret)[1:-1],
        ascii(secret)[1:-1],
        html.escape(secret),
        *urls,
        *(quote(url) for url in urls),
        *(line for line in secret.splitlines() if len(line) >= 16),
        *_base64_forms(secret.encode()),
        ",".join(map(str, secret.encode())),
        secret.encode().hex(),
    }


def _base64_forms(data: bytes) -> Iterator[str]:
    """Yield the letters that data surely has in base64, wherever it stands in what is encoded."""
    for shift, first in enumerate((0, 2, 3)):
        whole = base64.b64encode(b"\0" * shift + data).decode()
        core = whole[first : (shift + len(data)) * 8 // 6]
        yield from (core, core.replace("+", "-").replace("/", "_"))


_FORMS = {name: forms_of(secret) for name, secret in CANARIES.items()}


def seen(text: str) -> set[str]:
    """Give the names of the canaries in a text."""
    return {name for name, forms in _FORMS.items() if any(form in text for form in forms)}


def seen_below(folder: Path, given: set[str]) -> dict[str, set[str]]:
    """Give the canaries in each file below a folder, and in its name; `given` are the files that hold them rightly."""
    found = {}
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in given:
            found[name] = seen(name) | seen(path.read_bytes().decode("utf-8", "surrogateescape"))
    return {name: names for name, names in found.items() if names}
