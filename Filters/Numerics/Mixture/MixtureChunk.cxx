// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Mixture/MixtureChunk.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
/// A component this far (in the logarithm) below the largest is left out.
constexpr double NegligibleLog = -40.0;
}

void MixtureChunkEvaluator::KeepRelevant(const MixtureChunk& chunk)
{
  Eigen::Vector3d lower = Eigen::Vector3d::Constant(std::numeric_limits<double>::infinity());
  Eigen::Vector3d upper = -lower;
  for (int lane = 0; lane < MixtureLanes; ++lane)
  {
    const Eigen::Vector3d point = chunk.Points.row(lane).transpose();
    if (point.allFinite())
    {
      lower = lower.cwiseMin(point);
      upper = upper.cwiseMax(point);
    }
  }
  this->Kept.clear();
  if (lower[0] > upper[0])
  {
    this->Kept.push_back(0); // no finite point: the result is NaN whatever is summed
    return;
  }
  this->Bounds.clear();
  double largest = -std::numeric_limits<double>::infinity();
  for (Index k = 0; k < this->Components.Count(); ++k)
  {
    this->Bounds.push_back(
      ContributionBounds(this->Components, k, 0.5 * (lower + upper), 0.5 * (upper - lower)));
    largest = std::max(largest, this->Bounds.back().Lower);
  }
  const double threshold =
    largest + NegligibleLog - std::log(static_cast<double>(this->Components.Count()));
  for (Index k = 0; k < this->Components.Count(); ++k)
  {
    // Also kept if the bounds overflowed to NaN.
    if (!(this->Bounds[static_cast<std::size_t>(k)].Upper < threshold))
    {
      this->Kept.push_back(k);
    }
  }
}

void MixtureChunkEvaluator::Whiten(const MixtureChunk& chunk, Index k, MixtureLane* white) const
{
  const Eigen::Matrix3d& whitening = this->Components.Whitening(k);
  const Eigen::Vector3d& mean = this->Components.Component(k).Mean;
  for (int a = this->Dimension - 1; a >= 0; --a)
  {
    const int row = this->Axis[a];
    white[a] = whitening(row, row) * (chunk.Points.col(row) - mean[row]);
    for (int b = 0; b < a; ++b)
    {
      const int column = this->Axis[b];
      white[a] += whitening(row, column) * (chunk.Points.col(column) - mean[column]);
    }
  }
}

void MixtureChunkEvaluator::ComponentScore(
  const MixtureChunk& chunk, Index k, MixtureLane* score) const
{
  MixtureLane white[3];
  this->Whiten(chunk, k, white);
  const Eigen::Matrix3d& whitening = this->Components.Whitening(k);
  for (int b = 0; b < this->Dimension; ++b)
  {
    score[b] = -whitening(this->Axis[b], this->Axis[b]) * white[b];
    for (int a = b + 1; a < this->Dimension; ++a)
    {
      score[b] -= whitening(this->Axis[a], this->Axis[b]) * white[a];
    }
  }
}

void MixtureChunkEvaluator::SumExponentials(const MixtureChunk& chunk)
{
  this->Responsibility.resize(this->Kept.size());
  this->Largest.setConstant(-std::numeric_limits<double>::infinity());
  for (std::size_t i = 0; i < this->Kept.size(); ++i)
  {
    MixtureLane white[3];
    this->Whiten(chunk, this->Kept[i], white);
    MixtureLane squared = white[0].square();
    for (int a = 1; a < this->Dimension; ++a)
    {
      squared += white[a].square();
    }
    this->Responsibility[i] = this->Components.LogPeak(this->Kept[i]) - 0.5 * squared;
    this->Largest = this->Largest.max(this->Responsibility[i]);
  }
  this->Sum.setZero();
  for (MixtureLane& value : this->Responsibility)
  {
    value = (value - this->Largest).exp();
    this->Sum += value;
  }
  for (MixtureLane& value : this->Responsibility)
  {
    value /= this->Sum;
  }
}

void MixtureChunkEvaluator::SumScore(const MixtureChunk& chunk)
{
  for (int a = 0; a < this->Dimension; ++a)
  {
    this->Score[a].setZero();
  }
  for (std::size_t i = 0; i < this->Kept.size(); ++i)
  {
    MixtureLane score[3];
    this->ComponentScore(chunk, this->Kept[i], score);
    for (int a = 0; a < this->Dimension; ++a)
    {
      this->Score[a] += this->Responsibility[i] * score[a];
    }
  }
}

void MixtureChunkEvaluator::WriteScalars(const MixtureChunk& chunk) const
{
  for (int lane = 0; lane < chunk.Count; ++lane)
  {
    if (this->Out.LogDensity)
    {
      this->Out.LogDensity[chunk.Begin + lane] = this->Largest[lane] + std::log(this->Sum[lane]);
    }
    if (this->Out.Density)
    {
      this->Out.Density[chunk.Begin + lane] = std::exp(this->Largest[lane]) * this->Sum[lane];
    }
  }
}

void MixtureChunkEvaluator::WriteScore(const MixtureChunk& chunk) const
{
  Eigen::Map<Eigen::Matrix3Xd> out(this->Out.Score + 3 * chunk.Begin, 3, chunk.Count);
  out.setZero();
  for (int a = 0; a < this->Dimension; ++a)
  {
    out.row(this->Axis[a]) = this->Score[a].head(chunk.Count).matrix().transpose();
  }
}

void MixtureChunkEvaluator::WriteHessian(const MixtureChunk& chunk) const
{
  std::array<Eigen::Matrix3d, MixtureLanes> hessian;
  hessian.fill(Eigen::Matrix3d::Zero());
  for (std::size_t i = 0; i < this->Kept.size(); ++i)
  {
    const Eigen::Matrix3d& whitening = this->Components.Whitening(this->Kept[i]);
    const Eigen::Matrix3d precision = whitening.transpose() * whitening;
    MixtureLane score[3];
    this->ComponentScore(chunk, this->Kept[i], score);
    for (int lane = 0; lane < chunk.Count; ++lane)
    {
      Eigen::Vector3d offset = Eigen::Vector3d::Zero();
      for (int a = 0; a < this->Dimension; ++a)
      {
        offset[this->Axis[a]] = score[a][lane] - this->Score[a][lane];
      }
      hessian[static_cast<std::size_t>(lane)] +=
        this->Responsibility[i][lane] * (offset * offset.transpose() - precision);
    }
  }
  for (int lane = 0; lane < chunk.Count; ++lane)
  {
    Eigen::Map<SymmetricTensor>(this->Out.Hessian + 6 * (chunk.Begin + lane)) =
      ToTensor(hessian[static_cast<std::size_t>(lane)]);
  }
}

void MixtureChunkEvaluator::MarkNonFinite(const MixtureChunk& chunk) const
{
  const auto mark = [](double* array, Index entry, Index components)
  {
    if (array)
    {
      std::fill_n(array + entry * components, components, std::numeric_limits<double>::quiet_NaN());
    }
  };
  for (int lane = 0; lane < chunk.Count; ++lane)
  {
    for (int a = 0; a < this->Dimension; ++a)
    {
      if (!std::isfinite(chunk.Points(lane, this->Axis[a])))
      {
        mark(this->Out.Density, chunk.Begin + lane, 1);
        mark(this->Out.LogDensity, chunk.Begin + lane, 1);
        mark(this->Out.Score, chunk.Begin + lane, 3);
        mark(this->Out.Hessian, chunk.Begin + lane, 6);
      }
    }
  }
}

void MixtureChunkEvaluator::Run(const MixtureChunk& chunk)
{
  this->KeepRelevant(chunk);
  this->SumExponentials(chunk);
  this->WriteScalars(chunk);
  if (this->Out.Score || this->Out.Hessian)
  {
    this->SumScore(chunk);
  }
  if (this->Out.Score)
  {
    this->WriteScore(chunk);
  }
  if (this->Out.Hessian)
  {
    this->WriteHessian(chunk);
  }
  this->MarkNonFinite(chunk);
}
}
