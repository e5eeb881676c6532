// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_RecoveryCases_h
#define support_RecoveryCases_h

#include "Numerics/Recovery/DensityFromScore.h"

#include <functional>
#include <memory>
#include <random>
#include <vector>

/// Vector fields, and the densities recovered from them.
namespace scorefields
{
namespace recovery
{
using Vector = Eigen::Vector3d;
using VectorField = std::function<Vector(const Vector&)>;
using ScalarField = std::function<double(const Vector&)>;

inline Grid GridOver(const Vector& low, const Vector& high, const Index3& nodes)
{
  Grid grid;
  grid.Origin = low;
  grid.Dimensions = nodes;
  for (int axis = 0; axis < 3; ++axis)
  {
    grid.Spacing[axis] =
      nodes[axis] > 1 ? (high[axis] - low[axis]) / static_cast<double>(nodes[axis] - 1) : 1.0;
  }
  return grid;
}

/// An input with its memory.
struct Problem
{
  ScoreNodes Input;
  Eigen::Matrix3Xd Score;
  std::vector<unsigned char> Mask;
  std::vector<double> Weights;

  Problem(const Grid& grid, const VectorField& field, const Boundaries& borders = {})
    : Score(3, grid.Size())
  {
    this->Input.Nodes = grid;
    this->Input.Borders = borders;
    for (Index node = 0; node < grid.Size(); ++node)
    {
      this->Score.col(node) = field(grid.Node(node));
    }
  }
  Problem& Keep(const std::function<bool(const Vector&)>& use)
  {
    for (Index node = 0; node < this->Input.Nodes.Size(); ++node)
    {
      this->Mask.push_back(use(this->Input.Nodes.Node(node)) ? 1 : 0);
    }
    return *this;
  }
  Problem& Weigh(const ScalarField& weight)
  {
    for (Index node = 0; node < this->Input.Nodes.Size(); ++node)
    {
      this->Weights.push_back(weight(this->Input.Nodes.Node(node)));
    }
    return *this;
  }
  DensityFromScore Open(const Execution& execution = {})
  {
    this->Input.Score = this->Score.data();
    this->Input.Mask = this->Mask.empty() ? nullptr : this->Mask.data();
    this->Input.Weights = this->Weights.empty() ? nullptr : this->Weights.data();
    return DensityFromScore(this->Input, execution);
  }
};

struct Result
{
  Eigen::VectorXd LogDensity, Density, Divergence;
  Eigen::VectorXi Island;
  Eigen::Matrix3Xd Residual, Curl;
  RecoveryReport Report;
};

inline Result Solve(Problem& problem, const Eigen::VectorXd& masses = {},
  const Execution& execution = {}, const SolverLimits& limits = {})
{
  const Index size = problem.Input.Nodes.Size();
  Result result;
  result.LogDensity.resize(size);
  result.Density.resize(size);
  result.Divergence.resize(size);
  result.Island.resize(size);
  result.Residual.resize(3, size);
  result.Curl.resize(3, size);
  RecoveryView view;
  view.LogDensity = result.LogDensity.data();
  view.Density = result.Density.data();
  view.Island = result.Island.data();
  view.Residual = result.Residual.data();
  view.Curl = result.Curl.data();
  view.Divergence = result.Divergence.data();
  result.Report = problem.Open(execution).Recover(limits, masses, view, execution);
  return result;
}

/// Uniform in [-1, 1], each call another.
inline VectorField Noise(unsigned seed)
{
  auto engine = std::make_shared<std::mt19937>(seed);
  const auto draw = [engine] { return static_cast<double>((*engine)()) / 2147483648.0 - 1.0; };
  return [draw](const Vector&)
  {
    const double x = draw();
    const double y = draw();
    return Vector(x, y, draw());
  };
}
}
}

#endif
