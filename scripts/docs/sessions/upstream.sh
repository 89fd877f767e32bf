xchange fork order-intake bolt-orders | head -1
cd integrations; sed -i.bak "s/'422'/'400'/" order-intake/integration.yml; sed -i.bak "s/'422'/'409'/" bolt-orders/integration.yml
# expect 6
xchange upstream pull
xchange upstream resolve 'Refuse Order' theirs
