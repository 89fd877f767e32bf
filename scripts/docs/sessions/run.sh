xchange run --config dev --payload order --no-record | sed -n '/^answer/,/^  }/p'
# expect 3
xchange run --config dev --payload ordr
