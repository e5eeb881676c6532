// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Density/LeaveOut.h"

#include <numeric>

namespace scorefields
{
LeaveOut::LeaveOut(const ImagedProblem& problem)
  : Problem(problem)
  , Peak(std::exp(problem.Kernel.LogPeak()))
  , Precision(problem.Kernel.Precision())
  , MeanWeight(std::exp(Normalization::Of(problem.Originals, problem.Kernel).LogMeanWeight))
{
  if (!problem.LeaveOneOut || !problem.Owner)
  {
    return;
  }
  const std::vector<Index>& owner = *problem.Owner;
  this->Begin.assign(static_cast<std::size_t>(problem.Originals.Count()) + 1, 0);
  for (const Index original : owner)
  {
    ++this->Begin[static_cast<std::size_t>(original) + 1];
  }
  std::partial_sum(this->Begin.begin(), this->Begin.end(), this->Begin.begin());
  std::vector<Index> next = this->Begin;
  this->Image.resize(owner.size());
  for (std::size_t k = 0; k < owner.size(); ++k)
  {
    const auto place = static_cast<std::size_t>(next[static_cast<std::size_t>(owner[k])]++);
    this->Image[place] = static_cast<Index>(k);
  }
}

SplineValue LeaveOut::OwnKernels(Index query) const
{
  SplineValue own;
  Eigen::Map<Eigen::Vector3d> first(own.First.data());
  Eigen::Map<SymmetricTensor> second(own.Second.data());
  first.setZero();
  second.setZero();
  if (this->Begin.empty())
  {
    own.Value = this->Peak;
    second = -this->Peak * ToTensor(this->Precision);
    return own;
  }
  own.Value = 0.0;
  const auto sample = static_cast<std::size_t>(query);
  for (Index k = this->Begin[sample]; k < this->Begin[sample + 1]; ++k)
  {
    const Index image = this->Image[static_cast<std::size_t>(k)];
    const Eigen::Vector3d offset =
      this->Problem.Cloud.Points.col(image) - this->Problem.Queries.col(query);
    const Eigen::Vector3d slope = this->Precision * offset;
    const double value = this->Peak * std::exp(-0.5 * offset.dot(slope));
    own.Value += value;
    first += value * slope;
    second += value * ToTensor(slope * slope.transpose() - this->Precision);
  }
  return own;
}

SplineValue LeaveOut::Of(const SplineValue& value, Index query) const
{
  const double rest = this->Rest(query);
  const SplineValue own = this->OwnKernels(query);
  const double share = 1.0 - rest;
  SplineValue others = value;
  others.Value = (value.Value - share * own.Value) / rest;
  for (std::size_t a = 0; a < 3; ++a)
  {
    others.First[a] = (value.First[a] - share * own.First[a]) / rest;
  }
  for (std::size_t k = 0; k < 6; ++k)
  {
    others.Second[k] = (value.Second[k] - share * own.Second[k]) / rest;
  }
  return others;
}
}
