// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/RelevantSamples.h"

#include "Numerics/Tails/TailLoops.h"
#include "Numerics/Tails/WhiteCells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace scorefields
{
namespace
{
constexpr Index MostBoxes[3] = { 1024, 32, 20 };
constexpr Index BoxesPerPiece = 32;

class Selection
{
public:
  Selection(const SampleSource& local, const CloudMoments& moments, const GaussianKernel& kernel,
    const Grid& grid)
    : Source(local)
    , Nodes(grid)
    , Cells(kernel, moments)
  {
    for (int a = 0; a < kernel.Dimension(); ++a)
    {
      const int axis = kernel.ActiveAxes().Axis[a];
      this->Boxes[axis] = std::min(grid.Dimensions[axis], MostBoxes[kernel.Dimension() - 1]);
    }
  }

  /// Moments of the cells' samples and number of wanted nodes of each box, of all parts.
  void Count(const NodeBlock& block, const unsigned char* wanted, const Exchange& exchange,
    const Execution& execution)
  {
    this->Found = this->Cells.Count(this->Source, execution);
    this->CountNodes(block, wanted);
    exchange.Sum(this->Found.Moments.data(), this->Found.Moments.size());
    exchange.Sum(this->Wanted.data(), this->Wanted.size());
  }

  /// Flags the cells that count in any wanted box.
  void Choose(double tolerance, const Execution& execution)
  {
    const Index cells = this->Cells.Size();
    this->FindShares();
    const double allowed = std::log(tolerance / static_cast<double>(cells));
    const Index boxes = this->Boxes.prod();
    const Index pieces = (boxes + BoxesPerPiece - 1) / BoxesPerPiece;
    std::vector<std::vector<unsigned char>> flags(static_cast<std::size_t>(pieces));
    execution.For(pieces,
      [&](Index begin, Index end)
      {
        Eigen::ArrayXd work(cells);
        for (Index piece = begin; piece < end; ++piece)
        {
          auto& own = flags[static_cast<std::size_t>(piece)];
          own.assign(static_cast<std::size_t>(cells), 0);
          const Index last = std::min(boxes, (piece + 1) * BoxesPerPiece);
          for (Index box = piece * BoxesPerPiece; box < last; ++box)
          {
            if (this->Wanted[box] > 0.0)
            {
              this->FlagCells(box, allowed, work, own.data());
            }
          }
        }
      });
    this->Chosen.assign(static_cast<std::size_t>(cells), 0);
    for (const auto& own : flags)
    {
      std::transform(own.begin(), own.end(), this->Chosen.begin(), this->Chosen.begin(),
        [](unsigned char one, unsigned char two) { return static_cast<unsigned char>(one | two); });
    }
  }

  /// The samples in chosen cells.
  Samples Collect(const Execution& execution) const
  {
    return WhiteCells::Collect(this->Source, this->Found.Cell, this->Chosen, execution);
  }

private:
  Index BoxAlong(int axis, Index node) const
  {
    return node * this->Boxes[axis] / this->Nodes.Dimensions[axis];
  }

  void CountNodes(const NodeBlock& block, const unsigned char* wanted)
  {
    this->Wanted = Eigen::ArrayXd::Zero(this->Boxes.prod());
    const unsigned char* flag = wanted;
    for (Index k = 0; k < block.Dimensions[2]; ++k)
    {
      const Index layer = this->BoxAlong(2, block.First[2] + k) * this->Boxes[1];
      for (Index j = 0; j < block.Dimensions[1]; ++j)
      {
        const Index row = (layer + this->BoxAlong(1, block.First[1] + j)) * this->Boxes[0];
        for (Index i = 0; i < block.Dimensions[0]; ++i)
        {
          this->Wanted[row + this->BoxAlong(0, block.First[0] + i)] += *flag++;
        }
      }
    }
  }

  void FindShares()
  {
    const Index cells = this->Cells.Size();
    this->LogWeights = this->Found.Moments.row(WhiteCells::Weight).log();
    this->Means.resize(cells, 3);
    this->Constants = this->LogWeights;
    for (Index cell = 0; cell < cells; ++cell)
    {
      const double weight = this->Found.Moments(WhiteCells::Weight, cell);
      const Eigen::Array3d mean =
        this->Found.Moments.col(cell).segment<3>(WhiteCells::First) / (weight > 0.0 ? weight : 1.0);
      this->Means.row(cell) = (this->Cells.Centre(cell) + mean).transpose();
      const Eigen::Array3d deviation = 0.25 * this->Cells.Side().square() - mean.square();
      this->Constants[cell] -= 0.5 * deviation.max(0.0).sum();
    }
  }

  /// The centre of a box of nodes and how far it reaches from there, in z.
  void Extent(Index box, Eigen::Vector3d& centre, Eigen::Vector3d& reach) const
  {
    const Index row = box / this->Boxes[0];
    const Index3 place(box % this->Boxes[0], row % this->Boxes[1], row / this->Boxes[1]);
    Eigen::Vector3d low;
    Eigen::Vector3d high;
    for (int axis = 0; axis < 3; ++axis)
    {
      // The nodes with BoxAlong(node) == place, and perhaps one more.
      const Index nodes = this->Nodes.Dimensions[axis];
      const Index first = place[axis] * nodes / this->Boxes[axis];
      const Index last = std::min(nodes - 1, (place[axis] + 1) * nodes / this->Boxes[axis]);
      const double spacing = this->Nodes.Spacing[axis];
      low[axis] = this->Nodes.Origin[axis] + static_cast<double>(first) * spacing;
      high[axis] = this->Nodes.Origin[axis] + static_cast<double>(last) * spacing;
    }
    centre = this->Cells.White(0.5 * (low + high));
    reach = this->Cells.Root().cwiseAbs() * (0.5 * (high - low).cwiseAbs());
  }

  void FlagCells(Index box, double allowed, Eigen::ArrayXd& work, unsigned char* flags) const
  {
    Eigen::Vector3d centre;
    Eigen::Vector3d reach;
    this->Extent(box, centre, reach);
    const double* const means[3] = { this->Means.col(0).data(), this->Means.col(1).data(),
      this->Means.col(2).data() };
    LeastShares(means, this->Constants.data(), centre.data(), work.size(), work.data());
    Index best = 0;
    const double least = work.maxCoeff(&best) + allowed;
    std::array<Eigen::ArrayXd, 3> bounds;
    for (int a = 0; a < 3; ++a)
    {
      bounds[static_cast<std::size_t>(a)] =
        this->BoundsAlong(a, centre[a], reach[a], this->Means(best, a));
    }
    const Index length = this->Cells.Parts()[0];
    for (Index row = 0; row < this->Cells.Size() / length; ++row)
    {
      const double others =
        bounds[1][row % this->Cells.Parts()[1]] + bounds[2][row / this->Cells.Parts()[1]];
      FlagRow(this->LogWeights.data() + row * length, bounds[0].data(), least - others, length,
        flags + row * length);
    }
  }

  /// For each cell along an axis the largest of -(centre - z)^2 / 2 + reach |z - mean| in it.
  Eigen::ArrayXd BoundsAlong(int axis, double centre, double reach, double mean) const
  {
    Eigen::ArrayXd bounds(this->Cells.Parts()[axis]);
    const double side = this->Cells.Side()[axis];
    for (Index c = 0; c < bounds.size(); ++c)
    {
      const double low = this->Cells.Lower()[axis] + static_cast<double>(c) * side;
      // Samples on a border may round to either side of it.
      const double slack = 1e-9 * (side + reach) + 1e-14 * (std::abs(low) + std::abs(centre));
      const double gap = std::max({ 0.0, low - centre, centre - (low + side) }) - slack;
      const double lever = std::max(low + side - mean, mean - low) + slack;
      bounds[c] = -0.5 * std::max(0.0, gap) * std::max(0.0, gap) + (reach + slack) * lever;
    }
    return bounds;
  }

  const SampleSource& Source;
  const Grid& Nodes;
  WhiteCells Cells;
  Index3 Boxes = Index3::Ones(); ///< of nodes, along each axis
  WhiteCells::Census Found;
  Eigen::ArrayXd Wanted; ///< number of wanted nodes in each box
  Eigen::ArrayXd LogWeights;
  Eigen::ArrayXd Constants;
  Eigen::ArrayXXd Means;
  std::vector<unsigned char> Chosen;
};
}

Samples RelevantSamples(const SampleSource& local, const CloudMoments& moments,
  const GaussianKernel& kernel, const Grid& grid, const NodeBlock& block,
  const unsigned char* wanted, double tolerance, const Exchange& exchange,
  const Execution& execution)
{
  Selection selection(local, moments, kernel, grid);
  selection.Count(block, wanted, exchange, execution);
  selection.Choose(tolerance, execution);
  return selection.Collect(execution);
}
}
