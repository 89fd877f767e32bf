xchange edit order-intake --name 'Order Intake: shop' --add-label ERP --diff
xchange edit order-intake --category ERP --add-label orders
# expect 2
xchange edit order-intake --name ''
