// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/MixtureLoss.h"

#include "Numerics/Base/Random.h"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>

namespace scorefields
{
namespace
{
constexpr double FloorOfNoise = 0.01; ///< f of MixtureFit.h
constexpr std::uint32_t NoiseStep = 0xffffff02U;
constexpr Index Chunk = 1024;
}

/// A Gaussian ready to be evaluated.
struct Bell
{
  double LogWeight = 0.0; ///< with the peak of the density
  Small Mean;
  SmallMatrix Precision;

  Bell(double weight, const Small& mean, const SmallMatrix& covariance);
};

/// The density of a mixture at one place.
struct MixtureAt
{
  std::vector<double> Shares; ///< responsibilities
  std::vector<Small> Scores;  ///< of each component
  Small Score;
  double LogDensity = 0.0;

  explicit MixtureAt(std::size_t components)
    : Shares(components)
    , Scores(components)
  {
  }
  void Look(const std::vector<Bell>& bells, const Small& y);
};

Bell::Bell(double weight, const Small& mean, const SmallMatrix& covariance)
  : Mean(mean)
  , Precision(covariance.inverse())
{
  this->LogWeight = std::log(weight) - 0.5 * std::log(covariance.determinant()) -
    0.5 * static_cast<double>(mean.size()) * std::log(2.0 * Pi);
}

void MixtureAt::Look(const std::vector<Bell>& bells, const Small& y)
{
  for (std::size_t k = 0; k < bells.size(); ++k)
  {
    const Small offset = bells[k].Mean - y;
    this->Scores[k] = bells[k].Precision * offset;
    this->Shares[k] = bells[k].LogWeight - 0.5 * offset.dot(this->Scores[k]);
  }
  const double largest = *std::max_element(this->Shares.begin(), this->Shares.end());
  double sum = 0.0;
  for (double& share : this->Shares)
  {
    share = std::exp(share - largest);
    sum += share;
  }
  this->Score = Small::Zero(y.size());
  for (std::size_t k = 0; k < bells.size(); ++k)
  {
    this->Shares[k] /= sum;
    this->Score += this->Shares[k] * this->Scores[k];
  }
  this->LogDensity = largest + std::log(sum);
}

namespace
{
std::vector<Bell> BellsOf(
  const std::vector<MixtureComponent>& components, const Eigen::VectorXd& variance)
{
  const Index d = variance.size();
  std::vector<Bell> bells;
  for (const MixtureComponent& component : components)
  {
    SmallMatrix covariance = component.Covariance.topLeftCorner(d, d);
    covariance.diagonal() += variance;
    bells.emplace_back(component.Weight, component.Mean.head(d), covariance);
  }
  return bells;
}
}

SmallMatrix MixtureLayout::FactorOf(const Eigen::VectorXd& x, Index k) const
{
  SmallMatrix factor = SmallMatrix::Zero(this->D, this->D);
  Index place = this->Each() * k + 1 + this->D;
  for (Index row = 0; row < this->D; ++row)
  {
    for (Index column = 0; column <= row; ++column, ++place)
    {
      factor(row, column) = row == column ? std::exp(x[place]) : x[place];
    }
  }
  return factor;
}

void MixtureLayout::SetFactor(const SmallMatrix& factor, Index k, Eigen::VectorXd& x) const
{
  Index place = this->Each() * k + 1 + this->D;
  for (Index row = 0; row < this->D; ++row)
  {
    for (Index column = 0; column <= row; ++column, ++place)
    {
      x[place] = row == column ? std::log(factor(row, row)) : factor(row, column);
    }
  }
}

void MixtureLayout::AddFactor(const SmallMatrix& derivative, const SmallMatrix& factor, Index k,
  Eigen::VectorXd& gradient) const
{
  Index place = this->Each() * k + 1 + this->D;
  for (Index row = 0; row < this->D; ++row)
  {
    for (Index column = 0; column <= row; ++column, ++place)
    {
      gradient[place] += derivative(row, column) * (row == column ? factor(row, row) : 1.0);
    }
  }
}

std::vector<double> MixtureLayout::Weights(const Eigen::VectorXd& x) const
{
  std::vector<double> weights;
  double largest = x[0];
  for (Index k = 0; k < this->Count; ++k)
  {
    largest = std::max(largest, x[this->Each() * k]);
  }
  double sum = 0.0;
  for (Index k = 0; k < this->Count; ++k)
  {
    weights.push_back(std::exp(x[this->Each() * k] - largest));
    sum += weights.back();
  }
  for (double& weight : weights)
  {
    weight /= sum;
  }
  return weights;
}

NoisedSamples AddNoise(const FitSamples& samples, std::uint64_t seed)
{
  constexpr Index wanted = 20000;
  const Index n = samples.Count();
  const Index pairs = std::clamp<Index>(wanted / (2 * n), 2, 50);
  NoisedSamples noised{ Eigen::MatrixXd(samples.Dimension(), 2 * pairs * n), {}, {},
    samples.Noise };
  noised.Draws.resizeLike(noised.Points);
  noised.Shares.resize(noised.Points.cols());
  Index place = 0;
  for (Index i = 0; i < n; ++i)
  {
    RandomStream stream(seed, static_cast<std::uint64_t>(i), NoiseStep);
    for (Index pair = 0; pair < pairs; ++pair)
    {
      Small z(samples.Dimension());
      std::generate(z.data(), z.data() + z.size(), [&stream] { return stream.Normal(); });
      for (const double sign : { 1.0, -1.0 })
      {
        noised.Draws.col(place) = sign * z;
        noised.Points.col(place) = samples.Points.col(i) + sign * samples.Noise.cwiseProduct(z);
        noised.Shares[place++] = samples.Shares[i] / static_cast<double>(2 * pairs);
      }
    }
  }
  return noised;
}

std::vector<MixtureComponent> ComponentsOf(
  const Eigen::VectorXd& x, const MixtureLayout& layout, const Eigen::VectorXd& noise)
{
  const std::vector<double> weights = layout.Weights(x);
  const Index d = layout.Dimension();
  std::vector<MixtureComponent> components;
  for (Index k = 0; k < layout.Components(); ++k)
  {
    MixtureComponent component;
    component.Weight =
      std::max(weights[static_cast<std::size_t>(k)], std::numeric_limits<double>::min());
    component.Mean.head(d) = layout.MeanOf(x, k);
    component.Covariance.setZero();
    SmallMatrix covariance = layout.FactorOf(x, k) * layout.FactorOf(x, k).transpose();
    covariance.diagonal() += FloorOfNoise * noise.cwiseAbs2();
    component.Covariance.topLeftCorner(d, d) = covariance;
    components.push_back(component);
  }
  return components;
}

MixtureLoss::MixtureLoss(
  const NoisedSamples& noised, const MixtureLayout& layout, const Execution& execution)
  : Over(noised)
  , Places(layout)
  , Run(execution)
{
}

double MixtureLoss::operator()(const Eigen::VectorXd& x, Eigen::VectorXd& gradient) const
{
  const std::vector<Bell> bells =
    BellsOf(ComponentsOf(x, this->Places, this->Over.Noise), this->Over.Noise.cwiseAbs2());
  const Index count = this->Over.Points.cols();
  const Index chunks = (count + Chunk - 1) / Chunk;
  Eigen::VectorXd losses = Eigen::VectorXd::Zero(chunks);
  Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(this->SumSize(), chunks);
  this->Run.For(chunks,
    [&](Index begin, Index end)
    {
      for (Index chunk = begin; chunk < end; ++chunk)
      {
        losses[chunk] = this->AddChunk(
          bells, chunk * Chunk, std::min(count, (chunk + 1) * Chunk), sums.col(chunk));
      }
    });
  this->Finish(x, sums.rowwise().sum(), gradient);
  return losses.sum();
}

Index MixtureLoss::EachSum() const
{
  const Index d = this->Places.Dimension();
  return 1 + d + d * d;
}

double MixtureLoss::AddChunk(
  const std::vector<Bell>& bells, Index begin, Index end, Eigen::Ref<Eigen::VectorXd> sums) const
{
  const Index d = this->Places.Dimension();
  const Small noise = this->Over.Noise;
  double loss = 0.0;
  MixtureAt at(bells.size());
  for (Index i = begin; i < end; ++i)
  {
    at.Look(bells, this->Over.Points.col(i));
    const Small miss = noise.cwiseProduct(at.Score) + this->Over.Draws.col(i);
    loss += 0.5 * this->Over.Shares[i] * miss.squaredNorm();
    const Small g = this->Over.Shares[i] * noise.cwiseProduct(miss);
    for (std::size_t k = 0; k < bells.size(); ++k)
    {
      const Small& v = at.Scores[k];
      const double u = g.dot(v - at.Score);
      const Small pulled = bells[k].Precision * g;
      double* own = sums.data() + this->EachSum() * static_cast<Index>(k);
      own[0] += at.Shares[k] * u;
      Eigen::Map<Eigen::VectorXd>(own + 1, d) += at.Shares[k] * (pulled - u * v);
      const SmallMatrix cross = pulled * v.transpose();
      Eigen::Map<Eigen::MatrixXd>(own + 1 + d, d, d) += at.Shares[k] *
        (0.5 * u * (v * v.transpose() - bells[k].Precision) - 0.5 * (cross + cross.transpose()));
    }
  }
  return loss;
}

void MixtureLoss::Finish(
  const Eigen::VectorXd& x, const Eigen::VectorXd& sums, Eigen::VectorXd& gradient) const
{
  const Index d = this->Places.Dimension();
  gradient.setZero(x.size());
  for (Index k = 0; k < this->Places.Components(); ++k)
  {
    const double* own = sums.data() + this->EachSum() * k;
    this->Places.LogWeight(gradient, k) += own[0];
    this->Places.Mean(gradient, k) += Eigen::Map<const Eigen::VectorXd>(own + 1, d);
    const SmallMatrix factor = this->Places.FactorOf(x, k);
    const SmallMatrix covariance = Eigen::Map<const Eigen::MatrixXd>(own + 1 + d, d, d);
    this->Places.AddFactor(2.0 * covariance * factor, factor, k, gradient);
  }
}
}
