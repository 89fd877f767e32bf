xchange publish --note 'Prices an order' > /dev/null 2>&1
xchange verify order-intake@1 | sed 's/[0-9a-f]\{12\}$/…/'
# expect 1
xchange verify xchange.yaml
