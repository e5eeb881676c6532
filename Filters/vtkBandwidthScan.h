// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkBandwidthScan
 * @brief   What a kernel density says of a point cloud, over a range of bandwidths
 *
 * What the filter does and what each property means is written once, in
 * XML/BandwidthScan.xml; the formulas are in Numerics/Scan/BandwidthScan.h.
 *
 * The weights are chosen by SetInputArrayToProcess(0, ...), as in vtkKernelAlgorithm.
 */
#ifndef vtkBandwidthScan_h
#define vtkBandwidthScan_h

#include "vtkDataObjectAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

class vtkMultiProcessController;
namespace scorefields
{
struct BandwidthScan;
struct ScanRequest;
}

class VTKSCOREFIELDS_EXPORT vtkBandwidthScan : public vtkDataObjectAlgorithm
{
public:
  static vtkBandwidthScan* New();
  vtkTypeMacro(vtkBandwidthScan, vtkDataObjectAlgorithm);
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
   * 0 isotropic, 1 per axis, 2 covariance. Default 0.
   */
  vtkSetClampMacro(BandwidthShape, int, 0, 2);
  vtkGetMacro(BandwidthShape, int);
  ///@}

  ///@{
  /**
   * Take the range from the points instead of ScanMinimum and ScanMaximum. Default on.
   */
  vtkSetMacro(AutomaticRange, bool);
  vtkGetMacro(AutomaticRange, bool);
  vtkBooleanMacro(AutomaticRange, bool);
  ///@}

  ///@{
  /**
   * The range and the number of bandwidths. Checked when the filter runs. Default 0.1, 1, 40.
   */
  vtkSetMacro(ScanMinimum, double);
  vtkGetMacro(ScanMinimum, double);
  vtkSetMacro(ScanMaximum, double);
  vtkGetMacro(ScanMaximum, double);
  vtkSetMacro(ScanSteps, int);
  vtkGetMacro(ScanSteps, int);
  ///@}

  ///@{
  /**
   * 0 linear, 1 geometric. Default 1.
   */
  vtkSetClampMacro(ScanSpacing, int, 0, 1);
  vtkGetMacro(ScanSpacing, int);
  ///@}

  ///@{
  /**
   * What to find out. Default all.
   */
  vtkSetMacro(ComputeStability, bool);
  vtkGetMacro(ComputeStability, bool);
  vtkBooleanMacro(ComputeStability, bool);
  vtkSetMacro(ComputeModes, bool);
  vtkGetMacro(ComputeModes, bool);
  vtkBooleanMacro(ComputeModes, bool);
  vtkSetMacro(ComputeEntropy, bool);
  vtkGetMacro(ComputeEntropy, bool);
  vtkBooleanMacro(ComputeEntropy, bool);
  vtkSetMacro(ComputeCriteria, bool);
  vtkGetMacro(ComputeCriteria, bool);
  vtkBooleanMacro(ComputeCriteria, bool);
  vtkSetMacro(ComputeErrors, bool);
  vtkGetMacro(ComputeErrors, bool);
  vtkBooleanMacro(ComputeErrors, bool);
  vtkSetMacro(MarkRules, bool);
  vtkGetMacro(MarkRules, bool);
  vtkBooleanMacro(MarkRules, bool);
  ///@}

  ///@{
  /**
   * Tolerance of a stable node and level of a significant one. Default 0.001, 5, 0.05.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  vtkSetMacro(MinimumSampleSize, double);
  vtkGetMacro(MinimumSampleSize, double);
  vtkSetMacro(SignificanceLevel, double);
  vtkGetMacro(SignificanceLevel, double);
  ///@}

  ///@{
  /**
   * The box of the shares, as in vtkKernelDensity. Default on, 3, unit box, 256 nodes.
   */
  vtkSetMacro(UseInputBounds, bool);
  vtkGetMacro(UseInputBounds, bool);
  vtkBooleanMacro(UseInputBounds, bool);
  vtkSetMacro(BoundsMargin, double);
  vtkGetMacro(BoundsMargin, double);
  vtkSetVector6Macro(SamplingBounds, double);
  vtkGetVector6Macro(SamplingBounds, double);
  vtkSetVector3Macro(SampleDimensions, int);
  vtkGetVector3Macro(SampleDimensions, int);
  ///@}

  ///@{
  /**
   * Height of the mode tree of a cloud that is flat along an axis; 0: the cloud's own size.
   * Default 0.
   */
  vtkSetMacro(TreeHeight, double);
  vtkGetMacro(TreeHeight, double);
  ///@}

  ///@{
  /**
   * The processes that hold the cloud. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkBandwidthScan();
  ~vtkBandwidthScan() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkBandwidthScan(const vtkBandwidthScan&) = delete;
  void operator=(const vtkBandwidthScan&) = delete;

  scorefields::ScanRequest MakeRequest() const;
  void Scan(vtkDataObject* input, vtkInformationVector* outputs);
  void WarnOfGaps(const scorefields::BandwidthScan& scan);

  int Dimension = 0;
  int BandwidthShape = 0;
  bool AutomaticRange = true;
  double ScanMinimum = 0.1;
  double ScanMaximum = 1.0;
  int ScanSteps = 40;
  int ScanSpacing = 1;
  bool ComputeStability = true;
  bool ComputeModes = true;
  bool ComputeEntropy = true;
  bool ComputeCriteria = true;
  bool ComputeErrors = true;
  bool MarkRules = true;
  double Tolerance = 1e-3;
  double MinimumSampleSize = 5.0;
  double SignificanceLevel = 0.05;
  bool UseInputBounds = true;
  double BoundsMargin = 3.0;
  double SamplingBounds[6] = { -1.0, 1.0, -1.0, 1.0, -1.0, 1.0 };
  int SampleDimensions[3] = { 256, 256, 64 };
  double TreeHeight = 0.0;
  vtkMultiProcessController* Controller = nullptr;
};

#endif
