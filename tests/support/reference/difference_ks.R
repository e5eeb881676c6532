# SPDX-License-Identifier: BSD-3-Clause
# Writes tests/support/difference_ks.json: two small clouds and what R's ks::kde.local.test says of
# them, with one kernel for both, summed without bins.
#
#     Rscript tests/support/reference/difference_ks.R > tests/support/difference_ks.json
#
# Made with R's package ks 1.14.0. The clouds come from a formula, so that no random numbers of R are
# needed.
suppressMessages(library(ks))

van_der_corput <- function(n, base) sapply(seq_len(n), function(i) {
  value <- 0
  part <- 1 / base
  while (i > 0) {
    value <- value + (i %% base) * part
    i <- i %/% base
    part <- part / base
  }
  value
})
cloud <- function(n, dimension, scale, shift) {
  bases <- c(2, 3, 5)[seq_len(dimension)]
  points <- sapply(bases, function(base) scale * qnorm(van_der_corput(n, base)))
  points[, 1] <- points[, 1] + shift
  points
}
list_of <- function(values) paste0("[", paste(sprintf("%.17g", values), collapse = ", "), "]")
rows_of <- function(points) paste0("[", paste(apply(points, 1, list_of), collapse = ",\n      "), "]")

# Standard deviations to which a kernel is summed: beyond them it is below 1e-31 of its peak.
reach <- 12

one_case <- function(dimension, covariance, nodes) {
  a <- cloud(30, dimension, 1, 0)
  b <- cloud(45, dimension, 0.6, 1.6)
  lower <- rep(-3, dimension)
  upper <- rep(3, dimension)
  if (dimension == 1) {
    h <- sqrt(covariance[1])
    density <- function(x) kde(x = x, h = h, gridsize = nodes, binned = FALSE, xmin = lower,
      xmax = upper, supp = reach)
    test <- kde.local.test(x1 = a[, 1], x2 = b[, 1], h1 = h, h2 = h, fhat1 = density(a[, 1]),
      fhat2 = density(b[, 1]), gridsize = nodes, binned = FALSE, xmin = lower, xmax = upper)
    test$X2 <- test$chisq
  } else {
    test <- kde.local.test(x1 = a, x2 = b, H1 = covariance, H2 = covariance,
      gridsize = rep(nodes, dimension), binned = FALSE, xmin = lower, xmax = upper, supp = reach)
  }
  significant <- as.integer(as.vector(test$fhat.diff.pos$estimate)) -
    as.integer(as.vector(test$fhat.diff.neg$estimate))
  paste0('  {\n    "dimension": ', dimension, ',\n    "covariance": ', list_of(as.vector(covariance)),
    ',\n    "nodes": ', nodes, ',\n    "a": ', rows_of(a), ',\n    "b": ', rows_of(b),
    ',\n    "difference": ', list_of(as.vector(test$fhat.diff)),
    ',\n    "statistic": ', list_of(as.vector(test$X2)),
    ',\n    "p_value": ', list_of(as.vector(test$pvalue)),
    ',\n    "significant": ', list_of(significant), "\n  }")
}

cases <- c(
  one_case(1, matrix(0.09), 31),
  one_case(2, matrix(c(0.16, 0.05, 0.05, 0.25), 2), 9),
  one_case(3, diag(c(0.2, 0.3, 0.25)), 5))
cat('{\n"about": "Written by tests/support/reference/difference_ks.R, which says what each number is.",\n')
cat('"cases": [\n', paste(cases, collapse = ",\n"), "\n]\n}\n", sep = "")
