#!/bin/sh
# Validates and runs the order intake example, then shows how a mistake is found.
set -eu
cd "$(dirname "$0")/../examples/order-intake"
PATH="$(pwd)/../../.venv/bin:$PATH"

show() {
  printf '\n$ xchange'
  printf ' %s' "$@"
  printf '\n'
  xchange "$@"
}

show validate
show run order-intake --config dev --payload order

mistake=$(mktemp -d)
trap 'rm -rf "$mistake"' EXIT
sed 's/value: eachLine\.results/value: eachlines.results/' integrations/order-intake/integration.yml >"$mistake/integration.yml"
cd "$mistake"
printf '\nAnd with a reference misspelt:\n'
code=0
show validate integration.yml || code=$?
printf '(exit code %s)\n' "$code"
test "$code" = 1
