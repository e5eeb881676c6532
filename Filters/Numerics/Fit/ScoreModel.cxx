// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/ScoreModel.h"

#include "Numerics/Mixture/MixtureTable.h"

#include <utility>

namespace scorefields
{
std::vector<std::string> NamesAlongAxes(const std::string& name, const FitFrame& frame)
{
  std::vector<std::string> names;
  for (int a = 0; a < frame.Active.Count; ++a)
  {
    names.push_back(name + "XYZ"[frame.Active.Axis[a]]);
  }
  return names;
}

FitTable TableOfGaussians(const std::vector<double>& weights,
  const std::vector<Eigen::VectorXd>& means, const std::vector<Eigen::MatrixXd>& covariances,
  const FitFrame& frame)
{
  FitTable table;
  table.Names = { "Weight", "MeanX", "MeanY", "MeanZ", "CovarianceXX", "CovarianceYY",
    "CovarianceZZ", "CovarianceXY", "CovarianceYZ", "CovarianceXZ" };
  std::vector<MixtureComponent> bells;
  const auto scale = frame.Scale.asDiagonal();
  for (std::size_t k = 0; k < weights.size(); ++k)
  {
    Eigen::Vector3d mean = frame.Rest;
    for (int a = 0; a < frame.Active.Count; ++a)
    {
      mean[frame.Active.Axis[a]] = frame.Origin[a] + frame.Scale[a] * means[k][a];
    }
    bells.push_back({ weights[k], mean, frame.Active.Embedded(scale * covariances[k] * scale) });
  }
  table.Values = ToTable(Mixture(frame.Active, std::move(bells))).transpose();
  return table;
}
}
