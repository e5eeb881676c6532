// SPDX-License-Identifier: BSD-3-Clause
#ifndef Pipeline_SweepCache_h
#define Pipeline_SweepCache_h

#include "Numerics/Bandwidth/KernelChoice.h"
#include "Numerics/Density/EstimateReuse.h"

#include <vtkSmartPointer.h>
#include <vtkType.h>

#include <array>
#include <cstdint>
#include <list>
#include <map>
#include <optional>

class vtkDataObject;
class vtkImageData;

namespace vtkscorefields
{
/// A hash of all coordinates and weights. Where the pipeline makes new data objects of the same
/// points with each time step, their modification times do not tell whether the points changed.
/// Cost: one pass.
std::uint64_t FingerprintOf(
  const scorefields::SampleSource& source, const scorefields::Execution& execution);

/// A hash of the data sets of an input and their modification times: while it stays, the points and
/// arrays are the same. Cost: none to speak of.
std::uint64_t StampOf(vtkDataObject* input);

/// What a sweep keeps from one step to the next, within a budget of memory: the points and their
/// moments, their transforms and tree, finished images; and the kernel whose shape the steps
/// share.
///
/// Everything belongs to one state of the input and the properties; another state empties it.
class SweepCache
{
public:
  /// What the kept results depend on.
  struct State
  {
    vtkMTimeType Filter = 0;
    std::array<int, 6> Extent{ { 0, -1, 0, -1, 0, -1 } };
    std::uint64_t Stamp = 0; ///< StampOf the input
    std::uint64_t Cloud = 0; ///< FingerprintOf the samples
  };

  /// True if what is kept belongs to this state as far as its Stamp tells; Cloud is not compared.
  bool IsAt(const State& state) const;
  /// True if what is kept belongs to this state as its Cloud tells; Stamp is not compared.
  bool HasCloudOf(const State& state) const;
  /// From now on this state; keeps everything.
  void Rename(const State& state) { this->Current = state; }
  /// Empties the cache for a new state.
  void Enter(const State& state);
  void Clear();

  /// The image of a step, which becomes the one used last, or null.
  vtkImageData* Find(std::size_t step);
  /// Keeps an image that shares its arrays with `image`. The images used longest ago are given up
  /// until all that is kept takes no more than `budget` bytes; one that is larger is not kept.
  /// Points, transforms and tree are given up only where they alone take more.
  void Keep(std::size_t step, vtkImageData* image, double budget);
  /// Bytes of all that is kept.
  double Bytes() const;

  /// For the bandwidths from 2^band to 2^(band + 1) times the least one: a transform for all would
  /// have the narrowest's fine mesh and the widest's padding at every step. A tree that another
  /// band has is shared.
  scorefields::EstimateReuse& Band(int band);

  scorefields::CloudMoments Moments; ///< of the whole cloud
  double NonFinite = 0.0;            ///< points of all ranks that are left out
  std::optional<scorefields::KernelChoice> Shape;

private:
  double PreparedBytes() const;
  double ImageBytes() const;
  struct Entry
  {
    std::size_t Step;
    vtkSmartPointer<vtkImageData> Image;
    double Bytes;
  };

  State Current;
  std::map<int, scorefields::EstimateReuse> Bands;
  std::list<Entry> Entries; ///< the one used last in front
};
}

#endif
