# SPDX-License-Identifier: BSD-3-Clause
"""False alarms and power of Density Difference beside R's ks::kde.local.test with its own bandwidths.

    python3 compare_difference_ks.py BUILD_FOLDER [PAIRS]

Prints how often R finds a difference anywhere in pairs of normal clouds, of which one is shifted along
x by as many standard deviations as the row says; 0 is a false alarm. RunDensityDifference in
BUILD_FOLDER/tests/benchmarks then prints the same for Density Difference. The clouds are other ones
of the same kind. Each share is known to the root of share (1 - share) / PAIRS.
"""
import pathlib
import shutil
import subprocess
import sys

SCRIPT = """
suppressMessages(library(ks))
set.seed(1)
draw <- function(n, d, shift) {{
  points <- matrix(rnorm(n * d), n)
  points[, 1] <- points[, 1] + shift
  points
}}
found <- function(d, na, nb, shift) {{
  a <- draw(na, d, 0)
  b <- draw(nb, d, shift)
  test <- if (d == 1) kde.local.test(x1 = a[, 1], x2 = b[, 1], gridsize = 256) else
    kde.local.test(x1 = a, x2 = b, gridsize = rep(if (d == 2) 64 else 24, d))
  any(test$fhat.diff.pos$estimate != 0) || any(test$fhat.diff.neg$estimate != 0)
}}
cat("| axes | samples of A, B | shift | ks: pairs with a difference |\\n| --- | --- | --- | --- |\\n")
for (d in 1:{axes}) for (sizes in list(c(200, 200), c(100, 1000))) for (shift in c(0, 0.25, 0.5, 1)) {{
  share <- mean(replicate({pairs}, found(d, sizes[1], sizes[2], shift)))
  cat(sprintf("| %d | %d, %d | %g | %.1f %% |\\n", d, sizes[1], sizes[2], shift, 100 * share))
}}
"""


def main(folder, pairs):
    """Both tables."""
    if not shutil.which("Rscript"):
        sys.exit("Rscript is not installed: nothing to compare with")
    subprocess.run(["Rscript", "-e", SCRIPT.format(pairs=pairs, axes=2)], check=True)
    subprocess.run([pathlib.Path(folder) / "tests/benchmarks/RunDensityDifference", str(pairs)],
                   check=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100)
