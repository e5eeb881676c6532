// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelDensity
 * @brief   Normalised kernel density of a point cloud on a regular grid
 *
 * What the filter does and what each property means is written once, in
 * XML/KernelDensity.xml; the formulas are in Numerics/DensityEstimate.h.
 *
 * The weights are chosen by SetInputArrayToProcess(0, ...); no array, or one
 * named "None", gives all points the weight 1.
 *
 * RequestInformation brings the input up to date: the number of nodes of the
 * image depends on the axes along which the points differ.
 */
#ifndef vtkKernelDensity_h
#define vtkKernelDensity_h

#include "vtkImageAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

class vtkImageData;
class vtkMultiProcessController;
namespace scorefields
{
struct EngineSettings;
struct GridRequest;
struct KernelRequest;
}
namespace vtkscorefields
{
struct Cloud;
}

class VTKSCOREFIELDS_EXPORT vtkKernelDensity : public vtkImageAlgorithm
{
public:
  static vtkKernelDensity* New();
  vtkTypeMacro(vtkKernelDensity, vtkImageAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * Number of axes of the estimate, 1 to 3; 0: those along which the points differ. Default 0.
   */
  vtkSetMacro(Dimension, int);
  vtkGetMacro(Dimension, int);
  ///@}

  ///@{
  /**
   * 0 manual, 1 Scott, 2 Silverman, 3 normal scale for the gradient. Default 3.
   */
  vtkSetClampMacro(BandwidthRule, int, 0, 3);
  vtkGetMacro(BandwidthRule, int);
  ///@}

  ///@{
  /**
   * 0 isotropic, 1 per axis, 2 covariance. Default 0.
   */
  vtkSetClampMacro(BandwidthShape, int, 0, 2);
  vtkGetMacro(BandwidthShape, int);
  ///@}

  ///@{
  /**
   * Kernel standard deviation, for the manual isotropic kernel. Checked when the filter runs.
   * Default 1.
   */
  vtkSetMacro(Bandwidth, double);
  vtkGetMacro(Bandwidth, double);
  ///@}

  ///@{
  /**
   * Kernel standard deviations, for the manual per-axis kernel. Default 1, 1, 1.
   */
  vtkSetVector3Macro(AxisBandwidths, double);
  vtkGetVector3Macro(AxisBandwidths, double);
  ///@}

  ///@{
  /**
   * Kernel covariance XX, YY, ZZ, XY, YZ, XZ, for the manual full kernel. Default identity.
   */
  vtkSetVector6Macro(BandwidthMatrix, double);
  vtkGetVector6Macro(BandwidthMatrix, double);
  ///@}

  ///@{
  /**
   * Multiplies the kernel's lengths, chosen or given. Default 1.
   */
  vtkSetMacro(BandwidthScale, double);
  vtkGetMacro(BandwidthScale, double);
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
   * Error allowed, relative to the density's maximum. Default 1e-9.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
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
   * Which arrays to write beside Density and LogDensity. Default Score and EffectiveSampleSize.
   */
  vtkSetMacro(ComputeScore, bool);
  vtkGetMacro(ComputeScore, bool);
  vtkBooleanMacro(ComputeScore, bool);
  vtkSetMacro(ComputeHessian, bool);
  vtkGetMacro(ComputeHessian, bool);
  vtkBooleanMacro(ComputeHessian, bool);
  vtkSetMacro(ComputeSampleSize, bool);
  vtkGetMacro(ComputeSampleSize, bool);
  vtkBooleanMacro(ComputeSampleSize, bool);
  ///@}

  ///@{
  /**
   * The processes that hold the cloud. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkKernelDensity();
  ~vtkKernelDensity() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkKernelDensity(const vtkKernelDensity&) = delete;
  void operator=(const vtkKernelDensity&) = delete;

  void Estimate(const vtkscorefields::Cloud& cloud, vtkInformation* outInfo, vtkImageData* output);
  scorefields::GridRequest MakeGridRequest() const;
  scorefields::KernelRequest MakeKernelRequest() const;
  scorefields::EngineSettings MakeEngineSettings() const;

  int Dimension = 0;
  int BandwidthRule = 3;
  int BandwidthShape = 0;
  double Bandwidth = 1.0;
  double AxisBandwidths[3] = { 1.0, 1.0, 1.0 };
  double BandwidthMatrix[6] = { 1.0, 1.0, 1.0, 0.0, 0.0, 0.0 };
  double BandwidthScale = 1.0;
  int Engine = 0;
  double Tolerance = 1e-9;
  int Spectrum = 0;
  bool ZeroPadding = true;
  bool ClampNegative = true;
  bool UseInputBounds = true;
  double BoundsMargin = 3.0;
  double SamplingBounds[6] = { -1.0, 1.0, -1.0, 1.0, -1.0, 1.0 };
  int SampleDimensions[3] = { 128, 128, 128 };
  bool ComputeScore = true;
  bool ComputeHessian = false;
  bool ComputeSampleSize = true;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
