#!/bin/bash
# SPDX-License-Identifier: BSD-3-Clause
# Installs what is missing, builds the plugin and makes the pictures and animations of
# docs/examples in demo-output/. A second run does only what is out of date.
# shellcheck source=tools/common.sh
. "$(dirname "$0")/common.sh"

output=$root/demo-output
# shellcheck disable=SC2119 # no arguments wanted
install_dependencies
if [[ -f $build/CMakeCache.txt ]]; then
  build_tree
else
  build_tree -DSCOREFIELDS_BUILD_TESTS=OFF
fi

# The stamp is the last thing that a complete run writes. The pictures are up to date if the plugin's
# libraries, the scripts and the data are all older.
stamp=$output/.complete
newer=(-type f -newer "$stamp" -print -quit)
if [[ -f $stamp ]] &&
  [[ -z $(find "$PV_PLUGIN_PATH/ScoreFields/" -name '*.so' "${newer[@]}") ]] &&
  [[ -z $(find "$root/docs/examples" "$root/data" -not -path '*/__pycache__/*' "${newer[@]}") ]]; then
  say "Up to date: $output"
  exit
fi

mkdir -p "$output"
say "Drawing into $output"
headless pvbatch "$root/docs/examples/demo.py" "$output"
touch "$stamp"
say "Done. Open $output/index.html, or look at the pictures in $output"
