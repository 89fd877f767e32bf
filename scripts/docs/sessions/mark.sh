xchange publish --note 'Prices an order' > /dev/null 2>&1
xchange mark order-intake@1 unavailable --because 'loses orders'
xchange mark order-intake@1 unavailable
# expect 2
xchange mark order-intake available
