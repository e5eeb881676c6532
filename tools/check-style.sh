#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# Checks the form of every file under version control; --fix formats the C++ files in place.
# A tool that is not installed is left out, and said to be. The project's own rules always run.
# shellcheck source=tools/common.sh
. "$(dirname "$0")/common.sh"
cd "$root"

mapfile -t files < <(git ls-files --cached --others --exclude-standard 2>/dev/null)
if ((${#files[@]} == 0)); then
  say "No files under version control here: nothing was checked."
  exit 77 # CTest: skipped
fi
failures=0

# matching PATTERN: the files whose path matches an extended regular expression.
matching() { printf '%s\n' "${files[@]}" | grep -E "$1" | while read -r f; do
  if [[ -f $f ]]; then printf '%s\n' "$f"; fi; done; }

# check NAME COMMAND...: passes if the command does; its output is what is wrong.
check()
{
  local name=$1 output
  shift
  if output=$("$@" 2>&1); then
    say "ok       $name"
  else
    say "FAILED   $name" "$output"
    failures=$((failures + 1))
  fi
}

# note NAME COMMAND...: shows what the command finds, and fails nothing.
note()
{
  local name=$1 output
  shift
  output=$("$@")
  if [[ -n $output ]]; then
    say "note     $name" "$output"
  fi
}

# check_with TOOL NAME COMMAND...
check_with()
{
  local tool=$1
  shift
  if command -v "$tool" >/dev/null; then
    check "$@"
  else
    say "skipped  $1 ($tool is not installed)"
  fi
}

# absent PATTERN FILE...: fails where a file has a line that matches, and shows it.
absent()
{
  local pattern=$1
  shift
  ! grep -nE -- "$pattern" "$@" /dev/null
}

# Files that are long: a reason to look whether they are one concept, not to cut them.
long_files()
{
  wc -l "$@" | awk '$1 > 400 && $2 != "total" { print $2 ": " $1 " lines" }'
}

spdx_present()
{
  ! grep -L 'SPDX-License-Identifier: BSD-3-Clause' "$@" | grep .
}

mapfile -t cxx < <(matching '\.(h|cxx)$')
mapfile -t numerics < <(matching '^Filters/Numerics/.*\.(h|cxx)$')
mapfile -t not_fft < <(matching '\.(h|cxx)$' | grep -vE '/Fft\.cxx$|^tests/benchmarks/')
mapfile -t code < <(matching '\.(h|cxx|py|sh|cmake)$|CMakeLists\.txt$')
mapfile -t scripts < <(matching '\.sh$|^\.ci/run$')
mapfile -t xml < <(matching '\.xml$')
mapfile -t pages < <(matching '\.md$')
mapfile -t text < <(matching '\.(h|cxx|py|sh|cmake|md|xml|json|txt)$' | grep -v 'reference\.json$')
mapfile -t ours < <(matching '\.(h|cxx|py|sh|cmake|md|xml)$' | grep -v '^docs/CHANGELOG')

# Versions of clang-format differ in what they make of the same file; Debian 12's decides.
if command -v clang-format-14 >/dev/null; then
  if [[ ${1:-} == --fix ]]; then
    clang-format-14 -i "${cxx[@]}"
  fi
  check "C++ is formatted (tools/check-style.sh --fix)" clang-format-14 --dry-run -Werror "${cxx[@]}"
else
  say "skipped  C++ is formatted (clang-format-14 is not installed)"
fi
check "no VTK in the numerics" absent '#include *[<"](vtk|pq)' "${numerics[@]}"
check "FFTW behind one file" absent '#include *<fftw3' "${not_fft[@]}"
check "no 'using namespace'" absent '^ *using namespace' "${cxx[@]}"
check "no macros of our own" absent '^ *# *define [A-Za-z_]*\(' "${cxx[@]}"
check_with python3 "rooms: includes go one way, no cycles, functions up to 40 lines" \
  python3 tools/check_rooms.py
note "files above 400 lines, to be looked at" long_files "${code[@]}"
check "licence line in each source" spdx_present "${code[@]}" "${scripts[@]}" "${xml[@]}"
check "no tabs, no spaces at line ends" absent $'\t|[ \t]+$' "${ours[@]}"
check_with python3 "pages: short lines, names that lead somewhere" \
  python3 tools/check_docs.py "${pages[@]}"
check_with python3 "the rooms as docs/architecture.md has them" python3 docs/rooms.py --check
check_with python3 "names in the data stand once, and are explained" python3 tools/check_names.py
check_with python3 "every unit is tested, every test names its oracle" python3 tools/check_tests.py
check_with xmllint "XML is well formed" xmllint --noout "${xml[@]}"
check_with codespell "spelling" codespell -L inout "${text[@]}"
check_with shellcheck "shell scripts" shellcheck -x "${scripts[@]}"

if ((failures > 0)); then
  fail "$failures of the checks above failed"
fi
