// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/DomainDensity.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Cloud/FoldedPoints.h"
#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Exact/DomainImages.h"
#include "Numerics/Exact/ExactSum.h"

#include <utility>

namespace scorefields
{
namespace
{
bool LiesIn(const Eigen::AlignedBox3d& places, const Domain& box, const Eigen::Vector3d& point)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    const bool beyond = point[axis] < places.min()[axis] || point[axis] > places.max()[axis];
    if (beyond && !box.IsClosed(axis))
    {
      return false;
    }
  }
  return true;
}
}

DomainDensity::DomainDensity(
  const Domain& domain, std::shared_ptr<const SmoothDensity> inBox, const FarPlaces& far)
  : Box(domain)
  , InBox(std::move(inBox))
  , Far(far)
{
}

void DomainDensity::Evaluate(
  const PointsRef& points, const FieldView& fields, const Execution& execution) const
{
  const FoldedPoints folded(this->Box, points, execution);
  this->EvaluateInBox(folded.Points(), fields, execution);
  folded.Unfold(fields, execution);
}

std::vector<Index> DomainDensity::FarOnes(const PointsRef& points) const
{
  std::vector<Index> far;
  for (Index i = 0; i < points.cols() && !this->Far.Kernel.IsDiagonal(); ++i)
  {
    if (!LiesIn(this->Far.Known, this->Box, points.col(i)))
    {
      far.push_back(i);
    }
  }
  return far;
}

void DomainDensity::EvaluateInBox(
  const PointsRef& points, const FieldView& fields, const Execution& execution) const
{
  this->InBox->Evaluate(points, fields, execution);
  for (const Index i : this->FarOnes(points)) // each alone: what it gets depends on it alone
  {
    const Eigen::Matrix3Xd point = points.col(i);
    const Eigen::Vector3d place = point.col(0);
    const Samples images = WithImages(*this->Far.Cloud, this->Far.Kernel,
      NodesOf(this->Box, { place, place }), this->Box.Boundaries);
    FieldView wanted;
    wanted.LogDensity = fields.LogDensity;
    wanted.Score = fields.Score;
    wanted.Hessian = fields.Hessian;
    FieldStorage values(1, FieldChoice::Of(wanted));
    exact::EvaluateAtPoints(images, this->Far.Kernel, point, values.View(), {}, execution);
    values.Copy(0, fields, i);
  }
}
}
