xchange rules | head -8
# expect 3
xchange rules check
