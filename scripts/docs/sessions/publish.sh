xchange publish order-intake --note "takes orders" | cut -d ' ' -f 1,2
sed -i 's/isSynchronous: true/isSynchronous: false/' integrations/order-intake/integration.yml
xchange publish order-intake --dry-run | cut -d ' ' -f 1,2
# expect 1
xchange publish order-intake --note "answers later" --fail-on-change breaking
