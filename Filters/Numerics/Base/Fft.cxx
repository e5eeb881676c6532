// SPDX-License-Identifier: BSD-3-Clause
#include "Numerics/Base/Fft.h"

#include "Numerics/Base/LargePages.h"

#include <fftw3.h>

#include <algorithm>
#include <cassert>
#include <climits>
#include <mutex>
#include <new>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace scorefields
{
namespace
{
// FFTW's planner keeps global tables.
std::mutex& PlannerLock()
{
  static std::mutex lock;
  return lock;
}

struct PlanDeleter
{
  void operator()(fftw_plan_s* plan) const
  {
    const std::lock_guard<std::mutex> guard(PlannerLock());
    fftw_destroy_plan(plan);
  }
};
using PlanPointer = std::unique_ptr<fftw_plan_s, PlanDeleter>;

fftw_complex* Raw(Complex* values)
{
  return reinterpret_cast<fftw_complex*>(values); // the layout both libraries promise
}

int CheckedSize(Index n)
{
  if (n < 1 || n > INT_MAX / 16)
  {
    std::ostringstream message;
    message << "the length of a Fourier transform is " << n << "; it must be from 1 to "
            << INT_MAX / 16;
    throw std::invalid_argument(message.str());
  }
  return static_cast<int>(n);
}

PlanPointer Checked(fftw_plan plan)
{
  if (plan == nullptr)
  {
    throw std::bad_alloc();
  }
  return PlanPointer(plan);
}

// The even 2^a 3^b 5^c 7^d up to 2^40, beyond which no transform fits in memory, in order.
std::vector<Index> EvenProducts()
{
  constexpr Index most = Index(1) << 40;
  std::vector<Index> products;
  for (Index seven = 2; seven <= most; seven *= 7)
  {
    for (Index five = seven; five <= most; five *= 5)
    {
      for (Index three = five; three <= most; three *= 3)
      {
        for (Index two = three; two <= most; two *= 2)
        {
          products.push_back(two);
        }
      }
    }
  }
  std::sort(products.begin(), products.end());
  return products;
}
}

Index FastFftSize(Index n)
{
  static const std::vector<Index> sizes = EvenProducts();
  const auto found = std::lower_bound(sizes.begin(), sizes.end(), n);
  return found == sizes.end() ? n + n % 2 : *found;
}

template <class Value>
void* FftBuffer<Value>::Allocate(std::size_t bytes)
{
  constexpr std::size_t alignment = 64;
  void* const memory = ::operator new(bytes, std::align_val_t(alignment));
  PreferLargePages(memory, bytes);
  return memory;
}

template <class Value>
void FftBuffer<Value>::Free(void* memory)
{
  constexpr std::size_t alignment = 64;
  ::operator delete(memory, std::align_val_t(alignment));
}

template class FftBuffer<double>;
template class FftBuffer<Complex>;

//------------------------------------------------------------------------------
struct RealFft::Plans
{
  PlanPointer Forward;
  PlanPointer Backward;
};

RealFft::RealFft(Index n)
  : Count(n)
  , Plan(std::make_unique<Plans>())
{
  const int size = CheckedSize(n);
  FftBuffer<double> values(n);
  FftBuffer<Complex> coefficients(n / 2 + 1);
  const std::lock_guard<std::mutex> guard(PlannerLock());
  this->Plan->Forward =
    Checked(fftw_plan_dft_r2c_1d(size, values.Data(), Raw(coefficients.Data()), FFTW_ESTIMATE));
  this->Plan->Backward =
    Checked(fftw_plan_dft_c2r_1d(size, Raw(coefficients.Data()), values.Data(), FFTW_ESTIMATE));
}

RealFft::~RealFft() = default;
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft& RealFft::operator=(RealFft&&) noexcept = default;

void RealFft::Forward(FftBuffer<double>& values, FftBuffer<Complex>& coefficients) const
{
  assert(values.Size() >= this->Count && coefficients.Size() >= this->Count / 2 + 1);
  fftw_execute_dft_r2c(this->Plan->Forward.get(), values.Data(), Raw(coefficients.Data()));
}

void RealFft::Backward(FftBuffer<Complex>& coefficients, FftBuffer<double>& values) const
{
  assert(values.Size() >= this->Count && coefficients.Size() >= this->Count / 2 + 1);
  fftw_execute_dft_c2r(this->Plan->Backward.get(), Raw(coefficients.Data()), values.Data());
}

//------------------------------------------------------------------------------
struct ComplexFft::Plans
{
  PlanPointer Forward;
  PlanPointer Backward;
};

ComplexFft::ComplexFft(Index n)
  : Count(n)
  , Plan(std::make_unique<Plans>())
{
  const int size = CheckedSize(n);
  const int lines = static_cast<int>(Lines);
  FftBuffer<Complex> buffer(n * Lines);
  fftw_complex* const raw = Raw(buffer.Data());
  const std::lock_guard<std::mutex> guard(PlannerLock());
  this->Plan->Forward = Checked(fftw_plan_many_dft(
    1, &size, lines, raw, nullptr, lines, 1, raw, nullptr, lines, 1, FFTW_FORWARD, FFTW_ESTIMATE));
  this->Plan->Backward = Checked(fftw_plan_many_dft(
    1, &size, lines, raw, nullptr, lines, 1, raw, nullptr, lines, 1, FFTW_BACKWARD, FFTW_ESTIMATE));
}

ComplexFft::~ComplexFft() = default;
ComplexFft::ComplexFft(ComplexFft&&) noexcept = default;
ComplexFft& ComplexFft::operator=(ComplexFft&&) noexcept = default;

void ComplexFft::Forward(FftBuffer<Complex>& lines) const
{
  assert(lines.Size() >= this->Count * Lines);
  fftw_execute_dft(this->Plan->Forward.get(), Raw(lines.Data()), Raw(lines.Data()));
}

void ComplexFft::Backward(FftBuffer<Complex>& lines) const
{
  assert(lines.Size() >= this->Count * Lines);
  fftw_execute_dft(this->Plan->Backward.get(), Raw(lines.Data()), Raw(lines.Data()));
}

//------------------------------------------------------------------------------
namespace
{
/// Interleaved real lines, in place.
PlanPointer PlanRealLines(Index n, Index lineCount, fftw_r2r_kind kind)
{
  const int size = CheckedSize(n);
  const int lines = static_cast<int>(lineCount);
  FftBuffer<double> buffer(n * lineCount);
  double* const raw = buffer.Data();
  const std::lock_guard<std::mutex> guard(PlannerLock());
  return Checked(fftw_plan_many_r2r(
    1, &size, lines, raw, nullptr, lines, 1, raw, nullptr, lines, 1, &kind, FFTW_ESTIMATE));
}
}

struct CosineFft::Plans
{
  PlanPointer Forward;
  PlanPointer Backward;
};

CosineFft::CosineFft(Index n)
  : Count(n)
  , Plan(std::make_unique<Plans>())
{
  this->Plan->Forward = PlanRealLines(n, Lines, FFTW_REDFT10);
  this->Plan->Backward = PlanRealLines(n, Lines, FFTW_REDFT01);
}

CosineFft::~CosineFft() = default;
CosineFft::CosineFft(CosineFft&&) noexcept = default;
CosineFft& CosineFft::operator=(CosineFft&&) noexcept = default;

void CosineFft::Forward(FftBuffer<double>& lines) const
{
  assert(lines.Size() >= this->Count * Lines);
  fftw_execute_r2r(this->Plan->Forward.get(), lines.Data(), lines.Data());
}

void CosineFft::Backward(FftBuffer<double>& lines) const
{
  assert(lines.Size() >= this->Count * Lines);
  fftw_execute_r2r(this->Plan->Backward.get(), lines.Data(), lines.Data());
}

//------------------------------------------------------------------------------
struct HalfComplexFft::Plans
{
  PlanPointer Forward;
  PlanPointer Backward;
};

HalfComplexFft::HalfComplexFft(Index n)
  : Count(n)
  , Plan(std::make_unique<Plans>())
{
  this->Plan->Forward = PlanRealLines(n, Lines, FFTW_R2HC);
  this->Plan->Backward = PlanRealLines(n, Lines, FFTW_HC2R);
}

HalfComplexFft::~HalfComplexFft() = default;
HalfComplexFft::HalfComplexFft(HalfComplexFft&&) noexcept = default;
HalfComplexFft& HalfComplexFft::operator=(HalfComplexFft&&) noexcept = default;

void HalfComplexFft::Forward(FftBuffer<double>& lines) const
{
  assert(lines.Size() >= this->Count * Lines);
  fftw_execute_r2r(this->Plan->Forward.get(), lines.Data(), lines.Data());
}

void HalfComplexFft::Backward(FftBuffer<double>& lines) const
{
  assert(lines.Size() >= this->Count * Lines);
  fftw_execute_r2r(this->Plan->Backward.get(), lines.Data(), lines.Data());
}
}
