// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_CriticalCases_h
#define support_CriticalCases_h

#include "Numerics/Modes/ModePairs.h"

#include <cmath>
#include <memory>
#include <vector>

/// Densities whose critical points are looked for in tests.
namespace support
{
/// log p = sum over the axes of amplitude * cos(x), which has the period 2 pi.
class WaveDensity : public scorefields::SmoothDensity
{
public:
  explicit WaveDensity(const Eigen::Vector3d& amplitudes)
    : Amplitudes(amplitudes)
  {
  }

  void Evaluate(const scorefields::PointsRef& points, const scorefields::FieldView& fields,
    const scorefields::Execution&) const override
  {
    for (scorefields::Index i = 0; i < points.cols(); ++i)
    {
      const Eigen::Array3d x = points.col(i).array();
      const Eigen::Array3d a = this->Amplitudes.array();
      if (fields.LogDensity)
      {
        fields.LogDensity[i] = (a * x.cos()).sum();
      }
      if (fields.Score)
      {
        Eigen::Map<Eigen::Array3d>(fields.Score + 3 * i) = -a * x.sin();
      }
      if (fields.Hessian)
      {
        const Eigen::Vector3d curvatures = (-a * x.cos()).matrix();
        Eigen::Map<scorefields::SymmetricTensor>(fields.Hessian + 6 * i) =
          scorefields::ToTensor(curvatures.asDiagonal());
      }
    }
  }

private:
  Eigen::Vector3d Amplitudes;
};

/// A density at the nodes of a grid, and what is asked of it.
struct CriticalCase
{
  std::shared_ptr<const scorefields::SmoothDensity> Source;
  std::vector<double> Values;
  scorefields::CriticalProblem Problem;

  CriticalCase(std::shared_ptr<const scorefields::SmoothDensity> source,
    const scorefields::Grid& grid, const scorefields::StepMetric& unit,
    const scorefields::Domain& box = {})
    : Source(std::move(source))
    , Values(static_cast<std::size_t>(grid.Size()))
    , Problem{ *this->Source, unit, { grid, nullptr, box.Boundaries }, box, -1e300 }
  {
    Eigen::Matrix3Xd places(3, grid.Size());
    for (scorefields::Index node = 0; node < grid.Size(); ++node)
    {
      places.col(node) = grid.Node(node);
    }
    scorefields::FieldView fields;
    fields.LogDensity = this->Values.data();
    this->Source->Evaluate(places, fields, scorefields::Execution());
    this->Problem.LogDensity.Values = this->Values.data();
  }
  CriticalCase(const CriticalCase&) = delete;
  void operator=(const CriticalCase&) = delete;

  scorefields::CriticalSet Find() const
  {
    return scorefields::FindCriticalPoints(this->Problem, scorefields::Execution());
  }
};

/// A grid of so many nodes from one corner to another, flat along axes without extent.
inline scorefields::Grid GridBetween(
  const Eigen::Vector3d& lower, const Eigen::Vector3d& upper, scorefields::Index nodes)
{
  scorefields::Grid grid;
  grid.Origin = lower;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (upper[axis] > lower[axis])
    {
      grid.Dimensions[axis] = nodes;
      grid.Spacing[axis] = (upper[axis] - lower[axis]) / static_cast<double>(nodes - 1);
    }
  }
  return grid;
}
}

#endif
