// SPDX-License-Identifier: BSD-3-Clause
// 1. All ranks learn the bounds of all parts of meshes.
// 2. Each part sorts its nodes in the overlaps with other parts by their places.
// 3. Of two parts that overlap the first tells its nodes there, and the other marks its own at the
//    same places. Pairs take their turns in one order on all ranks, so that nobody waits for ever.
// 4. A mesh of which a part has two nodes at one place does not share points: nothing is marked.
#include "Pipeline/SharedNodes.h"

#include "Pipeline/Communicator.h"
#include "Pipeline/Leaves.h"
#include "Pipeline/MeshParts.h"

#include <vtkCompositeDataSet.h>
#include <vtkDataSet.h>
#include <vtkDataSetAttributes.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace vtkscorefields
{
namespace
{
using Box = Eigen::AlignedBox3d;
using Places = Eigen::Matrix<double, 6, Eigen::Dynamic>;

/// What all ranks know of a part.
struct Header
{
  int Rank;
  std::uint64_t Mesh;
  Box Bounds;
};
constexpr std::size_t HeaderSize = 8;

/// A part of this rank, with the nodes that another part may have.
struct OwnPart
{
  MeshPart Part;
  std::vector<MeshNode> Nodes;
  std::vector<unsigned char> Shared; ///< 1 for each of them that a part before has
};

Box BoundsOf(vtkDataSet* data)
{
  const double* b = data->GetBounds();
  return { Eigen::Vector3d(b[0], b[2], b[4]), Eigen::Vector3d(b[1], b[3], b[5]) };
}

/// The parts of all ranks, in the order of the ranks.
std::vector<Header> GatherHeaders(
  const std::vector<MeshPart>& parts, const Communicator& communicator)
{
  std::vector<double> values;
  for (const MeshPart& part : parts)
  {
    const Box bounds = BoundsOf(part.Data);
    values.insert(
      values.end(), { static_cast<double>(communicator.Rank()), static_cast<double>(part.Mesh) });
    values.insert(values.end(), bounds.min().data(), bounds.min().data() + 3);
    values.insert(values.end(), bounds.max().data(), bounds.max().data() + 3);
  }
  communicator.Gather(values);
  std::vector<Header> headers;
  for (const double* v = values.data(); v != values.data() + values.size(); v += HeaderSize)
  {
    headers.push_back({ static_cast<int>(v[0]), static_cast<std::uint64_t>(v[1]),
      { Eigen::Map<const Eigen::Vector3d>(v + 2), Eigen::Map<const Eigen::Vector3d>(v + 5) } });
  }
  return headers;
}

bool MayShare(const Header& one, const Header& other)
{
  return one.Mesh == other.Mesh && one.Bounds.intersects(other.Bounds);
}

/// Marks the nodes of a part at these places.
void MarkPlaces(const Places& places, scorefields::Index count, OwnPart& part)
{
  for (scorefields::Index i = 0; i < count; ++i)
  {
    const MeshNode wanted{ places.col(i), 0 };
    const auto found = std::lower_bound(part.Nodes.begin(), part.Nodes.end(), wanted);
    if (found != part.Nodes.end() && !(wanted < *found))
    {
      part.Shared[static_cast<std::size_t>(found - part.Nodes.begin())] = 1;
    }
  }
}

/// Steps 2 to 4 for the parts of all ranks.
class Matching
{
public:
  Matching(const std::vector<MeshPart>& parts, const Communicator& communicator)
    : Ranks(communicator)
    , Headers(GatherHeaders(parts, communicator))
  {
    const auto first = std::find_if(this->Headers.begin(), this->Headers.end(),
      [&](const Header& header) { return header.Rank == communicator.Rank(); });
    this->Before = static_cast<std::size_t>(first - this->Headers.begin());
    for (const MeshPart& part : parts)
    {
      this->Own.push_back({ part, {}, {} });
    }
    this->FindPairs();
  }

  bool IsTrivial() const { return this->Pairs.empty(); }

  void CollectNodes()
  {
    std::vector<std::vector<Box>> overlaps(this->Own.size());
    for (const auto& [one, other] : this->Pairs)
    {
      const Box overlap = this->Overlap(one, other);
      for (const std::size_t part : { one, other })
      {
        if (OwnPart* const own = this->OwnAt(part))
        {
          overlaps[static_cast<std::size_t>(own - this->Own.data())].push_back(overlap);
        }
      }
    }
    for (std::size_t i = 0; i < this->Own.size(); ++i)
    {
      this->Own[i].Nodes = NodesIn(this->Own[i].Part.Data, overlaps[i]);
      this->Own[i].Shared.assign(this->Own[i].Nodes.size(), 0);
    }
    this->Message.resize(6, MessageLength);
  }

  void Exchange()
  {
    for (const auto& [one, other] : this->Pairs)
    {
      OwnPart* const sender = this->OwnAt(one);
      OwnPart* const receiver = this->OwnAt(other);
      if (sender)
      {
        this->Tell(*sender, this->Overlap(one, other), receiver, this->Headers[other].Rank);
      }
      else if (receiver)
      {
        this->Hear(*receiver, this->Headers[one].Rank);
      }
    }
  }

  void ForgetUnjoinedMeshes()
  {
    std::vector<double> several(this->Headers.size(), 0.0);
    for (std::size_t i = 0; i < this->Own.size(); ++i)
    {
      const std::vector<MeshNode>& nodes = this->Own[i].Nodes;
      const auto same = [](const MeshNode& one, const MeshNode& next) { return !(one < next); };
      const bool found = std::adjacent_find(nodes.begin(), nodes.end(), same) != nodes.end();
      several[this->Before + i] = found ? 1.0 : 0.0;
    }
    this->Ranks.Maximum(several.data(), static_cast<vtkIdType>(several.size()));
    for (std::size_t part = 0; part < several.size(); ++part)
    {
      for (OwnPart& own : this->Own)
      {
        if (several[part] > 0.0 && own.Part.Mesh == this->Headers[part].Mesh)
        {
          std::fill(own.Shared.begin(), own.Shared.end(), static_cast<unsigned char>(0));
        }
      }
    }
  }

  const std::vector<OwnPart>& Parts() const { return this->Own; }

private:
  static constexpr scorefields::Index MessageLength = 65536;

  void FindPairs()
  {
    for (std::size_t other = 0; other < this->Headers.size(); ++other)
    {
      for (std::size_t one = 0; one < other; ++one)
      {
        if (MayShare(this->Headers[one], this->Headers[other]))
        {
          this->Pairs.emplace_back(one, other);
        }
      }
    }
  }

  Box Overlap(std::size_t one, std::size_t other) const
  {
    return this->Headers[one].Bounds.intersection(this->Headers[other].Bounds);
  }

  OwnPart* OwnAt(std::size_t part)
  {
    const bool mine = part >= this->Before && part < this->Before + this->Own.size();
    return mine ? &this->Own[part - this->Before] : nullptr;
  }

  /// In messages of which only the last is not full.
  void Tell(const OwnPart& sender, const Box& overlap, OwnPart* receiver, int rank)
  {
    scorefields::Index count = 0;
    const auto flush = [&]
    {
      if (receiver)
      {
        MarkPlaces(this->Message, count, *receiver);
        return;
      }
      const auto length = static_cast<double>(count);
      this->Ranks.Send(&length, 1, rank);
      this->Ranks.Send(this->Message.data(), 6 * count, rank);
    };
    for (const MeshNode& node : sender.Nodes)
    {
      if (overlap.contains(node.Place.head<3>()))
      {
        this->Message.col(count++) = node.Place;
      }
      if (count == MessageLength)
      {
        flush();
        count = 0;
      }
    }
    flush();
  }

  void Hear(OwnPart& receiver, int rank)
  {
    double length = static_cast<double>(MessageLength);
    while (length == static_cast<double>(MessageLength))
    {
      this->Ranks.Receive(&length, 1, rank);
      const auto count = static_cast<scorefields::Index>(length);
      this->Ranks.Receive(this->Message.data(), 6 * count, rank);
      MarkPlaces(this->Message, count, receiver);
    }
  }

  const Communicator& Ranks;
  std::vector<Header> Headers;
  std::size_t Before = 0; ///< parts of the ranks before this one
  std::vector<OwnPart> Own;
  std::vector<std::pair<std::size_t, std::size_t>> Pairs; ///< of parts that overlap, in order
  Places Message;
};

/// The data set's ghosts, and point ghosts at the shared nodes.
vtkSmartPointer<vtkUnsignedCharArray> GhostsOf(const OwnPart& part)
{
  auto ghosts = CopyOfGhosts(part.Part.Data);
  for (std::size_t i = 0; i < part.Nodes.size(); ++i)
  {
    const vtkIdType point = part.Nodes[i].Point;
    const int flags =
      ghosts->GetValue(point) | (part.Shared[i] ? vtkDataSetAttributes::DUPLICATEPOINT : 0);
    ghosts->SetValue(point, static_cast<unsigned char>(flags));
  }
  return ghosts;
}

/// Parts of meshes with ghosts at the points that only ghost cells have.
vtkSmartPointer<vtkDataObject> MarkPointsOfGhosts(vtkDataObject* data)
{
  vtkSmartPointer<vtkDataObject> marked = data;
  for (const MeshPart& part : MeshPartsOf(data))
  {
    const vtkSmartPointer<vtkUnsignedCharArray> ghosts = GhostsOfCells(part.Data);
    if (ghosts && marked == data)
    {
      marked = vtkSmartPointer<vtkDataObject>::Take(data->NewInstance());
      CopyLeaves(data, marked);
    }
    if (ghosts)
    {
      LeavesOf(marked)[part.Leaf]->GetPointData()->AddArray(ghosts);
    }
  }
  return marked;
}

bool HasShared(const OwnPart& part)
{
  return std::count(part.Shared.begin(), part.Shared.end(), 1) > 0;
}
}

vtkSmartPointer<vtkDataObject> MarkSharedNodes(
  vtkDataObject* given, const Communicator& communicator)
{
  if (communicator.Size() == 1 && !vtkCompositeDataSet::SafeDownCast(given))
  {
    return given;
  }
  const vtkSmartPointer<vtkDataObject> data = MarkPointsOfGhosts(given);
  Matching matching(MeshPartsOf(data), communicator); // 1.
  if (matching.IsTrivial())
  {
    return data;
  }
  matching.CollectNodes();         // 2.
  matching.Exchange();             // 3.
  matching.ForgetUnjoinedMeshes(); // 4.
  const std::vector<OwnPart>& parts = matching.Parts();
  if (std::none_of(parts.begin(), parts.end(), HasShared))
  {
    return data;
  }
  auto marked = vtkSmartPointer<vtkDataObject>::Take(data->NewInstance());
  CopyLeaves(data, marked);
  const std::vector<vtkDataSet*> leaves = LeavesOf(marked);
  for (const OwnPart& part : parts)
  {
    if (HasShared(part))
    {
      leaves[part.Part.Leaf]->GetPointData()->AddArray(GhostsOf(part));
    }
  }
  return marked;
}
}
