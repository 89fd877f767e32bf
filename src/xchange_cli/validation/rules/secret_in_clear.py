"""A secret is written in clear text.

What it checks
    Inputs that the component catalogue marks secret hold no text of their own; neither they, nor headers, code, other
    inputs and default values of config variables hold what looks like a password, key or token. With `--config`, the same holds for the values of config
    sets. Stand-ins such as `<your key>`, `xxxx` and `changeme` are no secrets. The secret itself is never shown.

Why it matters
    Everybody who can read the file, or any version of it in the repository, can use the secret.

How to fix
    Leave the input of a connection empty: whoever deploys the integration fills it in, and for runs a config set gives
    it by `${env:NAME}`. Let code and headers take it from a connection. Replace the secret if the file was shared.
"""

from collections.abc import Iterator

from xchange_cli.diagnostics import Severity
from xchange_cli.model.integration import Integration
from xchange_cli.validation.clear_secrets import secrets_in_integration
from xchange_cli.validation.facts import Facts
from xchange_cli.validation.rule import Problem

SEVERITY = Severity.WARNING

_HINT = "Take it from a connection, and replace the secret if the file was shared."
_CONNECTION_HINT = (
    "Write `''` here, and give the value at deployment, or in a config set as `${env:NAME}`. "
    "Replace the secret if the file was shared."
)

VALID = (
    """\
definitionVersion: 7
name: Case
description: ''
configPages: [{name: Page, elements: [{type: configVar, value: Shop}]}]
requiredConfigVars:
  - key: Shop
    dataType: connection
    orgOnly: false
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
    inputs:
      username: {type: value, value: ann}
      password: {type: value, value: ''}
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Ask
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://api.example.com/orders'}
          connection: {type: configVar, value: Shop}
          headers: {type: complex, value: [{name: X-Api-Key, type: value, value: <your key>}]}
""",
)

INVALID = (
    """\
definitionVersion: 7
name: Case
description: ''
configPages: [{name: Page, elements: [{type: configVar, value: Shop}]}]
requiredConfigVars:
  - key: Shop
    dataType: connection
    orgOnly: false
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
    inputs:
      username: {type: value, value: ann}
      password: {type: value, value: correct horse}
#                                    ^^^^^^^^^^^^^ secret-in-clear: the secret input `password` is written in clear text
flows:
  - name: Flow
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Ask
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://api.acme.test/orders'}
          connection: {type: configVar, value: Shop}
""",
    """\
      - name: Ask
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: value, value: 'https://ann:correct-horse@api.acme.test/orders'}
#                                                ^^^^^^^^^^^^^ secret-in-clear: this looks like a secret in clear text (password of a URL, 13 characters)
          headers: {type: complex, value: [{name: X-Api-Key, type: value, value: 8f14e45fceea167a5a36dedd4bea2543}]}
#                                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-clear: the header `X-Api-Key` holds a secret in clear text
""",
    """\
      - name: Compute
        action: {key: runCode, component: {key: code, isPublic: true, version: LATEST}}
        inputs:
          code:
            type: value
            value: |-
              module.exports = async () => ({ data: apiKey });
              const apiKey = "c9f0f895fb98ab9159f51fd0297e236d";
#                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-clear: what looks like a secret is given to `apiKey` in clear text
""",
    """\
      - name: Ask
        action: {key: httpGet, component: {key: http, isPublic: true, version: LATEST}}
        inputs:
          url: {type: template, value: '{{#Shop URL}}/{{#Shop Token}}'}
          responseType: {type: value, value: json}
configPages: [{name: Page, elements: [{type: configVar, value: Shop URL}, {type: configVar, value: Shop Token}]}]
requiredConfigVars:
  - {key: Shop URL, dataType: string, defaultValue: 'https://ann:correct-horse@api.acme.test'}
#                                                                ^^^^^^^^^^^^^ secret-in-clear: this looks like a secret in clear text (password of a URL, 13 characters)
  - {key: Shop Token, dataType: string, defaultValue: 45c48cce2e2d7fbdea1afc51c7c6ad26}
#                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ secret-in-clear: the default value of `Shop Token` is a secret in clear text
""",
)


def check_integration(_integration: Integration, facts: Facts) -> Iterator[Problem]:
    for secret in secrets_in_integration(facts):
        hint = _CONNECTION_HINT if secret.is_in_connection else _HINT
        yield Problem(secret.span, secret.message, hint, secret.subject, is_secret=True)
