xchange attach add order-intake integrations/order-intake/payloads/order.json --as sample.json
xchange attach list order-intake
xchange attach get order-intake sample.json --to - | head -3
xchange attach remove order-intake sample.json
