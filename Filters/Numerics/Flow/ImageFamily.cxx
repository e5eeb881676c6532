// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Flow/ImageFamily.h"

#include <Eigen/Geometry>

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double Oblique = 1e-9;   ///< a component of an axis that counts
constexpr double Rounding = 1e-12; ///< of bandwidths that are the same

HermiteField InGrid(const ScoreImage& image, const Execution& execution)
{
  // Scores along the grid's own axes.
  const bool turned = !image.Direction.isIdentity(0.0);
  Eigen::Matrix3Xd gradients;
  if (turned)
  {
    gradients = image.Direction.transpose() * image.Score;
  }
  return HermiteField(image.Nodes, image.LogDensity, turned ? gradients : image.Score, execution);
}

class ImageDensity : public SmoothDensity
{
public:
  ImageDensity(
    const ScoreImage& image, const Eigen::Matrix3d& precision, const Execution& execution)
    : Field(InGrid(image, execution))
    , Direction(image.Direction)
    , Turned(!image.Direction.isIdentity(0.0))
    , Precision(image.Direction.transpose() * precision * image.Direction)
  {
    // Along flat axes everything is inside.
    const double infinity = std::numeric_limits<double>::infinity();
    const Grid& nodes = image.Nodes;
    this->Box = Eigen::AlignedBox3d(
      Eigen::Vector3d::Constant(-infinity), Eigen::Vector3d::Constant(infinity));
    const Eigen::Vector3d last = nodes.Node(nodes.Size() - 1);
    for (int a = 0; a < this->Field.ActiveAxes().Count; ++a)
    {
      const int axis = this->Field.ActiveAxes().Axis[a];
      this->Box.min()[axis] = std::min(nodes.Origin[axis], last[axis]);
      this->Box.max()[axis] = std::max(nodes.Origin[axis], last[axis]);
    }
  }

  void Evaluate(
    const PointsRef& points, const FieldView& fields, const Execution& execution) const override
  {
    execution.For(points.cols(),
      [&](Index begin, Index end)
      {
        for (Index i = begin; i < end; ++i)
        {
          this->EvaluateAt(points.col(i), i, fields);
        }
      });
    execution.Checkpoint(1.0);
  }

private:
  void EvaluateAt(const Eigen::Vector3d& point, Index entry, const FieldView& fields) const
  {
    const bool hessian = fields.Hessian != nullptr;
    const Eigen::Vector3d& origin = this->Field.Nodes().Origin;
    const Eigen::Vector3d place = this->Turned
      ? Eigen::Vector3d(origin + this->Direction.transpose() * (point - origin))
      : point;
    HermiteField::Value value = this->Field.At(place, hessian);
    if (std::isnan(value.Function))
    {
      value.Gradient.setZero();
      value.Hessian.setZero();
    }
    else if (!this->Box.contains(place))
    {
      this->Extend(place, value);
    }
    if (this->Turned)
    {
      value.Gradient = (this->Direction * value.Gradient).eval();
      value.Hessian = (this->Direction * value.Hessian * this->Direction.transpose()).eval();
    }
    if (fields.LogDensity != nullptr)
    {
      fields.LogDensity[entry] = value.Function;
    }
    if (fields.Score != nullptr)
    {
      Eigen::Map<Eigen::Vector3d>(fields.Score + 3 * entry) = value.Gradient;
    }
    if (hessian)
    {
      Eigen::Map<SymmetricTensor>(fields.Hessian + 6 * entry) = ToTensor(value.Hessian);
    }
  }

  // From the nearest point of the box.
  void Extend(const Eigen::Vector3d& place, HermiteField::Value& value) const
  {
    const Eigen::Vector3d offset =
      place - place.cwiseMax(this->Box.min()).cwiseMin(this->Box.max());
    const Eigen::Vector3d pull = this->Precision * offset;
    value.Function += value.Gradient.dot(offset) - 0.5 * offset.dot(pull);
    value.Gradient -= pull;
    // The derivative of this score, symmetric: along the box's face that of s(b), else -M^-1.
    const Eigen::Vector3d across = (offset.array() != 0.0).cast<double>();
    const Eigen::Vector3d along = Eigen::Vector3d::Ones() - across;
    const Eigen::Matrix3d change =
      value.Hessian * along.asDiagonal() - this->Precision * across.asDiagonal();
    value.Hessian = 0.5 * (change + change.transpose());
  }

  HermiteField Field;
  Eigen::Matrix3d Direction;
  bool Turned;
  Eigen::Matrix3d Precision; ///< M^-1 along the grid's axes
  Eigen::AlignedBox3d Box;
};

void RequireAValue(const ScoreImage& image)
{
  for (Index node = 0; node < image.LogDensity.size(); ++node)
  {
    if (std::isfinite(image.LogDensity[node]) && image.Score.col(node).allFinite())
    {
      return;
    }
  }
  throw std::invalid_argument(
    "ScoreImage has no node at which both the log density and the score are finite");
}
}

Axes SpaceAxesOf(const ScoreImage& image)
{
  bool extends[3] = { false, false, false };
  int count = 0;
  for (int axis = 0; axis < 3; ++axis)
  {
    count += image.Nodes.Dimensions[axis] > 1 ? 1 : 0;
    for (int i = 0; i < 3 && image.Nodes.Dimensions[axis] > 1; ++i)
    {
      extends[i] = extends[i] || std::abs(image.Direction(i, axis)) > Oblique;
    }
  }
  if (count == 0)
  {
    throw std::invalid_argument(
      "ScoreImage has one node; it must have at least two along one axis");
  }
  const Axes axes = Axes::FromFlags(extends[0], extends[1], extends[2]);
  if (axes.Count != count)
  {
    std::ostringstream message;
    message << "ScoreImage lies obliquely: its " << count << " axes extend along " << axes.Count
            << " axes of space; they must be as many";
    throw std::invalid_argument(message.str());
  }
  return axes;
}

ImageFamily::ImageFamily(const ScoreImage& image, const GaussianKernel& kernel,
  const Eigen::Matrix3d& unit, const Execution& execution)
  : Kernel(kernel)
  , Unit(unit)
{
  RequireAValue(image);
  const Eigen::Matrix3d precision = GaussianKernel(SpaceAxesOf(image), unit).Precision();
  this->Source = std::make_shared<const ImageDensity>(image, precision, execution);
}

std::shared_ptr<const SmoothDensity> ImageFamily::At(
  double bandwidth, const Execution& /*execution*/) const
{
  const double own = this->Kernel.EquivalentBandwidth();
  if (!(std::abs(bandwidth - own) <= Rounding * own))
  {
    std::ostringstream message;
    message << "ScoreImage is at bandwidth " << own << "; its score is not known at " << bandwidth;
    throw std::invalid_argument(message.str());
  }
  return this->Source;
}

GaussianKernel ImageFamily::KernelAt(double bandwidth) const
{
  return this->Kernel.WithBandwidth(bandwidth);
}

Eigen::Matrix3d ImageFamily::StepUnitAt(double /*bandwidth*/) const
{
  return this->Unit;
}
}
