// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/FitField.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index Chunk = 256;

void EvaluateChunk(
  const ScoreFit& fit, const Grid& grid, Index begin, Index end, const FieldView& fields)
{
  Eigen::Matrix3Xd places(3, end - begin);
  for (Index node = begin; node < end; ++node)
  {
    places.col(node - begin) = grid.Node(node);
  }
  const Eigen::MatrixXd points = fit.Frame.Enter(places);
  Eigen::MatrixXd score;
  Eigen::VectorXd logDensity = Eigen::VectorXd::Zero(points.cols());
  fit.Model->Evaluate(points, score, &logDensity);
  if (fit.Base)
  {
    Eigen::MatrixXd ofBase;
    Eigen::VectorXd logBase;
    fit.Base->Evaluate(points, ofBase, &logBase);
    score += ofBase;
    logDensity += logBase;
  }
  Eigen::Map<Eigen::Matrix3Xd>(fields.Score + 3 * begin, 3, end - begin) =
    fit.Frame.LeaveScore(score);
  Eigen::Map<Eigen::VectorXd>(fields.LogDensity + begin, end - begin) =
    logDensity.array() + fit.Frame.LogVolume();
}

/// Makes the integral over the nodes 1, each counting what it stands for.
void Normalize(const Grid& grid, double* logDensity)
{
  const Lattice lattice(grid, { Boundary::Open, Boundary::Open, Boundary::Open });
  const Index count = grid.Size();
  const double largest = *std::max_element(logDensity, logDensity + count);
  double integral = 0.0;
  for (Index node = 0; node < count; ++node)
  {
    integral += lattice.Measure(lattice.PlaceOf(node)) * std::exp(logDensity[node] - largest);
  }
  const double constant = largest + std::log(integral);
  std::for_each(logDensity, logDensity + count, [constant](double& value) { value -= constant; });
}
}

FitFieldReport EvaluateFit(
  const ScoreFit& fit, const Grid& grid, const FieldView& fields, const Execution& execution)
{
  FitFieldReport report;
  report.Knows = fit.Knows();
  const Index chunks = (grid.Size() + Chunk - 1) / Chunk;
  constexpr Index batches = 20; // between which the user may stop
  execution.ForInBatches(chunks, (chunks + batches - 1) / batches,
    [&](Index begin, Index end)
    {
      for (Index chunk = begin; chunk < end; ++chunk)
      {
        EvaluateChunk(fit, grid, chunk * Chunk, std::min(grid.Size(), (chunk + 1) * Chunk), fields);
      }
    });
  if (report.Knows == Potential::None)
  {
    ScoreNodes nodes;
    nodes.Nodes = grid;
    nodes.Score = fields.Score;
    RecoveryView view;
    view.LogDensity = fields.LogDensity;
    view.Density = fields.Density;
    const DensityFromScore recovery(nodes, execution);
    report.MisfitShare = recovery.Recover({}, {}, view, execution).MisfitShare;
    return report;
  }
  if (report.Knows == Potential::UpToConstant)
  {
    Normalize(grid, fields.LogDensity);
  }
  std::transform(fields.LogDensity, fields.LogDensity + grid.Size(), fields.Density,
    [](double value) { return std::exp(value); });
  return report;
}
}
