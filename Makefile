# Two commands matter: `make demo` and `make test`. Both set everything up first.
.DEFAULT_GOAL := help
.PHONY: help setup build release test corpus demo bench fuzz lint format clean

help: ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

setup: ## install what is missing (Debian packages, the embedded PostgreSQL); quick when nothing is
	@.ci/setup

build: setup ## build for development
	swift build

release: setup ## build for production: .build/release/brevdue
	swift build -c release --product brevdue

test: setup ## set up, run every test and score the corpora
	swift build --build-tests
	.ci/test
	@.ci/corpus

corpus: setup ## score the reading of mail on the corpora beside the checkout, where they are there
	@.ci/corpus

demo: release ## set up, run the daemon on the demo mails and show what comes of them; ONCE=1 ends by itself
	@python3 .ci/demo $(if $(ONCE),--once)

bench: release ## measure against the peers and print the ratios
	@Benchmarks/run

fuzz: setup ## read ever new mails, made under the guidance of coverage, for an hour; MINUTES=5 for less
	@Fuzzing/run --minutes $(or $(MINUTES),60)

lint: ## check the format of the code
	swift format lint --strict --recursive Sources Tests Fuzzing Package.swift

format: ## format the code
	swift format --in-place --recursive Sources Tests Fuzzing Package.swift

clean: ## remove what was built
	rm -rf .build
