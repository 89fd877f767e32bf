xchange publish --note 'Prices an order' > /dev/null 2>&1
xchange mark order-intake@1 unavailable --because 'loses orders' > /dev/null
xchange log --output json | grep -E '"(category|subject|preview)"'
