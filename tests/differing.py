"""A small integration, and a later one that breaks its callers."""

SMALL = """\
definitionVersion: 7
name: Orders
description: ''
requiredConfigVars:
  - {key: Size, dataType: string, defaultValue: '5'}
flows:
  - name: Receive
    isSynchronous: true
    steps:
      - name: Trigger
        isTrigger: true
        action: {key: webhook, component: {key: webhook-triggers, isPublic: true, version: LATEST}}
        inputs: {}
"""
LATER = SMALL.replace("isSynchronous: true", "isSynchronous: false")
