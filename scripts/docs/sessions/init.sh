xchange init --editor vscode
xchange init --editor vscode | tail -3
