// SPDX-License-Identifier: BSD-3-Clause
#ifndef Base_Types_h
#define Base_Types_h

#include <Eigen/Core>

/// What every unit of the numerics shares: points, grids, axes and output arrays.
///
/// Vectors always have three components. A flat data set (2-D in any coordinate plane, or on a
/// line) has fewer active axes; along the others all points and nodes share one coordinate, and
/// vectors and tensors are 0 there.
namespace scorefields
{
using Index = Eigen::Index;
using Index3 = Eigen::Matrix<Index, 3, 1>;

constexpr double Pi = 3.14159265358979323846;

/// A point set: 3 by n, one point per column, so that packed xyz triples map without a copy.
using PointsRef = Eigen::Ref<const Eigen::Matrix3Xd>;

/// A symmetric 3 by 3 tensor in VTK's order XX, YY, ZZ, XY, YZ, XZ.
using SymmetricTensor = Eigen::Matrix<double, 6, 1>;

/// The place in it of the component (a, b).
constexpr int TensorPlace[3][3] = { { 0, 3, 5 }, { 3, 1, 4 }, { 5, 4, 2 } };

Eigen::Matrix3d ToMatrix(const SymmetricTensor& tensor);
SymmetricTensor ToTensor(const Eigen::Matrix3d& matrix);

/// The coordinate axes along which data extend, ascending; at least one, at most three.
struct Axes
{
  int Count = 3;
  Eigen::Vector3i Axis{ 0, 1, 2 }; ///< the first Count entries are valid

  bool IsActive(int axis) const;
  /// Rows and columns of the active axes, Count by Count.
  Eigen::MatrixXd PartOf(const Eigen::Matrix3d& matrix) const;
  /// The matrix whose part that is; 0 elsewhere.
  Eigen::Matrix3d Embedded(const Eigen::MatrixXd& part) const;
  /// The first `dimension` axes: 1 gives {x}, 2 gives {x, y}, 3 gives {x, y, z}.
  static Axes First(int dimension);
  /// The axes whose flag is set. @throws std::invalid_argument if none is.
  static Axes FromFlags(bool x, bool y, bool z);
};

/// A regular grid of nodes; node (i, j, k) lies at Origin + (i, j, k) * Spacing and has the
/// linear index i + Dimensions[0] * (j + Dimensions[1] * k), the order of VTK images.
/// A flat axis has one node.
struct Grid
{
  Eigen::Vector3d Origin = Eigen::Vector3d::Zero();
  Eigen::Vector3d Spacing = Eigen::Vector3d::Ones();
  Index3 Dimensions = Index3::Ones();

  Index Size() const { return this->Dimensions.prod(); }
  Eigen::Vector3d Node(Index i, Index j, Index k) const;
  Eigen::Vector3d Node(Index linear) const;
  /// The part of this grid from node `first` on, with `dimensions` nodes per axis.
  Grid Block(const Index3& first, const Index3& dimensions) const;
};

/// A part of the nodes of a grid.
struct NodeBlock
{
  Index3 First = Index3::Zero();
  Index3 Dimensions = Index3::Zero();

  static NodeBlock Whole(const Grid& grid) { return NodeBlock{ Index3::Zero(), grid.Dimensions }; }
};

/// The weighted points of an estimate.
///
/// Points are finite. Weights are finite, not negative and not all 0; an empty vector means that
/// all are 1. TotalWeight is what the estimate is divided by: the sum of the weights, or more if
/// these samples are one part of a distributed cloud.
struct Samples
{
  Eigen::Matrix3Xd Points;
  Eigen::VectorXd Weights;
  double TotalWeight = 0.0;

  Index Count() const { return this->Points.cols(); }
  double Weight(Index i) const { return this->Weights.size() == 0 ? 1.0 : this->Weights[i]; }
  /// All weights 1, TotalWeight = n.
  static Samples Unweighted(Eigen::Matrix3Xd points);
  /// TotalWeight = sum of the weights.
  static Samples Weighted(Eigen::Matrix3Xd points, Eigen::VectorXd weights);
};

/// Where an engine writes, one entry (of the stated number of components) per node or query point,
/// components of one entry adjacent as in VTK arrays. A null pointer: not wanted.
struct FieldView
{
  double* Density = nullptr;             ///< 1: density, 1 / length^d; may underflow to 0
  double* LogDensity = nullptr;          ///< 1: natural logarithm of the density
  double* Score = nullptr;               ///< 3: gradient of the log density, 1 / length
  double* Hessian = nullptr;             ///< 6: Hessian of the log density, 1 / length^2
  double* EffectiveSampleSize = nullptr; ///< 1: density / (K_h(0) * mean weight / total weight)
  double* KishSampleSize = nullptr;      ///< 1: 1 / sum of squared responsibilities
  unsigned char* Route = nullptr;        ///< 1: which way the value was computed (Routes.h)
};
}

#endif
