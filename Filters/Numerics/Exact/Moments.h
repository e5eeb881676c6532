// SPDX-License-Identifier: BSD-3-Clause
#ifndef Exact_Moments_h
#define Exact_Moments_h

#include "Numerics/Base/GaussianKernel.h"
#include "Numerics/Exact/LocalFrame.h"
#include "Numerics/Exact/PointValues.h"

namespace scorefields
{
namespace exact
{
/// Which sums over e_i = exp(g_i + delta' u_i) (LocalFrame.h) the wanted fields need, in this
/// order:
///   sum e_i; First: sum e_i u_i (d); Second: sum e_i u_i u_i' (d (d + 1) / 2: rows of the upper
///   triangle); Squares: sum e_i^2.
struct MomentSet
{
  int Dimension = 1;
  bool First = false;
  bool Second = false;
  bool Squares = false;

  MomentSet(int dimension, const FieldView& fields)
    : Dimension(dimension)
    , First(fields.Score != nullptr || fields.Hessian != nullptr)
    , Second(fields.Hessian != nullptr)
    , Squares(fields.KishSampleSize != nullptr)
  {
  }

  int SecondCount() const { return this->Dimension * (this->Dimension + 1) / 2; }
  int FirstOffset() const { return 1; }
  int SecondOffset() const { return 1 + (this->First ? this->Dimension : 0); }
  int SquaresOffset() const
  {
    return this->SecondOffset() + (this->Second ? this->SecondCount() : 0);
  }
  int Count() const { return this->SquaresOffset() + (this->Squares ? 1 : 0); }
};

/// The most moments there can be: 1 + 3 + 6 + 1.
constexpr int MaximumMoments = 11;

/// The values at Centre + delta from the moments there (MomentSet), with y = W (x_0 - x):
///   log sum = log w_0 - |y|^2 / 2 + log m_0,  score = W' y + m_1 / m_0,
///   Hessian = m_2 / m_0 - (m_1 / m_0)(m_1 / m_0)' - P,  Kish = m_0^2 / sum e_i^2.
/// The Hessian's difference is off by u |m_1 / m_0|^2, u |u_i|^2 for the samples that count here.
PointValues FromMoments(const GaussianKernel& kernel, const ActiveKernel& compact,
  const LocalFrame& frame, const ActiveVector& delta, const MomentSet& set, const double* moments);
}
}

#endif
