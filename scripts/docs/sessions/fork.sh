xchange fork order-intake bolt-orders --name 'Bolt: Orders'
diff integrations/order-intake/integration.yml integrations/bolt-orders/integration.yml || true
cat integrations/bolt-orders/fork.json
