# expect 1
xchange fmt --check
# expect 1
xchange fmt --check --prune-defaults
xchange fmt
xchange fmt --check
