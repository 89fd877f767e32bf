xchange keys new 2> /dev/null | sed 's/:[^ ]*=$/:…/'
# expect 6
xchange keys new
