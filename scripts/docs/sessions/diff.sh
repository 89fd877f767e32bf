sed 's/isSynchronous: true/isSynchronous: false/' integrations/order-intake/integration.yml > next.yml
xchange diff order-intake next.yml
# expect 1
xchange diff order-intake next.yml --fail-on-change breaking > /dev/null
xchange diff order-intake next.yml --output json | grep -E '"(key|kind|grade|fingerprint)"'
