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
// Counts and offsets of MPI calls are ints.
constexpr vtkIdType LargestMessage = vtkIdType(1) << 27;

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

Communicator::Communicator(vtkMultiProcessController* controller)
  : Controller(controller)
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

void Communicator::Sum(double* values, vtkIdType n) const
{
  if (this->Size() == 1)
  {
    return;
  }
  std::vector<double> sums;
  for (vtkIdType begin = 0; begin < n; begin += LargestMessage)
  {
    const vtkIdType count = std::min(LargestMessage, n - begin);
    sums.resize(static_cast<std::size_t>(count));
    this->Controller->AllReduce(values + begin, sums.data(), count, vtkCommunicator::SUM_OP);
    std::copy(sums.begin(), sums.end(), values + begin);
  }
}

double Communicator::Sum(double value) const
{
  this->Sum(&value, 1);
  return value;
}

void Communicator::Maximum(double* values, vtkIdType n) const
{
  for (vtkIdType begin = 0; this->Size() > 1 && begin < n; begin += LargestMessage)
  {
    const vtkIdType count = std::min(LargestMessage, n - begin);
    const std::vector<double> mine(values + begin, values + begin + count);
    this->Controller->AllReduce(mine.data(), values + begin, count, vtkCommunicator::MAX_OP);
  }
}

bool Communicator::Any(bool flag) const
{
  return this->Sum(flag ? 1.0 : 0.0) > 0.0;
}

void Communicator::Agree(const std::string& problem) const
{
  if (this->Any(!problem.empty()))
  {
    throw std::invalid_argument(
      problem.empty() ? "another rank could not read its part of the input" : problem);
  }
}

CloudMoments Communicator::Merge(const CloudMoments& local) const
{
  if (this->Size() == 1)
  {
    return local;
  }
  const std::vector<double> mine = Pack(local);
  std::vector<double> all(static_cast<std::size_t>(this->Size() * PackedSize));
  this->Controller->AllGather(mine.data(), all.data(), PackedSize);
  CloudMoments merged;
  for (int rank = 0; rank < this->Size(); ++rank)
  {
    merged = scorefields::Merge(merged, Unpack(all.data() + rank * PackedSize));
  }
  return merged;
}

Samples Communicator::Gather(const Samples& local) const
{
  if (this->Size() == 1)
  {
    return local;
  }
  const bool weighted = this->Any(local.Weights.size() > 0);
  const int ranks = this->Size();
  const vtkIdType mine = local.Count();
  std::vector<vtkIdType> counts(static_cast<std::size_t>(ranks));
  this->Controller->AllGather(&mine, counts.data(), 1);
  std::vector<vtkIdType> offsets(counts.size(), 0);
  vtkIdType total = 0;
  for (std::size_t rank = 0; rank < counts.size(); ++rank)
  {
    offsets[rank] = 3 * total;
    total += counts[rank];
    counts[rank] *= 3;
  }
  Samples all;
  all.Points.resize(3, total);
  this->Controller->AllGatherV(
    local.Points.data(), all.Points.data(), 3 * mine, counts.data(), offsets.data());
  if (weighted)
  {
    for (std::size_t rank = 0; rank < counts.size(); ++rank)
    {
      counts[rank] /= 3;
      offsets[rank] /= 3;
    }
    const Eigen::VectorXd weights =
      local.Weights.size() > 0 ? local.Weights : Eigen::VectorXd::Ones(mine);
    all.Weights.resize(total);
    this->Controller->AllGatherV(
      weights.data(), all.Weights.data(), mine, counts.data(), offsets.data());
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
    const vtkIdType mine = local.Count();
    std::vector<vtkIdType> counts(static_cast<std::size_t>(this->Size()));
    this->Controller->AllGather(&mine, counts.data(), 1);
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
  const auto mine = static_cast<vtkIdType>(values.size());
  std::vector<vtkIdType> counts(static_cast<std::size_t>(this->Size()));
  this->Controller->AllGather(&mine, counts.data(), 1);
  std::vector<vtkIdType> offsets(counts.size(), 0);
  vtkIdType total = 0;
  for (std::size_t rank = 0; rank < counts.size(); ++rank)
  {
    offsets[rank] = total;
    total += counts[rank];
  }
  std::vector<double> all(static_cast<std::size_t>(total) + 1); // a valid pointer even if empty
  values.resize(values.size() + 1);
  this->Controller->AllGatherV(values.data(), all.data(), mine, counts.data(), offsets.data());
  all.resize(static_cast<std::size_t>(total));
  values.swap(all);
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
