# Needs python3 >= 3.11 with venv, and make. Everything else goes into .venv and node_modules.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo sound test quick nightly bench web lock clean

PYTHON ?= python3
PIP := .venv/bin/pip --disable-pip-version-check --quiet
export PATH := $(CURDIR)/.venv/bin:$(PATH)

help: ## what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 10

demo: web ## a district with its sirens, all processes, in the browser
	@hudun demo

sound: web ## the whole 11·1 trial sounding, no browser
	@hudun sound

test: web ## everything
	@python -m tools.tiers test

quick: web ## the inner loop: style, types, shape, layers, unit tests on SQLite
	@python -m tools.tiers quick

nightly: web ## the long one
	@python -m tools.tiers nightly

bench: web ## every published figure; QUICK=1 for a short run
	@failed=0; for script in benchmarks/[!_]*.py; do \
	    name=$${script#benchmarks/}; \
	    python -m benchmarks.$${name%.py} $(if $(QUICK),--quick) || failed=1; \
	done; exit $$failed

web: .venv/stamp hudun/static/dist/stamp ## the browser sources, built

lock: | .venv/bin/python ## new pins after a change of pyproject.toml or package.json
	@test -x .venv/bin/uv || $(PIP) install --no-deps --require-hashes -r requirements-dev.txt
	@for extras in ":" "-office:--extra office --extra planning" "-dev:--extra office --extra planning --extra dev"; do \
	    uv pip compile --quiet --generate-hashes --no-emit-index-url --python-version 3.11 \
	        --custom-compile-command "make lock" $${extras#*:} pyproject.toml \
	        -o requirements$${extras%%:*}.txt; \
	done
	@npm install --package-lock-only --no-audit --no-fund

clean: ## all that was made, except the data in var/
	@rm -rf .venv node_modules hudun/static/dist build *.egg-info .*_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11+ needed")'
	@$(PYTHON) -m venv .venv

.venv/stamp: requirements-dev.txt pyproject.toml tools/node.sh | .venv/bin/python
	@echo "Python packages → .venv"
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@tools/node.sh .venv
	@touch $@

node_modules/stamp: package-lock.json | .venv/stamp
	@echo "Browser packages → node_modules"
	@npm ci --no-audit --no-fund --loglevel=error
	@touch $@

hudun/static/dist/stamp: node_modules/stamp package.json $(shell find web -type f)
	@node web/build.mjs
	@mkdir -p $(@D)
	@touch $@
