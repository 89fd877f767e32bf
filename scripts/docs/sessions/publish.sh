xchange publish order-intake --dry-run
xchange publish order-intake --note "takes orders" > published.txt
cut -d ' ' -f 1,2 published.txt
xchange publish --changed --note "nothing new"
