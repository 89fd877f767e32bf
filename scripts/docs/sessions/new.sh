xchange new acme-orders --label orders --trigger schedule
xchange new bolt-orders --from order-intake
