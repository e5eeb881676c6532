// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/PointImages.h"

#include "Numerics/Exact/BoundaryImages.h"

#include <cmath>

namespace scorefields
{
namespace
{
constexpr double NearReach = 9.0; ///< in bandwidths

/// Whether a coordinate is a mirror image of the one that it is folded to.
bool IsMirrored(const Domain& box, int axis, double x)
{
  const bool mirrors = box.At(axis) == Boundary::Reflecting;
  const double turns = mirrors ? std::floor((x - box.Lower[axis]) / box.Length[axis]) : 0.0;
  return std::fmod(turns, 2.0) != 0.0 && box.Folded(axis, x) != x;
}

/// The box of the images: that of the domain along closed axes, of the queries along others.
Grid NodesOf(const Domain& box, const Eigen::Matrix3Xd& queries)
{
  Grid nodes;
  nodes.Dimensions = Index3::Constant(2);
  nodes.Origin = queries.rowwise().minCoeff();
  nodes.Spacing = queries.rowwise().maxCoeff() - nodes.Origin;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (box.IsClosed(axis))
    {
      nodes.Origin[axis] = box.Lower[axis];
      nodes.Spacing[axis] = box.Length[axis];
    }
  }
  return nodes;
}

/// The domain, with axes open where the kernel has none.
Domain OfActiveAxes(Domain box, const Axes& axes)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    auto& boundary = box.Boundaries[static_cast<std::size_t>(axis)];
    boundary = axes.IsActive(axis) ? boundary : Boundary::Open;
  }
  return box;
}
}

PointImages::PointImages(const PointProblem& problem, const Execution& execution)
  : Given(problem)
  , Closed(OfActiveAxes(problem.Box, problem.Kernel.ActiveAxes()).IsClosed())
  , Folded(this->FoldedQueries(execution))
  , Queries(this->Folded)
{
  if (this->Closed)
  {
    const StoredSamples source(problem.Cloud);
    const ImagedSamples imaged(source, MomentsOf(problem.Cloud, execution), problem.Kernel,
      NodesOf(problem.Box, this->Folded), problem.Box.Boundaries);
    imaged.RequireFew();
    InMemory(imaged, this->Images);
    this->Images.TotalWeight = problem.Cloud.TotalWeight;
    this->Owner = imaged.Owners();
  }
}

Eigen::Matrix3Xd PointImages::FoldedQueries(const Execution& execution)
{
  if (!this->Closed)
  {
    return Eigen::Matrix3Xd(3, 0);
  }
  const Domain box = OfActiveAxes(this->Given.Box, this->Given.Kernel.ActiveAxes());
  Eigen::Matrix3Xd folded = this->Given.Queries;
  this->Mirrored.resize(static_cast<std::size_t>(folded.cols()));
  execution.For(folded.cols(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        unsigned int mirrored = 0;
        for (int axis = 0; axis < 3; ++axis)
        {
          const double x = folded(axis, i);
          mirrored |= IsMirrored(box, axis, x) ? 1u << static_cast<unsigned int>(axis) : 0u;
          folded(axis, i) = box.Folded(axis, x);
        }
        this->Mirrored[static_cast<std::size_t>(i)] = static_cast<unsigned char>(mirrored);
      }
    });
  return folded;
}

ImagedProblem PointImages::Problem() const
{
  const PointProblem& given = this->Given;
  if (!this->Closed)
  {
    return { given, given.Cloud };
  }
  return { { this->Images, given.Kernel, this->Queries, given.LeaveOneOut, given.Settings },
    given.Cloud, &this->Owner };
}

Samples PointImages::Near() const
{
  const Domain box = OfActiveAxes(this->Given.Box, this->Given.Kernel.ActiveAxes());
  const Eigen::Vector3d reach = NearReach * this->Given.Kernel.AxisBandwidths();
  std::vector<Index> near;
  for (Index i = 0; i < this->Images.Count(); ++i)
  {
    bool reaches = true;
    for (int axis = 0; axis < 3; ++axis)
    {
      const double offset = this->Images.Points(axis, i) - box.Lower[axis];
      reaches = reaches &&
        (!box.IsClosed(axis) ||
          (offset >= -reach[axis] && offset <= box.Length[axis] + reach[axis]));
    }
    if (reaches)
    {
      near.push_back(i);
    }
  }
  Samples samples;
  samples.Points = this->Images.Points(Eigen::all, near);
  if (this->Images.Weights.size() > 0)
  {
    samples.Weights = this->Images.Weights(near);
  }
  samples.TotalWeight = this->Images.TotalWeight;
  return samples;
}

void PointImages::Unfold(const FieldView& fields, const Execution& execution) const
{
  if (!this->Closed || (!fields.Score && !fields.Hessian))
  {
    return;
  }
  execution.For(this->Folded.cols(),
    [&](Index begin, Index end)
    {
      for (Index i = begin; i < end; ++i)
      {
        const unsigned int mirrored = this->Mirrored[static_cast<std::size_t>(i)];
        const Eigen::Vector3d sign((mirrored & 1u) != 0 ? -1.0 : 1.0,
          (mirrored & 2u) != 0 ? -1.0 : 1.0, (mirrored & 4u) != 0 ? -1.0 : 1.0);
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
