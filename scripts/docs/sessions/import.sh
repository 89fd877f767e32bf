xchange import integrations/order-intake/integration.yml --key imported-orders
xchange import integrations/order-intake/integration.yml --key imported-orders | head -2
