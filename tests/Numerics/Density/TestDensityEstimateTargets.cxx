// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Density/DensityEstimate.h"
#include "support/RandomPoints.h"
#include "support/Targets.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <set>
#include <string>

namespace scorefields
{
namespace
{
/// A cloud with a far cluster, so that all routes of Auto have work.
struct Work
{
  explicit Work(int dimension)
    : Kernel(GaussianKernel::Isotropic(Axes::First(dimension), 0.1))
  {
    Eigen::Matrix3Xd points = RandomPoints(600, 3, dimension);
    points.rightCols(60).row(0).array() += 3.0;
    this->Cloud = Samples::Unweighted(points);
    const Index nodes = dimension == 3 ? 20 : 48;
    this->Nodes.Origin.head(dimension).setConstant(-2.0);
    this->Nodes.Spacing.head(dimension).setConstant(6.0 / static_cast<double>(nodes - 1));
    this->Nodes.Dimensions.head(dimension).setConstant(nodes);
  }

  FieldStorage On(const std::string& target, Engine engine) const
  {
    const support::OnTarget use(target);
    FieldChoice wanted = FieldChoice::Smooth();
    wanted.Density = true;
    FieldStorage fields(this->Nodes.Size(), wanted);
    EngineSettings settings;
    settings.Engine = engine;
    settings.AffordablePairs = 0.0; // Auto is not to take exact sums alone
    EstimateDensity(this->Cloud, this->Kernel, this->Nodes, fields.View(), settings);
    return fields;
  }

  GaussianKernel Kernel;
  Samples Cloud;
  Grid Nodes;
};

/// Targets whose multiply-add rounds twice; that of all others rounds once.
bool RoundsTwice(const std::string& target)
{
  return std::set<std::string>{ "sse4", "ssse3", "sse2", "emu128", "scalar" }.count(target) > 0;
}

/// Bits, since the logarithm of a transform has values that are no numbers.
template <class Values>
bool SameBits(const Values& a, const Values& b)
{
  return a.size() == b.size() &&
    std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(double)) == 0;
}
}

// Oracle: invariance. Targets that round alike give the same bits, for every engine and field.
TEST(DensityEstimateTargets, ThatRoundAlikeGiveTheSameBits)
{
  for (const int dimension : { 1, 2, 3 })
  {
    const Work work(dimension);
    for (const Engine engine : { Engine::Auto, Engine::Exact, Engine::Fft })
    {
      std::optional<FieldStorage> once;
      std::optional<FieldStorage> twice;
      for (const std::string& target : SimdTargets())
      {
        std::optional<FieldStorage>& first = RoundsTwice(target) ? twice : once;
        const FieldStorage fields = work.On(target, engine);
        if (!first)
        {
          first = fields;
        }
        SCOPED_TRACE(target + " " + NameOf(engine) + " " + std::to_string(dimension));
        EXPECT_TRUE(SameBits(fields.Density, first->Density));
        EXPECT_TRUE(SameBits(fields.LogDensity, first->LogDensity));
        EXPECT_TRUE(SameBits(fields.Score, first->Score));
        EXPECT_TRUE(SameBits(fields.Hessian, first->Hessian));
      }
    }
  }
}

// Oracle: the best target. Exact sums on the others round differently, by at most
// 4 eps (|log f| + 1) each (DirectSum.h).
TEST(DensityEstimateTargets, AllGiveTheSameExactSumsToRounding)
{
  constexpr double eps = std::numeric_limits<double>::epsilon();
  const Work work(2);
  const FieldStorage best = work.On(SimdTargets().front(), Engine::Exact);
  for (const std::string& target : SimdTargets())
  {
    const FieldStorage fields = work.On(target, Engine::Exact);
    for (Index node = 0; node < work.Nodes.Size(); ++node)
    {
      const double log = best.LogDensity[node];
      ASSERT_NEAR(fields.LogDensity[node], log, 8.0 * eps * (std::abs(log) + 1.0)) << target;
    }
  }
}
}
