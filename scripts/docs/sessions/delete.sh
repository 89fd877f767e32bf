xchange fork order-intake bolt-orders | head -1
# expect 2
xchange delete order-intake
xchange delete order-intake --yes
mv .xchange/deleted/order-intake integrations/order-intake
