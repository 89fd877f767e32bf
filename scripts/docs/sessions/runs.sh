xchange runs
xchange run --config dev --payload order | grep -o 'success: 9 steps'
xchange runs show last sumUp | tail -6
