// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/NetworkTraining.h"

#include "Numerics/Base/Random.h"
#include "Numerics/Exact/ExactSum.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

namespace scorefields
{
namespace
{
constexpr Index BatchSize = 512;
constexpr Index TestSize = 4096;
constexpr Index Piece = 128;      ///< points of a batch that one thread takes at once
constexpr Index MostRows = 100;   ///< besides that of the start
constexpr Index StepsPerRow = 20; ///< at least, since a row costs as much as 5 steps
constexpr std::uint32_t TestStep = 0xffffff05U;

/// Adam's memory.
struct Adam
{
  Eigen::VectorXd First;
  Eigen::VectorXd Second;

  explicit Adam(Index parameters)
    : First(Eigen::VectorXd::Zero(parameters))
    , Second(Eigen::VectorXd::Zero(parameters))
  {
  }
  /// @param step  from 1 on.
  void Move(const Eigen::VectorXd& gradient, double size, Index step, Eigen::VectorXd& parameters)
  {
    constexpr double first = 0.9;
    constexpr double second = 0.999;
    constexpr double floor = 1e-8;
    const auto number = static_cast<double>(step);
    this->First = first * this->First + (1.0 - first) * gradient;
    this->Second = second * this->Second + (1.0 - second) * gradient.cwiseAbs2();
    const double firstBias = 1.0 - std::pow(first, number);
    const double secondBias = 1.0 - std::pow(second, number);
    parameters.array() -= size * (this->First.array() / firstBias) /
      ((this->Second.array() / secondBias).sqrt() + floor);
  }
};

double StepSize(double largest, Index step, Index steps)
{
  const double at = static_cast<double>(step) / static_cast<double>(steps);
  constexpr double rise = 0.01;
  constexpr double least = 1e-3;
  if (at < rise)
  {
    return largest * at / rise;
  }
  return largest *
    (least + (1.0 - least) * 0.5 * (1.0 + std::cos(Pi * (at - rise) / (1.0 - rise))));
}

/// Orthogonal columns of the length of a normal draw, each as likely as any other of its length.
Eigen::MatrixXd Cross(Index d, RandomStream& stream)
{
  Eigen::MatrixXd cross(d, d);
  std::generate(cross.data(), cross.data() + cross.size(), [&stream] { return stream.Normal(); });
  const double length = cross.col(0).norm();
  for (Index a = 0; a < d; ++a)
  {
    for (Index b = 0; b < a; ++b)
    {
      cross.col(a) -= cross.col(b) * cross.col(b).dot(cross.col(a));
    }
    cross.col(a).normalize();
  }
  return length * cross;
}

NetworkShape ShapeOf(const TrainingRequest& request, Index dimension)
{
  return { dimension, request.HiddenLayers, request.HiddenWidth };
}
}

std::vector<Index> TrainingRowSteps(Index steps)
{
  const Index rows = std::clamp<Index>(steps / StepsPerRow, 1, MostRows);
  std::vector<Index> after;
  for (Index row = 0; row <= rows; ++row)
  {
    // The first step at which row / rows of the training is done.
    after.push_back((row * steps + rows - 1) / rows);
  }
  return after;
}

NetworkTrainer::NetworkTrainer(
  const FitSamples& samples, const ScoreModel* base, const TrainingRequest& request)
  : Cloud(samples)
  , Base(base)
  , Request(request)
  , Trained(ShapeOf(request, samples.Dimension()))
  , Cumulated(samples.Count())
{
  double sum = 0.0;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    sum += samples.Shares[i];
    this->Cumulated[i] = sum;
  }
  this->Trained.Start(request.Seed);
}

NetworkTrainer::Batch NetworkTrainer::Draw(Index size, std::uint32_t step) const
{
  const Index d = this->Cloud.Dimension();
  const Index samples = size / (2 * d);
  Batch batch{ Eigen::MatrixXd(d, 2 * d * samples), Eigen::MatrixXd(d, 2 * d * samples) };
  const double offset = RandomStream(this->Request.Seed, 0, step).Uniform();
  Index sample = 0;
  for (Index i = 0; i < samples; ++i)
  {
    const double place = (static_cast<double>(i) + offset) / static_cast<double>(samples);
    while (sample + 1 < this->Cloud.Count() && this->Cumulated[sample] <= place)
    {
      ++sample;
    }
    RandomStream stream(this->Request.Seed, static_cast<std::uint64_t>(i + 1), step);
    const Eigen::MatrixXd cross = Cross(d, stream);
    batch.Wanted.middleCols(2 * d * i, d) = -cross;
    batch.Wanted.middleCols(2 * d * i + d, d) = cross;
    batch.Points.middleCols(2 * d * i, 2 * d) = this->Cloud.Points.col(sample).replicate(1, 2 * d);
  }
  batch.Points -= this->Cloud.Noise.asDiagonal() * batch.Wanted;
  if (this->Base)
  {
    batch.Wanted -= this->Cloud.Noise.asDiagonal() * this->Base->ScoreAt(batch.Points);
  }
  return batch;
}

double NetworkTrainer::AddLoss(
  const Batch& batch, Eigen::VectorXd& gradient, const Execution& execution) const
{
  const Index count = batch.Points.cols();
  const Index pieces = (count + Piece - 1) / Piece;
  Eigen::MatrixXd gradients = Eigen::MatrixXd::Zero(gradient.size(), pieces);
  Eigen::VectorXd losses = Eigen::VectorXd::Zero(pieces);
  execution.For(pieces,
    [&](Index begin, Index end)
    {
      Network::Trace trace;
      for (Index piece = begin; piece < end; ++piece)
      {
        const Index first = piece * Piece;
        const Index size = std::min(Piece, count - first);
        this->Trained.Forward(batch.Points.middleCols(first, size), trace);
        const Eigen::MatrixXd miss = trace.Output - batch.Wanted.middleCols(first, size);
        losses[piece] = 0.5 * miss.squaredNorm();
        this->Trained.AddGradient(trace, miss / static_cast<double>(count), gradients.col(piece));
      }
    });
  gradient = gradients.rowwise().sum();
  return losses.sum() / static_cast<double>(count);
}

void NetworkTrainer::MakeTest(const Execution& execution)
{
  this->Test = this->Draw(TestSize, TestStep);
  const Index d = this->Cloud.Dimension();
  Eigen::Vector3d bandwidths = Eigen::Vector3d::Zero();
  bandwidths.head(d) = this->Cloud.Noise;
  const auto axes = Axes::First(static_cast<int>(d));
  Eigen::Matrix3Xd score(3, this->Test.Points.cols());
  FieldView fields;
  fields.Score = score.data();
  this->Core.resize(score.cols());
  fields.EffectiveSampleSize = this->Core.data();
  exact::EvaluateAtPoints(Samples::Weighted(WithThreeRows(this->Cloud.Points), this->Cloud.Shares),
    GaussianKernel::PerAxis(axes, bandwidths), WithThreeRows(this->Test.Points), fields, {},
    execution);
  const Eigen::MatrixXd kernel = this->Cloud.Noise.asDiagonal() * score.topRows(d);
  constexpr double enough = 5.0;
  this->Core = (this->Core.array() >= enough).cast<double>();
  if (this->Core.sum() == 0.0)
  {
    this->Core.setOnes();
  }
  this->KernelSize = kernel.colwise().squaredNorm().dot(this->Core);
  this->TestKernel = kernel;
  if (this->Base)
  {
    this->TestKernel -= this->Cloud.Noise.asDiagonal() * this->Base->ScoreAt(this->Test.Points);
  }
}

TrainingRow NetworkTrainer::Look(const Eigen::VectorXd& state, Index step) const
{
  Network network = this->Trained;
  network.Parameters() = state;
  const Eigen::MatrixXd output = network.Evaluate(this->Test.Points);
  TrainingRow row;
  row.Step = step;
  row.Loss = 0.5 * (output - this->Test.Wanted).colwise().squaredNorm().mean();
  const Eigen::RowVectorXd distances = (output - this->TestKernel).colwise().squaredNorm();
  row.Distance = 0.5 * distances.mean();
  row.ScoreError = std::sqrt(distances.dot(this->Core) / this->KernelSize);
  return row;
}

Training NetworkTrainer::Run(const Execution& execution)
{
  this->MakeTest(execution);
  Training training;
  training.KernelLoss = 0.5 * (this->TestKernel - this->Test.Wanted).colwise().squaredNorm().mean();
  Eigen::VectorXd& parameters = this->Trained.Parameters();
  Eigen::VectorXd mean = parameters;
  const auto keep = [&](Index step)
  {
    training.Rows.push_back(this->Look(mean, step));
    training.States.push_back(mean);
  };
  keep(0);
  constexpr double tooLarge = 100.0;
  constexpr double window = 10.0; // the mean is over a tenth of the steps
  const Index steps = this->Request.Steps;
  const std::vector<Index> looks = TrainingRowSteps(steps);
  Adam adam(parameters.size());
  Eigen::VectorXd gradient(parameters.size());
  for (Index step = 1; step <= steps; ++step)
  {
    const Batch batch = this->Draw(BatchSize, static_cast<std::uint32_t>(step));
    const double loss = this->AddLoss(batch, gradient, execution);
    if (!(loss <= tooLarge * training.Rows.front().Loss))
    {
      std::ostringstream problem;
      problem << "LearningRate is " << this->Request.LearningRate << ": training diverged at step "
              << step << " (loss " << loss << "). The network of step " << training.Rows.back().Step
              << " is kept; take a smaller LearningRate";
      training.Problem = problem.str();
      break;
    }
    adam.Move(gradient, StepSize(this->Request.LearningRate, step, steps), step, parameters);
    mean += std::min(1.0, window / static_cast<double>(step)) * (parameters - mean);
    if (step == looks[training.Rows.size()])
    {
      keep(step);
      execution.Checkpoint(static_cast<double>(step) / static_cast<double>(steps));
    }
  }
  return training;
}

DenoisingNetwork NetworkTrainer::ModelOf(const Eigen::VectorXd& state) const
{
  Network network = this->Trained;
  network.Parameters() = state;
  return DenoisingNetwork(std::move(network), this->Cloud.Noise);
}
}
