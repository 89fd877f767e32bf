xchange schema | head -6
xchange schema run | head -4
