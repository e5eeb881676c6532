// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/TemperedFamily.h"

#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
class TemperedDensity : public SmoothDensity
{
public:
  TemperedDensity(std::shared_ptr<const SmoothDensity> density, double temperature)
    : Density(std::move(density))
    , Temperature(temperature)
  {
  }

  void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const override
  {
    this->Density->Evaluate(points, fields, execution);
    this->Scale(fields.LogDensity, points.cols());
    this->Scale(fields.Score, 3 * points.cols());
    this->Scale(fields.Hessian, 6 * points.cols());
  }

private:
  void Scale(double* values, Index count) const
  {
    if (values != nullptr)
    {
      Eigen::Map<Eigen::ArrayXd>(values, count) *= this->Temperature;
    }
  }

  std::shared_ptr<const SmoothDensity> Density;
  double Temperature;
};
}

TemperedFamily::TemperedFamily(std::shared_ptr<const DensityFamily> family, double temperature)
  : Family(std::move(family))
  , Temperature(temperature)
{
  if (!(temperature > 0.0 && std::isfinite(temperature)))
  {
    std::ostringstream message;
    message << "Temperature is " << temperature << "; it must be positive and finite";
    throw std::invalid_argument(message.str());
  }
}

double TemperedFamily::Wider(double bandwidth) const
{
  return bandwidth * std::sqrt(this->Temperature);
}

std::shared_ptr<const SmoothDensity> TemperedFamily::At(
  double bandwidth, const Execution& execution) const
{
  return std::make_shared<const TemperedDensity>(
    this->Family->At(this->Wider(bandwidth), execution), this->Temperature);
}

GaussianKernel TemperedFamily::KernelAt(double bandwidth) const
{
  return this->Family->KernelAt(bandwidth);
}

Eigen::Matrix3d TemperedFamily::StepUnitAt(double bandwidth) const
{
  return this->Family->StepUnitAt(this->Wider(bandwidth)) / this->Temperature;
}
}
