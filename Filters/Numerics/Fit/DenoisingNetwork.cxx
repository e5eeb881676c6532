// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Fit/DenoisingNetwork.h"

#include "Numerics/Base/Random.h"

#include <cmath>
#include <utility>

namespace scorefields
{
namespace
{
constexpr std::uint32_t StartStep = 0xffffff04U;
}

Index NetworkShape::Parameters() const
{
  const Index first = (this->Dimension + 1) * this->HiddenWidth;
  const Index between = (this->HiddenLayers - 1) * (this->HiddenWidth + 1) * this->HiddenWidth;
  return first + between + (this->HiddenWidth + 1) * this->Dimension;
}

Network::Network(const NetworkShape& shape)
  : Sizes(shape)
  , Values(Eigen::VectorXd::Zero(shape.Parameters()))
{
  Index inputs = shape.Dimension;
  Index first = 0;
  for (Index i = 0; i <= shape.HiddenLayers; ++i)
  {
    const Index outputs = i == shape.HiddenLayers ? shape.Dimension : shape.HiddenWidth;
    this->Layers.push_back({ inputs, outputs, first });
    first += (inputs + 1) * outputs;
    inputs = outputs;
  }
}

void Network::Start(std::uint64_t seed)
{
  RandomStream stream(seed, 0, StartStep);
  this->Values.setZero();
  for (std::size_t i = 0; i + 1 < this->Layers.size(); ++i)
  {
    const Layer& layer = this->Layers[i];
    // Gentle bends all over the cloud in the first layer; unit variance in the others.
    const double weight = i == 0 ? 0.7 : std::sqrt(2.0 / static_cast<double>(layer.Inputs));
    const double bias = i == 0 ? 1.0 : 0.0;
    const Index weights = layer.Inputs * layer.Outputs;
    for (Index k = 0; k < weights + layer.Outputs; ++k)
    {
      this->Values[layer.First + k] = (k < weights ? weight : bias) * stream.Normal();
    }
  }
}

void Network::Forward(const Eigen::MatrixXd& points, Trace& trace) const
{
  trace.Inputs.resize(this->Layers.size());
  trace.Activities.resize(this->Layers.size() - 1);
  trace.Logistics.resize(this->Layers.size() - 1);
  trace.Inputs[0] = points;
  for (std::size_t i = 0; i < this->Layers.size(); ++i)
  {
    const Layer& layer = this->Layers[i];
    Eigen::MatrixXd& into = i + 1 < this->Layers.size() ? trace.Activities[i] : trace.Output;
    into.noalias() = this->Weights(layer) * trace.Inputs[i];
    into.colwise() += this->Biases(layer);
    if (i + 1 < this->Layers.size())
    {
      trace.Logistics[i] = ((-into.array()).exp() + 1.0).inverse();
      trace.Inputs[i + 1] = into.array() * trace.Logistics[i];
    }
  }
}

void Network::AddGradient(
  const Trace& trace, const Eigen::MatrixXd& slope, Eigen::Ref<Eigen::VectorXd> gradient) const
{
  Eigen::MatrixXd behind = slope;
  for (std::size_t i = this->Layers.size(); i-- > 0;)
  {
    const Layer& layer = this->Layers[i];
    const Index weights = layer.Inputs * layer.Outputs;
    Eigen::Map<Eigen::MatrixXd>(gradient.data() + layer.First, layer.Outputs, layer.Inputs)
      .noalias() += behind * trace.Inputs[i].transpose();
    Eigen::Map<Eigen::VectorXd>(gradient.data() + layer.First + weights, layer.Outputs) +=
      behind.rowwise().sum();
    if (i > 0)
    {
      const Eigen::ArrayXXd& logistic = trace.Logistics[i - 1];
      const Eigen::MatrixXd before = this->Weights(layer).transpose() * behind;
      // a'(t) = l + a (1 - l)
      behind = before.array() * (logistic + trace.Inputs[i].array() * (1.0 - logistic));
    }
  }
}

Eigen::MatrixXd Network::Evaluate(const Eigen::MatrixXd& points) const
{
  Trace trace;
  this->Forward(points, trace);
  return std::move(trace.Output);
}

FitTable Network::Table() const
{
  FitTable table{ { "Layer", "Input", "Output", "Value" },
    Eigen::MatrixXd(this->Values.size(), 4) };
  for (std::size_t i = 0; i < this->Layers.size(); ++i)
  {
    const Layer& layer = this->Layers[i];
    const Index weights = layer.Inputs * layer.Outputs;
    for (Index k = 0; k < weights + layer.Outputs; ++k)
    {
      const Index input = k < weights ? k / layer.Outputs : -1;
      table.Values.row(layer.First + k) << static_cast<double>(i), static_cast<double>(input),
        static_cast<double>(k % layer.Outputs), this->Values[layer.First + k];
    }
  }
  return table;
}

DenoisingNetwork::DenoisingNetwork(Network network, Eigen::VectorXd noise)
  : Trained(std::move(network))
  , Noise(std::move(noise))
{
}

void DenoisingNetwork::Evaluate(
  const Eigen::MatrixXd& points, Eigen::MatrixXd& score, Eigen::VectorXd* /*logDensity*/) const
{
  score = this->Noise.cwiseInverse().asDiagonal() * this->Trained.Evaluate(points);
}
}
