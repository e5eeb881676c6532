// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_ExpectFields_h
#define support_ExpectFields_h

#include "Numerics/Base/GaussianKernel.h"

#include "support/Fields.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>

namespace support
{
/// Expects all fields at the queries to agree with DirectSum's, to what truncation and rounding
/// allow.
///
/// Rounding of the exponents q_i, which are as large as |log f|, costs a share of about
/// u (|log f| + 1) of each term, truncation a share `tolerance` of the sum: both are in `share`
/// (32 eps covers the two routines, and log f = q + log Z + a normalisation of up to +-60).
/// Log densities are off by that; scores and Hessians, which are means of v_i and products of them,
/// by that share of the largest v_i that counts.
inline void ExpectFields(const Fields& actual, const Fields& expected,
  const scorefields::Samples& samples, const scorefields::GaussianKernel& kernel,
  const scorefields::PointsRef& queries, double tolerance, const std::string& label)
{
  for (Eigen::Index j = 0; j < queries.cols(); ++j)
  {
    const double logDensity = expected.LogDensity[j];
    const double share = tolerance + 32.0 * scorefields::Eps * (std::abs(logDensity) + 60.0);
    const Eigen::Matrix3Xd offsets = samples.Points.colwise() - queries.col(j);
    const Eigen::ArrayXd distances =
      (offsets.array() * (kernel.Precision() * offsets).array()).colwise().sum().transpose();
    const double reach = std::sqrt(distances.minCoeff() + 160.0); // e^-80 beyond the nearest
    const double slope = reach * std::sqrt(kernel.Precision().diagonal().maxCoeff());
    ASSERT_NEAR(actual.LogDensity[j], logDensity, share) << label << ", point " << j;
    ASSERT_NEAR(actual.Density[j], expected.Density[j], 2.0 * share * expected.Density[j])
      << label << ", point " << j;
    ASSERT_LE((actual.Score.col(j) - expected.Score.col(j)).cwiseAbs().maxCoeff(), share * slope)
      << label << ", point " << j;
    ASSERT_LE((actual.Hessian.col(j) - expected.Hessian.col(j)).cwiseAbs().maxCoeff(),
      share * slope * slope)
      << label << ", point " << j;
    ASSERT_NEAR(actual.EffectiveSampleSize[j], expected.EffectiveSampleSize[j],
      2.0 * share * expected.EffectiveSampleSize[j])
      << label << ", point " << j;
    ASSERT_NEAR(actual.KishSampleSize[j], expected.KishSampleSize[j],
      4.0 * share * expected.KishSampleSize[j])
      << label << ", point " << j;
  }
}
}

#endif
