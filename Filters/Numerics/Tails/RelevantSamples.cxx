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
constexpr Index BoxesPerPiece = 32;

class Selection
{
public:
  Selection(const SampleSource& local, const CloudMoments& moments, const GaussianKernel& kernel)
    : Source(local)
    , Cells(kernel, moments)
  {
  }

  /// Moments of the cells' samples and number of wanted places of each box, of all parts.
  void Count(WantedBoxes& boxes, const Exchange& exchange, const Execution& execution)
  {
    this->Found = this->Cells.Count(this->Source, execution);
    exchange.Sum(this->Found.Moments.data(), this->Found.Moments.size());
    exchange.Sum(boxes.Counts().data(), boxes.Size());
  }

  /// Flags the cells that count in any wanted box.
  void Choose(const WantedBoxes& wanted, double tolerance, const Execution& execution)
  {
    const Index cells = this->Cells.Size();
    this->FindShares();
    const double allowed = std::log(tolerance / static_cast<double>(cells));
    const Index boxes = wanted.Size();
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
            if (wanted.Counts()[box] > 0.0)
            {
              this->FlagCells(wanted, box, allowed, work, own.data());
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

  /// The centre of a box and how far it reaches from there, in z.
  void Extent(
    const WantedBoxes& boxes, Index box, Eigen::Vector3d& centre, Eigen::Vector3d& reach) const
  {
    const Eigen::Vector3d low = boxes.Low(box);
    const Eigen::Vector3d high = boxes.High(box);
    centre = this->Cells.White(0.5 * (low + high));
    reach = this->Cells.Root().cwiseAbs() * (0.5 * (high - low).cwiseAbs());
  }

  void FlagCells(const WantedBoxes& boxes, Index box, double allowed, Eigen::ArrayXd& work,
    unsigned char* flags) const
  {
    Eigen::Vector3d centre;
    Eigen::Vector3d reach;
    this->Extent(boxes, box, centre, reach);
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
  WhiteCells Cells;
  WhiteCells::Census Found;
  Eigen::ArrayXd LogWeights;
  Eigen::ArrayXd Constants;
  Eigen::ArrayXXd Means;
  std::vector<unsigned char> Chosen;
};
}

Samples RelevantSamples(const SampleSource& local, const CloudMoments& moments,
  const GaussianKernel& kernel, WantedBoxes boxes, double tolerance, const Exchange& exchange,
  const Execution& execution)
{
  Selection selection(local, moments, kernel);
  selection.Count(boxes, exchange, execution);
  selection.Choose(boxes, tolerance, execution);
  return selection.Collect(execution);
}
}
