// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelDensity
 * @brief   Normalised kernel density of a point cloud on a regular grid
 *
 * What the filter does and what each property means is written once, in
 * XML/KernelDensity.xml; the formulas are in Numerics/Density/DensityEstimate.h.
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
struct EngineSettings;
struct GridRequest;
struct KernelChoice;
struct SweepSchedule;
struct EstimateReuse;
}
namespace vtkscorefields
{
class SweepCache;
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
   * 0 Gaussian, 1 Epanechnikov, 2 quartic, 3 top hat, 4 SPH cubic spline. Others than the Gaussian
   * give no score. Default 0.
   */
  vtkSetClampMacro(Kernel, int, 0, 4);
  vtkGetMacro(Kernel, int);
  ///@}

  ///@{
  /**
   * 0 open, 1 periodic, 2 reflecting, for all axes; 3: as BoundaryX, BoundaryY and BoundaryZ say.
   * Default 0.
   */
  vtkSetClampMacro(Boundary, int, 0, 3);
  vtkGetMacro(Boundary, int);
  vtkSetClampMacro(BoundaryX, int, 0, 2);
  vtkGetMacro(BoundaryX, int);
  vtkSetClampMacro(BoundaryY, int, 0, 2);
  vtkGetMacro(BoundaryY, int);
  vtkSetClampMacro(BoundaryZ, int, 0, 2);
  vtkGetMacro(BoundaryZ, int);
  ///@}

  ///@{
  /**
   * Move the points uphill by half a squared bandwidth times their score first. Default off.
   */
  vtkSetMacro(Sharpen, bool);
  vtkGetMacro(Sharpen, bool);
  vtkBooleanMacro(Sharpen, bool);
  ///@}

  ///@{
  /**
   * 0 auto, 1 exact, 2 FFT. Default 0.
   */
  vtkSetClampMacro(Engine, int, 0, 2);
  vtkGetMacro(Engine, int);
  ///@}

  ///@{
  /**
   * Relative error allowed at each node by the engine Auto. Default 1e-4.
   */
  vtkSetMacro(RelativeTolerance, double);
  vtkGetMacro(RelativeTolerance, double);
  ///@}

  ///@{
  /**
   * 0 deconvolved, 1 aliased, 2 characteristic function. Default 0.
   */
  vtkSetClampMacro(Spectrum, int, 0, 2);
  vtkGetMacro(Spectrum, int);
  ///@}

  ///@{
  /**
   * Pad the box of the transform. Default on.
   */
  vtkSetMacro(ZeroPadding, bool);
  vtkGetMacro(ZeroPadding, bool);
  vtkBooleanMacro(ZeroPadding, bool);
  ///@}

  ///@{
  /**
   * Set densities below 0, which only the transform can give, to 0. Default on.
   */
  vtkSetMacro(ClampNegative, bool);
  vtkGetMacro(ClampNegative, bool);
  vtkBooleanMacro(ClampNegative, bool);
  ///@}

  ///@{
  /**
   * Take the box from the points and BoundsMargin instead of SamplingBounds. Default on.
   */
  vtkSetMacro(UseInputBounds, bool);
  vtkGetMacro(UseInputBounds, bool);
  vtkBooleanMacro(UseInputBounds, bool);
  ///@}

  ///@{
  /**
   * Bandwidths that the box reaches beyond the points. Default 3.
   */
  vtkSetMacro(BoundsMargin, double);
  vtkGetMacro(BoundsMargin, double);
  ///@}

  ///@{
  /**
   * The box if UseInputBounds is off. Default -1, 1, -1, 1, -1, 1.
   */
  vtkSetVector6Macro(SamplingBounds, double);
  vtkGetVector6Macro(SamplingBounds, double);
  ///@}

  ///@{
  /**
   * Nodes per axis, both ends included; flat axes get one. Default 128, 128, 128.
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
   * The range and the number of bandwidths. Checked when the filter runs. Default 0.1, 1, 20.
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
   * 0 linear, 1 geometric, 2 the list of SweepBandwidths. Default 1.
   */
  vtkSetClampMacro(SweepSpacing, int, 0, 2);
  vtkGetMacro(SweepSpacing, int);
  ///@}

  ///@{
  /**
   * 0 up, 1 down. Default 0.
   */
  vtkSetClampMacro(SweepDirection, int, 0, 1);
  vtkGetMacro(SweepDirection, int);
  ///@}

  ///@{
  /**
   * What the time of a step is: 0 its index, 1 a number from 0 to 1, 2 the bandwidth. Default 0.
   */
  vtkSetClampMacro(SweepTime, int, 0, 2);
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
   * The bandwidths of SweepSpacing 2.
   */
  void AddSweepBandwidth(double bandwidth);
  void ClearSweepBandwidths();
  ///@}

  ///@{
  /**
   * Memory for finished steps and what steps share, in MiB on each process. Default 1024.
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
  /// @param schedule  null outside a sweep.
  void Announce(vtkInformation* inputInfo, vtkInformation* info);
  void Estimate(const scorefields::SweepSchedule* schedule, std::size_t step,
    const vtkscorefields::OpenCloud& cloud, vtkInformation* outInfo, vtkImageData* output);
  scorefields::KernelChoice ChooseKernel(const scorefields::SweepSchedule* schedule,
    std::size_t step, const scorefields::KernelRequest& request,
    const vtkscorefields::OpenCloud& cloud, const scorefields::CloudMoments& moments,
    const scorefields::Axes& axes);
  scorefields::EstimateReuse* ReuseFor(
    const scorefields::SweepSchedule& schedule, std::size_t step);
  std::optional<scorefields::SweepSchedule> MakeSchedule() const;
  void PrintSweep(ostream& os, vtkIndent indent) const;
  scorefields::GridRequest MakeGridRequest() const;
  scorefields::EngineSettings MakeEngineSettings() const;

  int Kernel = 0;
  int Boundary = 0;
  int BoundaryX = 0;
  int BoundaryY = 0;
  int BoundaryZ = 0;
  bool Sharpen = false;
  int Engine = 0;
  double RelativeTolerance = 1e-4;
  int Spectrum = 0;
  bool ZeroPadding = true;
  bool ClampNegative = true;
  bool UseInputBounds = true;
  double BoundsMargin = 3.0;
  double SamplingBounds[6] = { -1.0, 1.0, -1.0, 1.0, -1.0, 1.0 };
  int SampleDimensions[3] = { 128, 128, 128 };
  bool BandwidthSweep = false;
  double SweepMinimum = 0.1;
  double SweepMaximum = 1.0;
  int SweepSteps = 20;
  int SweepSpacing = 1;
  int SweepDirection = 0;
  int SweepTime = 0;
  double SweepInputTime = 0.0;
  std::vector<double> SweepBandwidths;
  double SweepCacheMemory = 1024.0;
  std::unique_ptr<vtkscorefields::SweepCache> Cache;
};

#endif
