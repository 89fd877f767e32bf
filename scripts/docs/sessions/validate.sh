sed -i.bak '105s/orderReceived/orderRecieved/' integrations/order-intake/integration.yml
xchange validate | head -4
# expect 1
xchange validate --unsafe-fixes --diff
