// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Cloud/FoldedPoints.h"

namespace scorefields
{
namespace
{
bool Reflects(const Domain& box)
{
  return box.At(0) == Boundary::Reflecting || box.At(1) == Boundary::Reflecting ||
    box.At(2) == Boundary::Reflecting;
}

Eigen::Vector3d SignsOf(unsigned int mirrored)
{
  return { (mirrored & 1u) != 0 ? -1.0 : 1.0, (mirrored & 2u) != 0 ? -1.0 : 1.0,
    (mirrored & 4u) != 0 ? -1.0 : 1.0 };
}
}

FoldedPoints::FoldedPoints(const Domain& box, const PointsRef& points, const Execution& execution)
  : Folded(Fold(box, points, execution))
  , InBox(box.IsClosed() ? PointsRef(this->Folded) : points)
{
  if (!Reflects(box))
  {
    return;
  }
  this->Mirrored.resize(static_cast<std::size_t>(points.cols()));
  execution.For(points.cols(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        unsigned int mirrored = 0;
        for (int axis = 0; axis < 3; ++axis)
        {
          mirrored |=
            box.IsMirrored(axis, points(axis, i)) ? 1u << static_cast<unsigned int>(axis) : 0u;
        }
        this->Mirrored[static_cast<std::size_t>(i)] = static_cast<unsigned char>(mirrored);
      }
    });
}

Eigen::Matrix3Xd FoldedPoints::Fold(
  const Domain& box, const PointsRef& points, const Execution& execution)
{
  if (!box.IsClosed())
  {
    return Eigen::Matrix3Xd(3, 0);
  }
  Eigen::Matrix3Xd folded = points;
  execution.For(folded.cols(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        for (int axis = 0; axis < 3; ++axis)
        {
          folded(axis, i) = box.Folded(axis, folded(axis, i));
        }
      }
    });
  return folded;
}

void FoldedPoints::Unfold(const FieldView& fields, const Execution& execution) const
{
  if (this->Mirrored.empty() || (!fields.Score && !fields.Hessian))
  {
    return;
  }
  execution.For(static_cast<Index>(this->Mirrored.size()),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const Eigen::Vector3d sign = SignsOf(this->Mirrored[static_cast<std::size_t>(i)]);
        if (fields.Score)
        {
          Eigen::Map<Eigen::Vector3d>(fields.Score + 3 * i).array() *= sign.array();
        }
        if (fields.Hessian)
        {
          Eigen::Map<SymmetricTensor>(fields.Hessian + 6 * i).array() *=
            ToTensor(sign * sign.transpose()).array();
        }
      }
    });
}
}
