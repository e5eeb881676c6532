// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixturePlan.h"

#include "Numerics/Mixture/MixtureSampling.h"

namespace scorefields
{
namespace
{
/// How far the box around a mixture reaches: all but 6e-5 of the mass along each axis.
constexpr double BoxDeviations = 4.0;

Mixture TargetOf(const MixtureRequest& request)
{
  const Mixture own = request.Mixture == MixturePreset::Custom ? FromTable(request.Components)
                                                               : MakeMixture(request.Mixture);
  return request.Dimension == 0 ? own : own.InDimension(request.Dimension);
}
}

MixturePlan::MixturePlan(const MixtureRequest& request)
  : Target(TargetOf(request))
{
  this->Placement.UseInputBounds = false;
  this->Placement.Bounds = request.Bounds;
  this->Placement.Dimensions = request.Dimensions;
  const Eigen::AlignedBox3d around = MixtureBounds(this->Target, BoxDeviations);
  for (int axis = 0; axis < 3; ++axis)
  {
    if (request.UseMixtureBounds || !this->Target.ActiveAxes().IsActive(axis))
    {
      this->Placement.Bounds.segment<2>(2 * axis) << around.min()[axis], around.max()[axis];
    }
  }
}

Grid MixturePlan::MakeGrid() const
{
  CloudMoments plane; // of one point: where the flat axes lie
  plane.Count = 1.0;
  plane.Lower = plane.Upper = this->Target.Component(0).Mean;
  return PlaceGrid(this->Placement, plane, this->Target.ActiveAxes(), Eigen::Vector3d::Zero());
}

Eigen::AlignedBox3d MixturePlan::Box() const
{
  const auto& bounds = this->Placement.Bounds;
  return { Eigen::Vector3d(bounds[0], bounds[2], bounds[4]),
    Eigen::Vector3d(bounds[1], bounds[3], bounds[5]) };
}
}
