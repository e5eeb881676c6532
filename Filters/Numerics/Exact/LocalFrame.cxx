// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Exact/LocalFrame.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <utility>

namespace scorefields
{
namespace exact
{
namespace
{
ActiveVector Multiply(const ActiveKernel& kernel, const ActiveVector& vector)
{
  ActiveVector product{};
  for (std::size_t a = 0; a < 3; ++a)
  {
    product[a] =
      kernel.Root[a][0] * vector[0] + kernel.Root[a][1] * vector[1] + kernel.Root[a][2] * vector[2];
  }
  return product;
}

ActiveVector Point(const SampleTree& index, Index position)
{
  ActiveVector point{};
  for (int a = 0; a < index.Dimension(); ++a)
  {
    point[static_cast<std::size_t>(a)] = index.Coordinates(a)[position];
  }
  return point;
}

void Refer(LocalFrame& frame, const SampleTree& index, const ActiveKernel& kernel,
  const SplitPoint& centre, Index position)
{
  frame.Position = position;
  frame.LogWeight = index.LogWeights()[position];
  frame.Reference = Point(index, position);
  for (std::size_t a = 0; a < 3; ++a)
  {
    frame.Offset[a] = (frame.Reference[a] - centre.Value[a]) - centre.Remainder[a];
  }
  frame.Distance = Multiply(kernel, frame.Offset);
}

/// g_i: how much the sample counts at the centre, as a logarithm, relative to the reference.
double Advantage(
  const SampleTree& index, const ActiveKernel& kernel, const LocalFrame& frame, Index position)
{
  ActiveVector difference = Point(index, position);
  for (std::size_t a = 0; a < 3; ++a)
  {
    difference[a] -= frame.Reference[a];
  }
  const ActiveVector t = Multiply(kernel, difference);
  double sum = index.LogWeights()[position] - frame.LogWeight;
  for (std::size_t a = 0; a < 3; ++a)
  {
    sum -= 0.5 * t[a] * (t[a] + 2.0 * frame.Distance[a]);
  }
  return sum;
}
}

ActiveKernel::ActiveKernel(const GaussianKernel& kernel)
  : Dimension(kernel.Dimension())
{
  const Eigen::MatrixXd precision = kernel.ActiveAxes().PartOf(kernel.Precision());
  const Eigen::MatrixXd root = precision.llt().matrixU();
  for (int a = 0; a < this->Dimension; ++a)
  {
    for (int b = a; b < this->Dimension; ++b)
    {
      this->Root[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] = root(a, b);
    }
  }
}

namespace
{
/// The first position that is not excluded.
Index FirstCounted(const Excluded& excluded)
{
  Index first = 0;
  while (first < excluded.Count && excluded.Positions[first] == first)
  {
    ++first;
  }
  return first;
}
}

LocalFrame FindFrame(const SampleTree& index, const ActiveKernel& kernel, const SplitPoint& centre,
  const Excluded& excluded)
{
  LocalFrame frame;
  frame.Position = -1;
  if (index.Count() <= excluded.Count)
  {
    return frame;
  }
  Refer(frame, index, kernel, centre, FirstCounted(excluded));
  const std::vector<SampleTree::Box>& boxes = index.Boxes();
  std::array<Index, 128> pending; // the tree is balanced: at most two boxes per level
  std::size_t count = 0;
  pending[count++] = 0;
  while (count > 0)
  {
    const SampleTree::Box& box = boxes[static_cast<std::size_t>(pending[--count])];
    if (BoundOf(box, frame, kernel) <= 0.0)
    {
      continue;
    }
    if (box.Child == 0)
    {
      for (Index k = box.Begin; k < box.End; ++k)
      {
        if (!excluded.Has(k) && Advantage(index, kernel, frame, k) > 0.0)
        {
          Refer(frame, index, kernel, centre, k);
        }
      }
      continue;
    }
    const auto child = static_cast<std::size_t>(box.Child);
    const bool firstIsBetter =
      BoundOf(boxes[child], frame, kernel) >= BoundOf(boxes[child + 1], frame, kernel);
    pending[count++] = box.Child + (firstIsBetter ? 1 : 0);
    pending[count++] = box.Child + (firstIsBetter ? 0 : 1);
  }
  return frame;
}

void SetExtent(LocalFrame& frame, const ActiveKernel& kernel, const ActiveVector& half)
{
  frame.Half = half;
  for (std::size_t a = 0; a < 3; ++a)
  {
    frame.Reach[a] = std::abs(kernel.Root[a][0]) * half[0] + std::abs(kernel.Root[a][1]) * half[1] +
      std::abs(kernel.Root[a][2]) * half[2];
  }
}

double BoundOf(const SampleTree::Box& box, const LocalFrame& frame, const ActiveKernel& kernel)
{
  double bound = box.LogWeight - frame.LogWeight;
  const auto dimension = static_cast<std::size_t>(kernel.Dimension);
  for (std::size_t a = 0; a < dimension; ++a)
  {
    double low = 0.0; // t_a over the box
    double high = 0.0;
    for (std::size_t b = a; b < dimension; ++b)
    {
      const double one = kernel.Root[a][b] * (box.Low[b] - frame.Reference[b]);
      const double two = kernel.Root[a][b] * (box.High[b] - frame.Reference[b]);
      low += std::min(one, two);
      high += std::max(one, two);
    }
    // The largest of -t^2/2 - t y_0 +- t Reach, two parabolas in t.
    const double peakOne = frame.Reach[a] - frame.Distance[a];
    const double peakTwo = -frame.Reach[a] - frame.Distance[a];
    const double one = std::min(std::max(peakOne, low), high);
    const double two = std::min(std::max(peakTwo, low), high);
    bound += std::max(one * (peakOne - 0.5 * one), two * (peakTwo - 0.5 * two));
  }
  return bound;
}
}
}
