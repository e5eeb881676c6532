// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Tails/WhiteCells.h"

#include "Numerics/Exact/LocalFrame.h"

#include <algorithm>
#include <cmath>

namespace scorefields
{
namespace
{
constexpr Index MostCells[3] = { 16384, 128, 25 }; // so that a number of a cell takes two bytes
constexpr double CellSide = 0.25;                  ///< at least, in bandwidths
constexpr Index MostPieces = 16; ///< of the samples; each has sums of its own for all cells

Index PiecesOf(const SampleSource& source)
{
  constexpr Index length = 8 * SampleSource::BatchLength;
  return std::min(MostPieces, (source.EntryCount() + length - 1) / length);
}

/// Calls consume(batch, piece, place) for all batches; those of one piece in order, on one thread.
/// The samples of a piece have places side by side, from that of its first entry on.
template <class Consumer>
void ForEachPiece(const SampleSource& source, const Execution& execution, const Consumer& consume)
{
  const Index entries = source.EntryCount();
  const Index pieces = PiecesOf(source);
  execution.For(pieces,
    [&](Index begin, Index end)
    {
      SampleSource::Storage storage;
      for (Index piece = begin; piece < end; ++piece)
      {
        Index place = entries * piece / pieces;
        ForEachBatch(source, place, entries * (piece + 1) / pieces, storage,
          [&](const SampleBatch& batch)
          {
            consume(batch, piece, place);
            place += batch.Count;
          });
      }
    });
}

Eigen::Matrix3d RootOf(const GaussianKernel& kernel)
{
  const exact::ActiveKernel compact(kernel);
  Eigen::Matrix3d root = Eigen::Matrix3d::Zero();
  for (int a = 0; a < compact.Dimension; ++a)
  {
    for (int b = a; b < compact.Dimension; ++b)
    {
      root(a, kernel.ActiveAxes().Axis[b]) =
        compact.Root[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)];
    }
  }
  return root;
}
}

WhiteCells::WhiteCells(const GaussianKernel& kernel, const CloudMoments& moments)
  : Mean(moments.Mean)
  , Whitening(RootOf(kernel))
{
  const Eigen::Vector3d half = 0.5 * (moments.Upper - moments.Lower);
  const Eigen::Array3d reach = (this->Whitening.cwiseAbs() * half).array();
  this->Corner = this->White(moments.Lower + half).array() - reach;
  for (int a = 0; a < kernel.Dimension(); ++a)
  {
    const double parts = std::ceil(2.0 * reach[a] / CellSide);
    this->Numbers[a] = static_cast<Index>(
      std::clamp(parts, 1.0, static_cast<double>(MostCells[kernel.Dimension() - 1])));
    this->Sides[a] = 2.0 * reach[a] / static_cast<double>(this->Numbers[a]);
    this->PerSide[a] = reach[a] > 0.0 ? 1.0 / this->Sides[a] : 0.0;
  }
}

Index WhiteCells::Of(const double* point, Eigen::Array3d& offset) const
{
  const Eigen::Vector3d z = this->White(Eigen::Map<const Eigen::Vector3d>(point));
  Index cell = 0;
  for (int a = 2; a >= 0; --a)
  {
    const double fromCorner = z[a] - this->Corner[a];
    const auto last = static_cast<double>(this->Numbers[a] - 1);
    const auto part =
      static_cast<Index>(std::min(std::max(fromCorner * this->PerSide[a], 0.0), last));
    offset[a] = fromCorner - (static_cast<double>(part) + 0.5) * this->Sides[a];
    cell = cell * this->Numbers[a] + part;
  }
  return cell;
}

Eigen::Array3d WhiteCells::Centre(Index cell) const
{
  const Index row = cell / this->Numbers[0];
  const Index3 place(cell % this->Numbers[0], row % this->Numbers[1], row / this->Numbers[1]);
  return this->Corner + (place.cast<double>().array() + 0.5) * this->Sides;
}

WhiteCells::Census WhiteCells::Count(const SampleSource& source, const Execution& execution) const
{
  Census census;
  census.Cell.resize(static_cast<std::size_t>(source.EntryCount()));
  std::vector<Eigen::ArrayXXd> pieces(static_cast<std::size_t>(PiecesOf(source)));
  ForEachPiece(source, execution,
    [&](const SampleBatch& batch, Index piece, Index place)
    {
      Eigen::ArrayXXd& own = pieces[static_cast<std::size_t>(piece)];
      if (own.size() == 0)
      {
        own = Eigen::ArrayXXd::Zero(Rows, this->Size());
      }
      for (Index i = 0; i < batch.Count; ++i)
      {
        Eigen::Array3d offset;
        const Index cell = this->Of(batch.Points + 3 * i, offset);
        census.Cell[static_cast<std::size_t>(place + i)] = static_cast<std::uint16_t>(cell);
        const double weight = batch.Weight(i);
        double* const sums = own.data() + Rows * cell;
        sums[Weight] += weight;
        for (int a = 0; a < 3; ++a)
        {
          sums[First + a] += weight * offset[a];
        }
      }
    });
  census.Moments = Eigen::ArrayXXd::Zero(Rows, this->Size());
  for (const Eigen::ArrayXXd& piece : pieces)
  {
    census.Moments += piece;
  }
  return census;
}

Samples WhiteCells::Collect(const SampleSource& source, const std::vector<std::uint16_t>& cellOf,
  const std::vector<unsigned char>& chosen, const Execution& execution)
{
  std::vector<SampleSource::Storage> pieces(static_cast<std::size_t>(PiecesOf(source)));
  ForEachPiece(source, execution,
    [&](const SampleBatch& batch, Index piece, Index place)
    {
      SampleSource::Storage& own = pieces[static_cast<std::size_t>(piece)];
      for (Index i = 0; i < batch.Count; ++i)
      {
        if (chosen[cellOf[static_cast<std::size_t>(place + i)]])
        {
          const double* point = batch.Points + 3 * i;
          own.Points.insert(own.Points.end(), point, point + 3);
          own.Weights.insert(own.Weights.end(), batch.Weights ? 1 : 0, batch.Weight(i));
        }
      }
    });
  std::vector<double> points;
  std::vector<double> weights;
  for (const SampleSource::Storage& piece : pieces)
  {
    points.insert(points.end(), piece.Points.begin(), piece.Points.end());
    weights.insert(weights.end(), piece.Weights.begin(), piece.Weights.end());
  }
  Samples samples;
  samples.Points =
    Eigen::Map<const Eigen::Matrix3Xd>(points.data(), 3, static_cast<Index>(points.size()) / 3);
  samples.Weights =
    Eigen::Map<const Eigen::VectorXd>(weights.data(), static_cast<Index>(weights.size()));
  samples.TotalWeight =
    weights.empty() ? static_cast<double>(samples.Count()) : samples.Weights.sum();
  return samples;
}
}
