// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/GuidedFamily.h"

#include "Numerics/Base/FieldStorage.h"

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
class GuidedDensity : public SmoothDensity
{
public:
  GuidedDensity(std::shared_ptr<const SmoothDensity> all,
    std::shared_ptr<const SmoothDensity> ofClass, double weight)
    : All(std::move(all))
    , OfClass(std::move(ofClass))
    , Weight(weight)
  {
  }

  void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const override
  {
    FieldChoice choice;
    choice.LogDensity = fields.LogDensity != nullptr;
    choice.Score = fields.Score != nullptr;
    choice.Hessian = fields.Hessian != nullptr;
    FieldStorage storage(points.cols(), choice);
    const FieldView ofClass = storage.View();
    this->All->Evaluate(points, fields, execution.Part(0.0, 0.5));
    this->OfClass->Evaluate(points, ofClass, execution.Part(0.5, 1.0));
    this->Combine(fields.LogDensity, ofClass.LogDensity, points.cols());
    this->Combine(fields.Score, ofClass.Score, 3 * points.cols());
    this->Combine(fields.Hessian, ofClass.Hessian, 6 * points.cols());
  }

private:
  // For w = 0 and w = 1 this is one of the two to the bit.
  void Combine(double* all, const double* ofClass, Index count) const
  {
    if (all != nullptr)
    {
      Eigen::Map<Eigen::ArrayXd> target(all, count);
      const Eigen::Map<const Eigen::ArrayXd> other(ofClass, count);
      target = (1.0 - this->Weight) * target + this->Weight * other;
    }
  }

  std::shared_ptr<const SmoothDensity> All;
  std::shared_ptr<const SmoothDensity> OfClass;
  double Weight;
};
}

GuidedFamily::GuidedFamily(std::shared_ptr<const DensityFamily> all,
  std::shared_ptr<const DensityFamily> ofClass, double weight)
  : All(std::move(all))
  , OfClass(std::move(ofClass))
  , Weight(weight)
{
  if (!(weight >= 0.0 && std::isfinite(weight)))
  {
    std::ostringstream message;
    message << "GuidanceWeight is " << weight << "; it must be 0 or more, and finite";
    throw std::invalid_argument(message.str());
  }
}

std::shared_ptr<const SmoothDensity> GuidedFamily::At(
  double bandwidth, const Execution& execution) const
{
  auto all = this->All->At(bandwidth, execution.Part(0.0, 0.5));
  auto ofClass = this->OfClass->At(bandwidth, execution.Part(0.5, 1.0));
  return std::make_shared<const GuidedDensity>(std::move(all), std::move(ofClass), this->Weight);
}

GaussianKernel GuidedFamily::KernelAt(double bandwidth) const
{
  return this->All->KernelAt(bandwidth);
}

Eigen::Matrix3d GuidedFamily::StepUnitAt(double bandwidth) const
{
  return this->All->StepUnitAt(bandwidth);
}
}
