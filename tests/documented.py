"""An integration that has a bit of everything that its documentation tells."""

import json
from itertools import islice

KEY = "orders"
FILE = f"integrations/{KEY}/integration.yml"

INTEGRATION = """\
definitionVersion: 7
name: Orders & more
description: Takes orders.
documentation: |
  # Orders

  How it works: see [the setup](docs/setup.md#by-hand).
category: Shop
labels: [orders]
endpointType: flow_specific
configPages:
  - name: Shop
    tagline: How orders are priced
    elements: [{type: configVar, value: Currency}, {type: configVar, value: Shop Connection}]
  - name: Each user
    userLevelConfigured: true
    elements: [{type: configVar, value: Signature}]
requiredConfigVars:
  - {key: Currency, dataType: picklist, pickList: [EUR, USD], defaultValue: EUR, orgOnly: false, description: Of all prices.}
  - {key: Signature, dataType: string, orgOnly: false}
  - {key: API Token, dataType: string, defaultValue: hunter2-hunter2, orgOnly: true}
  - {key: Start, dataType: schedule, defaultValue: 30 2 * * *, timeZone: Europe/Berlin, meta: {visibleToCustomerDeployer: false}}
  - key: Shop Connection
    dataType: connection
    orgOnly: false
    connection: {key: basic, component: {key: http, isPublic: true, version: LATEST}}
    inputs:
      username: {type: value, value: ann-of-acme}
      password: {type: value, value: correct-horse, meta: {orgOnly: true}}
flows:
  - name: Receive Order
    description: Prices an order.
    isSynchronous: true
    endpointSecurityType: customer_required
    steps:
      - name: Order Received
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Check
        action: {key: branchOnExpression, component: {key: branch, isPublic: true, version: LATEST}}
        inputs: {}
        branches:
          - name: Large
            steps:
              - name: Tell
                description: Tells the shop.
                action: {key: httpPost, component: {key: http, isPublic: true, version: LATEST}}
                inputs: {connection: {type: configVar, value: Shop Connection}}
                errorConfig: {errorHandlerType: ignore}
          - {name: Else, steps: []}
      - name: Odd
        action: {key: nothing, component: {key: nobody, isPublic: true, version: LATEST}}
        inputs: {}
  - name: Nightly
    retryConfig: {maxAttempts: 3, delayMinutes: 5, usesExponentialBackoff: true}
    steps:
      - name: Every Night
        isTrigger: true
        action: {key: schedule, component: {key: schedule-triggers, isPublic: true, version: LATEST}}
        schedule: {type: value, value: 30 2 * * *, meta: {scheduleType: custom, timeZone: Europe/Berlin}}
        inputs: {}
"""
SETUP = """\
# Setup

Ask Ann; see https://acme.test/help.

## By hand

![The shop](shop.png)
"""
SECRETS = ("hunter2", "ann-of-acme", "correct-horse")

FILES = {FILE: INTEGRATION, f"integrations/{KEY}/docs/setup.md": SETUP}


def deep_flow():
    """Write one more flow: 40 steps in loops and branches, four deep and three wide."""
    return f"  - {json.dumps({'name': 'Deep', 'steps': [_trigger(), *_steps(iter(range(1, 41)), 0)]})}\n"


def _trigger():
    return {
        "name": "Start",
        "isTrigger": True,
        "action": _action("webhook-triggers", "webhook"),
        "inputs": {},
    }


def _steps(numbers, depth):
    """Give steps for the numbers that are left: a loop, a branching step and a plain one at each depth."""
    steps = []
    for number in numbers:
        step = {"name": f"Step number {number} with a name that is rather long", "inputs": {}}
        if depth < 4 and len(steps) < 2:
            inside = _steps(islice(numbers, 9 - 2 * depth), depth + 1)
            if len(steps) % 2:
                arms = [{"name": f"Arm {one}", "steps": inside[one::3]} for one in range(3)]
                step |= {"action": _action("branch", "branchOnValue"), "branches": arms}
            else:
                step |= {"action": _action("loop", "loopOverItems"), "steps": inside}
        else:
            step |= {"action": _action("http", "httpPost")}
        steps.append(step)
    return steps


def _action(component, key):
    return {"key": key, "component": {"key": component, "isPublic": True, "version": "LATEST"}}
