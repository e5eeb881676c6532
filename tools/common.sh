# SPDX-License-Identifier: BSD-3-Clause
# What the scripts beside this file share; sourced by them.
# shellcheck shell=bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build
cores=$(nproc)
export PV_PLUGIN_PATH=$build/plugins

say() { printf '%s\n' "$*"; }

fail()
{
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# install_dependencies [--tests]: see install-deps.sh. SCOREFIELDS_SKIP_INSTALL=1 leaves it out.
install_dependencies()
{
  if [[ ${SCOREFIELDS_SKIP_INSTALL:-0} != 1 ]]; then
    "$root/tools/install-deps.sh" "$@"
  fi
}

# build_tree [cmake arguments]: configures and builds into build/, both only as far as needed.
# A tree keeps the generator and the options that it was first configured with.
build_tree()
{
  local first=(-G Ninja -DCMAKE_BUILD_TYPE=Release)
  if [[ -f $build/CMakeCache.txt ]]; then
    first=()
  fi
  say "Building in $build (log: $build.log)"
  if ! { cmake -S "$root" -B "$build" "${first[@]}" "$@" &&
    cmake --build "$build" --parallel "$cores"; } >"$build.log" 2>&1 </dev/null; then
    tail -n 60 "$build.log" >&2
    fail "the build failed; the lines above are the end of $build.log"
  fi
}

# headless COMMAND...: runs it on a virtual screen, so that it draws without a display and shows
# no windows where there is one. Without -noreset the screen ends with its first program.
headless()
{
  xvfb-run -a -s "-screen 0 1280x1024x24 -noreset" "$@"
}
