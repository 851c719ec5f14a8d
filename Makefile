# The two commands: `make demo` and `make test`. Both set up what they need.
.PHONY: demo test build examples setup lint routes sanitize fuzz clean

demo: build
	swift run -c release --skip-build corridor demo --output out

build: setup
	swift build -c release

test: setup
	swift build --build-tests
	swift test --skip-build
	examples/check

# Runs what several threads do at once under the thread sanitizer.
sanitize: setup
	swift build --build-tests --sanitize=thread --scratch-path .build-thread
	swift test --skip-build --sanitize=thread --scratch-path .build-thread \
	  --filter 'BatchTests|concurrent|sideBySide'

examples: setup
	examples/check

# Installs the C libraries and says in one line what cannot be had.
setup:
	@tools/setup

lint:
	swift format lint --strict --recursive Sources Tests Fuzz/Sources Benchmarks/Sources Package.swift

# Regenerates routes.geojson from the shipped data.
routes: build
	swift run -c release --skip-build corridor routes --write

# Feeds every file reader with inputs that libFuzzer makes up, a minute each.
fuzz: setup
	Fuzz/run 60

clean:
	rm -rf .build .build-thread out
