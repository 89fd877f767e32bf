xchange versions
xchange publish --note 'Prices an order' > /dev/null 2>&1
xchange versions --output json | grep -E '"(number|note|available)"'
