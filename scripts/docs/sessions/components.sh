xchange components sleep
xchange components sleep sleep | head -9
xchange components new acme-erp
