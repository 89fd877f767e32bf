"""Steps of the integration that the cases of kinds change (tests/contracts/test_change_kinds.py), as it has them."""

SAY_ODD = """\
              - name: Say Odd
                action: {key: writeLog, component: {key: log, isPublic: true, version: LATEST}}
                inputs:
                  message: {type: value, value: odd goods}
"""
OURS = """\
      - name: Ours
        action: {key: doIt, component: {key: our-own, isPublic: false, version: 4}}
        inputs:
          what: {type: value, value: everything}
"""
CALL = """\
      - name: Call Nightly
        action: {key: invokeFlow, component: {key: cross-flow, isPublic: true, version: LATEST}}
        inputs:
          flowName: {type: value, value: Nightly}
"""
