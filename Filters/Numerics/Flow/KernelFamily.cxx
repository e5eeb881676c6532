// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/KernelFamily.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Exact/BoundaryImages.h"
#include "Numerics/Exact/DomainImages.h"
#include "Numerics/Flow/DomainDensity.h"
#include "Numerics/Splines/SplineDensity.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

namespace scorefields
{
namespace
{
constexpr double SumTolerance = 1e-13; ///< of exact sums, where nothing larger is allowed
constexpr double CoreShare = 1e-4;     ///< of the largest density: the core is above
constexpr std::size_t MostKept = 4;
constexpr double UsualReach = 10.0; ///< of particles beyond the samples, in bandwidths
constexpr double Rounding = 1e-12;  ///< of a correlation that is none

// Rough costs in nanoseconds, for the choice between sums and splines only.
constexpr double PairCost = 2.0;
constexpr double NodeCost = 120.0;
constexpr double SpreadCost = 150.0;

/// The density below which errors of `floor` are more than is allowed; see ScoreAccuracy.
struct Threshold
{
  double Tail;
  double Core;
  double CoreBegins;

  Threshold(double floor, double maximum, const ScoreAccuracy& accuracy)
    : Tail(floor / accuracy.TailTolerance)
    , Core(floor / accuracy.Tolerance)
    , CoreBegins(CoreShare * maximum)
  {
  }
  bool IsMet(double density) const
  {
    return density >= (density >= this->CoreBegins ? this->Core : this->Tail);
  }
};

/// One density: splines where they are good enough, sums elsewhere.
class KernelEstimate : public SmoothDensity
{
public:
  KernelEstimate(std::shared_ptr<const CellSums> sums, const GaussianKernel& kernel,
    const ScoreAccuracy& accuracy, std::shared_ptr<const SplineDensity> spline)
    : Sums(std::move(sums))
    , Kernel(kernel)
    , Accuracy(accuracy)
    , Spline(std::move(spline))
  {
  }

  void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const override
  {
    FieldView wanted;
    wanted.LogDensity = fields.LogDensity;
    wanted.Score = fields.Score;
    wanted.Hessian = fields.Hessian;
    if (!this->Spline)
    {
      this->Sums->Evaluate(this->Kernel, points, SumTolerance, wanted, execution);
      return;
    }
    std::vector<unsigned char> left(static_cast<std::size_t>(points.cols()));
    execution.For(points.cols(),
      [&](Index begin, Index end) { this->EvaluateSpline(points, wanted, begin, end, left); });
    this->SumWhereLeft(points, left, wanted, execution);
    execution.Checkpoint(1.0);
  }

private:
  void EvaluateSpline(const PointsRef& points, const FieldView& fields, Index begin, Index end,
    std::vector<unsigned char>& left) const
  {
    constexpr Index atOnce = 64;
    const int derivatives = fields.Hessian != nullptr ? 2 : 1;
    const Threshold threshold(
      this->Spline->Floor(derivatives), this->Spline->Maximum(), this->Accuracy);
    SplineValue values[atOnce];
    for (Index first = begin; first < end; first += atOnce)
    {
      const Index count = std::min(atOnce, end - first);
      this->Spline->Evaluate(points.data() + 3 * first, count, derivatives == 2, values);
      for (Index i = 0; i < count; ++i)
      {
        const bool good = values[i].Inside && threshold.IsMet(values[i].Value);
        left[static_cast<std::size_t>(first + i)] = good ? 0 : 1;
        if (good)
        {
          WriteSmooth(values[i], first + i, fields);
        }
      }
    }
  }

  void SumWhereLeft(const PointsRef& points, const std::vector<unsigned char>& left,
    const FieldView& fields, const Execution& execution) const
  {
    std::vector<Index> entries;
    for (std::size_t i = 0; i < left.size(); ++i)
    {
      if (left[i] != 0)
      {
        entries.push_back(static_cast<Index>(i));
      }
    }
    if (entries.empty())
    {
      return;
    }
    const auto count = static_cast<Index>(entries.size());
    Eigen::Matrix3Xd some(3, count);
    for (Index i = 0; i < count; ++i)
    {
      some.col(i) = points.col(entries[static_cast<std::size_t>(i)]);
    }
    FieldStorage sums(count, FieldChoice::Of(fields));
    // These are few; a hundredth of the tolerance leaves the spline's errors the rest.
    const double tolerance = std::max(SumTolerance, 1e-2 * this->Accuracy.Tolerance);
    this->Sums->Evaluate(this->Kernel, some, tolerance, sums.View(), execution);
    for (Index i = 0; i < count; ++i)
    {
      sums.Copy(i, fields, entries[static_cast<std::size_t>(i)]);
    }
  }

  std::shared_ptr<const CellSums> Sums;
  GaussianKernel Kernel;
  ScoreAccuracy Accuracy;
  std::shared_ptr<const SplineDensity> Spline;
};

Eigen::AlignedBox3d BoxOf(const Samples& samples)
{
  return { Eigen::Vector3d(samples.Points.rowwise().minCoeff()),
    Eigen::Vector3d(samples.Points.rowwise().maxCoeff()) };
}

/// The places for which images are found at once; see DomainDensity.
Eigen::AlignedBox3d PlacesAround(const Samples& samples, const GaussianKernel& kernel)
{
  const Eigen::Vector3d margin = UsualReach * kernel.AxisBandwidths();
  const Eigen::AlignedBox3d box = BoxOf(samples);
  return { Eigen::Vector3d(box.min() - margin), Eigen::Vector3d(box.max() + margin) };
}

// Compares the pairs that sums would visit with the work of making the spline.
bool SplinesPay(const SplinePlan& plan, const GaussianKernel& kernel,
  const Eigen::AlignedBox3d& box, const Samples& cloud, double evaluations)
{
  double near = 1.0; // share of the samples within reach of a particle among them
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const int axis = kernel.ActiveAxes().Axis[a];
    const double reach = 12.0 * kernel.AxisBandwidths()[axis];
    near *= reach / (reach + box.sizes()[axis]);
  }
  const auto samples = static_cast<double>(cloud.Count());
  const double sums = evaluations * samples * near * PairCost;
  return static_cast<double>(plan.Nodes.Size()) * NodeCost + samples * SpreadCost < sums;
}

void RequireMirrors(const Domain& domain, const GaussianKernel& shape)
{
  const Eigen::Matrix3d& h = shape.Covariance();
  for (int axis = 0; axis < 3; ++axis)
  {
    for (int other = 0; other < 3 && domain.At(axis) == Boundary::Reflecting; ++other)
    {
      if (other != axis &&
        std::abs(h(axis, other)) > Rounding * std::sqrt(h(axis, axis) * h(other, other)))
      {
        std::ostringstream message;
        message << "Boundary is Reflecting along "
                << "xyz"[axis] << ", but the kernel correlates "
                << "xyz"[axis] << " and "
                << "xyz"[other]
                << ", so that the density has a kink at"
                   " the wall; set BandwidthShape to Isotropic or Per axis, or these entries of"
                   " BandwidthMatrix to 0";
        throw std::invalid_argument(message.str());
      }
    }
  }
}

void Require(double value, const char* name, double least)
{
  if (!(value >= least && value <= 0.1))
  {
    std::ostringstream message;
    message << name << " is " << value << "; it must lie between " << least << " and 0.1";
    throw std::invalid_argument(message.str());
  }
}
}

KernelFamily::KernelFamily(std::shared_ptr<const Samples> samples, const GaussianKernel& shape,
  const ScoreAccuracy& accuracy, const Domain& domain)
  : Cloud(std::move(samples))
  , Shape(shape)
  , Accuracy(accuracy)
  , Closed(domain.Among(shape.ActiveAxes()))
{
  if (this->Cloud->Count() == 0)
  {
    throw std::invalid_argument("Samples has no points; a flow needs at least one");
  }
  Require(accuracy.Tolerance, "Tolerance", 1e-16);
  Require(accuracy.TailTolerance, "TailTolerance", accuracy.Tolerance);
  RequireMirrors(this->Closed, shape);
  if (!this->Closed.IsClosed())
  {
    this->Sums = std::make_shared<CellSums>(this->Cloud, shape);
  }
}

GaussianKernel KernelFamily::KernelAt(double bandwidth) const
{
  return this->Shape.WithBandwidth(bandwidth);
}

Eigen::Matrix3d KernelFamily::StepUnitAt(double bandwidth) const
{
  return this->KernelAt(bandwidth).Covariance();
}

std::shared_ptr<const SmoothDensity> KernelFamily::InSpace(std::shared_ptr<const CellSums> sums,
  const Samples& near, const GaussianKernel& kernel, const Execution& execution) const
{
  const Eigen::AlignedBox3d box = BoxOf(near);
  const SplinePlan plan = this->Accuracy.ExactOnly
    ? SplinePlan()
    : PlanSplines(box, kernel, SplineResolution, MostSplineNodes);
  std::shared_ptr<const SplineDensity> spline;
  if (plan.Resolution > 0.0 && SplinesPay(plan, kernel, box, near, this->Accuracy.Evaluations))
  {
    spline = std::make_shared<SplineDensity>(near, kernel, plan, execution);
  }
  return std::make_shared<const KernelEstimate>(
    std::move(sums), kernel, this->Accuracy, std::move(spline));
}

std::shared_ptr<const SmoothDensity> KernelFamily::InDomain(
  const GaussianKernel& kernel, const Execution& execution) const
{
  const Eigen::AlignedBox3d places = PlacesAround(*this->Cloud, kernel);
  const auto images = std::make_shared<const Samples>(
    WithImages(*this->Cloud, kernel, NodesOf(this->Closed, places), this->Closed.Boundaries));
  return std::make_shared<const DomainDensity>(this->Closed,
    this->InSpace(std::make_shared<CellSums>(images, kernel),
      NearDomain(*images, this->Closed, kernel), kernel, execution),
    FarPlaces{ this->Cloud, kernel, places });
}

std::shared_ptr<const SmoothDensity> KernelFamily::At(
  double bandwidth, const Execution& execution) const
{
  const auto found = std::find_if(this->Recent.begin(), this->Recent.end(),
    [bandwidth](const Kept& kept) { return kept.Bandwidth == bandwidth; });
  if (found != this->Recent.end())
  {
    this->Recent.splice(this->Recent.begin(), this->Recent, found);
    return this->Recent.front().Source;
  }
  const GaussianKernel kernel = this->KernelAt(bandwidth);
  auto source = this->Closed.IsClosed()
    ? this->InDomain(kernel, execution)
    : this->InSpace(this->Sums, *this->Cloud, kernel, execution);
  this->Recent.push_front({ bandwidth, source });
  if (this->Recent.size() > MostKept)
  {
    this->Recent.pop_back();
  }
  return source;
}
}
