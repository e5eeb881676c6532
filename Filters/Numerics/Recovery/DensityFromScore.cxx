// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/DensityFromScore.h"

#include "Numerics/Recovery/Potential.h"
#include "Numerics/Recovery/ScoreResidual.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();

std::size_t Sized(Index n)
{
  return static_cast<std::size_t>(n);
}

/// The integrals of the islands' densities.
class IslandIntegrals
{
public:
  IslandIntegrals(const Lattice& lattice, const Islands& islands)
    : Nodes(lattice)
    , Parts(islands)
  {
  }

  /// log of the sum over the nodes of an island of measure * exp(u), for each.
  Eigen::VectorXd LogMasses(const Eigen::VectorXd& potential, const Execution& execution) const
  {
    Eigen::VectorXd highest = Eigen::VectorXd::Constant(this->Parts.Count(), -Infinity);
    for (Index node = 0; node < potential.size(); ++node)
    {
      const int label = this->Parts.Labels[Sized(node)];
      if (label > 0)
      {
        highest[label - 1] = std::max(highest[label - 1], potential[node]);
      }
    }
    Eigen::VectorXd terms(potential.size());
    execution.For(potential.size(),
      [&](Index begin, Index end)
      {
        for (Index node = begin; node < end; ++node)
        {
          const int label = this->Parts.Labels[Sized(node)];
          terms[node] = label == 0 ? 0.0
                                   : std::exp(potential[node] - highest[label - 1]) *
              this->Nodes.Measure(this->Nodes.PlaceOf(node));
        }
      });
    Eigen::VectorXd sums = Eigen::VectorXd::Zero(this->Parts.Count());
    for (Index node = 0; node < potential.size(); ++node)
    {
      const int label = this->Parts.Labels[Sized(node)];
      if (label > 0)
      {
        sums[label - 1] += terms[node];
      }
    }
    return sums.array().log().matrix() + highest;
  }

private:
  const Lattice& Nodes;
  const Islands& Parts;
};

double LogSumOfExponentials(const Eigen::VectorXd& values)
{
  const double highest = values.maxCoeff();
  return highest + std::log((values.array() - highest).exp().sum());
}
}

double LogOfNoDensity()
{
  return std::log(std::numeric_limits<double>::min());
}

double DensityFromScore::MemoryFor(const Index3& dimensions, bool iterative)
{
  const auto nodes = static_cast<double>(dimensions.prod());
  return nodes * (iterative ? 12.0 : 6.0) * sizeof(double);
}

DensityFromScore::DensityFromScore(const ScoreNodes& input, const Execution& execution)
  : GridDimensions(input.Nodes.Dimensions)
  , Nodes(input.Nodes, input.Borders)
  , Values(ReadNodes(input, this->Nodes, execution))
{
  this->Parts = FindIslands(this->Nodes, this->Values);
  execution.Checkpoint(0.05);
  this->Differences = MakeEdges(this->Nodes, this->Values, execution);
  this->Values.Vectors = nullptr;
  execution.Checkpoint(0.1);
}

int DensityFromScore::IslandAt(const Eigen::Vector3d& place) const
{
  Index3 node = Index3::Zero();
  for (int axis = 0; axis < 3; ++axis)
  {
    if (this->GridDimensions[axis] < 2)
    {
      continue;
    }
    const auto last = static_cast<double>(this->GridDimensions[axis] - 1);
    double x = place[axis];
    if (this->Nodes.BoundaryAlong(axis) == Boundary::Periodic)
    {
      x -= last * std::floor(x / last);
    }
    else if (this->Nodes.BoundaryAlong(axis) == Boundary::Reflecting)
    {
      x -= 2.0 * last * std::floor(x / (2.0 * last));
      x = std::min(x, 2.0 * last - x);
    }
    if (!(x >= -0.5 && x <= last + 0.5))
    {
      return 0;
    }
    node[axis] =
      std::clamp<Index>(static_cast<Index>(std::lround(x)), 0, this->GridDimensions[axis] - 1);
  }
  return this->Parts.Labels[Sized(this->Nodes.NodeAt(node))];
}

namespace
{
/// Writes what the nodes of the grid have from the lattice.
class Writer
{
public:
  Writer(const Lattice& lattice, const Index3& grid, const Islands& islands, const Edges& edges,
    const Eigen::VectorXd& potential, const Eigen::VectorXd& offsets, const RecoveryView& view)
    : Nodes(lattice)
    , GridDimensions(grid)
    , Parts(islands)
    , Differences(edges)
    , Potential(potential)
    , Offsets(offsets)
    , View(view)
  {
  }

  void Run(Index gridRow) const
  {
    const Index j = gridRow % this->GridDimensions[1];
    const Index k = gridRow / this->GridDimensions[1];
    const Index3& count = this->Nodes.Dimensions();
    Index3 place(0, j < count[1] ? j : 0, k < count[2] ? k : 0);
    const Index first = place[1] * this->Nodes.Stride(1) + place[2] * this->Nodes.Stride(2);
    for (Index i = 0; i < this->GridDimensions[0]; ++i)
    {
      place[0] = i < count[0] ? i : 0;
      this->Write(gridRow * this->GridDimensions[0] + i, first + place[0], place);
    }
  }

private:
  void Write(Index target, Index node, const Index3& place) const
  {
    const int label = this->Parts.Labels[Sized(node)];
    const double logDensity =
      label == 0 ? LogOfNoDensity() : this->Potential[node] + this->Offsets[label - 1];
    if (this->View.LogDensity)
    {
      this->View.LogDensity[target] = logDensity;
    }
    if (this->View.Density)
    {
      this->View.Density[target] = label == 0 ? 0.0 : std::exp(logDensity);
    }
    if (this->View.Island)
    {
      this->View.Island[target] = label;
    }
    if (this->View.Residual || this->View.Curl || this->View.Divergence)
    {
      this->WriteResidual(target, place);
    }
  }

  void WriteResidual(Index target, const Index3& place) const
  {
    const NodeResidual rest = ResidualAt(this->Differences, this->Potential.data(), place);
    if (this->View.Residual)
    {
      Eigen::Map<Eigen::Vector3d>(this->View.Residual + 3 * target) = rest.Residual;
    }
    if (this->View.Curl)
    {
      Eigen::Map<Eigen::Vector3d>(this->View.Curl + 3 * target) = rest.Curl;
    }
    if (this->View.Divergence)
    {
      this->View.Divergence[target] = rest.Divergence;
    }
  }

  const Lattice& Nodes;
  const Index3& GridDimensions;
  const Islands& Parts;
  const Edges& Differences;
  const Eigen::VectorXd& Potential;
  const Eigen::VectorXd& Offsets;
  const RecoveryView& View;
};
}

namespace
{
void CountIslands(const Islands& islands, const Eigen::VectorXd& masses, RecoveryReport& report)
{
  for (const Index size : islands.Sizes)
  {
    report.Nodes += size;
    report.SingleNodes += size == 1 ? 1 : 0;
  }
  const Index known = (masses.array() > 0.0).count();
  report.UnknownMasses = islands.Count() - std::max<Index>(known, 1);
}
}

RecoveryReport DensityFromScore::Recover(const SolverLimits& limits, const Eigen::VectorXd& masses,
  const RecoveryView& view, const Execution& execution) const
{
  RecoveryReport report;
  Eigen::VectorXd potential;
  report.Solver =
    SolvePotential(this->Differences, this->Values, limits, potential, execution.Part(0.1, 0.8));
  report.MisfitShare = MisfitShare(this->Differences, potential.data(), execution);
  execution.Checkpoint(0.8);

  const IslandIntegrals integrals(this->Nodes, this->Parts);
  const Eigen::VectorXd logMasses = integrals.LogMasses(potential, execution);
  Eigen::VectorXd offsets =
    IslandOffsets(FindLinks(this->Nodes, this->Parts, execution), potential, logMasses, masses);
  const double total = LogSumOfExponentials(logMasses + offsets);
  offsets.array() -= total;
  report.IslandMasses = (logMasses + offsets).array().exp();
  CountIslands(this->Parts, masses, report);
  execution.Checkpoint(0.85);

  const Writer writer(
    this->Nodes, this->GridDimensions, this->Parts, this->Differences, potential, offsets, view);
  execution.For(this->GridDimensions[1] * this->GridDimensions[2],
    [&writer](Index begin, Index end)
    {
      for (Index row = begin; row < end; ++row)
      {
        writer.Run(row);
      }
    });
  execution.Checkpoint(0.95);
  return report;
}
}
