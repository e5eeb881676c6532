// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelDensity
 * @brief   Normalised kernel density of a point cloud on a regular grid
 *
 * What the filter does and what each property means is written once, in
 * XML/KernelDensity.xml; the formulas are in Numerics/Density/DensityEstimate.h.
 * Defaults that are not stated are those of scorefields::EngineSettings, GridRequest
 * and SweepRequest. What is out of range is refused when the filter runs.
 *
 * RequestInformation brings the input up to date: the number of nodes of the
 * image depends on the axes along which the points differ.
 */
#ifndef vtkKernelDensity_h
#define vtkKernelDensity_h

#include "vtkKernelAlgorithm.h"

#include <memory>   // for the cache
#include <optional> // for the schedule
#include <vector>   // for the list of bandwidths

class vtkImageData;
namespace scorefields
{
struct Axes;
struct CloudMoments;
struct Domain;
struct EngineSettings;
struct EstimateProblem;
struct EstimateReport;
struct FieldChoice;
struct FieldView;
struct Grid;
struct GridRequest;
struct KernelChoice;
struct SweepSchedule;
struct EstimateReuse;
}
namespace vtkscorefields
{
class SweepCache;
struct OtherScales;
struct KeptCloud;
}

class VTKSCOREFIELDS_EXPORT vtkKernelDensity : public vtkKernelAlgorithm
{
public:
  static vtkKernelDensity* New();
  vtkTypeMacro(vtkKernelDensity, vtkKernelAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  /**
   * The image of the estimate.
   */
  vtkImageData* GetImage();

  ///@{
  /**
   * A scorefields::KernelProfile as a number. Others than the Gaussian give no score.
   */
  vtkSetMacro(Kernel, int);
  vtkGetMacro(Kernel, int);
  ///@}

  ///@{
  /**
   * Move the points uphill by half a squared bandwidth times their score first.
   */
  vtkSetMacro(Sharpen, bool);
  vtkGetMacro(Sharpen, bool);
  vtkBooleanMacro(Sharpen, bool);
  ///@}

  ///@{
  /**
   * Arrays with the standard error of the density, and a band around its logarithm, of the
   * confidence level: see Numerics/Density/StandardError.h.
   */
  vtkSetMacro(ComputeStandardError, bool);
  vtkGetMacro(ComputeStandardError, bool);
  vtkBooleanMacro(ComputeStandardError, bool);
  vtkSetMacro(ConfidenceLevel, double);
  vtkGetMacro(ConfidenceLevel, double);
  ///@}

  ///@{
  /**
   * A scorefields::CountScale as a number: one more array of densities in another scale.
   */
  vtkSetMacro(CountScale, int);
  vtkGetMacro(CountScale, int);
  ///@}

  ///@{
  /**
   * One more array, of densities in the units of the data where axes are logarithms: see
   * Numerics/Density/LinearDensity.h. Default off.
   */
  vtkSetMacro(ComputeLinearDensity, bool);
  vtkGetMacro(ComputeLinearDensity, bool);
  vtkBooleanMacro(ComputeLinearDensity, bool);
  ///@}

  ///@{
  /**
   * A scorefields::FftSpectrum as a number.
   */
  vtkSetMacro(Spectrum, int);
  vtkGetMacro(Spectrum, int);
  ///@}

  ///@{
  /**
   * Pad the box of the transform.
   */
  vtkSetMacro(ZeroPadding, bool);
  vtkGetMacro(ZeroPadding, bool);
  vtkBooleanMacro(ZeroPadding, bool);
  ///@}

  ///@{
  /**
   * Set densities below 0, which only the transform can give, to 0.
   */
  vtkSetMacro(ClampNegative, bool);
  vtkGetMacro(ClampNegative, bool);
  vtkBooleanMacro(ClampNegative, bool);
  ///@}

  ///@{
  /**
   * Bandwidths that the box reaches beyond the points if UseInputBounds is on.
   */
  vtkSetMacro(BoundsMargin, double);
  vtkGetMacro(BoundsMargin, double);
  ///@}

  ///@{
  /**
   * Nodes per axis, both ends included; flat axes get one.
   */
  vtkSetVector3Macro(SampleDimensions, int);
  vtkGetVector3Macro(SampleDimensions, int);
  ///@}

  ///@{
  /**
   * Publish time steps that are bandwidths. Default off.
   */
  vtkSetMacro(BandwidthSweep, bool);
  vtkGetMacro(BandwidthSweep, bool);
  vtkBooleanMacro(BandwidthSweep, bool);
  ///@}

  ///@{
  /**
   * The range and the number of bandwidths. Checked when the filter runs.
   */
  vtkSetMacro(SweepMinimum, double);
  vtkGetMacro(SweepMinimum, double);
  vtkSetMacro(SweepMaximum, double);
  vtkGetMacro(SweepMaximum, double);
  vtkSetMacro(SweepSteps, int);
  vtkGetMacro(SweepSteps, int);
  ///@}

  ///@{
  /**
   * A scorefields::SweepSpacing as a number.
   */
  vtkSetMacro(SweepSpacing, int);
  vtkGetMacro(SweepSpacing, int);
  ///@}

  ///@{
  /**
   * A scorefields::SweepDirection as a number.
   */
  vtkSetMacro(SweepDirection, int);
  vtkGetMacro(SweepDirection, int);
  ///@}

  ///@{
  /**
   * What the time of a step is: a scorefields::SweepTime as a number.
   */
  vtkSetMacro(SweepTime, int);
  vtkGetMacro(SweepTime, int);
  ///@}

  ///@{
  /**
   * The time at which a temporal input stays during a sweep. Default 0.
   */
  vtkSetMacro(SweepInputTime, double);
  vtkGetMacro(SweepInputTime, double);
  ///@}

  ///@{
  /**
   * The bandwidths of a sweep through a list.
   */
  void AddSweepBandwidth(double bandwidth);
  void ClearSweepBandwidths();
  ///@}

  ///@{
  /**
   * Memory for the mesh of the points, and in a sweep for finished steps and what steps share, in
   * MiB on each process. Default 1024.
   */
  vtkSetMacro(SweepCacheMemory, double);
  vtkGetMacro(SweepCacheMemory, double);
  ///@}

  /**
   * Memory that these take now, in MiB.
   */
  double GetSweepCacheUsed();

  /**
   * The bandwidth of the last result, as in its field data; 0 without one.
   */
  double GetChosenBandwidth();

protected:
  vtkKernelDensity();
  ~vtkKernelDensity() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkKernelDensity(const vtkKernelDensity&) = delete;
  void operator=(const vtkKernelDensity&) = delete;

  /// One step of a sweep, from the cache if it is there.
  void RunStep(const scorefields::SweepSchedule& schedule, vtkDataObject* input,
    vtkInformation* outInfo, vtkImageData* output);
  /// Makes the cache that of this input, and empties it if the points changed.
  void EnterSweep(vtkDataObject* input, vtkInformation* outInfo);
  /// The cloud of a sweep, with the moments that are kept.
  vtkscorefields::OpenCloud OpenSweepCloud(vtkDataObject* input);
  vtkscorefields::OpenCloud OpenKeptCloud(vtkDataObject* input);
  void RequireCacheMemory() const;
  void FitCache();
  /// After a failure: another rank may have come further, and must not take what this one lacks.
  void ForgetIfShared();
  void Compute(vtkDataObject* input, vtkInformation* info, vtkImageData* output);
  /// @param schedule  null outside a sweep.
  void Announce(vtkInformation* inputInfo, vtkInformation* info);
  void Estimate(const scorefields::SweepSchedule* schedule, std::size_t step,
    const vtkscorefields::OpenCloud& cloud, vtkInformation* outInfo, vtkImageData* output);
  double NumbersPerNode(const scorefields::FieldChoice& wanted) const;
  /// The arrays of the estimate and its standard errors.
  scorefields::EstimateReport Sum(const scorefields::EstimateProblem& problem,
    const scorefields::FieldView& fields, vtkImageData* output);
  /// @throws std::invalid_argument if CountScale is none, or has no meaning for these nodes, or if
  ///         ComputeLinearDensity finds no logarithms.
  vtkscorefields::OtherScales MakeScales(const vtkscorefields::OpenCloud& cloud,
    const scorefields::Grid& grid, const scorefields::Axes& axes) const;
  /// The arrays in other scales, and the precision of all.
  void FinishArrays(const double* densities, const vtkscorefields::OtherScales& scales,
    vtkscorefields::Precision storedAs, vtkImageData* output);
  /// Says once for all processes and time steps that the nodes step over the density.
  void WarnOfNodes(const std::string& warning);
  scorefields::KernelChoice ChooseKernel(const scorefields::SweepSchedule* schedule,
    std::size_t step, const scorefields::KernelRequest& request,
    const vtkscorefields::OpenCloud& cloud, const scorefields::Domain& domain,
    const scorefields::Axes& axes);
  scorefields::EstimateReuse* ReuseFor(
    const scorefields::SweepSchedule& schedule, std::size_t step);
  std::optional<scorefields::SweepSchedule> MakeSchedule() const;
  void PrintSweep(ostream& os, vtkIndent indent) const;
  void TakeSweepDefaults();
  scorefields::EngineSettings MakeEngineSettings() const;

  int Kernel;
  bool Sharpen;
  bool ComputeStandardError = false;
  bool ComputeLinearDensity = false;
  double ConfidenceLevel;
  int CountScale;
  int Spectrum;
  bool ZeroPadding;
  bool ClampNegative;
  double BoundsMargin;
  int SampleDimensions[3];
  bool BandwidthSweep = false;
  double SweepMinimum;
  double SweepMaximum;
  int SweepSteps;
  int SweepSpacing;
  int SweepDirection;
  int SweepTime;
  double SweepInputTime = 0.0;
  std::vector<double> SweepBandwidths;
  double SweepCacheMemory = 1024.0;
  std::unique_ptr<vtkscorefields::SweepCache> Cache;
  std::unique_ptr<vtkscorefields::KeptCloud> Kept;
};

#endif
