// SPDX-License-Identifier: BSD-3-Clause
#ifndef Density_EstimateClaims_h
#define Density_EstimateClaims_h

#include "Numerics/Base/ErrorClaims.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Density/ExactEstimate.h"

/// What the engines that are right to a relative error state of their arrays.
namespace scorefields
{
/// The bounds of some points.
struct PointBox
{
  Eigen::Vector3d Lower;
  Eigen::Vector3d Upper;
};

/// The farthest that a point of one box may lie from one of the other, in bandwidths: the root of
/// u' H^-1 u, which is largest at a corner of the box of their offsets u.
double FarthestOffset(const GaussianKernel& kernel, const PointBox& one, const PointBox& other);

/// The farthest that a sample, or an image of one that counts, lies from a node of the whole grid,
/// in bandwidths. The same on all parts of a distributed estimate.
double FarthestSample(const EstimateProblem& problem);

/// Of exact sums over `count` samples, none of them farther away than `farthest` bandwidths, from
/// which those with a share of at most `tolerance` are left out (ExactSum.h). Adding up takes half
/// a unit in the last place per term at most. On top of that the logarithm has 4 eps (|log f| + 1),
/// where |log f| is at most farthest^2 / 2 + |log K(0)|, and the score has the rounding of the
/// offsets, 16 eps of the farthest, times the root of H's condition if H is not diagonal.
ErrorClaims ExactClaims(
  const GaussianKernel& kernel, double count, double farthest, double tolerance);
}

#endif
