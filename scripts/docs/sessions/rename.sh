xchange rename order-intake step 'Sum Up' 'Add Up'
xchange rename order-intake config-var Currency 'Price Currency'
# expect 6
xchange rename order-intake step 'Each Line' 'add-up'
