xchange publish --note 'Prices an order' > /dev/null 2>&1
xchange template order-intake@1 org
xchange template order-intake@1 no
# expect 3
xchange template order-intake@2 org
