// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/SmoothedFamily.h"

#include "Numerics/Base/FieldStorage.h"
#include "Numerics/Flow/FlowState.h"

#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
constexpr Index LeastPerAxis = 2;
constexpr Index MostPerAxis[] = { 64, 16, 8 }; ///< in one, two and three dimensions
constexpr double LogOfError = -9.2;            ///< of 1e-4
constexpr Index MostAtOnce = 65536;

struct Rule
{
  Eigen::VectorXd Places;
  Eigen::VectorXd Weights;
};

Rule GaussHermiteRule(Index count)
{
  // The recurrence of the monic Hermite polynomials: He_(k+1) = z He_k - k He_(k-1).
  const Eigen::VectorXd diagonal = Eigen::VectorXd::Zero(count);
  const Eigen::VectorXd beside =
    Eigen::VectorXd::LinSpaced(count - 1, 1.0, static_cast<double>(count - 1)).cwiseSqrt();
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(diagonal, beside);
  const Eigen::VectorXd places = solver.eigenvalues();
  const Eigen::VectorXd weights = solver.eigenvectors().row(0).cwiseAbs2();
  // The rule is symmetric; so are its numbers, then odd moments are 0.
  return { 0.5 * (places - places.reverse()), 0.5 * (weights + weights.reverse()) };
}

/// Logarithm of the error of m nodes, at most, between two samples; see the header.
double LogErrorOf(Index count, double ratio)
{
  const auto m = static_cast<double>(count);
  const double remainder = std::log(2.0) + std::lgamma(m + 1.0) +
    (2.0 * m + 1.0) * std::log(2.0 / Pi) + 2.0 * m * std::log(ratio);
  const double a = Pi / (2.0 * ratio);
  const double decay = 2.0 * a * std::sqrt(m);
  const double poles =
    std::log(5.0 / ratio) + 0.5 * a * a - decay - std::log(-std::expm1(-2.0 * decay));
  return std::min(remainder, poles);
}

class SmoothedDensity : public SmoothDensity
{
public:
  SmoothedDensity(
    std::shared_ptr<const SmoothDensity> density, Eigen::Matrix3Xd offsets, Eigen::VectorXd weights)
    : Density(std::move(density))
    , Offsets(std::move(offsets))
    , Weights(std::move(weights))
  {
  }

  void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const override
  {
    const Index count = points.cols();
    const Index block = std::max<Index>(1, MostAtOnce / this->Weights.size());
    for (Index first = 0; first < count; first += block)
    {
      const Index some = std::min(block, count - first);
      const auto share = [count](Index of)
      { return static_cast<double>(of) / static_cast<double>(count); };
      this->EvaluateBlock(points.middleCols(first, some), first, fields,
        execution.Part(share(first), share(first + some)));
    }
  }

private:
  /// Points beside point i, one for each node, are columns i K to (i + 1) K of what is asked for.
  void EvaluateBlock(
    const PointsRef& points, Index first, const FieldView& fields, const Execution& execution) const
  {
    const Index nodes = this->Weights.size();
    Eigen::Matrix3Xd around(3, points.cols() * nodes);
    for (Index i = 0; i < points.cols(); ++i)
    {
      around.middleCols(i * nodes, nodes) = this->Offsets.colwise() + points.col(i);
    }
    FieldChoice choice;
    choice.LogDensity = fields.LogDensity != nullptr;
    choice.Score = fields.Score != nullptr;
    choice.Hessian = fields.Hessian != nullptr;
    FieldStorage values(around.cols(), choice);
    this->Density->Evaluate(around, values.View(), execution);
    for (Index i = 0; i < points.cols(); ++i)
    {
      this->WriteMean(values, i * nodes, first + i, fields);
    }
  }

  void WriteMean(
    const FieldStorage& values, Index begin, Index entry, const FieldView& fields) const
  {
    const Index nodes = this->Weights.size();
    if (fields.LogDensity != nullptr)
    {
      fields.LogDensity[entry] = values.LogDensity.segment(begin, nodes).dot(this->Weights);
    }
    if (fields.Score != nullptr)
    {
      Eigen::Map<Eigen::Vector3d>(fields.Score + 3 * entry) =
        values.Score.middleCols(begin, nodes) * this->Weights;
    }
    if (fields.Hessian != nullptr)
    {
      Eigen::Map<SymmetricTensor>(fields.Hessian + 6 * entry) =
        values.Hessian.middleCols(begin, nodes) * this->Weights;
    }
  }

  std::shared_ptr<const SmoothDensity> Density;
  Eigen::Matrix3Xd Offsets;
  Eigen::VectorXd Weights;
};
}

NormalNodes GaussHermite(const Axes& axes, Index perAxis)
{
  const Rule rule = GaussHermiteRule(perAxis);
  Index count = 1;
  for (int a = 0; a < axes.Count; ++a)
  {
    count *= perAxis;
  }
  NormalNodes nodes{ Eigen::Matrix3Xd::Zero(3, count), Eigen::VectorXd::Ones(count), perAxis };
  for (Index k = 0; k < count; ++k)
  {
    Index left = k;
    for (int a = 0; a < axes.Count; ++a, left /= perAxis)
    {
      nodes.Places(axes.Axis[a], k) = rule.Places[left % perAxis];
      nodes.Weights[k] *= rule.Weights[left % perAxis];
    }
  }
  return nodes;
}

SmoothedFamily::SmoothedFamily(std::shared_ptr<const DensityFamily> family, double smoothing)
  : Family(std::move(family))
  , Smoothing(smoothing)
{
  if (!(smoothing >= 0.0 && std::isfinite(smoothing)))
  {
    std::ostringstream message;
    message << "ScoreSmoothing is " << smoothing << "; it must be 0 or more, and finite";
    throw std::invalid_argument(message.str());
  }
}

Index SmoothedFamily::NodesPerAxis(double ratio, int dimension)
{
  const Index most = MostPerAxis[dimension - 1];
  Index count = LeastPerAxis;
  while (count < most && LogErrorOf(count, ratio) > LogOfError)
  {
    ++count;
  }
  return count;
}

std::shared_ptr<const SmoothDensity> SmoothedFamily::At(
  double bandwidth, const Execution& execution) const
{
  auto density = this->Family->At(bandwidth, execution);
  if (this->Smoothing == 0.0)
  {
    return density;
  }
  const GaussianKernel second = this->Family->KernelAt(this->Smoothing);
  const NormalNodes nodes = GaussHermite(
    second.ActiveAxes(), NodesPerAxis(this->Smoothing / bandwidth, second.Dimension()));
  const StepMetric metric(second.ActiveAxes(), second.Covariance());
  return std::make_shared<const SmoothedDensity>(
    std::move(density), metric.Factor * nodes.Places, nodes.Weights);
}

GaussianKernel SmoothedFamily::KernelAt(double bandwidth) const
{
  return this->Family->KernelAt(bandwidth);
}

Eigen::Matrix3d SmoothedFamily::StepUnitAt(double bandwidth) const
{
  return this->Family->StepUnitAt(bandwidth);
}
}
