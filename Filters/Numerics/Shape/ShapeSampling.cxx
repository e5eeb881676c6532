// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Shape/ShapeSampling.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>

namespace scorefields
{
namespace
{
/// Work is split by these numbers alone, not by threads.
constexpr Index CellsPerChunk = 2048;
constexpr Index ChunksPerCheckpoint = 32;
constexpr Index PointsPerCheckpoint = 1 << 16;
/// Another step than those in Random.h and in Flow/ParticleDraws.
constexpr std::uint32_t DrawStep = 0xfffffffcU;

double ThrownMass(const ShapeShare& share, RandomStream& random)
{
  return std::min(random.Uniform() * share.Total, std::nextafter(share.Total, 0.0));
}

bool IsSound(const ShapePiece& piece)
{
  bool sound = piece.Origin.allFinite() && piece.Edges.allFinite();
  for (int i = 0; i < piece.CornerCount(); ++i)
  {
    const double density = piece.Density[static_cast<std::size_t>(i)];
    sound = sound && density >= 0.0 && std::isfinite(density);
  }
  return sound;
}

/// Adds a cell to a survey. @returns its mass; not a number if something in it is not sound.
double AddCell(const std::vector<ShapePiece>& pieces, ShapeSurvey& survey)
{
  double mass = 0.0;
  for (const ShapePiece& piece : pieces)
  {
    mass += IsSound(piece) ? MassOf(piece) : std::numeric_limits<double>::quiet_NaN();
    survey.Measure += MeasureOf(piece);
    for (int i = 0; i < piece.CornerCount(); ++i)
    {
      survey.Bounds.extend(piece.Corner(i));
    }
  }
  survey.Mass += mass;
  survey.UncutCells += pieces.empty() ? 1.0 : 0.0;
  return mass;
}

/// Says what is wrong with a cell whose mass is no number.
[[noreturn]] void Refuse(const ShapeSource& source, Index cell)
{
  std::ostringstream message;
  const std::unique_ptr<ShapeReader> reader = source.NewReader();
  for (const ShapePiece& piece : reader->Read(cell))
  {
    for (int i = 0; i < piece.CornerCount() && message.tellp() == 0; ++i)
    {
      const Eigen::Vector3d corner = piece.Corner(i);
      const double density = piece.Density[static_cast<std::size_t>(i)];
      if (!corner.allFinite())
      {
        message << "Input has the point (" << corner[0] << ", " << corner[1] << ", " << corner[2]
                << "); coordinates must be finite. Remove such points, with Threshold for example";
      }
      else if (!(density >= 0.0 && std::isfinite(density)))
      {
        message << source.DensityName() << " holds " << density
                << "; values must be finite, and 0 or more";
      }
    }
  }
  if (message.tellp() == 0)
  {
    message << "Input has a cell whose length, area or volume is not finite; take a larger unit of "
               "length, or smaller values of "
            << source.DensityName();
  }
  throw std::invalid_argument(message.str());
}

void Merge(const ShapeSurvey& next, ShapeSurvey& all)
{
  all.Mass += next.Mass;
  all.Measure += next.Measure;
  all.UncutCells += next.UncutCells;
  all.Bounds.extend(next.Bounds);
}

/// Piece `k` of a cell, with a probability in proportion to its mass.
const ShapePiece& PickPiece(const std::vector<ShapePiece>& pieces, RandomStream& random)
{
  double mass = 0.0;
  for (const ShapePiece& piece : pieces)
  {
    mass += MassOf(piece);
  }
  double left = random.Uniform() * mass;
  const ShapePiece* picked = &pieces.front();
  for (const ShapePiece& piece : pieces)
  {
    const double own = MassOf(piece);
    picked = own > 0.0 ? &piece : picked; // where rounding leaves none, the last that can be
    if (left < own)
    {
      break;
    }
    left -= own;
  }
  return *picked;
}
}

void Require(const ShapeDraw& draw)
{
  std::ostringstream message;
  if (draw.Count < 1)
  {
    message << "NumberOfPoints is " << draw.Count << "; it must be 1 or more";
  }
  else if (!(draw.Jitter >= 0.0 && draw.Jitter <= 1e150))
  {
    message << "Jitter is " << draw.Jitter << "; it must be a length from 0 to 1e150";
  }
  else
  {
    return;
  }
  throw std::invalid_argument(message.str());
}

ShapeSampler::ShapeSampler(const ShapeSource& source, const Execution& execution)
  : Source(source)
  , Cumulative(static_cast<std::size_t>(source.CellCount()))
{
  const Index cells = source.CellCount();
  const Index chunks = (cells + CellsPerChunk - 1) / CellsPerChunk;
  std::vector<ShapeSurvey> surveys(static_cast<std::size_t>(chunks));
  execution.ForInBatches(chunks, ChunksPerCheckpoint,
    [&](Index begin, Index end)
    {
      const std::unique_ptr<ShapeReader> reader = source.NewReader();
      for (Index chunk = begin; chunk < end; ++chunk)
      {
        ShapeSurvey& survey = surveys[static_cast<std::size_t>(chunk)];
        const Index last = std::min(cells, (chunk + 1) * CellsPerChunk);
        for (Index cell = chunk * CellsPerChunk; cell < last; ++cell)
        {
          this->Cumulative[static_cast<std::size_t>(cell)] = AddCell(reader->Read(cell), survey);
        }
      }
    });
  for (const ShapeSurvey& survey : surveys)
  {
    Merge(survey, this->Whole);
  }
  double sum = 0.0;
  for (Index cell = 0; cell < cells; ++cell)
  {
    sum += this->Cumulative[static_cast<std::size_t>(cell)];
    if (!std::isfinite(sum))
    {
      Refuse(source, cell);
    }
    this->Cumulative[static_cast<std::size_t>(cell)] = sum;
  }
  this->Whole.Mass = sum; // the last of the numbers below which a place is looked for
}

Index ShapeSampler::CellAt(double mass) const
{
  // Below the whole, so that the cell has some mass of its own.
  const double within = std::clamp(mass, 0.0, std::nextafter(this->Whole.Mass, 0.0));
  return std::upper_bound(this->Cumulative.begin(), this->Cumulative.end(), within) -
    this->Cumulative.begin();
}

std::vector<std::uint64_t> ShapeSampler::NumbersIn(
  const ShapeDraw& draw, const ShapeShare& share, const Execution& execution) const
{
  const Index chunks = (draw.Count + PointsPerCheckpoint - 1) / PointsPerCheckpoint;
  std::vector<std::vector<std::uint64_t>> found(static_cast<std::size_t>(chunks));
  execution.ForInBatches(chunks, ChunksPerCheckpoint,
    [&](Index begin, Index end)
    {
      for (Index chunk = begin; chunk < end; ++chunk)
      {
        const Index last = std::min(draw.Count, (chunk + 1) * PointsPerCheckpoint);
        for (Index i = chunk * PointsPerCheckpoint; i < last; ++i)
        {
          const auto number = static_cast<std::uint64_t>(i);
          RandomStream random(draw.Seed, number, DrawStep);
          const double mass = ThrownMass(share, random);
          if (mass >= share.From && mass < share.To)
          {
            found[static_cast<std::size_t>(chunk)].push_back(number);
          }
        }
      }
    });
  std::vector<std::uint64_t> numbers;
  for (const std::vector<std::uint64_t>& some : found)
  {
    numbers.insert(numbers.end(), some.begin(), some.end());
  }
  return numbers;
}

ShapePoints ShapeSampler::Draw(
  const ShapeDraw& draw, const ShapeShare& share, const Execution& execution) const
{
  ShapePoints drawn;
  const Execution choosing = execution.Part(0.0, 0.2);
  drawn.Numbers = this->NumbersIn(draw, share, choosing);
  const auto count = static_cast<Index>(drawn.Numbers.size());
  drawn.Points.resize(3, count);
  execution.Part(0.2, 1.0).ForInBatches(count, PointsPerCheckpoint,
    [&](Index begin, Index end)
    {
      const std::unique_ptr<ShapeReader> reader = this->Source.NewReader();
      for (Index i = begin; i < end; ++i)
      {
        RandomStream random(draw.Seed, drawn.Numbers[static_cast<std::size_t>(i)], DrawStep);
        const double mass = ThrownMass(share, random) - share.From;
        const ShapePiece& piece = PickPiece(reader->Read(this->CellAt(mass)), random);
        Eigen::Vector3d point = DrawFrom(piece, random);
        for (int a = 0; draw.Jitter > 0.0 && a < draw.JitterAxes.Count; ++a)
        {
          point[draw.JitterAxes.Axis[a]] += draw.Jitter * random.Normal();
        }
        drawn.Points.col(i) = point;
      }
    });
  return drawn;
}
}
