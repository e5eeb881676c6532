#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# Installs what ScoreFields needs from the system's own packages, and nothing that is there already.
#
#   tools/install-deps.sh            what building the plugin and running the demo needs
#   tools/install-deps.sh --tests    also what the test suite needs
#   tools/install-deps.sh --list     prints the packages and installs nothing
# shellcheck source=tools/common.sh
. "$(dirname "$0")/common.sh"

needed="  CMake 3.20 or later, Ninja, a C++17 compiler, pkg-config
  ParaView 5.11 or later with its development files and Python module
  Eigen 3.4 or later, FFTW 3 with its threaded library, Google Highway 1.0 or later, an MPI library
  Xvfb, to draw without a display
  for the tests: GoogleTest, nlohmann-json 3, mpmath"

# The smallest list for each system, found on a fresh installation of it.
common=(cmake ninja-build g++ pkgconf paraview-dev python3-paraview libeigen3-dev libfftw3-dev libhwy-dev
  libopenmpi-dev libdouble-conversion-dev python3-dev python3-numpy python3-pil xvfb xauth)
for_tests=(libgtest-dev libbenchmark-dev nlohmann-json3-dev openmpi-bin xdotool
  clang-format codespell libxml2-utils shellcheck python3-mpmath dpkg-dev file)
# For the desktop: the icons, which ParaView draws from SVG files, and its pages of the Help menu.
qt5=(libqt5svg5 qttools5-dev qtxmlpatterns5-dev-tools)
qt6=(libqt6svg6)

system=unknown
description="this system"
if [[ -r /etc/os-release ]]; then
  # shellcheck source=/dev/null
  . /etc/os-release
  system=${ID:-unknown}-${VERSION_ID:-}
  description=${PRETTY_NAME:-$system}
fi
case $system in
  debian-12 | ubuntu-24.04) packages=("${common[@]}" "${qt5[@]}") ;;
  debian-13) packages=("${common[@]}" "${qt6[@]}") ;;
  *)
    fail "this script knows Debian 12, Debian 13 and Ubuntu 24.04; here is $description.
ScoreFields needs:
$needed
Install these, then run with SCOREFIELDS_SKIP_INSTALL=1; docs/install.md says more." ;;
esac

list_only=no
for argument in "$@"; do
  case $argument in
    --tests) packages+=("${for_tests[@]}") ;;
    --list) list_only=yes ;;
    *) fail "unknown argument $argument; known are --tests and --list" ;;
  esac
done
if [[ $list_only == yes ]]; then
  say "${packages[*]}"
  exit
fi

missing=()
for package in "${packages[@]}"; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) || status=absent
  [[ $status == installed* ]] || missing+=("$package")
done
if ((${#missing[@]} == 0)); then
  exit
fi

if ((EUID == 0)); then
  as_root=()
elif command -v sudo >/dev/null; then
  as_root=(sudo)
else
  fail "these packages are missing and there is no sudo to install them with; as root run
  apt-get install --no-install-recommends ${missing[*]}"
fi

log=$(mktemp)
say "Installing ${missing[*]} (log: $log)"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0)
if ! { "${apt[@]}" update &&
  "${apt[@]}" install --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
  tail -n 30 "$log" >&2
  fail "apt-get failed; the lines above are the end of $log"
fi
rm -f "$log"
