// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/RadialBasis.h"

#include <utility>

namespace scorefields
{
namespace
{
/// psi_m at each point, M by m.
Eigen::MatrixXd BumpsAt(
  const Eigen::MatrixXd& centres, double width, const Eigen::Ref<const Eigen::MatrixXd>& points)
{
  Eigen::MatrixXd bumps(centres.cols(), points.cols());
  for (Index i = 0; i < points.cols(); ++i)
  {
    bumps.col(i) = (centres.colwise() - points.col(i)).colwise().squaredNorm().transpose();
  }
  return (bumps.array() * (-0.5 / (width * width))).exp();
}

class RadialModel : public ScoreModel
{
public:
  RadialModel(const Eigen::MatrixXd& centres, double width, Eigen::MatrixXd coefficients)
    : Centres(centres)
    , Width(width)
    , Coefficients(std::move(coefficients))
  {
  }
  Potential Knows() const override { return Potential::None; }
  void Evaluate(const Eigen::MatrixXd& points, Eigen::MatrixXd& score,
    Eigen::VectorXd* /*logDensity*/) const override
  {
    score = this->Coefficients.transpose() * BumpsAt(this->Centres, this->Width, points);
  }

  FitTable Parameters(const FitFrame& frame) const override
  {
    FitTable table;
    table.Names = NamesAlongAxes("Center", frame);
    const auto coefficients = NamesAlongAxes("Coefficient", frame);
    table.Names.insert(table.Names.end(), coefficients.begin(), coefficients.end());
    table.Values.resize(this->Centres.cols(), 2 * this->Centres.rows());
    table.Values << this->Centres.transpose(), this->Coefficients;
    return table;
  }

private:
  Eigen::MatrixXd Centres;
  double Width;
  Eigen::MatrixXd Coefficients; ///< M by d
};
}

RadialBasis::RadialBasis(Eigen::MatrixXd centres, double width)
  : Centres(std::move(centres))
  , Width(width)
{
}

QuadraticObjective RadialBasis::Zero() const
{
  return QuadraticObjective(this->Centres.cols(), this->Centres.rows());
}

void RadialBasis::Add(const FitSamples& samples, const Eigen::MatrixXd& base, Index begin,
  Index end, QuadraticObjective& objective) const
{
  const auto points = samples.Points.middleCols(begin, end - begin);
  const auto shares = samples.Shares.segment(begin, end - begin);
  const Eigen::MatrixXd bumps = BumpsAt(this->Centres, this->Width, points);
  const Eigen::MatrixXd weighted = bumps * shares.asDiagonal();
  objective.Gram += weighted * bumps.transpose();
  // sum p d_a psi = sum p psi (c_a - y_a) / w^2
  const Eigen::VectorXd total = weighted.rowwise().sum();
  objective.Slope +=
    (total.asDiagonal() * this->Centres.transpose() - weighted * points.transpose()) /
    (this->Width * this->Width);
  if (base.cols() > 0)
  {
    objective.Slope += weighted * base.middleCols(begin, end - begin).transpose();
  }
  objective.Share += shares.sum();
}

Eigen::MatrixXd RadialBasis::ObjectivesAt(const FitSamples& samples, const Eigen::MatrixXd& base,
  const std::vector<Eigen::MatrixXd>& parameters) const
{
  const Eigen::MatrixXd bumps = BumpsAt(this->Centres, this->Width, samples.Points);
  Eigen::MatrixXd values(samples.Count(), static_cast<Index>(parameters.size()));
  for (std::size_t k = 0; k < parameters.size(); ++k)
  {
    const Eigen::MatrixXd& t = parameters[k];
    Eigen::MatrixXd score = t.transpose() * bumps;
    // sum_a d_a f_a = sum_m (t_m . (c_m - y)) psi_m / w^2
    const Eigen::VectorXd along = t.cwiseProduct(this->Centres.transpose()).rowwise().sum();
    const Eigen::RowVectorXd divergence =
      (along.transpose() * bumps - score.cwiseProduct(samples.Points).colwise().sum()) /
      (this->Width * this->Width);
    if (base.cols() > 0)
    {
      score += base;
    }
    values.col(static_cast<Index>(k)) =
      (0.5 * score.colwise().squaredNorm() + divergence).transpose();
  }
  return values;
}

std::unique_ptr<ScoreModel> RadialBasis::Combine(const Eigen::MatrixXd& parameters) const
{
  return std::make_unique<RadialModel>(this->Centres, this->Width, parameters);
}
}
