// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/BoundaryImages.h"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
constexpr double LogNegligible = 36.84; // ln 1e16
constexpr double MostImages = 1e8;

Boundary Effective(const Grid& grid, const std::array<Boundary, 3>& boundaries, int axis)
{
  return grid.Dimensions[axis] < 2 ? Boundary::Open : boundaries[static_cast<std::size_t>(axis)];
}

bool IsActive(const GaussianKernel& kernel, int axis)
{
  return kernel.Covariance()(axis, axis) > 0.0;
}

/// About how many images there are of so many samples.
template <class AxisImages>
double CountOf(double samples, const std::array<AxisImages, 3>& axes)
{
  double images = samples;
  for (const AxisImages& axis : axes)
  {
    const bool closed = axis.Kind != Boundary::Open;
    images *= closed ? 1.0 + (axis.Below + axis.Above) / axis.Length : 1.0;
  }
  return images;
}

/// The kernel along the closed axes where the offsets along the open ones are given: M and S.
class Conditional
{
public:
  Conditional(const GaussianKernel& kernel, const std::vector<int>& closed)
  {
    std::vector<int> open;
    for (int a = 0; a < kernel.Dimension(); ++a)
    {
      const int axis = kernel.ActiveAxes().Axis[a];
      if (std::find(closed.begin(), closed.end(), axis) == closed.end())
      {
        open.push_back(axis);
      }
    }
    const Eigen::Matrix3d& h = kernel.Covariance();
    Eigen::MatrixXd variance = h(closed, closed);
    if (!open.empty() && !closed.empty())
    {
      const Eigen::MatrixXd across = h(open, closed);
      const Eigen::MatrixXd among = h(open, open);
      const Eigen::MatrixXd slopes = among.ldlt().solve(across).transpose();
      variance -= slopes * across;
      this->Slopes(closed, open) = slopes;
    }
    if (!closed.empty())
    {
      this->Variances =
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(variance, Eigen::EigenvaluesOnly)
          .eigenvalues();
    }
  }

  /// An entry of M; 0 unless the first axis is closed and the second one open.
  double Slope(int closed, int open) const { return this->Slopes(closed, open); }
  double LargestVariance() const { return this->Variances.maxCoeff(); }
  double Condition() const { return this->Variances.maxCoeff() / this->Variances.minCoeff(); }

private:
  Eigen::Matrix3d Slopes = Eigen::Matrix3d::Zero();
  Eigen::VectorXd Variances = Eigen::VectorXd::Ones(1); ///< along the principal axes of S
};
}

double ImagedSamples::AxisImages::Period() const
{
  return this->Kind == Boundary::Reflecting ? 2.0 * this->Length : this->Length;
}

double ImagedSamples::AxisImages::HalfPeriod() const
{
  return 0.5 * this->Period();
}

// Offsets lie in [0, Length]: mirrored ones are folded at the upper face.
void ImagedSamples::AxisImages::FindPlaces()
{
  this->Places.clear();
  const double period = this->Period();
  const auto first = static_cast<Index>(std::floor(-this->Below / period)) - 1;
  const auto last = static_cast<Index>(std::ceil((this->Length + this->Above) / period)) + 1;
  for (Index k = first; k <= last; ++k)
  {
    const double shift = static_cast<double>(k) * period;
    if (shift + this->Length >= -this->Below && shift <= this->Length + this->Above)
    {
      this->Places.push_back({ 1.0, shift });
    }
    const bool mirrors = this->Kind == Boundary::Reflecting;
    if (mirrors && shift >= -this->Below && shift - this->Length <= this->Length + this->Above)
    {
      this->Places.push_back({ -1.0, shift });
    }
  }
}

bool ImagedSamples::AxisImages::Image(const Place& place, double coordinate, double& image) const
{
  if (this->Kind == Boundary::Open)
  {
    image = coordinate;
    return true;
  }
  const double period = this->Period();
  double offset = std::fmod(coordinate - this->Lower, period);
  offset += offset < 0.0 ? period : 0.0;
  offset = this->Kind == Boundary::Reflecting ? std::min(offset, period - offset) : offset;
  const double along = place.Side * offset + place.Shift;
  image = this->Lower + along;
  return along >= -this->Below && along <= this->Length + this->Above;
}

ImagedSamples::ImagedSamples(const SampleSource& samples, const CloudMoments& moments,
  const GaussianKernel& kernel, const Grid& grid, const std::array<Boundary, 3>& boundaries)
  : Source(samples)
  , Given(moments)
{
  for (int a = 0; a < 3; ++a)
  {
    AxisImages& axis = this->ByAxis[static_cast<std::size_t>(a)];
    axis.Kind = IsActive(kernel, a) ? Effective(grid, boundaries, a) : Boundary::Open;
    axis.Lower = grid.Origin[a];
    axis.Length = static_cast<double>(grid.Dimensions[a] - 1) * grid.Spacing[a];
  }
  this->SetReach(kernel, grid);
  const bool few =
    CountOf(this->Given.Count, this->ByAxis) <= MostImages; // else RequireFew refuses
  for (AxisImages& axis : this->ByAxis)
  {
    if (few && axis.Kind != Boundary::Open)
    {
      axis.FindPlaces();
    }
  }
}

void ImagedSamples::SetReach(const GaussianKernel& kernel, const Grid& grid)
{
  double radius = 0.0; // squared
  std::vector<int> closed;
  for (int axis = 0; axis < 3; ++axis)
  {
    const AxisImages& images = this->ByAxis[static_cast<std::size_t>(axis)];
    if (images.Kind != Boundary::Open)
    {
      closed.push_back(axis);
      radius += images.HalfPeriod() * images.HalfPeriod();
    }
  }
  const Conditional given(kernel, closed);
  const double joint =
    std::sqrt(radius * given.Condition() + 2.0 * LogNegligible * given.LargestVariance());
  for (const int axis : closed)
  {
    AxisImages& images = this->ByAxis[static_cast<std::size_t>(axis)];
    const double half = images.HalfPeriod();
    const double alone =
      std::sqrt(half * half + 2.0 * LogNegligible * kernel.Covariance()(axis, axis));
    images.Below = images.Above = kernel.IsDiagonal() ? alone : joint;
    for (int open = 0; open < 3; ++open)
    {
      // The least and the largest of M d_o, for all nodes and samples.
      const double last = static_cast<double>(grid.Dimensions[open] - 1) * grid.Spacing[open];
      const double slope = given.Slope(axis, open);
      const double one = slope * (grid.Origin[open] - this->Given.Upper[open]);
      const double other = slope * (grid.Origin[open] + last - this->Given.Lower[open]);
      images.Below += std::max(one, other);
      images.Above -= std::min(one, other);
    }
  }
}

Index ImagedSamples::EntryCount() const
{
  Index count = this->Source.EntryCount();
  for (const AxisImages& axis : this->ByAxis)
  {
    count *= static_cast<Index>(axis.Places.size());
  }
  return count;
}

SampleBatch ImagedSamples::Read(Index begin, Index end, Storage& storage) const
{
  storage.Points.clear();
  storage.Weights.clear();
  const Index entries = this->Source.EntryCount();
  SampleBatch all;
  Storage own;
  for (Index first = begin; first < end;)
  {
    const Index turn = first / entries;
    const Index last = std::min(end, (turn + 1) * entries);
    const SampleBatch batch = this->Source.Read(first - turn * entries, last - turn * entries, own);
    this->Append(batch, this->PlacesOf(turn), storage);
    all.NotFinite += turn == 0 ? batch.NotFinite : 0;
    first = last;
  }
  all.Points = storage.Points.data();
  all.Weights = this->IsWeighted() ? storage.Weights.data() : nullptr;
  all.Count = static_cast<Index>(storage.Points.size() / 3);
  return all;
}

void ImagedSamples::Append(
  const SampleBatch& batch, const std::array<Place, 3>& places, Storage& storage) const
{
  for (Index i = 0; i < batch.Count; ++i)
  {
    std::array<double, 3> image{};
    if (this->Image(batch.Points + 3 * i, places, image))
    {
      storage.Points.insert(storage.Points.end(), image.begin(), image.end());
      storage.Weights.insert(storage.Weights.end(), batch.Weights ? 1 : 0, batch.Weight(i));
    }
  }
}

std::array<ImagedSamples::Place, 3> ImagedSamples::PlacesOf(Index turn) const
{
  std::array<Place, 3> places{};
  auto rest = static_cast<std::size_t>(turn);
  for (std::size_t a = 0; a < 3; ++a)
  {
    const auto& choice = this->ByAxis[a].Places;
    places[a] = choice[rest % choice.size()];
    rest /= choice.size();
  }
  return places;
}

bool ImagedSamples::Image(
  const double* point, const std::array<Place, 3>& places, std::array<double, 3>& image) const
{
  bool kept = true;
  for (std::size_t a = 0; a < 3; ++a)
  {
    kept = kept && this->ByAxis[a].Image(places[a], point[a], image[a]);
  }
  return kept;
}

std::vector<Index> ImagedSamples::Owners() const
{
  std::vector<Index> owners;
  const Index entries = this->Source.EntryCount();
  Storage storage;
  const SampleBatch batch = this->Source.Read(0, entries, storage);
  for (Index first = 0; first < this->EntryCount(); first += entries)
  {
    const std::array<Place, 3> places = this->PlacesOf(first / entries);
    for (Index i = 0; i < batch.Count; ++i)
    {
      std::array<double, 3> image{};
      if (this->Image(batch.Points + 3 * i, places, image))
      {
        owners.push_back(i);
      }
    }
  }
  return owners;
}

CloudMoments ImagedSamples::Moments() const
{
  CloudMoments moments = this->Given;
  for (int a = 0; a < 3; ++a)
  {
    const AxisImages& axis = this->ByAxis[static_cast<std::size_t>(a)];
    if (axis.Kind != Boundary::Open)
    {
      moments.Lower[a] = axis.Lower - axis.Below;
      moments.Upper[a] = axis.Lower + axis.Length + axis.Above;
      moments.Mean[a] = 0.5 * (moments.Lower[a] + moments.Upper[a]);
    }
  }
  return moments;
}

Eigen::Vector3d ImagedSamples::Folded(const Eigen::Vector3d& sample) const
{
  constexpr Place here{ 1.0, 0.0 };
  Eigen::Vector3d folded;
  for (int a = 0; a < 3; ++a)
  {
    this->ByAxis[static_cast<std::size_t>(a)].Image(here, sample[a], folded[a]);
  }
  return folded;
}

void ImagedSamples::RequireFew() const
{
  const double images = CountOf(this->Given.Count, this->ByAxis);
  if (images > MostImages)
  {
    std::ostringstream message;
    message << "Boundary asks the exact engine for " << images << " images of the points, since the"
            << " kernel is wide against the box; set Bandwidth to less, or Engine of Kernel "
               "Density to FFT";
    throw std::invalid_argument(message.str());
  }
}

bool HasClosedAxis(const Grid& grid, const std::array<Boundary, 3>& boundaries)
{
  for (int axis = 0; axis < 3; ++axis)
  {
    if (Effective(grid, boundaries, axis) != Boundary::Open)
    {
      return true;
    }
  }
  return false;
}

Samples FoldedIntoBox(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const std::array<Boundary, 3>& boundaries)
{
  const StoredSamples source(samples);
  const ImagedSamples imaged(source, MomentsOf(samples), kernel, grid, boundaries);
  Samples folded = samples;
  for (Index i = 0; i < samples.Count(); ++i)
  {
    folded.Points.col(i) = imaged.Folded(samples.Points.col(i));
  }
  return folded;
}

Samples WithImages(const Samples& samples, const GaussianKernel& kernel, const Grid& grid,
  const std::array<Boundary, 3>& boundaries)
{
  const StoredSamples source(samples);
  const ImagedSamples imaged(source, MomentsOf(samples), kernel, grid, boundaries);
  imaged.RequireFew();
  Samples all;
  InMemory(imaged, all);
  all.TotalWeight = samples.TotalWeight;
  return all;
}
}
