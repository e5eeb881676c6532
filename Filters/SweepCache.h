// SPDX-License-Identifier: BSD-3-Clause
#ifndef SweepCache_h
#define SweepCache_h

#include "Numerics/KernelChoice.h"

#include <vtkSmartPointer.h>
#include <vtkType.h>

#include <array>
#include <cstdint>
#include <list>
#include <map>
#include <optional>

class vtkImageData;

namespace vtkscorefields
{
/// A hash of all coordinates and weights. The pipeline makes new data objects of the same points
/// with each time step, so that their modification times do not tell whether the points changed.
/// Cost: one pass.
std::uint64_t FingerprintOf(
  const scorefields::SampleSource& source, const scorefields::Execution& execution);

/// What a sweep keeps from one step to the next: finished images, within a budget of memory, the
/// transform of the points and the kernel whose shape the steps share.
///
/// Everything belongs to one state of the input and the properties; another state empties it.
class SweepCache
{
public:
  /// What the kept results depend on.
  struct State
  {
    vtkMTimeType Filter = 0;
    std::uint64_t Cloud = 0; ///< FingerprintOf the samples
    std::array<int, 6> Extent{ { 0, -1, 0, -1, 0, -1 } };

    bool operator==(const State& other) const
    {
      return this->Filter == other.Filter && this->Cloud == other.Cloud &&
        this->Extent == other.Extent;
    }
  };

  /// True if what is kept belongs to this state.
  bool IsAt(const State& state) const { return state == this->Current; }
  /// Empties the cache for a new state.
  void Enter(const State& state);
  void Clear();

  /// The image of a step, which becomes the one used last, or null.
  vtkImageData* Find(std::size_t step);
  /// Keeps an image that shares its arrays with `image`. The images used longest ago are given up
  /// until all together take no more than `budget` bytes; one that is larger is not kept.
  void Keep(std::size_t step, vtkImageData* image, double budget);
  /// Bytes that the images take.
  double Bytes() const;

  /// Of the bandwidths from 2^band to 2^(band + 1) times the least one: a transform for all would
  /// have the narrowest's fine mesh and the widest's padding at every step.
  std::map<int, scorefields::TransformReuse> Transforms;
  std::optional<scorefields::KernelChoice> Shape;

private:
  struct Entry
  {
    std::size_t Step;
    vtkSmartPointer<vtkImageData> Image;
    double Bytes;
  };

  State Current;
  std::list<Entry> Entries; ///< the one used last in front
};
}

#endif
