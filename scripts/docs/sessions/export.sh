xchange publish --note 'Prices an order' > /dev/null 2>&1
xchange export order-intake@1 -o order-intake.yml
xchange export order-intake@1 | head -3
# expect 1
xchange export order-intake@1 --pin-components --pin loop=7
