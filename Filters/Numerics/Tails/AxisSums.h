// SPDX-License-Identifier: BSD-3-Clause
#ifndef Tails_AxisSums_h
#define Tails_AxisSums_h

#include "Numerics/Base/Lanes.h"
#include "Numerics/Tails/TailKernel.h"
#include "Numerics/Tails/TailMesh.h"
#include "Numerics/Tails/TailPart.h"

#include <array>
#include <vector>

namespace scorefields
{
/// Sums over a part of a mesh at the nodes of a small box of a grid, one axis after the other:
///   S(x) = sum_j m_j prod_a k_a(x_a - z_ja) / k_a(x_a - b_a),
/// with k_a the TailKernel of an axis and b the point of the part's box that is nearest to the
/// tile's centre, so that no factor is much above 1; and the same with the derivative of one k_a
/// times the bandwidth. S is a number where MostLog allows it.
///
/// Relative error: the number of terms along an axis times u at worst; all terms are positive, but
/// for derivatives, whose error is that times the largest distance in bandwidths.
/// Cost: nodes of the part times nodes of the tile along the first axis, and so on.
class AxisSums
{
public:
  /// How far |x - z_0|^2 / 2 may be above |x - b|^2 / 2, in bandwidths, z_0 being the part's
  /// reference: S is at least its weight times exp(-MostLog).
  static constexpr double MostLog = 330.0;

  /// Evaluation points First + i * Spacing, i < Count, relative to the grid's origin.
  struct Points
  {
    double First = 0.0;
    double Spacing = 0.0;
    Index Count = 1;
    double Bandwidth = 1.0;
    const TailKernel* Kernel = nullptr; ///< null beyond the dimension, where nothing varies
  };

  /// @param derivatives  whether the derivatives are wanted.
  void Sum(const TailMesh& mesh, const TailPart& part, const std::array<Points, 3>& points,
    bool derivatives);

  /// S, or its derivative along axis a with a + 1, of a row of points along the first axis.
  const double* Row(int which, Index j, Index k) const
  {
    return this->Sums[static_cast<std::size_t>(which)].Data() +
      (k * this->Padded[1] + j) * this->Padded[0];
  }
  /// log sum_j m_j prod_a k_a(x_a - z_ja) + shift, and its exponential, of a row of points along
  /// the first axis; until the next call.
  struct LogRow
  {
    const double* Logarithms;
    const double* Exponentials;
  };
  LogRow LogarithmsOf(Index j, Index k, double shift);

private:
  struct alignas(64) EightDoubles
  {
    double Value[LaneCount];
  };
  /// Memory for whole lanes.
  class Buffer
  {
  public:
    double* Resize(Index doubles);
    const double* Data() const { return this->Values.front().Value; }

  private:
    std::vector<EightDoubles> Values;
  };

  void Limit(const TailMesh& mesh, const TailPart& part);
  void SetFactors(const TailMesh& mesh, const TailPart& part, const Points& points, std::size_t a,
    bool derivatives);
  void SumAlongFirst(const TailMesh& mesh, const TailPart& part, std::size_t derivative);
  void SumAlongSecond(std::size_t result, std::size_t ofFirst, std::size_t ofSecond);
  void SumAlongThird(std::size_t result, std::size_t ofSecond, std::size_t ofThird);

  std::array<Index, 3> Padded{ { 1, 1, 1 } }; ///< points, in whole lanes
  std::array<Index, 3> Begin{ { 0, 0, 0 } };  ///< the part's nodes of the mesh
  std::array<Index, 3> Count{ { 1, 1, 1 } };
  std::array<std::array<Buffer, 2>, 3> Factors; ///< k_a, k_a': node of the mesh, point
  Buffer Places;
  std::array<Buffer, 3> Reference; ///< log k_a(x_a - b_a)
  std::array<Buffer, 2> First;     ///< k, k': nodes along z and y, points along x
  std::array<Buffer, 3> Second;    ///< node along z, points along y and x
  std::array<Buffer, 4> Sums;
  Buffer RowValues;
};
}

#endif
