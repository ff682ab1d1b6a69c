# A JDK 17 or newer and make are all this needs; Maven comes with ./mvnw, PostgreSQL and Artemis with the build.
.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

DATA := $(or $(SALLYPORT_DATA_DIR),data)
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)
PROGRAMS := $(DATA)/jars
# Of tests and formatting nothing is needed to run; they have targets of their own.
PACKAGE := ./mvnw -q -T 1C package -Dmaven.test.skip=true -Dspotless.check.skip=true

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: $(PROGRAMS)/.built ## PostgreSQL, Artemis, simulated prisons and forces, and the hub, on this machine, until Ctrl-C
	@exec "$(JAVA)" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar $(PROGRAMS)/ground.jar run $(PROGRAMS)

.PHONY: verify
verify: $(PROGRAMS)/.built ## the evidence log of make run, entry by entry, against its checkpoints
	@exec "$(JAVA)" -Xmx32m -XX:+UseSerialGC -jar $(PROGRAMS)/ground.jar verify $(PROGRAMS)

.PHONY: test
test: jdk browser ## all tests, a real browser included
	./mvnw -T 2 verify

.PHONY: bench
bench: jdk ## how many events a second become a committed record with a verdict, durability on
	@./mvnw -q -pl bench -am package -Dmaven.test.skip=true -Dspotless.check.skip=true
	@exec "$(JAVA)" -jar bench/target/bench-*-exec.jar

KILLS := 300
SEED := 1
RATE := 180
CRASH = -jar bench/target/bench-*-exec.jar $(KILLS) $(SEED) $(RATE) $(PROGRAMS) $(DATA)/crash

.PHONY: crash
crash: $(PROGRAMS)/.built ## kills everything again and again and compares: make crash KILLS=300 SEED=1 RATE=180
	@./mvnw -q -pl bench -am package -Dmaven.test.skip=true -Dspotless.check.skip=true
	@exec "$(JAVA)" -Xmx1g -Dloader.main=sallyport.bench.crash.CrashSuite $(CRASH)

.PHONY: contracts
contracts: jdk ## our fact files against the partners' documents: make contracts DIR=../contracts
	@test -d "$(DIR)" || { echo "make contracts DIR=<directory of the partners' documents>" >&2; exit 1; }
	./mvnw -q -pl mappings -Dcontracts.dir="$(abspath $(DIR))" -Dtest='ContractFactsTest,CjseContractTest,PartnerPayloadsTest' test
	@echo "No difference."

# Nothing of an earlier run may be taken for a figure of this one.
.PHONY: mutation
mutation: jdk ## branches the mappings' tests take, changes of the code they notice: 95 and 85 % at least
	@rm -rf mappings/target/pit-reports mappings/target/site/jacoco mappings/target/jacoco.exec
	@status=0; ./mvnw -q -pl mappings -Pmutation verify $(PIT) || status=$$?; \
	awk -F, 'NR > 1 { missed += $$6; taken += $$7 } END { all = missed + taken; \
	  printf "branches: %d of %d taken, %.1f %% (95 at least)\n", taken, all, 100 * taken / all }' \
	  mappings/target/site/jacoco/jacoco.csv && \
	awk '/<mutation / { all++ } /status=.(KILLED|TIMED_OUT)./ { found++ } /status=.(RUN|MEMORY)_ERROR./ { died++ } END { \
	  tried = all - died; printf "mutants:  %d of %d noticed, %.1f %% (85 at least); under %d more the JVM died\n", \
	  found, tried, 100 * found / tried, died; exit found < 0.85 * tried }' \
	  mappings/target/pit-reports/mutations.xml && exit $$status

.PHONY: format
format: jdk ## every source as the build wants it
	@./mvnw -q spotless:apply

.PHONY: jdk
jdk:
	@$(if $(JAVA_HOME),test -x "$(JAVA_HOME)/bin/javac",command -v javac >/dev/null 2>&1) || \
	  { echo "A JDK 17 or newer is needed: no javac $(if $(JAVA_HOME),in JAVA_HOME ($(JAVA_HOME)),on the PATH)." >&2; exit 1; }
	@"$(JAVA)" -version 2>&1 | awk -F '[".]' '/version/ && $$2 + 0 < 17 { print "A JDK 17 or newer is needed; this is " $$2 "." > "/dev/stderr"; exit 1 }'

# A browser of the system, or one that Playwright has fetched, is used as it is. Without one, Debian's is installed where
# that is allowed; elsewhere Playwright fetches its own when the first browser test asks for it.
.PHONY: browser
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable; do \
	  command -v $$name >/dev/null 2>&1 && exit 0; \
	done; \
	ls -d "$${PLAYWRIGHT_BROWSERS_PATH:-$$HOME/.cache/ms-playwright}"/chromium* >/dev/null 2>&1 && exit 0; \
	if [ "$$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then \
	  echo "No browser found: installing chromium"; \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null || \
	    echo "chromium could not be installed; Playwright will try to fetch one" >&2; \
	fi

SOURCES := $(shell find . -name target -prune -o -path ./$(DATA) -prune -o -path './.*' -prune -o -type f \
	\( -path '*/src/main/*' -o -name pom.xml \) -print)

# Programs run from copies: a build during make run must not change the jars under running processes.
$(PROGRAMS)/.built: $(SOURCES)
	@$(MAKE) jdk
	@echo "Building; the first time also fetches the libraries, which takes a few minutes."
	@$(PACKAGE) -pl ground,simulators,routes -am
	@mkdir -p $(PROGRAMS)
	@set -e; for pair in ground:ground simulators:simulators routes:hub; do \
	  from=$$(ls $${pair%%:*}/target/$${pair%%:*}-*-exec.jar); to=$(PROGRAMS)/$${pair##*:}.jar; \
	  cmp -s $$from $$to || { cp $$from $$to.new; mv -f $$to.new $$to; }; \
	done
	@touch $@
