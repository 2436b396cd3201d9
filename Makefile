# Each target makes .venv by itself from requirements.lock; nothing else is to be installed first but
# Python 3.11 to 3.13 and git. PYTHON=… names the Python to make it with.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help ready demo test faults lint bench lock

PYTHON ?=
export PYTHON
IN := .venv/bin

# Who types HOST means it; who merely has a HOST in the environment (some shells do) means it when it is an address.
ifeq ($(origin HOST),environment)
HOST := $(shell case "$(HOST)" in *[!0-9.:]*) ;; *) echo "$(HOST)";; esac)
endif

help: ## what can be run
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

ready: ## only make .venv
	@.ci/bootstrap

demo: ready ## a whole county with lifelike data, in the browser (HOST=0.0.0.0: for phones on this network too)
	@$(IN)/lianxin demo $(if $(HOST),--host $(HOST))

test: ready ## the suite on SQLite and on PostgreSQL, side by side
	@$(IN)/python -m tests.both_engines

faults: ready ## kills, floods and every browser journey in full; writes docs/faults.md
	@LIANXIN_FAULT_SIZE=full $(IN)/python -m tests.both_engines --faults

lint: ready ## style, formatting, types
	@$(IN)/ruff check .
	@$(IN)/ruff format --check .
	@$(IN)/mypy core plugins

bench: ready ## speed and memory beside bare pages of the same content; writes build/bench.json
	@$(IN)/python -m tests.bench

lock: ## pin the newest allowed packages anew (needs uv)
	uv pip compile --quiet --upgrade pyproject.toml --extra dev --extra redis --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		-o requirements.lock
