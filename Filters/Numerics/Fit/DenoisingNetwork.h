// SPDX-License-Identifier: BSD-3-Clause
#ifndef Fit_DenoisingNetwork_h
#define Fit_DenoisingNetwork_h

#include "Numerics/Base/Types.h"
#include "Numerics/Fit/ScoreModel.h"

#include <cstdint>
#include <vector>

namespace scorefields
{
struct NetworkShape
{
  Index Dimension = 2;
  Index HiddenLayers = 2;
  Index HiddenWidth = 32; ///< units in each hidden layer

  /// Of all weights and biases.
  Index Parameters() const;
};

/// A multilayer perceptron from d to d values,
///   x_0 = y,  x_l = a(W_l x_{l-1} + b_l),  f(y) = W_L x_{L-1} + b_L,
/// with the smooth rectifier a(t) = t / (1 + exp(-t)) ("SiLU"; Elfwing, Uchibe, Doya 2018).
/// Its parameters are one vector: of each layer W, column by column, and then b.
class Network
{
public:
  explicit Network(const NetworkShape& shape);

  const NetworkShape& Shape() const { return this->Sizes; }
  /// Random weights for inputs of about unit size; the last layer is 0, so that f is 0.
  void Start(std::uint64_t seed);
  Eigen::VectorXd& Parameters() { return this->Values; }
  const Eigen::VectorXd& Parameters() const { return this->Values; }

  /// A row for each parameter: Layer, Input (-1: the bias), Output and Value.
  FitTable Table() const;
  /// f at points, d by m each.
  Eigen::MatrixXd Evaluate(const Eigen::MatrixXd& points) const;

  /// What a pass through the network leaves for the way back.
  struct Trace
  {
    std::vector<Eigen::MatrixXd> Inputs;     ///< x_{l-1} of each layer
    std::vector<Eigen::MatrixXd> Activities; ///< t = W_l x_{l-1} + b_l of each hidden layer
    std::vector<Eigen::ArrayXXd> Logistics;  ///< 1 / (1 + exp(-t))
    Eigen::MatrixXd Output;                  ///< f
  };
  void Forward(const Eigen::MatrixXd& points, Trace& trace) const;
  /// Adds the derivatives of a loss over the parameters.
  /// @param slope  the derivative of the loss over f, d by m.
  void AddGradient(
    const Trace& trace, const Eigen::MatrixXd& slope, Eigen::Ref<Eigen::VectorXd> gradient) const;

private:
  struct Layer
  {
    Index Inputs;
    Index Outputs;
    Index First; ///< of its parameters
  };
  Eigen::Map<const Eigen::MatrixXd> Weights(const Layer& layer) const
  {
    return Eigen::Map<const Eigen::MatrixXd>(
      this->Values.data() + layer.First, layer.Outputs, layer.Inputs);
  }
  Eigen::Map<const Eigen::VectorXd> Biases(const Layer& layer) const
  {
    return Eigen::Map<const Eigen::VectorXd>(
      this->Values.data() + layer.First + layer.Inputs * layer.Outputs, layer.Outputs);
  }

  NetworkShape Sizes;
  std::vector<Layer> Layers;
  Eigen::VectorXd Values;
};

/// A network as a model of a score: s_a(y) = f_a(y) / noise_a. Then f is about the mean noise, in
/// its standard deviations, of what is seen at y.
class DenoisingNetwork : public ScoreModel
{
public:
  DenoisingNetwork(Network network, Eigen::VectorXd noise);

  Potential Knows() const override { return Potential::None; }
  void Evaluate(const Eigen::MatrixXd& points, Eigen::MatrixXd& score,
    Eigen::VectorXd* logDensity) const override;
  FitTable Parameters(const FitFrame& /*frame*/) const override { return this->Trained.Table(); }

private:
  Network Trained;
  Eigen::VectorXd Noise;
};
}

#endif
