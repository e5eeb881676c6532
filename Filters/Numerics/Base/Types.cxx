// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Types.h"

#include <stdexcept>
#include <utility>

namespace scorefields
{
Eigen::Matrix3d ToMatrix(const SymmetricTensor& tensor)
{
  Eigen::Matrix3d matrix;
  for (int a = 0; a < 3; ++a)
  {
    for (int b = 0; b < 3; ++b)
    {
      matrix(a, b) = tensor[TensorPlace[a][b]];
    }
  }
  return matrix;
}

SymmetricTensor ToTensor(const Eigen::Matrix3d& matrix)
{
  SymmetricTensor tensor;
  for (int a = 0; a < 3; ++a)
  {
    for (int b = a; b < 3; ++b)
    {
      tensor[TensorPlace[a][b]] = matrix(a, b);
    }
  }
  return tensor;
}

bool Axes::IsActive(int axis) const
{
  for (int a = 0; a < this->Count; ++a)
  {
    if (this->Axis[a] == axis)
    {
      return true;
    }
  }
  return false;
}

Eigen::MatrixXd Axes::PartOf(const Eigen::Matrix3d& matrix) const
{
  const auto used = this->Axis.head(this->Count);
  return matrix(used, used);
}

Eigen::Matrix3d Axes::Embedded(const Eigen::MatrixXd& part) const
{
  const auto used = this->Axis.head(this->Count);
  Eigen::Matrix3d matrix = Eigen::Matrix3d::Zero();
  matrix(used, used) = part;
  return matrix;
}

Axes Axes::First(int dimension)
{
  return Axes::FromFlags(dimension >= 1, dimension >= 2, dimension >= 3);
}

Axes Axes::FromFlags(bool x, bool y, bool z)
{
  const Eigen::Array<bool, 3, 1> flags(x, y, z);
  Axes axes;
  axes.Count = 0;
  for (int axis = 0; axis < 3; ++axis)
  {
    if (flags[axis])
    {
      axes.Axis[axes.Count++] = axis;
    }
  }
  if (axes.Count == 0)
  {
    throw std::invalid_argument("at least one axis must be active");
  }
  return axes;
}

Eigen::Vector3d Grid::Node(Index i, Index j, Index k) const
{
  return this->Origin +
    this->Spacing.cwiseProduct(
      Eigen::Vector3d(static_cast<double>(i), static_cast<double>(j), static_cast<double>(k)));
}

Eigen::Vector3d Grid::Node(Index linear) const
{
  const Index i = linear % this->Dimensions[0];
  const Index row = linear / this->Dimensions[0];
  return this->Node(i, row % this->Dimensions[1], row / this->Dimensions[1]);
}

Grid Grid::Block(const Index3& first, const Index3& dimensions) const
{
  return Grid{ this->Node(first[0], first[1], first[2]), this->Spacing, dimensions };
}

Samples Samples::Unweighted(Eigen::Matrix3Xd points)
{
  const auto total = static_cast<double>(points.cols());
  return Samples{ std::move(points), Eigen::VectorXd(), total };
}

Samples Samples::Weighted(Eigen::Matrix3Xd points, Eigen::VectorXd weights)
{
  const double total = weights.sum();
  return Samples{ std::move(points), std::move(weights), total };
}
}
