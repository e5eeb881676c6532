// SPDX-License-Identifier: BSD-3-Clause
#include "Input/FlowParticles.h"

#include "Input/SampleReader.h"
#include "Pipeline/Adaptor.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/SharedNodes.h"
#include "Pipeline/Vertices.h"

#include <vtkDataArray.h>
#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkDataSetAttributesFieldList.h>
#include <vtkPointData.h>
#include <vtkPolyData.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace vtkscorefields
{
using scorefields::Index;
using scorefields::ParticleNumbers;

namespace
{
/// Points of a block that are particles.
struct Chosen
{
  vtkDataSet* Block;
  std::vector<vtkIdType> Points;
};

std::vector<Chosen> ChoosePoints(vtkDataObject* input)
{
  std::vector<Chosen> chosen;
  for (vtkDataSet* block : LeavesOf(input))
  {
    const std::vector<PointUse> use = UseOfPoints(block, std::string());
    Chosen& some = chosen.emplace_back(Chosen{ block, {} });
    for (std::size_t i = 0; i < use.size(); ++i)
    {
      if (use[i] != PointUse::Skipped)
      {
        some.Points.push_back(static_cast<vtkIdType>(i));
      }
    }
  }
  return chosen;
}

vtkIdType CountOf(const std::vector<Chosen>& chosen)
{
  vtkIdType count = 0;
  for (const Chosen& some : chosen)
  {
    count += static_cast<vtkIdType>(some.Points.size());
  }
  return count;
}

vtkSmartPointer<vtkPolyData> CloudOf(const Eigen::Matrix3Xd& points)
{
  auto cloud = vtkSmartPointer<vtkPolyData>::New();
  SetVertices(points, cloud);
  return cloud;
}

/// Arrays that all blocks with particles have.
void CopyArrays(const std::vector<Chosen>& chosen, vtkIdType count, vtkPointData* target)
{
  vtkDataSetAttributesFieldList fields;
  for (const Chosen& some : chosen)
  {
    if (!some.Points.empty())
    {
      fields.IntersectFieldList(some.Block->GetPointData());
    }
  }
  if (count == 0)
  {
    return;
  }
  target->CopyAllOn();
  fields.CopyAllocate(target, vtkDataSetAttributes::COPYTUPLE, count, 0);
  int block = 0;
  vtkIdType to = 0;
  for (const Chosen& some : chosen)
  {
    for (const vtkIdType from : some.Points)
    {
      fields.CopyData(block, some.Block->GetPointData(), from, target, to++);
    }
    block += some.Points.empty() ? 0 : 1;
  }
  target->RemoveArray(vtkDataSetAttributes::GhostArrayName());
}

/// How many particles the ranks before this one have.
Index CountBefore(Index mine, const Communicator& communicator)
{
  std::vector<double> counts{ static_cast<double>(mine) };
  communicator.Gather(counts);
  double before = 0.0;
  for (int rank = 0; rank < communicator.Rank(); ++rank)
  {
    before += counts[static_cast<std::size_t>(rank)];
  }
  return static_cast<Index>(before);
}

ParticleNumbers NumbersOf(
  const std::vector<Chosen>& chosen, vtkIdType count, const Communicator& communicator)
{
  Index next = CountBefore(count, communicator);
  bool missing = false;
  for (const Chosen& some : chosen)
  {
    missing = missing || (!some.Points.empty() && !some.Block->GetPointData()->GetGlobalIds());
  }
  const bool counted = communicator.Any(missing);
  ParticleNumbers numbers;
  for (const Chosen& some : chosen)
  {
    vtkDataArray* const identifiers = some.Block->GetPointData()->GetGlobalIds();
    for (const vtkIdType point : some.Points)
    {
      numbers.push_back(static_cast<std::uint64_t>(
        counted ? next++ : static_cast<Index>(identifiers->GetTuple1(point))));
    }
  }
  return numbers;
}
}

ParticleNumbers FlowParticles::MovingNumbers() const
{
  ParticleNumbers moving;
  for (std::size_t i = 0; i < this->Column.size(); ++i)
  {
    if (this->Column[i] >= 0)
    {
      moving.push_back(this->Numbers[i]);
    }
  }
  return moving;
}

Eigen::Matrix3Xd FlowParticles::MovingPoints() const
{
  const Eigen::Matrix3Xd all = PointsOf(this->Cloud);
  Eigen::Matrix3Xd moving(3, static_cast<Index>(this->MovingNumbers().size()));
  for (Index i = 0; i < all.cols(); ++i)
  {
    const Index column = this->Column[static_cast<std::size_t>(i)];
    if (column >= 0)
    {
      moving.col(column) = all.col(i);
    }
  }
  return moving;
}

FlowParticles ReadParticles(vtkDataObject* input, const Communicator& communicator)
{
  const vtkSmartPointer<vtkDataObject> counted = MarkSharedNodes(input, communicator);
  const std::vector<Chosen> chosen = ChoosePoints(counted);
  const vtkIdType count = CountOf(chosen);
  Eigen::Matrix3Xd points(3, count);
  FlowParticles particles;
  Index moving = 0;
  Index at = 0;
  for (const Chosen& some : chosen)
  {
    for (const vtkIdType point : some.Points)
    {
      some.Block->GetPoint(point, points.col(at).data());
      particles.Column.push_back(points.col(at).array().isFinite().all() ? moving++ : -1);
      ++at;
    }
  }
  particles.Cloud = CloudOf(points);
  CopyArrays(chosen, count, particles.Cloud->GetPointData());
  particles.Numbers = NumbersOf(chosen, count, communicator);
  double totals[2] = { static_cast<double>(count), static_cast<double>(count - moving) };
  communicator.Sum(totals, 2);
  particles.Total = totals[0];
  particles.NonFinite = totals[1];
  return particles;
}

ParticleNumbers ShareOfParticles(Index total, const Communicator& communicator)
{
  const Index ranks = communicator.Size();
  const Index begin = total * communicator.Rank() / ranks;
  const Index end = total * (communicator.Rank() + 1) / ranks;
  ParticleNumbers numbers;
  for (Index number = begin; number < end; ++number)
  {
    numbers.push_back(static_cast<std::uint64_t>(number));
  }
  return numbers;
}

FlowParticles DrawnParticles(
  const Eigen::Matrix3Xd& points, const ParticleNumbers& numbers, Index total)
{
  FlowParticles particles;
  particles.Cloud = CloudOf(points);
  particles.Numbers = numbers;
  for (Index i = 0; i < points.cols(); ++i)
  {
    particles.Column.push_back(i);
  }
  particles.Total = static_cast<double>(total);
  return particles;
}

std::vector<Index> TrackedParticles(const FlowParticles& particles, Index most)
{
  std::vector<Index> tracked;
  const double stride = most > 0 ? std::max(1.0, std::ceil(particles.Total / double(most))) : 0.0;
  for (std::size_t i = 0; i < particles.Column.size() && most > 0; ++i)
  {
    if (particles.Column[i] >= 0 && particles.Numbers[i] % static_cast<std::uint64_t>(stride) == 0)
    {
      tracked.push_back(particles.Column[i]);
    }
  }
  return tracked;
}
}
