xchange list
xchange list order --trigger webhook --component loop --sort category
xchange list --label ordres
