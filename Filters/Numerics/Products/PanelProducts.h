// SPDX-License-Identifier: BSD-3-Clause
#ifndef Products_PanelProducts_h
#define Products_PanelProducts_h

#include "Numerics/Base/Types.h"

/// The inner loops of sums over a mesh (ProductSum.h): small matrix products, and what follows from
/// the sums at eight nodes. Compiled for several instruction sets by Highway, which picks the best
/// one of the processor at run time. Multiplications and additions are fused where the processor
/// can, so results differ between instruction sets by some units in the last place.
namespace scorefields
{
/// Rows and columns of a product.
constexpr Index PanelWidth = 8;

/// A matrix with PanelWidth rows: element (r, z) is Values[r * RowStride + z * Stride].
struct PanelRows
{
  const double* Values;
  Index RowStride;
  Index Stride;
};

/// result[r * resultStride + c] = sum_z rows(r, z) columns[z * PanelWidth + c], z < count, in that
/// order; r, c < PanelWidth. The columns and the result are aligned to 64 bytes, resultStride is a
/// multiple of PanelWidth.
void MultiplyPanel(
  const PanelRows& rows, const double* columns, Index count, double* result, Index resultStride);

/// What PanelWidth nodes in a row get; components of a node are adjacent.
struct PanelFields
{
  alignas(64) double Density[PanelWidth];
  alignas(64) double LogDensity[PanelWidth];
  alignas(64) double SampleSize[PanelWidth];
  alignas(64) double Score[3 * PanelWidth];
};

/// Turns sums at PanelWidth nodes into fields: density = f * sum, its logarithm = log(sum) + log f,
/// sample size = s * sum, score along axis a = slopes[a] / (bandwidth[a] sum); sums below the
/// smallest normal number count as that. Error of the logarithm: about 1 unit in the last place.
struct PanelFactors
{
  double Density = 1.0;
  double LogDensity = 0.0;
  double SampleSize = 1.0;
  double PerBandwidth[3] = { 0.0, 0.0, 0.0 }; ///< 1 / bandwidth, by axis of space
};
/// @param slopes  null along axes without one; aligned like the sums.
void FinishPanel(const double* sums, const double* const slopes[3], const PanelFactors& factors,
  PanelFields& fields);

/// Numbers from Begin up to End - 1.
struct RowRange
{
  Index Begin = 0;
  Index End = 0;
};

/// The largest value of each block of PanelWidth rows of PanelWidth values, which are not negative.
/// The last block may have fewer rows.
void BlockMaxima(const double* rows, Index count, double* maxima);
}

#endif
