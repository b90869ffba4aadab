# Two commands do everything: `make demo` shows what Depesche does, `make test` checks that it still does it.
PYTHON ?= python3
BIN := .venv/bin
SHELL := /bin/bash
SHARED := ../shared

.PHONY: demo test setup bench lock schema format clean
.DELETE_ON_ERROR:

demo: setup ## Read the bundled reports, print their record, write one as a page
	@$(BIN)/depesche read samples
	@mkdir -p out
	@$(BIN)/depesche show samples/2016-09-20-hilfskonvoi-urum-al-kubra.html --html out/record.html
	@$(BIN)/depesche read samples --format jsonl --output out/records.jsonl
	@echo
	@echo "These are the records of the $$(find samples -name '*.html' | wc -l) pages in samples/. One of them to look at, with every value tied to its words:"
	@echo "    out/record.html (open it in a browser)"
	@echo "All of them as JSON, one a line:"
	@echo "    out/records.jsonl"

test: setup ## Format, lint, types, layers, tests, documentation examples
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest -n 2

setup: .venv/ready ## Build the environment in .venv

.venv/ready: requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Depesche needs Python 3.11 or newer; call make PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else None)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing (a few minutes on a fresh machine) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

bench: setup ## Quality and speed; needs the benchmark data in $(SHARED)
	$(BIN)/python -m bench $(SHARED)

lock: ## Lock the versions with hashes (after a change in pyproject.toml)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --output-file requirements/dev.txt pyproject.toml

schema: setup ## Write docs/record.schema.json and docs/cli.md anew
	$(BIN)/python -c 'import sys; from depesche.document import json_schema; sys.stdout.buffer.write(json_schema())' > docs/record.schema.json
	$(BIN)/python -c 'import sys; from depesche.cli.reference import reference; sys.stdout.write(reference())' > docs/cli.md

format: setup
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
