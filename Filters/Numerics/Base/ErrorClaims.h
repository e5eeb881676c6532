// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_ErrorClaims_h
#define Base_ErrorClaims_h

namespace scorefields
{
/// What an engine states of the errors of its arrays: bounds that hold at every node, the rounding
/// of the logarithm aside (4 eps |log f|). They are different statements: a density that is right
/// to a thousandth of a tolerance may come with a score that is right to the tolerance only.
struct ErrorClaims
{
  double Density = 0.0;    ///< relative error of the density
  double LogDensity = 0.0; ///< absolute error of its logarithm
  /// Error of the score in units of 1 / bandwidth: sqrt(ds' H ds), which is h |ds| for H = h^2 I.
  double Score = 0.0;
  /// Absolute error of the density, 1 / length^d; 0: not stated. Holds together with Density: an
  /// engine may be right to a share of the density in the tails and to far less of it in the core.
  double AbsoluteDensity = 0.0;
};
}

#endif
