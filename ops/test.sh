#!/usr/bin/env bash
# Installs what is missing, builds with strict imports, and runs every test. Ends with the test runner's own summary line.
set -euo pipefail
cd "$(dirname "$0")/.."
ops/install.sh
swift build --build-tests --explicit-target-dependency-import-check error
swift test --skip-build "$@"
