# shellcheck shell=bash
# What every script here needs; they begin with `source "$(dirname "$0")/common.sh"`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A Swift that `swiftly` installed is not in the PATH of a shell that was there before it.
if ! command -v swift >/dev/null && [[ -r ${SWIFTLY_HOME_DIR:-$HOME/.local/share/swiftly}/env.sh ]]; then
  # shellcheck source=/dev/null
  source "${SWIFTLY_HOME_DIR:-$HOME/.local/share/swiftly}/env.sh"
fi

say() { printf '%s\n' "$*" >&2; }
fail() { say "$(basename "$0"): $*"; exit 1; }

# Runs a command as root: as it is, or through sudo.
as_root() {
  if [[ $EUID -eq 0 ]]; then "$@"; else sudo "$@"; fi
}

# Where PostgreSQL keeps its server programs: the newest major version that is installed.
postgres_programs() {
  local newest
  newest=$(find /usr/lib/postgresql -mindepth 3 -maxdepth 3 -path '*/bin/initdb' 2>/dev/null | sort -V | tail -n 1)
  [[ -n $newest ]] && dirname "$newest"
}

# Builds the product as it is shipped: optimised, with Swift's own libraries inside.
build_release() {
  swift build -c release --product atria --static-swift-stdlib
}
