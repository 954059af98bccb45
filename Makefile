# Everything a developer runs. `make test` needs Go and nothing else; it says what it has to leave out.

SHELL := bash
GO    ?= go

# How long each fuzz target runs, and which benchmarks.
FUZZTIME ?= 10s
BENCH    ?= .

.PHONY: help build test check vet fmt staticcheck documents cross bench fuzz update rename

help: ## what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## /\1\t/' | expand -t 14

build: ## the command, one static binary: bin/rubric
	CGO_ENABLED=0 $(GO) build -trimpath -o bin/rubric ./cmd/rubric

test: vet fmt staticcheck documents ## vet, gofmt, staticcheck, our own documents, then all tests under the race detector
	@source tools/race.sh && if race_detector "$(GO)"; then \
	  echo '$(GO) test -race ./...' && CGO_ENABLED=1 $(GO) test -race -timeout 20m ./...; \
	else \
	  echo '$(GO) test ./...   (without -race)' && $(GO) test -timeout 20m ./...; \
	fi

vet:
	$(GO) vet ./...

fmt:
	@unformatted="$$(gofmt -l .)" && if [ -n "$$unformatted" ]; then \
	  printf 'gofmt would change:\n%s\n' "$$unformatted" >&2; exit 1; \
	fi

# Tools live in a module of their own, so that no version of theirs is one of ours.
staticcheck:
	$(GO) tool -modfile=tools/go.mod staticcheck ./...

# The published methodologies are held to what the command asks of others.
documents:
	@folder="$$(mktemp -d)" && trap 'rm -rf "$$folder"' EXIT && $(GO) build -o "$$folder/rubric" ./cmd/rubric && \
	run() { echo "rubric $$*" && "$$folder/rubric" "$$@"; } && \
	run validate methodologies --fail-on warning && \
	run fmt --check methodologies engine/sketch testdata/tour/small.yaml && \
	run test methodologies --fail-under 100 && \
	for edition in methodologies/*/*/; do \
	  edition="$${edition%/}" && run docs "$$edition" -o "docs/$$edition.md" --check || exit 1; \
	done

check: ## what CI runs, tidy modules, cross-compilation; fails if it leaves a trace in the tree
	@before="$$(git status --porcelain; git diff | cksum)" && \
	.ci/run && \
	$(GO) mod tidy -diff && $(GO) mod verify && \
	$(MAKE) --no-print-directory cross && \
	after="$$(git status --porcelain; git diff | cksum)" && \
	if [ "$$before" != "$$after" ]; then echo 'the run changed the tree:' >&2; git status --short >&2; exit 1; fi

cross:
	@for target in linux/amd64 linux/arm64 darwin/arm64 windows/amd64; do \
	  echo "build $$target" && \
	  GOOS=$${target%/*} GOARCH=$${target#*/} CGO_ENABLED=0 $(GO) build -o /dev/null ./cmd/rubric || exit 1; \
	done

bench: ## all benchmarks, or BENCH=pattern
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem ./...

fuzz: ## every fuzz target for FUZZTIME (10s)
	@status=0; for file in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | sort); do \
	  for target in $$(sed -nE 's/^func (Fuzz[A-Za-z0-9_]*)\(.*/\1/p' "$$file"); do \
	    echo "$$(dirname "$$file") $$target" && \
	    $(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime '$(FUZZTIME)' -fuzzminimizetime 1s "$$(dirname "$$file")" || status=1; \
	  done; \
	done; exit $$status

update: ## rewrite every golden file and generated page; read the diff as code
	UPDATE=1 $(GO) test ./...

rename: ## give the module another path: make rename MODULE=example.org/you/rubric
	@$(GO) run ./internal/rename "$(MODULE)"
