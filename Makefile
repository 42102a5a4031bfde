# What a contributor runs. The tools are pinned in tools/go.mod.

.PHONY: figures coverage test check lint race laws fuzz bench generate pgo machines

test: ## all tests
	go test ./...

check: lint test race ## before sending a change

lint: ## formatting, vet and linters
	test -z "$$(gofmt -l .)"
	go vet ./...
	go tool -modfile=tools/go.mod golangci-lint run ./...

race: laws ## the race detector, on all that is concurrent or shared
	go test -race ./sim/... ./scenarios/source/... ./study/... ./cmd/...

laws: ## the laws of the world after every event
	go test -tags laws -short ./model/... ./scenarios/...

fuzz: ## any bytes as a scenario, any bytes as a quantity, the calendar
	go test ./sim -fuzz FuzzCalendarIsASortedSlice -fuzztime 30s
	go test ./scenarios/source -fuzz FuzzLoad -fuzztime 30s
	go test ./scenarios/quantity -fuzz FuzzParse -fuzztime 30s

machines: ## the same bits with GOAMD64=v3, on arm64 (qemu-user) and in WebAssembly (node)
	GOAMD64=v3 go test ./validation ./sim/rng -run 'Same|Golden|Digest'
	GOARCH=arm64 go test -exec qemu-aarch64-static ./validation ./sim/rng -run 'Same|Golden|Digest'
	GOOS=js GOARCH=wasm go test -exec "$$(go env GOROOT)/lib/wasm/go_js_wasm_exec" ./validation ./sim/rng -run 'Same|Golden|Digest'

coverage: ## whether intervals and guarantees keep their promises, in thousands of studies; see docs/coverage.md
	OXYSIM_LONG=1 go test ./sim/stats ./study -run 'Cover|Confidence|Promise|Watched|Chooses|Tie|Shown|V21|Minimum|Deadline|Band|Holds|Intervals|Tells' -v -timeout 3h

bench: ## benchmarks; see docs/benchmarks
	go test -run '^$$' -bench . -benchmem ./sim/... ./model ./bench/...

pgo: ## the profile that builds of the command use
	go run -trimpath ./bench/profile

generate: ## pages and goldens that are written by tests
	GOLDEN=update go test ./...

figures: ## the figures of docs/figures, by the commands in its README
	bin=$$(mktemp -d) && go build -o $$bin ./cmd/oxysim && cd docs/figures && \
	sed -n 's/^oxysim plot /&/p' README.md | PATH=$$bin:$$PATH sh -e && rm -r $$bin
