# Every word works on a machine that has only Python 3.11 or newer, git and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SHELL := /bin/sh
.DEFAULT_GOAL := check
# The tests start hundreds of processes: each would translate all of the program where no bytecode may be kept.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: check test lint types layers docs golden demo bench stress cov clean catalogue

check: lint types layers cov ## all checks

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("xchange needs Python 3.11 or newer; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@

test: $(STAMP) ## the tests
	$(BIN)/python -m pytest -n auto --dist worksteal -q

cov: $(STAMP) ## the tests with branch coverage
	$(BIN)/python -m pytest -n auto --dist worksteal -q --cov --cov-report=term

lint: $(STAMP) ## ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

layers: $(STAMP) ## imports go down only
	$(BIN)/lint-imports

docs: $(STAMP) ## write the generated pages
	$(BIN)/python scripts/make_docs.py

golden: $(STAMP) ## rewrite the golden files; review them as a diff
	$(BIN)/python -m pytest -n auto --dist worksteal -q tests/spec --golden

catalogue: $(STAMP) ## catalogue/*.yml -> package data
	$(BIN)/python scripts/build_catalogue.py

demo: $(STAMP) ## validate and run an example
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh scripts/demo.sh

bench: $(STAMP) ## the figures of the README
	$(BIN)/python scripts/bench.py

stress: $(STAMP) ## kill 200 runs and 200 publishes, and let many publish at once
	$(BIN)/python scripts/stress.py

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage*
