// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Regions/SampleShares.h"

#include <algorithm>
#include <stdexcept>

namespace scorefields
{
namespace
{
/// y at x, linear between knots with ascending x, of which some may be equal: the first of these.
double Linear(const std::vector<double>& x, const std::vector<double>& y, double at)
{
  const auto next = std::lower_bound(x.begin(), x.end(), at);
  if (next == x.begin())
  {
    return y.front();
  }
  if (next == x.end())
  {
    return y.back();
  }
  const auto i = static_cast<std::size_t>(next - x.begin());
  return y[i - 1] + (at - x[i - 1]) / (x[i] - x[i - 1]) * (y[i] - y[i - 1]);
}
}

SampleShares::SampleShares(std::vector<std::pair<double, double>> weightedDensities)
{
  std::sort(weightedDensities.begin(), weightedDensities.end());
  double sum = 0.0;
  for (const auto& [density, weight] : weightedDensities)
  {
    if (weight > 0.0)
    {
      this->Densities.push_back(density);
      this->Quantiles.push_back(sum);
      sum += weight;
    }
  }
  if (this->Densities.empty())
  {
    throw std::invalid_argument("no sample has a density and a positive weight");
  }
  const double most = this->Quantiles.back();
  for (double& quantile : this->Quantiles)
  {
    quantile = most > 0.0 ? quantile / most : 0.0;
  }
}

double SampleShares::LevelOf(double share) const
{
  return Linear(this->Quantiles, this->Densities, 1.0 - share);
}

double SampleShares::ShareAbove(double density) const
{
  if (density > this->Densities.back())
  {
    return 0.0;
  }
  return 1.0 - Linear(this->Densities, this->Quantiles, density);
}
}
