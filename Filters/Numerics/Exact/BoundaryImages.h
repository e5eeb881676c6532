// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_BoundaryImages_h
#define Exact_BoundaryImages_h

#include "Numerics/Base/Boundary.h"
#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Cloud/CloudMoments.h"
#include "Numerics/Cloud/SampleSource.h"

#include <array>
#include <vector>

namespace scorefields
{
/// The samples with their images, so that a plain sum over them is the estimate with periodic or
/// reflecting axes.
///
/// Along a periodic axis of a box [a, b] every sample is repeated with period b - a; along a
/// reflecting one it is mirrored at a and b again and again. Samples outside the box are folded
/// into it first. Images are kept where, for any node of the box, they may weigh more than 1e-16 of
/// the nearest image of the same sample. "Nearest" is meant in the kernel's metric: with d = x - y
/// for a node x and an image y, split into closed axes c and open axes o,
///   d' P d = (d_c - M d_o)' S^-1 (d_c - M d_o) + d_o' H_oo^-1 d_o,   M = H_co H_oo^-1,
///   S = H_cc - M H_oc,
/// so that a node far off along an open axis may count images far off along a closed one. With r_a
/// half the period (reflecting: the length) of axis a, some image has |d_c - M d_o| within r, and
/// all that count have it within
///   sqrt(k sum_a r_a^2 + 2 l ln 1e16),   k the condition number of S, l its largest eigenvalue;
/// within sqrt(r_a^2 + 2 H_aa ln 1e16) along each axis if H is diagonal.
///
/// Entries are the samples once for each place of an image; batches have the images that are kept.
class ImagedSamples : public SampleSource
{
public:
  /// @param samples  this part of the cloud; must outlive this object.
  /// @param moments  of the whole cloud.
  /// @param grid     whose first and last nodes are the box; an axis with one node stays open.
  ImagedSamples(const SampleSource& samples, const CloudMoments& moments,
    const GaussianKernel& kernel, const Grid& grid, const std::array<Boundary, 3>& boundaries);

  Index EntryCount() const override;
  bool IsWeighted() const override { return this->Source.IsWeighted(); }
  SampleBatch Read(Index begin, Index end, Storage& storage) const override;

  /// Of each image, in the order of the batches, the number of its sample's entry; of a source all
  /// entries of which count.
  std::vector<Index> Owners() const;
  /// The moments given, with the bounds and the centre of the images.
  CloudMoments Moments() const;
  /// The sample itself, moved into the box along closed axes.
  Eigen::Vector3d Folded(const Eigen::Vector3d& sample) const;
  /// @throws std::invalid_argument that names Boundary if there are about 1e8 images or more (a
  ///         kernel far wider than the box: use the FFT engine, which needs none).
  void RequireFew() const;

private:
  /// Where along an axis an image of a sample lies: at lower + Side * offset + Shift.
  struct Place
  {
    double Side;
    double Shift;
  };
  /// One axis. Images are kept in [-Below, Length + Above], relative to Lower.
  struct AxisImages
  {
    Boundary Kind = Boundary::Open;
    double Lower = 0.0;
    double Length = 0.0;
    double Below = 0.0;
    double Above = 0.0;
    std::vector<Place> Places{ { 1.0, 0.0 } };

    double Period() const;
    /// How far the nearest image may be.
    double HalfPeriod() const;
    void FindPlaces();
    /// The image of a coordinate at a place. @return whether it is kept.
    bool Image(const Place& place, double coordinate, double& image) const;
  };
  void SetReach(const GaussianKernel& kernel, const Grid& grid);
  /// The place along each axis of the images of one turn through the samples.
  std::array<Place, 3> PlacesOf(Index turn) const;
  /// The image of a point at these places. @return whether it is kept.
  bool Image(
    const double* point, const std::array<Place, 3>& places, std::array<double, 3>& image) const;
  /// Appends the images at a place along each axis of a batch to storage.
  void Append(const SampleBatch& batch, const std::array<Place, 3>& places, Storage& storage) const;

  const SampleSource& Source;
  CloudMoments Given;
  std::array<AxisImages, 3> ByAxis;
};

/// The samples with their images in memory. TotalWeight stays that of the samples.
/// @throws as ImagedSamples::RequireFew. Cost: O(number of images).
Samples WithImages(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const std::array<Boundary, 3>& boundaries);

/// The samples inside of the box along closed axes: those beyond a face are moved by periods, or
/// mirrored, which changes no estimate.
Samples FoldedIntoBox(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const std::array<Boundary, 3>& boundaries);

/// True if any axis with more than one node is not open.
bool HasClosedAxis(const Grid& grid, const std::array<Boundary, 3>& boundaries);
}

#endif
