.DEFAULT_GOAL := help
PY := .venv/bin/python
export PREFECT_HOME ?= $(CURDIR)/data/prefect

.PHONY: help setup run demo test test-quick lint schedule serve clean lock

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup:  ## set up .venv with the tested versions
	@./setup.sh

run: setup  ## read the sources of seeds/sources.csv, publish the ledger, print the brief (as a Prefect flow)
	@$(PY) -m flows.ledger

demo: setup  ## the same over the invented sample feed, in data/demo
	@NEWSLEDGER_DATA=$(CURDIR)/data/demo NEWSLEDGER_REPORT_OUT=$(CURDIR)/reports/out/demo .venv/bin/newsledger run seeds/sample

test: setup  ## run all tests, a process a processor
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

test-quick: setup  ## run the tests that start no servers
	@$(PY) -m pytest -m "not integration"

lint: setup  ## check style and types
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy

schedule: setup  ## start a Prefect server and a worker on loopback, with the deployments of prefect.yaml
	@$(PY) -m flows.standing

serve: setup  ## the same schedules without a worker
	@$(PY) -m flows.serve

clean:  ## take away the virtual environment and caches; data/ and reports/out/ stay
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis

lock:  ## pin the tested versions again: requirements.lock (with hashes) and constraints.txt
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-header --no-annotate --generate-hashes -o requirements.lock
	uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --no-header --no-annotate -o constraints.txt
