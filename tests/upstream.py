"""A parent with versions, its fork, and ways to change them."""

import json

from forks import publish
from repositories import commit, git

PARENT = """\
# The parent
definitionVersion: 7
name: Orders
description: Takes orders.
configPages:
  - name: Settings
    tagline: All of them
    elements:
      - {type: configVar, value: Size}
requiredConfigVars:
  - {key: Size, dataType: string, defaultValue: '10', orgOnly: false}
flows:
  - name: Receive
    isSynchronous: true
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
      - name: Greet
        action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
        inputs:
          level: {type: value, value: info}
          message: {type: value, value: Hello}
      - name: Wait
        action: {key: sleep, component: {key: sleep, isPublic: true, version: LATEST}}
        inputs: {milliseconds: {type: value, value: '10'}}
"""
ORDERS, BOLT = (f"integrations/{key}/integration.yml" for key in ("orders", "bolt"))
BASE, ORIGIN = "integrations/bolt/fork.base.yml", "integrations/bolt/fork.json"


def text_of(folder, name):
    return (folder / name).read_bytes().decode()


def change(folder, name, *pairs):
    """Replace texts in a file, each of which must be there once."""
    text = text_of(folder, name)
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / name).write_bytes(text.encode())


def new_version(folder, *pairs):
    """Change the parent, and publish it."""
    change(folder, ORDERS, *pairs)
    return publish(folder, "orders")


def in_git(folder):
    """Commit all there is into a repository around it."""
    git(folder, "init", "--quiet", "--initial-branch", "main")
    return commit(folder, "Begin")


def told(ran):
    """Give the one fork of a result as data."""
    [fork] = json.loads(ran.out)["forks"]
    return fork


def kinds(changes):
    return [(one["kind"], one["grade"]) for one in changes]
