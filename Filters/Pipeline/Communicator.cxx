// SPDX-License-Identifier: BSD-3-Clause
#include "Pipeline/Communicator.h"

#include <vtkCommunicator.h>
#include <vtkMultiProcessController.h>

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

namespace vtkscorefields
{
using scorefields::CloudMoments;
using scorefields::Samples;

namespace
{
// Of messages between two ranks; any number that no other uses.
constexpr int Tag = 28651;

/// @param success  what a call of the controller returned.
void Require(int success)
{
  if (!success)
  {
    throw std::runtime_error("A message between the ranks was not delivered");
  }
}

constexpr int PackedSize = 3 + 3 + 9 + 3 + 3;

std::vector<double> Pack(const CloudMoments& moments)
{
  std::vector<double> values{ moments.Count, moments.TotalWeight, moments.SquaredWeights };
  values.insert(values.end(), moments.Mean.data(), moments.Mean.data() + 3);
  values.insert(values.end(), moments.Scatter.data(), moments.Scatter.data() + 9);
  values.insert(values.end(), moments.Lower.data(), moments.Lower.data() + 3);
  values.insert(values.end(), moments.Upper.data(), moments.Upper.data() + 3);
  return values;
}

CloudMoments Unpack(const double* values)
{
  CloudMoments moments;
  moments.Count = values[0];
  moments.TotalWeight = values[1];
  moments.SquaredWeights = values[2];
  moments.Mean = Eigen::Map<const Eigen::Vector3d>(values + 3);
  moments.Scatter = Eigen::Map<const Eigen::Matrix3d>(values + 6);
  moments.Lower = Eigen::Map<const Eigen::Vector3d>(values + 15);
  moments.Upper = Eigen::Map<const Eigen::Vector3d>(values + 18);
  return moments;
}
}

RankFailed::RankFailed(const Failure& failure)
  : std::runtime_error(failure.Text)
  , Silent(failure.Silent)
{
}

Communicator::Communicator(vtkMultiProcessController* controller, vtkIdType messageLength)
  : Controller(controller)
  , MessageLength(messageLength)
{
}

int Communicator::Rank() const
{
  return this->Controller ? this->Controller->GetLocalProcessId() : 0;
}

int Communicator::Size() const
{
  return this->Controller ? this->Controller->GetNumberOfProcesses() : 1;
}

std::optional<Failure> Communicator::Settle(const std::optional<Failure>& own) const
{
  if (this->Size() == 1)
  {
    return own;
  }
  // The largest code is that of the first rank whose failure is to be said, else of the first one.
  const double ranks = this->Size();
  const double code = own ? (own->Silent ? 1.0 : 2.0) * ranks - this->Rank() : 0.0;
  double largest = 0.0;
  Require(this->Controller->AllReduce(&code, &largest, 1, vtkCommunicator::MAX_OP));
  if (largest == 0.0)
  {
    return std::nullopt;
  }
  const bool silent = largest <= ranks;
  const auto root = static_cast<int>((silent ? 1.0 : 2.0) * ranks - largest);
  Failure failure{ root == this->Rank() ? own->Text : std::string(), silent };
  auto length = static_cast<vtkIdType>(failure.Text.size());
  Require(this->Controller->Broadcast(&length, 1, root));
  failure.Text.resize(static_cast<std::size_t>(length));
  Require(this->Controller->Broadcast(failure.Text.data(), length, root));
  const double failed = own ? 1.0 : 0.0;
  double all = 0.0;
  Require(this->Controller->AllReduce(&failed, &all, 1, vtkCommunicator::SUM_OP));
  if (all < ranks && !silent)
  {
    failure.Text += " (on rank " + std::to_string(root) + " of " + std::to_string(this->Size()) +
      ", counted from 0)";
  }
  return failure;
}

void Communicator::RequireAllWell() const
{
  if (const std::optional<Failure> failure = this->Settle(std::nullopt))
  {
    throw RankFailed(*failure);
  }
}

void Communicator::Reduce(double* values, vtkIdType n, int operation) const
{
  if (this->Size() == 1)
  {
    return;
  }
  // The library below copies messages, too: shorter ones take less memory beside a large mesh.
  constexpr vtkIdType part = vtkIdType(1) << 22;
  const vtkIdType most = std::min({ part, n, this->MessageLength });
  std::vector<double> result(static_cast<std::size_t>(most));
  this->RequireAllWell();
  for (vtkIdType begin = 0; begin < n; begin += most)
  {
    const vtkIdType count = std::min(most, n - begin);
    Require(this->Controller->AllReduce(values + begin, result.data(), count, operation));
    std::copy_n(result.begin(), count, values + begin);
  }
}

void Communicator::Sum(double* values, vtkIdType n) const
{
  this->Reduce(values, n, vtkCommunicator::SUM_OP);
}

double Communicator::Sum(double value) const
{
  this->Sum(&value, 1);
  return value;
}

void Communicator::Maximum(double* values, vtkIdType n) const
{
  this->Reduce(values, n, vtkCommunicator::MAX_OP);
}

double Communicator::Minimum(double value) const
{
  double opposite = -value;
  this->Maximum(&opposite, 1);
  return -opposite;
}

bool Communicator::Any(bool flag) const
{
  return this->Sum(flag ? 1.0 : 0.0) > 0.0;
}

void Communicator::Agree(const std::string& problem) const
{
  const auto own = problem.empty() ? std::nullopt : std::optional<Failure>({ problem });
  const std::optional<Failure> failure = this->Settle(own);
  if (failure && this->Size() == 1)
  {
    throw std::invalid_argument(failure->Text);
  }
  if (failure)
  {
    throw RankFailed(*failure); // all ranks know: another may have failed outside of this call
  }
}

CloudMoments Communicator::Merge(const CloudMoments& local) const
{
  if (this->Size() == 1)
  {
    return local;
  }
  std::vector<double> all = Pack(local);
  this->Gather(all);
  CloudMoments merged;
  for (int rank = 0; rank < this->Size(); ++rank)
  {
    merged = scorefields::Merge(merged, Unpack(all.data() + rank * PackedSize));
  }
  return merged;
}

std::vector<vtkIdType> Communicator::CountsOfRanks(vtkIdType mine) const
{
  std::vector<vtkIdType> counts(static_cast<std::size_t>(this->Size()));
  this->RequireAllWell();
  Require(this->Controller->AllGather(&mine, counts.data(), 1));
  return counts;
}

void Communicator::Collect(
  const double* mine, const std::vector<vtkIdType>& counts, double* all) const
{
  // Where one message does not hold all, parts of this length come after each other, and are sorted
  // by their ranks.
  constexpr vtkIdType part = vtkIdType(1) << 20;
  const std::size_t ranks = counts.size();
  const vtkIdType longest = *std::max_element(counts.begin(), counts.end());
  const vtkIdType share = std::max<vtkIdType>(1, this->MessageLength / this->Size());
  const bool one = longest <= share;
  const vtkIdType most = one ? std::max<vtkIdType>(1, longest) : std::min(part, share);
  std::vector<double> message(one ? 0 : static_cast<std::size_t>(most) * ranks);
  std::vector<vtkIdType> lengths(ranks);
  std::vector<vtkIdType> offsets(ranks);
  this->RequireAllWell();
  for (vtkIdType begin = 0; begin < longest; begin += most)
  {
    for (std::size_t rank = 0; rank < ranks; ++rank)
    {
      lengths[rank] = std::clamp<vtkIdType>(counts[rank] - begin, 0, most);
      offsets[rank] = rank == 0 ? 0 : offsets[rank - 1] + lengths[rank - 1];
    }
    const auto own = static_cast<std::size_t>(this->Rank());
    Require(this->Controller->AllGatherV(mine + std::min(begin, counts[own]),
      one ? all : message.data(), lengths[own], lengths.data(), offsets.data()));
    vtkIdType before = 0;
    for (std::size_t rank = 0; rank < ranks && !one; ++rank)
    {
      std::copy_n(message.data() + offsets[rank], lengths[rank],
        all + before + std::min(begin, counts[rank]));
      before += counts[rank];
    }
  }
}

Samples Communicator::Gather(const Samples& local) const
{
  if (this->Size() == 1)
  {
    return local;
  }
  const bool weighted = this->Any(local.Weights.size() > 0);
  const std::vector<vtkIdType> counts = this->CountsOfRanks(local.Count());
  const vtkIdType total = std::accumulate(counts.begin(), counts.end(), vtkIdType(0));
  std::vector<vtkIdType> coordinates(counts);
  for (vtkIdType& count : coordinates)
  {
    count *= 3;
  }
  Samples all;
  all.Points.resize(3, total);
  this->Collect(local.Points.data(), coordinates, all.Points.data());
  if (weighted)
  {
    const Eigen::VectorXd weights =
      local.Weights.size() > 0 ? local.Weights : Eigen::VectorXd::Ones(local.Count());
    all.Weights.resize(total);
    this->Collect(weights.data(), counts, all.Weights.data());
  }
  all.TotalWeight = this->Sum(local.TotalWeight);
  return all;
}

Samples Communicator::GatherOwnFirst(const Samples& local) const
{
  Samples all = this->Gather(local);
  vtkIdType before = 0;
  if (this->Size() > 1)
  {
    const std::vector<vtkIdType> counts = this->CountsOfRanks(local.Count());
    before = std::accumulate(counts.begin(), counts.begin() + this->Rank(), vtkIdType(0));
  }
  // Rotating [before | own | after] brings the own ones to the front.
  const auto rotate = [&](auto begin, vtkIdType size)
  { std::rotate(begin, begin + before * size, begin + (before + local.Count()) * size); };
  rotate(all.Points.data(), 3);
  if (all.Weights.size() > 0)
  {
    rotate(all.Weights.data(), 1);
  }
  return all;
}

void Communicator::Gather(std::vector<double>& values) const
{
  if (this->Size() == 1)
  {
    return;
  }
  const std::vector<vtkIdType> counts = this->CountsOfRanks(static_cast<vtkIdType>(values.size()));
  const vtkIdType total = std::accumulate(counts.begin(), counts.end(), vtkIdType(0));
  std::vector<double> all(static_cast<std::size_t>(total));
  this->Collect(values.data(), counts, all.data());
  values.swap(all);
}

void Communicator::Send(const double* values, vtkIdType n, int rank) const
{
  Require(this->Controller->Send(values, n, rank, Tag));
}

void Communicator::Receive(double* values, vtkIdType n, int rank) const
{
  Require(this->Controller->Receive(values, n, rank, Tag));
}

scorefields::Exchange Communicator::MakeExchange() const
{
  scorefields::Exchange exchange;
  exchange.Distributed = this->Size() > 1;
  exchange.Sum = [this](double* values, scorefields::Index n) { this->Sum(values, n); };
  exchange.Gather = [this](const Samples& local) { return this->Gather(local); };
  return exchange;
}
}
