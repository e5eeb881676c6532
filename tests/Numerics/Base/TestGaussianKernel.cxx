// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/GaussianKernel.h"
#include "support/Numbers.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace scorefields
{
// Oracle: closed form. K(0) = (2 pi h^2)^(-d/2).
TEST(GaussianKernel, PeakOfTheIsotropicKernel)
{
  for (int d = 1; d <= 3; ++d)
  {
    const auto kernel = GaussianKernel::Isotropic(Axes::First(d), 0.3);
    const double expected = -0.5 * d * std::log(2.0 * Pi * 0.09);
    EXPECT_NEAR(kernel.LogPeak(), expected, 8.0 * Eps * (1.0 + std::abs(expected)));
    EXPECT_NEAR(kernel.EquivalentBandwidth(), 0.3, 8.0 * Eps);
    EXPECT_TRUE(kernel.IsDiagonal());
  }
}

// Oracle: definition. P H is the identity on the active axes and 0 elsewhere.
TEST(GaussianKernel, PrecisionInvertsTheActivePart)
{
  Eigen::Matrix3d covariance = Eigen::Matrix3d::Zero();
  covariance(0, 0) = 2.0;
  covariance(2, 2) = 0.5;
  covariance(0, 2) = covariance(2, 0) = 0.4;
  const GaussianKernel kernel(Axes::FromFlags(true, false, true), covariance);
  const Eigen::Matrix3d product = kernel.Precision() * kernel.Covariance();
  EXPECT_TRUE(
    product.isApprox(Eigen::Vector3d(1.0, 0.0, 1.0).asDiagonal().toDenseMatrix(), 8.0 * Eps));
  EXPECT_NEAR(kernel.EquivalentBandwidth(), std::pow(2.0 * 0.5 - 0.16, 0.25), 8.0 * Eps);
}

// Contract: the message of a matrix that is no covariance has its eigenvalues.
TEST(GaussianKernel, RefusesWhatIsNoCovarianceAndNamesTheEigenvalues)
{
  const Axes axes = Axes::First(2);
  EXPECT_THROW(GaussianKernel::Isotropic(axes, 0.0), std::invalid_argument);
  EXPECT_THROW(GaussianKernel::Isotropic(axes, -1.0), std::invalid_argument);
  EXPECT_THROW(GaussianKernel::Isotropic(axes, std::nan("")), std::invalid_argument);
  EXPECT_THROW(GaussianKernel::Isotropic(axes, std::numeric_limits<double>::infinity()),
    std::invalid_argument);
  Eigen::Matrix3d singular = Eigen::Matrix3d::Ones();
  try
  {
    GaussianKernel kernel(axes, singular);
    FAIL() << "a singular matrix was accepted";
  }
  catch (const std::invalid_argument& error)
  {
    EXPECT_NE(std::string(error.what()).find("eigenvalues"), std::string::npos);
    EXPECT_NE(std::string(error.what()).find('2'), std::string::npos);
  }
}
}
