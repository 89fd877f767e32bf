"""An integration file with a bit of everything, for tests that change it."""

SAMPLE = """\
# An integration with a bit of everything
definitionVersion: 7
name: Sample é 🎉
description: >-
  Folded over
  two lines

  and more
requiredConfigVars:
  - key: Greeting
    dataType: string
    defaultValue: 'It''s 12:30'
  - &connection
    key: "My \\u00e9 \\"Connection\\""
    dataType: connection
    connection: {key: oauth2, component: {key: http, isPublic: true, version: LATEST}}
    inputs: {}
configPages:
  - name: Page
    elements: [{type: configVar, value: Greeting}]
flows:
  - name: Flow 1
    isSynchronous: false
    steps:
      - name: Trigger
        isTrigger: true
        action: &action
          key: webhook
          component: {key: webhook-triggers, isPublic: true, version: 3}
        inputs: {}
      - <<: {name: Loop over}
        action: *action
        inputs:
          items: {type: reference, value: 'trigger.results["a.b"].0'}
          code:
            type: value
            value: |2-
                x = 1

              y = 2
        steps:
          - name: Say
            action: *action
            inputs:
              url:
                type: template
                value: 'Hello {{#My
                  Var}} and {{$loopOver.currentItem.name}}'
              when:
                type: complex
                value:
                  - and
                  - - equal
                    - {name: '', type: value, value: '1'}
                    - {name: '', type: reference, value: trigger.results}
"""
