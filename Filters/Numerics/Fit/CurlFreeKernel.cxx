// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/CurlFreeKernel.h"

#include <Eigen/Cholesky>

#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
/// The kernel between two places r apart.
struct Pair
{
  Small R;
  double InverseSquare; ///< 1 / w^2
  double Squared;       ///< |r|^2 / w^2
  double K;

  Pair(const Small& offset, double width)
    : R(offset)
    , InverseSquare(1.0 / (width * width))
    , Squared(offset.squaredNorm() * InverseSquare)
    , K(std::exp(-0.5 * Squared))
  {
  }
  double Dimension() const { return static_cast<double>(this->R.size()); }
  /// Gamma c.
  Small Apply(const Small& c) const
  {
    return (this->K * this->InverseSquare) * (c - this->R * (this->InverseSquare * this->R.dot(c)));
  }
  SmallMatrix Matrix() const
  {
    const Eigen::Index d = this->R.size();
    return (this->K * this->InverseSquare) *
      (SmallMatrix::Identity(d, d) - this->InverseSquare * this->R * this->R.transpose());
  }
  /// The divergence of Gamma e_a over the first place, for each a.
  Small Divergence() const
  {
    return (this->K * this->InverseSquare * this->InverseSquare *
             (this->Squared - this->Dimension() - 2.0)) *
      this->R;
  }
  /// The gradient of the Laplacian of k.
  Small LaplacianGradient() const
  {
    return (this->K * this->InverseSquare * this->InverseSquare *
             (this->Dimension() + 2.0 - this->Squared)) *
      this->R;
  }
  double Laplacian() const
  {
    return this->K * this->InverseSquare * (this->Squared - this->Dimension());
  }
};

Eigen::MatrixXd KernelMatrix(const Eigen::MatrixXd& points, double width)
{
  const Index d = points.rows();
  const Index n = points.cols();
  Eigen::MatrixXd matrix(d * n, d * n);
  for (Index j = 0; j < n; ++j)
  {
    for (Index i = j; i < n; ++i)
    {
      const SmallMatrix block = Pair(points.col(i) - points.col(j), width).Matrix();
      matrix.block(d * i, d * j, d, d) = block;
      matrix.block(d * j, d * i, d, d) = block;
    }
  }
  return matrix;
}
}

CurlFreeModel::CurlFreeModel(
  Eigen::MatrixXd centres, double width, Eigen::MatrixXd coefficients, Eigen::VectorXd laplacian)
  : Centres(std::move(centres))
  , Width(width)
  , Coefficients(std::move(coefficients))
  , Laplacian(std::move(laplacian))
{
}

void CurlFreeModel::Evaluate(
  const Eigen::MatrixXd& points, Eigen::MatrixXd& score, Eigen::VectorXd* logDensity) const
{
  score.resize(points.rows(), points.cols());
  if (logDensity)
  {
    logDensity->resize(points.cols());
  }
  for (Index j = 0; j < points.cols(); ++j)
  {
    Small sum = Small::Zero(points.rows());
    double potential = 0.0;
    for (Index i = 0; i < this->Centres.cols(); ++i)
    {
      const Pair pair(points.col(j) - this->Centres.col(i), this->Width);
      const Small c = this->Coefficients.col(i);
      sum += pair.Apply(c) - this->Laplacian[i] * pair.LaplacianGradient();
      potential +=
        pair.K * pair.InverseSquare * pair.R.dot(c) - this->Laplacian[i] * pair.Laplacian();
    }
    score.col(j) = sum;
    if (logDensity)
    {
      (*logDensity)[j] = potential;
    }
  }
}

FitTable CurlFreeModel::Parameters(const FitFrame& frame) const
{
  FitTable table;
  table.Names = NamesAlongAxes("Center", frame);
  const auto coefficients = NamesAlongAxes("Coefficient", frame);
  table.Names.insert(table.Names.end(), coefficients.begin(), coefficients.end());
  table.Names.emplace_back("LaplacianCoefficient");
  table.Values.resize(this->Centres.cols(), 2 * this->Centres.rows() + 1);
  table.Values << this->Centres.transpose(), this->Coefficients.transpose(), this->Laplacian;
  return table;
}

CurlFreeBasis::CurlFreeBasis(Eigen::MatrixXd centres, double width)
  : Centres(std::move(centres))
  , Width(width)
{
}

QuadraticObjective CurlFreeBasis::Zero() const
{
  return QuadraticObjective(this->Centres.size(), 1);
}

void CurlFreeBasis::FillColumns(
  const Eigen::Ref<const Eigen::VectorXd>& point, Eigen::Ref<Eigen::MatrixXd> columns) const
{
  const Index d = this->Centres.rows();
  for (Index m = 0; m < this->Centres.cols(); ++m)
  {
    columns.middleRows(d * m, d) = Pair(point - this->Centres.col(m), this->Width).Matrix();
  }
}

void CurlFreeBasis::Add(const FitSamples& samples, const Eigen::MatrixXd& base, Index begin,
  Index end, QuadraticObjective& objective) const
{
  const Index d = samples.Dimension();
  Eigen::MatrixXd columns(this->Centres.size(), d * (end - begin));
  Eigen::VectorXd shares(columns.cols());
  for (Index i = begin; i < end; ++i)
  {
    const double share = samples.Shares[i];
    auto own = columns.middleCols(d * (i - begin), d);
    this->FillColumns(samples.Points.col(i), own);
    shares.segment(d * (i - begin), d).setConstant(share);
    for (Index m = 0; m < this->Centres.cols(); ++m)
    {
      objective.Slope.middleRows(d * m, d) +=
        share * Pair(samples.Points.col(i) - this->Centres.col(m), this->Width).Divergence();
    }
    if (base.cols() > 0)
    {
      objective.Slope += share * (own * base.col(i));
    }
    objective.Share += share;
  }
  objective.Gram += columns * shares.asDiagonal() * columns.transpose();
}

Eigen::MatrixXd CurlFreeBasis::ObjectivesAt(const FitSamples& samples, const Eigen::MatrixXd& base,
  const std::vector<Eigen::MatrixXd>& parameters) const
{
  Eigen::MatrixXd together(this->Centres.size(), static_cast<Index>(parameters.size()));
  for (std::size_t k = 0; k < parameters.size(); ++k)
  {
    together.col(static_cast<Index>(k)) = parameters[k];
  }
  const Index d = samples.Dimension();
  Eigen::MatrixXd values(samples.Count(), together.cols());
  Eigen::MatrixXd columns(this->Centres.size(), d);
  Eigen::VectorXd divergences(this->Centres.size());
  for (Index i = 0; i < samples.Count(); ++i)
  {
    this->FillColumns(samples.Points.col(i), columns);
    for (Index m = 0; m < this->Centres.cols(); ++m)
    {
      divergences.segment(d * m, d) =
        Pair(samples.Points.col(i) - this->Centres.col(m), this->Width).Divergence();
    }
    Eigen::MatrixXd scores = columns.transpose() * together;
    if (base.cols() > 0)
    {
      scores.colwise() += base.col(i);
    }
    values.row(i) = 0.5 * scores.colwise().squaredNorm() + divergences.transpose() * together;
  }
  return values;
}

Eigen::MatrixXd CurlFreeBasis::Penalty() const
{
  return KernelMatrix(this->Centres, this->Width);
}

std::unique_ptr<ScoreModel> CurlFreeBasis::Combine(const Eigen::MatrixXd& parameters) const
{
  const Eigen::Map<const Eigen::MatrixXd> coefficients(
    parameters.data(), this->Centres.rows(), this->Centres.cols());
  return std::make_unique<CurlFreeModel>(
    this->Centres, this->Width, coefficients, Eigen::VectorXd::Zero(this->Centres.cols()));
}

std::unique_ptr<ScoreModel> FitCurlFree(
  const FitSamples& samples, const Eigen::MatrixXd& base, double width, double regularization)
{
  const Index d = samples.Dimension();
  const Index n = samples.Count();
  Eigen::MatrixXd right = Eigen::MatrixXd::Zero(d, n);
  for (Index i = 0; i < n; ++i)
  {
    for (Index j = 0; j < n; ++j)
    {
      right.col(i) += samples.Shares[j] *
        Pair(samples.Points.col(i) - samples.Points.col(j), width).LaplacianGradient();
    }
  }
  if (base.cols() > 0)
  {
    right -= regularization * base;
  }
  Eigen::MatrixXd matrix = KernelMatrix(samples.Points, width);
  for (Index i = 0; i < n; ++i)
  {
    matrix.diagonal().segment(d * i, d).array() += regularization / samples.Shares[i];
  }
  const Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> root(matrix);
  if (root.info() != Eigen::Success)
  {
    RefuseSingular(regularization);
  }
  const Eigen::VectorXd solved =
    root.solve(Eigen::Map<const Eigen::VectorXd>(right.data(), right.size()));
  return std::make_unique<CurlFreeModel>(samples.Points, width,
    Eigen::Map<const Eigen::MatrixXd>(solved.data(), d, n) / regularization,
    samples.Shares / regularization);
}
}
