xchange state set order-intake cursor '{"page": 7}' --scope integration | tail -1
xchange state get order-intake cursor
xchange state clear order-intake --yes | tail -1
