// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureField.h"

#include "Numerics/Mixture/MixtureChunk.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
/// Point and component pairs between two looks at the abort flag; about a tenth of a second.
constexpr Index PairsPerCheckpoint = Index(1) << 23;

template <typename PointAt>
void LoadPoints(const Axes& axes, const PointAt& pointAt, MixtureChunk& chunk)
{
  for (int lane = 0; lane < MixtureLanes; ++lane)
  {
    const Eigen::Vector3d point = pointAt(chunk.Begin + std::min(lane, chunk.Count - 1));
    for (int a = 0; a < axes.Count; ++a)
    {
      chunk.Points(lane, axes.Axis[a]) = point[axes.Axis[a]];
    }
  }
}

/// Evaluates at the points pointAt(0), ..., pointAt(n - 1).
template <typename PointAt>
void EvaluateAll(const Mixture& mixture, Index n, const PointAt& pointAt, const FieldView& out,
  const Execution& execution)
{
  const Index batch = std::max<Index>(MixtureLanes, PairsPerCheckpoint / mixture.Count());
  for (Index start = 0; start < n; start += batch)
  {
    execution.Checkpoint(static_cast<double>(start) / static_cast<double>(n));
    const Index stop = std::min(n, start + batch);
    execution.For((stop - start + MixtureLanes - 1) / MixtureLanes,
      [&mixture, &pointAt, &out, start, stop](Index begin, Index end)
      {
        MixtureChunkEvaluator evaluator(mixture, out);
        MixtureChunk chunk;
        for (Index c = begin; c < end; ++c)
        {
          chunk.Begin = start + c * MixtureLanes;
          chunk.Count = static_cast<int>(std::min<Index>(MixtureLanes, stop - chunk.Begin));
          LoadPoints(mixture.ActiveAxes(), pointAt, chunk);
          evaluator.Run(chunk);
        }
      });
  }
}
}

void EvaluateMixture(
  const Mixture& mixture, const PointsRef& points, const FieldView& out, const Execution& execution)
{
  EvaluateAll(
    mixture, points.cols(), [&points](Index i) -> Eigen::Vector3d { return points.col(i); }, out,
    execution);
}

void EvaluateMixture(const Mixture& mixture, const Grid& grid, const Index3& first,
  const Index3& dimensions, const FieldView& out, const Execution& execution)
{
  EvaluateAll(
    mixture, dimensions.prod(),
    [&grid, &first, &dimensions](Index linear) -> Eigen::Vector3d
    {
      const Index row = linear / dimensions[0];
      return grid.Node(first[0] + linear % dimensions[0], first[1] + row % dimensions[1],
        first[2] + row / dimensions[1]);
    },
    out, execution);
}

void EvaluateMixture(
  const Mixture& mixture, const Grid& grid, const FieldView& out, const Execution& execution)
{
  EvaluateMixture(mixture, grid, Index3::Zero(), grid.Dimensions, out, execution);
}

double LogContribution(const Mixture& mixture, Index k, const Eigen::Vector3d& x)
{
  const Eigen::Vector3d white = mixture.Whitening(k) * (x - mixture.Component(k).Mean);
  return mixture.LogPeak(k) - 0.5 * white.squaredNorm();
}

Eigen::VectorXd Responsibilities(const Mixture& mixture, const Eigen::Vector3d& x)
{
  Eigen::ArrayXd value(mixture.Count());
  for (Index k = 0; k < mixture.Count(); ++k)
  {
    value[k] = LogContribution(mixture, k, x);
  }
  value = (value - value.maxCoeff()).exp();
  return value / value.sum();
}

LogBounds ContributionBounds(
  const Mixture& mixture, Index k, const Eigen::Vector3d& centre, const Eigen::Vector3d& halfSize)
{
  const Eigen::Matrix3d& whitening = mixture.Whitening(k);
  const double distance = (whitening * (centre - mixture.Component(k).Mean)).norm();
  const double reach = (whitening.cwiseAbs() * halfSize).norm();
  const double nearest = std::max(0.0, distance - reach);
  const double farthest = distance + reach;
  return { mixture.LogPeak(k) - 0.5 * farthest * farthest,
    mixture.LogPeak(k) - 0.5 * nearest * nearest };
}
}
