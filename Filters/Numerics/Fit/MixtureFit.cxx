// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/MixtureFit.h"

#include "Numerics/Base/Random.h"
#include "Numerics/Fit/Clusters.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace scorefields
{
namespace
{
constexpr double FloorOfNoise = 0.01; ///< f
constexpr std::uint32_t NoiseStep = 0xffffff02U;
constexpr Index Chunk = 1024;

/// Where the numbers of a component stand in the vector of parameters: the logarithm of its weight,
/// its mean, and the rows of its lower triangle.
class Layout
{
public:
  Layout(Index dimension, Index components)
    : D(dimension)
    , Count(components)
  {
  }
  Index Each() const { return 1 + this->D + this->D * (this->D + 1) / 2; }
  Index Size() const { return this->Each() * this->Count; }
  Index Components() const { return this->Count; }
  Index Dimension() const { return this->D; }

  double& LogWeight(Eigen::VectorXd& x, Index k) const { return x[this->Each() * k]; }
  auto Mean(Eigen::VectorXd& x, Index k) const { return x.segment(this->Each() * k + 1, this->D); }
  Small MeanOf(const Eigen::VectorXd& x, Index k) const
  {
    return x.segment(this->Each() * k + 1, this->D);
  }
  SmallMatrix FactorOf(const Eigen::VectorXd& x, Index k) const
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
  /// The derivative over the entries of the factor as one over the parameters.
  void AddFactor(const SmallMatrix& derivative, const SmallMatrix& factor, Index k,
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
  std::vector<double> Weights(const Eigen::VectorXd& x) const
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

private:
  Index D;
  Index Count;
};

/// The noised samples: what the loss is the mean over.
struct Noised
{
  Eigen::MatrixXd Points; ///< y + s z
  Eigen::MatrixXd Draws;  ///< z
  Eigen::VectorXd Shares;
  Eigen::VectorXd Noise; ///< s
};

Noised AddNoise(const FitSamples& samples, std::uint64_t seed)
{
  constexpr Index wanted = 20000;
  const Index n = samples.Count();
  const Index pairs = std::clamp<Index>(wanted / (2 * n), 2, 50);
  Noised noised{ Eigen::MatrixXd(samples.Dimension(), 2 * pairs * n), {}, {}, samples.Noise };
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

std::vector<FittedComponent> ComponentsOf(
  const Eigen::VectorXd& x, const Layout& layout, const Eigen::VectorXd& noise)
{
  const std::vector<double> weights = layout.Weights(x);
  std::vector<FittedComponent> components;
  for (Index k = 0; k < layout.Components(); ++k)
  {
    const SmallMatrix factor = layout.FactorOf(x, k);
    FittedComponent component{ weights[static_cast<std::size_t>(k)], layout.MeanOf(x, k),
      factor * factor.transpose() };
    component.Covariance.diagonal() += FloorOfNoise * noise.cwiseAbs2();
    components.push_back(std::move(component));
  }
  return components;
}

/// The loss and its gradient.
///
/// With g = the loss's derivative over the score s, v_k the score of component k and u_k = g . (v_k
/// - s), a change of component k changes the loss by r_k (u_k dq_k + g . dv_k), where q_k is the
/// logarithm of its part of the density. So over its mean that is r (P g - u v), and over its
/// covariance r (u (v v' - P) / 2 - sym(P g v')).
class Loss
{
public:
  Loss(const Noised& noised, const Layout& layout, const Execution& execution)
    : Over(noised)
    , Places(layout)
    , Run(execution)
  {
  }

  double operator()(const Eigen::VectorXd& x, Eigen::VectorXd& gradient) const
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

private:
  /// For each component: the derivatives over the logarithm of its weight, its mean and its
  /// covariance (d by d).
  Index SumSize() const { return this->EachSum() * this->Places.Components(); }
  Index EachSum() const
  {
    const Index d = this->Places.Dimension();
    return 1 + d + d * d;
  }

  double AddChunk(
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

  void Finish(
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

  const Noised& Over;
  const Layout& Places;
  const Execution& Run;
};

/// Step 4.
void WeighBySamples(const FitSamples& samples, std::vector<FittedComponent>& components)
{
  constexpr int rounds = 200;
  constexpr double tolerance = 1e-10;
  double change = 1.0;
  MixtureAt at(components.size());
  for (int round = 0; round < rounds && change > tolerance; ++round)
  {
    const std::vector<Bell> bells = BellsOf(components, samples.Noise.cwiseAbs2());
    std::vector<double> weights(components.size(), 0.0);
    for (Index i = 0; i < samples.Count(); ++i)
    {
      at.Look(bells, samples.Points.col(i));
      for (std::size_t k = 0; k < weights.size(); ++k)
      {
        weights[k] += samples.Shares[i] * at.Shares[k];
      }
    }
    change = 0.0;
    for (std::size_t k = 0; k < weights.size(); ++k)
    {
      change = std::max(change, std::abs(weights[k] - components[k].Weight));
      components[k].Weight = std::max(weights[k], std::numeric_limits<double>::min());
    }
  }
}

Eigen::VectorXd StartFrom(const Clusters& clusters, const FitSamples& samples, const Layout& layout)
{
  Eigen::VectorXd x = Eigen::VectorXd::Zero(layout.Size());
  for (Index k = 0; k < layout.Components(); ++k)
  {
    SmallMatrix covariance = SmallMatrix::Zero(samples.Dimension(), samples.Dimension());
    double share = 0.0;
    for (Index i = 0; i < samples.Count(); ++i)
    {
      if (clusters.Of[static_cast<std::size_t>(i)] == k)
      {
        const Small offset = samples.Points.col(i) - clusters.Centres.col(k);
        covariance += samples.Shares[i] * offset * offset.transpose();
        share += samples.Shares[i];
      }
    }
    // A prior of a few hundredths of the cloud keeps small clusters from being flat.
    covariance /= share;
    covariance.diagonal().array() += 0.01;
    layout.LogWeight(x, k) = std::log(share);
    layout.Mean(x, k) = clusters.Centres.col(k);
    const SmallMatrix factor = covariance.llt().matrixL();
    Index place = layout.Each() * k + 1 + layout.Dimension();
    for (Index row = 0; row < layout.Dimension(); ++row)
    {
      for (Index column = 0; column <= row; ++column, ++place)
      {
        x[place] = row == column ? std::log(factor(row, row)) : factor(row, column);
      }
    }
  }
  return x;
}
}

MixtureFit FitMixture(
  const FitSamples& samples, const MixtureFitRequest& request, const Execution& execution)
{
  // 1. Centres.
  const Clusters clusters = FindClusters(samples, request.Components, request.Seed);
  const Layout layout(samples.Dimension(), request.Components);
  Eigen::VectorXd x = StartFrom(clusters, samples, layout);
  // 2. Noise.
  const Noised noised = AddNoise(samples, request.Seed);
  // 3. The least loss.
  const Loss loss(noised, layout, execution);
  MixtureFit fit;
  Eigen::VectorXd gradient(x.size());
  fit.Losses.push_back(loss(x, gradient));
  constexpr double tolerance = 1e-7;
  fit.Minimum = Minimise(loss, x, tolerance, request.MaximumIterations,
    [&](Index iteration, double value)
    {
      fit.Losses.push_back(value);
      execution.Checkpoint(
        static_cast<double>(iteration) / static_cast<double>(request.MaximumIterations));
    });
  fit.Components = ComponentsOf(x, layout, samples.Noise);
  // 4. Weights.
  WeighBySamples(samples, fit.Components);
  return fit;
}
}
