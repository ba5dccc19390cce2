# Python 3.11 or newer, make and git are all that has to be there; the rest is set up on the way.

BIN := .venv/bin
SET_UP := sh .ci/set-up.sh
PIN := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"
export PYTHON
# Else each of the hundreds of processes that tests start would compile the package again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help site packs serve check verify test lint bench bench-search lock clean for-site for-tests

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 20

site: for-site ## build the demonstration district into site/
	@$(BIN)/tongchuang build $(ARGS)

serve: for-site ## preview, reloaded after every save
	@$(BIN)/tongchuang serve $(ARGS)

packs: for-site ## folders for the machines of the hall, from the built site
	@$(BIN)/tongchuang hall pack $(ARGS)

check: for-site ## list the problems in the content
	@$(BIN)/tongchuang check $(ARGS)

verify: for-site ## read every fact back from site/ and compare it with its source
	@$(BIN)/tongchuang verify $(ARGS)

test: for-tests ## run all tests; some of them: make test ARGS="-k search"
	@$(BIN)/python tests/system_parts.py
	@$(BIN)/python -m pytest -n 3 --dist worksteal $(ARGS)

lint: for-tests ## ruff and mypy
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy --no-error-summary

bench: for-site ## measure the build against its peers; what can be set: make bench ARGS=--help
	@$(BIN)/python -m tests.bench $(ARGS)

bench-search: for-tests ## measure the search against its peers, in a real browser
	@$(BIN)/python tests/system_parts.py
	@$(BIN)/python -m tests.search $(ARGS)

lock: for-site ## pin what pyproject.toml asks for; with newer versions: make lock ARGS=--upgrade
	@$(BIN)/python -m pip install -qq uv
	@$(PIN) $(ARGS) pyproject.toml --group build -o requirements.lock
	@$(PIN) $(ARGS) pyproject.toml --group test -c requirements.lock -o tests/requirements.lock
	@$(PIN) $(ARGS) tests/bench/requirements.in -o tests/bench/requirements.lock
	@$(PIN) $(ARGS) tests/search/requirements.in -o tests/search/requirements.lock

clean: ## remove everything that was made here
	@rm -rf .venv site .site.new .site.old .cache .hypothesis .mypy_cache .pytest_cache .ruff_cache build *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

for-site:
	@$(SET_UP) requirements.lock

for-tests:
	@$(SET_UP) requirements.lock tests/requirements.lock
