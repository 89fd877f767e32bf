xchange show order-intake | head -22
xchange show order-intake --graph mermaid | head -8
