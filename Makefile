# Every target is one script or one command; `make help` lists them.

SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: setup build install uninstall docs packaging packs demo mutate test format lint bench bench-views bench-cel bench-peers bench-draw bench-discovery leaks pictures differential fuzz clean help

FORMATTED := Sources Tests Package.swift Benchmarks Fuzzing/Sources Fuzzing/Package.swift

setup: ## install the C libraries and fonts that are missing
	@Scripts/setup.sh

build: ## build triglyph and triglyph-render for release
	@Scripts/build.sh

install: ## install executables, completions and the manual under DESTDIR and PREFIX (/usr/local); builds what is not built
	@Scripts/install.sh

uninstall: ## take away what install wrote
	@Scripts/install.sh --uninstall

docs: build ## run everything that the pages show: it must come out as it stands there
	@Scripts/docs.sh

packaging: ## install into a folder of its own and try what is there; look at the Dockerfile and the workflows
	@Scripts/packaging.sh

packs: ## put metamodel, standards and rules into the executable's pack, after any change of them
	@Scripts/embed-packs.sh

demo: ## check the shipped catalogue, draw its landscape, play two pull requests in copies
	@Scripts/demo.sh

mutate: build ## change the shipped rules, one place at a time: their examples must notice, or the rule say why not
	@.build/release/triglyph test --mutate --quiet

test: ## build with tests, once, and run them; CI=true makes warnings errors
	@Scripts/test.sh

format: ## format the Swift sources in place
	@swift format format --in-place --recursive $(FORMATTED)

lint: ## tell where the format differs, changing nothing
	@swift format lint --strict --recursive $(FORMATTED)

bench: ## time check on generated catalogues
	@Benchmarks/check/run.sh

bench-views: ## time what open initiatives add to check
	@Benchmarks/check/initiatives.sh

bench-cel: ## time the CEL library beside other implementations
	@Benchmarks/cel/run.sh

bench-peers: ## time ten rules beside other engines: all must find the same
	@Benchmarks/peers/run.sh

pictures: ## draw what the README shows
	@Scripts/pictures.sh

bench-draw: ## time pictures, what is ours of it and what is Graphviz's
	@Benchmarks/draw/run.sh

bench-discovery: ## time reuse, query, show and opportunities on generated catalogues
	@Benchmarks/discovery/run.sh

leaks: ## draw many pictures in one run: neither memory, descriptors, children nor files may grow
	@Benchmarks/draw/leaks.sh

differential: ## compare the CEL library with cel-cpp on generated expressions
	@Benchmarks/cel/differential/run.sh

fuzz: ## give generated inputs to what reads expressions, files and time zones
	@Fuzzing/run.sh

clean: ## remove what was built
	@rm -rf .build build Benchmarks/cel/.build Fuzzing/.build

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
