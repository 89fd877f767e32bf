xchange publish --note 'Prices an order' > /dev/null 2>&1
xchange label order-intake@1 --add CRM --add stable
xchange label order-intake@1 --remove stable --remove old
# expect 2
xchange label order-intake@1 --remove orders
