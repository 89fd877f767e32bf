xchange docs order-intake
xchange docs order-intake --html order-intake.html
grep -c '<svg' order-intake.html
