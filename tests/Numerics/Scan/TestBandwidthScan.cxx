// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixturePresets.h"
#include "Numerics/Scan/BandwidthScan.h"

#include "Numerics/Bandwidth/KernelChoice.h"
#include "support/FlowCases.h"
#include "support/Reference.h"
#include "support/StudySamples.h"
#include "support/Threads.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace scorefields
{
namespace
{
ScanRequest SmallRequest()
{
  ScanRequest request;
  request.DefaultRange = false;
  request.Range.Minimum = 0.1;
  request.Range.Maximum = 1.6;
  request.Range.Steps = 5;
  request.Nodes.Dimensions = Index3(64, 48, 1);
  return request;
}

const std::vector<double>& Column(const BandwidthScan& scan, const char* name)
{
  const auto curve = FromName<ScanCurve>(name);
  const auto found = std::find_if(scan.Columns.begin(), scan.Columns.end(),
    [&curve](const ScanColumn& column) { return column.Curve == curve; });
  if (found == scan.Columns.end())
  {
    throw std::out_of_range(std::string("no column ") + name);
  }
  return found->Values;
}

std::string MessageOf(const Samples& samples, const ScanRequest& request)
{
  try
  {
    ScanBandwidths(samples, Axes::First(2), nullptr, request, {});
  }
  catch (const std::invalid_argument& error)
  {
    return error.what();
  }
  return "";
}
}

// Oracle: the exact engine is sound everywhere; the transform the more the wider the kernel; the
// entropy rises with the bandwidth (de Bruijn); the best bandwidths of 200 points with 50 digits;
// the marks lie where the selectors' minima for this sample do (reference.json).
TEST(BandwidthScan, HasEverythingAskedFor)
{
  const Mixture truth = MakeMixture(MixturePreset::Study);
  const BandwidthScan scan =
    ScanBandwidths(ReferenceSamples(), Axes::First(2), &truth, SmallRequest(), {});
  ASSERT_EQ(scan.Bandwidths.size(), 5u);
  EXPECT_NEAR(scan.Bandwidths[2], 0.4, 1e-12);
  EXPECT_EQ(Column(scan, "StableShareExact"), std::vector<double>(5, 1.0));
  for (const char* name : { "StableShareFFT", "Entropy" })
  {
    const std::vector<double>& values = Column(scan, name);
    EXPECT_TRUE(std::is_sorted(values.begin(), values.end())) << name;
    EXPECT_LT(values.front(), values.back());
  }
  for (std::size_t i = 0; i < 5; ++i)
  {
    EXPECT_LE(Column(scan, "SignificantShare")[i], Column(scan, "StableShareFFT")[i]);
    EXPECT_LT(Column(scan, "StableShareClassical")[i], 1.0);
  }
  EXPECT_EQ(Column(scan, "TrueModes"), (std::vector<double>{ 3.0, 1.0, 1.0, 1.0, 1.0 }));
  // The fold point, with 50 digits, at which two of the three modes vanish; bisection ends at 1e-9.
  const auto& fold = reference::All()["seed_mixture"]["critical_bandwidth"]["h"];
  ASSERT_TRUE(scan.CriticalBandwidth);
  EXPECT_NEAR(*scan.CriticalBandwidth, reference::Number(fold), 1e-9);
  // Best for the density and for the gradient; of the steps 0.1, 0.2, 0.4, 0.8, 1.6 the nearest.
  const auto& best = reference::All()["exact_mise_seed_mixture"]["optimum"]["200"];
  EXPECT_NEAR(std::log2(reference::Number(best["h_density"]) / 0.4), 0.0, 0.5);
  EXPECT_NEAR(std::log2(reference::Number(best["h_gradient"]) / 0.4), 0.0, 0.5);
  for (const char* name : { "SquaredError", "SquaredGradientError", "FisherDivergence" })
  {
    const std::vector<double>& values = Column(scan, name);
    EXPECT_EQ(std::min_element(values.begin(), values.end()) - values.begin(), 2) << name;
  }
  const std::vector<double>& likelihood = Column(scan, "ExpectedLogLikelihood");
  EXPECT_EQ(std::max_element(likelihood.begin(), likelihood.end()) - likelihood.begin(), 2);
  ASSERT_EQ(scan.Marks.size(), CountOf<BandwidthRule>() - 1); // all but Manual
  for (const RuleMark& mark : scan.Marks)
  {
    EXPECT_TRUE(mark.Problem.empty()) << mark.Problem;
    EXPECT_GT(mark.Bandwidth, 0.2);
    EXPECT_LT(mark.Bandwidth, 0.8);
  }
}

// Oracle: invariant. Another unit scales bandwidths and what has a unit, and nothing else. The
// range is that of the rules' marks, known to 1e-8; the entropy changes by 2 for a relative change
// of one. A share of 1600 nodes may change by three that lie at the edge of the tolerance.
TEST(BandwidthScan, FollowsTheUnit)
{
  ScanRequest request;
  request.Range.Steps = 3;
  request.Nodes.Dimensions = Index3(40, 40, 1);
  const BandwidthScan scan =
    ScanBandwidths(ReferenceSamples(), Axes::First(2), nullptr, request, {});
  for (const RuleMark& mark : scan.Marks)
  {
    EXPECT_GT(mark.Bandwidth, scan.Bandwidths.front()) << "the range holds every mark";
    EXPECT_LT(mark.Bandwidth, scan.Bandwidths.back());
  }
  for (const double unit : { 1e-9, 1e9 })
  {
    Samples scaled = ReferenceSamples();
    scaled.Points *= unit;
    const BandwidthScan other = ScanBandwidths(scaled, Axes::First(2), nullptr, request, {});
    for (std::size_t i = 0; i < 3; ++i)
    {
      EXPECT_NEAR(other.Bandwidths[i] / unit, scan.Bandwidths[i], 1e-8 * scan.Bandwidths[i]);
      EXPECT_EQ(Column(other, "Modes")[i], Column(scan, "Modes")[i]);
      EXPECT_NEAR(
        Column(other, "StableShareFFT")[i], Column(scan, "StableShareFFT")[i], 3.0 / 1600.0);
      EXPECT_NEAR(
        Column(other, "Entropy")[i], Column(scan, "Entropy")[i] + 2.0 * std::log(unit), 3e-8);
    }
  }
}

// Contract: only what is asked for; the number of threads changes nothing; it can be stopped.
TEST(BandwidthScan, DoesWhatItIsTold)
{
  ScanRequest request = SmallRequest();
  request.MarkRules = request.Stability = request.Entropy = request.CrossValidation = false;
  const auto scan = [&](const Execution& execution)
  { return ScanBandwidths(ReferenceSamples(), Axes::First(2), nullptr, request, execution); };
  const BandwidthScan modes = scan({});
  ASSERT_EQ(modes.Columns.size(), 1u);
  EXPECT_EQ(modes.Columns[0].Curve, ScanCurve::Modes);
  EXPECT_TRUE(modes.Marks.empty());
  EXPECT_EQ(scan(OnThreads(3)).Columns[0].Values, modes.Columns[0].Values);
  Execution stopped;
  stopped.Continue = [](double share) { return share < 0.9; };
  EXPECT_THROW(scan(stopped), Aborted);
}

// Oracle: the scan by one process. What three found, with zeros for the steps of others, is its
// sum, to the bit; what they do not share each has as a whole.
TEST(BandwidthScan, IsSharedAmongProcesses)
{
  const Mixture truth = MakeMixture(MixturePreset::Study);
  ScanRequest request = SmallRequest();
  request.MarkRules = false;
  const auto scan = [&](Index number, Index processes)
  {
    ScanShare share;
    share.Number = number;
    share.Processes = processes;
    return ScanBandwidths(ReferenceSamples(), Axes::First(2), &truth, request, {}, share);
  };
  const BandwidthScan whole = scan(0, 1);
  const std::vector<BandwidthScan> parts{ scan(0, 3), scan(1, 3), scan(2, 3) };
  for (const char* name :
    { "StableShareExact", "StableShareFFT", "StableShareClassical", "SignificantShare", "Entropy",
      "KullbackLeibler", "FisherDivergence", "SquaredError", "TrueModes" })
  {
    const std::vector<double>& expected = Column(whole, name);
    for (std::size_t step = 0; step < expected.size(); ++step)
    {
      double sum = 0.0;
      for (std::size_t part = 0; part < 3; ++part)
      {
        const double value = Column(parts[part], name)[step];
        sum += value;
        EXPECT_TRUE(step % 3 == part || value == 0.0) << name;
      }
      EXPECT_EQ(sum, expected[step]) << name;
    }
  }
  for (const char* name : { "ExpectedLogLikelihood", "Modes" })
  {
    EXPECT_EQ(Column(parts[2], name), Column(whole, name)) << name;
  }
}

// Contract: the messages name what cannot be scanned.
TEST(BandwidthScan, RefusesWhatItCannotScan)
{
  ScanRequest request = SmallRequest();
  request.Range.Maximum = 0.05;
  EXPECT_NE(MessageOf(ReferenceSamples(), request).find("Maximum is 0.05"), std::string::npos);
  const Samples one = Samples::Unweighted(Eigen::Vector3d(1.0, 2.0, 0.0));
  EXPECT_NE(MessageOf(one, SmallRequest()).find("1 points"), std::string::npos);
  ScanRequest automatic;
  const Samples same = Samples::Unweighted(Eigen::Matrix3Xd::Ones(3, 9));
  EXPECT_NE(MessageOf(same, automatic).find("identical"), std::string::npos);
}

// Oracle: the rules themselves. In a closed box the marks are what they choose there, the least
// squares are least at their mark, and what does not know the box is refused by name.
TEST(BandwidthScan, KnowsClosedBoxes)
{
  ScanRequest request = SmallRequest();
  request.Nodes.UseInputBounds = false;
  request.Nodes.Bounds << -1.5, 2.5, -2.0, 3.0, 0.0, 0.0;
  request.Boundaries = { Boundary::Periodic, Boundary::Reflecting, Boundary::Open };
  request.Stability = request.Modes = request.Entropy = true;
  const std::string message = MessageOf(ReferenceSamples(), request);
  for (const char* part : { "Boundary is Periodic along x", "ComputeCriteria and MarkRules",
         "ComputeStability, ComputeModes, ComputeEntropy to off" })
  {
    EXPECT_NE(message.find(part), std::string::npos) << message;
  }
  request.Stability = request.Modes = request.Entropy = false;
  request.CrossValidation = request.MarkRules = true;
  request.DefaultRange = true;
  request.Range.Steps = 40;
  const Samples samples = ReferenceSamples();
  const BandwidthScan scan = ScanBandwidths(samples, Axes::First(2), nullptr, request, {});
  const CloudMoments moments = MomentsOf(samples);
  const Domain box = DomainOf(request.Nodes, request.Boundaries, moments, Axes::First(2));
  for (const RuleMark& mark : scan.Marks)
  {
    KernelRequest kernel;
    kernel.Rule = mark.Rule;
    const KernelChoice choice = ChooseKernel(
      kernel, StoredSamples(samples), moments, Axes::First(2), Exchange(), Execution(), box);
    EXPECT_EQ(mark.Bandwidth, choice.Kernel.EquivalentBandwidth()) << NameOf(mark.Rule);
    if (mark.Rule != BandwidthRule::LeastSquaresDensity)
    {
      continue;
    }
    for (const ScanColumn& column : scan.Columns)
    {
      if (column.Curve == ScanCurve::LeastSquares)
      {
        const auto least = std::min_element(column.Values.begin(), column.Values.end());
        const auto step = static_cast<std::size_t>(least - column.Values.begin());
        EXPECT_LT(std::abs(std::log(scan.Bandwidths[step] / mark.Bandwidth)),
          std::log(scan.Bandwidths[1] / scan.Bandwidths[0]));
      }
    }
  }
}
}
