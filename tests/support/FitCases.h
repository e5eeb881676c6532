// SPDX-License-Identifier: BSD-3-Clause
#ifndef support_FitCases_h
#define support_FitCases_h

#include "Numerics/Base/Random.h"
#include "Numerics/Fit/FitSamples.h"
#include "Numerics/Fit/ScoreModel.h"

#include "support/Reference.h"

#include <algorithm>

/// Small clouds for the tests of fitted models.
namespace fitcases
{
using scorefields::Axes;
using scorefields::FitSamples;
using scorefields::Index;

/// Points as they are, without a change of the origin and the unit.
inline FitSamples Plain(
  const Eigen::MatrixXd& points, const Eigen::VectorXd& weights, double noise = 0.0)
{
  FitSamples samples;
  const Index d = points.rows();
  samples.Frame.Active = Axes::First(static_cast<int>(d));
  samples.Frame.Origin = Eigen::VectorXd::Zero(d);
  samples.Frame.Scale = Eigen::VectorXd::Ones(d);
  samples.Frame.Rest = Eigen::Vector3d::Zero();
  samples.Points = points;
  samples.Shares = weights / weights.sum();
  samples.Noise = Eigen::VectorXd::Constant(d, noise);
  return samples;
}

inline FitSamples Plain(const Eigen::MatrixXd& points, double noise = 0.0)
{
  return Plain(points, Eigen::VectorXd::Ones(points.cols()), noise);
}

/// Independent standard normal values.
inline Eigen::MatrixXd Normals(Index d, Index n, std::uint64_t seed)
{
  scorefields::RandomStream stream(seed, 0, 0);
  Eigen::MatrixXd values(d, n);
  std::generate(
    values.data(), values.data() + values.size(), [&stream] { return stream.Normal(); });
  return values;
}

/// The five points of the reference.
inline Eigen::MatrixXd FivePoints()
{
  return reference::Points(reference::All()["kde5"]["points"]).topRows(2);
}

/// The divergence of a model's score at a point, by central differences of fourth order with the
/// step 1e-3: for scores of unit length the error is below 1e-10.
inline double Divergence(const scorefields::ScoreModel& model, const Eigen::VectorXd& point)
{
  constexpr double step = 1e-3;
  double sum = 0.0;
  for (Index a = 0; a < point.size(); ++a)
  {
    const auto at = [&](double shift)
    {
      Eigen::MatrixXd moved = point;
      moved(a, 0) += shift * step;
      return model.ScoreAt(moved)(a, 0);
    };
    sum += (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step);
  }
  return sum;
}

/// The gradient of a model's log density, by the same differences.
inline Eigen::VectorXd Gradient(const scorefields::ScoreModel& model, const Eigen::VectorXd& point)
{
  constexpr double step = 1e-3;
  Eigen::VectorXd gradient(point.size());
  for (Index a = 0; a < point.size(); ++a)
  {
    const auto at = [&](double shift)
    {
      Eigen::MatrixXd moved = point;
      moved(a, 0) += shift * step;
      Eigen::MatrixXd score;
      Eigen::VectorXd logDensity;
      model.Evaluate(moved, score, &logDensity);
      return logDensity[0];
    };
    gradient[a] = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step);
  }
  return gradient;
}

/// Hyvarinen's objective of a model, with the divergence by differences.
inline double Objective(const scorefields::ScoreModel& model, const FitSamples& samples)
{
  double sum = 0.0;
  const Eigen::MatrixXd score = model.ScoreAt(samples.Points);
  for (Index i = 0; i < samples.Count(); ++i)
  {
    sum += samples.Shares[i] *
      (0.5 * score.col(i).squaredNorm() + Divergence(model, samples.Points.col(i)));
  }
  return sum;
}
}

#endif
