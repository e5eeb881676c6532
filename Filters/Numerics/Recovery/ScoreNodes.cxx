// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Recovery/ScoreNodes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double Infinity = std::numeric_limits<double>::infinity();
constexpr double LeastRelativeWeight = 1e-8;

std::size_t Sized(Index n)
{
  return static_cast<std::size_t>(n);
}

/// Reads the values step by step.
class Reader
{
public:
  Reader(const ScoreNodes& input, const Lattice& lattice)
    : Input(input)
    , Places(lattice)
  {
    this->Found.Vectors = input.Score;
    this->Found.GridDimensions = input.Nodes.Dimensions;
  }

  void TakeMask();
  void TakeWeights();
  void RequireFinite(const Execution& execution) const;
  VectorNodes& Result() { return this->Found; }

private:
  Index GridNode(Index node) const
  {
    const Index3 place = this->Places.PlaceOf(node);
    const Index3& grid = this->Input.Nodes.Dimensions;
    return place[0] + grid[0] * (place[1] + grid[1] * place[2]);
  }
  std::string NameOf(Index node) const
  {
    const Index3 place = this->Places.PlaceOf(node);
    std::ostringstream text;
    text << "node " << this->GridNode(node) << " (" << place[0] << ", " << place[1] << ", "
         << place[2] << ")";
    return text.str();
  }
  double WeightAt(Index node) const;
  void Scale(std::vector<double>& weights, double largest);
  bool IsFinite(Index node) const;

  const ScoreNodes& Input;
  const Lattice& Places;
  VectorNodes Found;
};

void Reader::TakeMask()
{
  if (!this->Input.Mask)
  {
    return;
  }
  std::vector<unsigned char> valid(Sized(this->Places.Size()));
  for (Index node = 0; node < this->Places.Size(); ++node)
  {
    valid[Sized(node)] = this->Input.Mask[this->GridNode(node)] != 0 ? 1 : 0;
  }
  const auto count = std::count(valid.begin(), valid.end(), 1);
  if (count == 0)
  {
    throw std::invalid_argument("MaskArray leaves none of the " +
      std::to_string(this->Places.Size()) + " nodes; it must not be 0 at one node or more");
  }
  if (count < this->Places.Size())
  {
    this->Found.Valid = std::move(valid);
  }
}

double Reader::WeightAt(Index node) const
{
  const double weight = this->Input.Weights[this->GridNode(node)];
  if (!(weight >= 0.0) || weight == Infinity)
  {
    std::ostringstream message;
    message << "WeightArray \"" << this->Input.WeightName << "\" is " << weight << " at "
            << this->NameOf(node) << "; weights must be finite and not negative";
    throw std::invalid_argument(message.str());
  }
  return weight;
}

void Reader::TakeWeights()
{
  if (!this->Input.Weights)
  {
    return;
  }
  std::vector<double> weights(Sized(this->Places.Size()), 0.0);
  double largest = 0.0;
  double least = Infinity;
  for (Index node = 0; node < this->Places.Size(); ++node)
  {
    if (this->Found.IsValid(node))
    {
      weights[Sized(node)] = this->WeightAt(node);
      largest = std::max(largest, weights[Sized(node)]);
      least = std::min(least, weights[Sized(node)]);
    }
  }
  if (largest == 0.0)
  {
    throw std::invalid_argument("WeightArray \"" + this->Input.WeightName +
      "\" is 0 at all nodes that the mask leaves; it must be positive at one node or more");
  }
  if (least < largest)
  {
    this->Scale(weights, largest);
  }
}

void Reader::Scale(std::vector<double>& weights, double largest)
{
  if (this->Found.Valid.empty() && std::count(weights.begin(), weights.end(), 0.0) > 0)
  {
    this->Found.Valid.assign(weights.size(), 1);
  }
  for (std::size_t node = 0; node < weights.size(); ++node)
  {
    if (weights[node] == 0.0)
    {
      this->Found.Valid[node] = 0;
    }
    weights[node] = std::max(weights[node] / largest, LeastRelativeWeight);
  }
  this->Found.Weights = std::move(weights);
}

bool Reader::IsFinite(Index node) const
{
  const double* const score = this->Input.Score + 3 * this->GridNode(node);
  bool finite = true;
  for (int axis = 0; axis < 3; ++axis)
  {
    finite = finite && (!this->Places.HasEdges(axis) || std::isfinite(score[axis]));
  }
  return finite;
}

void Reader::RequireFinite(const Execution& execution) const
{
  std::mutex lock;
  Index count = 0;
  Index first = this->Places.Size();
  execution.For(this->Places.Size(),
    [&](Index begin, Index end)
    {
      Index found = 0;
      Index least = this->Places.Size();
      for (Index node = begin; node < end; ++node)
      {
        if (this->Found.IsValid(node) && !this->IsFinite(node))
        {
          ++found;
          least = std::min(least, node);
        }
      }
      const std::lock_guard<std::mutex> guard(lock);
      count += found;
      first = std::min(first, least);
    });
  if (count > 0)
  {
    throw std::invalid_argument("ScoreArray \"" + this->Input.ScoreName + "\" is not finite at " +
      std::to_string(count) + " of the nodes in use, first at " + this->NameOf(first) +
      "; choose a MaskArray that is 0 there");
  }
}
}

VectorNodes ReadNodes(const ScoreNodes& input, const Lattice& lattice, const Execution& execution)
{
  Reader reader(input, lattice);
  reader.TakeMask();
  reader.TakeWeights();
  reader.RequireFinite(execution);
  return std::move(reader.Result());
}
}
