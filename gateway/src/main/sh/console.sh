#!/usr/bin/env bash
# Builds the console with the Node and npm of this machine and puts it beside the classes of the gateway, from where
# it goes into the jar. Never downloads Node. Does nothing when sources and tools are as they were.
#
#   console.sh CLASSES [offline=true]   takes no packages from the registry, only those that are installed
set -euo pipefail
gateway="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../.." && pwd)"
console="$gateway/console"
classes=$1
offline=${2:-offline=false}

without() {
  if [ -f "$console/dist/files.txt" ]; then
    echo "[WARNING] the gateway gets the console that was built before: $1" >&2
    put
    exit 0
  fi
  echo "[WARNING] the gateway is built without its console: $1" >&2
  echo "[WARNING] it runs, and /console/ says how to get the console" >&2
  rm -rf "$classes/console"
  exit 0
}

put() { # what was built beside the classes
  cd "$console"
  if ! cmp -s dist/files.txt "$classes/console/files.txt" || ! cmp -s dist/index.html "$classes/console/index.html"; then
    rm -rf "$classes/console"
    mkdir -p "$classes"
    cp -r dist "$classes/console"
  fi
}

node_is_new_enough() {
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' 2>/dev/null
}

# By content, not by time: a checkout of another branch and back builds nothing.
fingerprint() { # of files and directories
  find "$@" -path '*/api/generated' -prune -o -type f -print | LC_ALL=C sort | xargs cat | cksum
}

command -v node >/dev/null && node_is_new_enough && command -v npm >/dev/null ||
  without "Node.js 20.19 or newer with npm is not installed"
cd "$console"

packages=$(cat package-lock.json <(node --version) | cksum)
if [ "$(cat node_modules/.packages 2>/dev/null)" != "$packages" ]; then
  [ "$offline" != offline=true ] || without "its packages are not installed, and Maven is offline (run npm ci in gateway/console)"
  echo "[INFO] installing the packages of the console" >&2
  npm ci --ignore-scripts --no-audit --no-fund --prefer-offline >/dev/null ||
    without "npm could not install its packages"
  echo "$packages" >node_modules/.packages
fi

sources=$(
  fingerprint index.html package.json package-lock.json tsconfig.json vite.config.ts scripts public src \
    "$gateway/src/main/resources/openapi.yaml"
  node --version
)
if [ ! -f dist/files.txt ] || [ "$(cat dist.sources 2>/dev/null)" != "$sources" ]; then
  echo "[INFO] building the console" >&2
  rm -f dist.sources
  npm run --silent build >"$console/dist.log" 2>&1 || { cat "$console/dist.log" >&2; exit 1; }
  echo "$sources" >dist.sources
fi

put
