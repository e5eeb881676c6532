# SPDX-License-Identifier: BSD-3-Clause
# Levels and areas of regions by R's ks, the numbers in tests/Filters/TestHighestDensitySamples.cxx:
#
#   Rscript regions_ks.R
#
# The points are those of KroneckerCloud in that file. contourLevels takes quantiles of the densities
# at the points, interpolated on the grid (approx) or exact. contourSizes counts nodes.
suppressMessages(library(ks))
i <- 1:400
u <- (i * 0.7548776662466927) %% 1
v <- (i * 0.5698402909980532) %% 1
radius <- sqrt(-2 * log(1 - u))
x <- cbind(radius * cos(2 * pi * v), 0.5 * radius * sin(2 * pi * v))
x[i %% 3 == 0, 1] <- x[i %% 3 == 0, 1] + 4
h <- 0.4
estimate <- kde(x, H = diag(2) * h^2, gridsize = c(361, 241), xmin = c(-6, -4), xmax = c(12, 8),
                binned = FALSE)
masses <- c(25, 50, 75, 95)
show <- function(name, values) cat(name, format(values, digits = 12), "\n")
show("approximate", contourLevels(estimate, cont = masses, approx = TRUE))
show("exact", contourLevels(estimate, cont = masses, approx = FALSE))
show("areas", contourSizes(estimate, cont = masses, approx = FALSE))
cat("ks", as.character(packageVersion("ks")), "\n")
