.PHONY: help install up stack check test test-containers test-ops test-faults reconcile bench soak docs format

help: ## Says what each target does
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: node_modules/.package-lock.json ## Installs, with a Node of the right version

node_modules/.package-lock.json: package.json package-lock.json $(wildcard */package.json services/*/package.json shared/*/package.json)
	npm ci --loglevel=error
	@touch $@

up: install ## Installs, then runs everything in one process and prints a curl to try
	npm run --silent up

stack: install ## Runs real servers from the PATH and each service as a process
	npm run --silent stack

check: install ## Checks format, lint and types
	npm run --silent check

# What Node has compiled once is not compiled again by each process of each suite.
test test-faults: export NODE_COMPILE_CACHE = $(CURDIR)/node_modules/.cache/node
test: export VOX_TEST_REPORT = $(CURDIR)/.reports/servers.jsonl
test: install ## Checks everything, runs every suite whose servers can be had, and lists what it ran against
	@rm -rf .reports
	npm run --silent check
	npm run --silent test:unit
	npm run --silent test:journey
	npm run --silent test:wire
	npm run --silent test:e2e
	@npm run --silent test:report

test-containers: install ## Builds the image, starts it all with Compose, makes one call, takes it down
	npm run --silent test:containers

test-ops: export VOX_TEST_REPORT = $(CURDIR)/.reports/ops.jsonl
test-ops: install ## Checks the Helm chart, alerts and the collector with the programs of operators, which it gets, and lists what it skipped
	@rm -f .reports/ops.jsonl
	npm run --silent ops-tools
	npm run --silent test:ops
	@npm run --silent test:report

test-faults: install ## Kills, hangs, slows, empties and confuses what can break, under load, and reconciles after each
	npm run --silent test:faults

reconcile: install ## Reads stores and streams of an installation and names what breaks an invariant
	npm run --silent reconcile

bench: install ## Measures each path against its floor in the same run, and prints a table
	npm run --silent bench

soak: install ## Mixed load for SOAK_MINUTES (20): memory, handles and p99 must stay as they are, and the ledgers reconcile
	npm run --silent soak

docs: install ## Makes the pages that come from the code: events, HTTP, configuration
	npm run --silent docs

format: install ## Formats what can be formatted
	npm run --silent format
