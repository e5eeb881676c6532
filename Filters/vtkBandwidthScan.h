// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkBandwidthScan
 * @brief   What a kernel density says of a point cloud, over a range of bandwidths
 *
 * What the filter does and what each property means is written once, in
 * XML/BandwidthScan.xml; the formulas are in Numerics/Scan/BandwidthScan.h. Defaults
 * that are not stated are those of scorefields::ScanRequest. What is out of range is
 * refused when the filter runs.
 *
 * The weights are chosen by SetInputArrayToProcess(0, ...), as in vtkKernelAlgorithm.
 */
#ifndef vtkBandwidthScan_h
#define vtkBandwidthScan_h

#include "vtkBoxAlgorithm.h"

namespace scorefields
{
struct BandwidthScan;
struct ScanRequest;
}

namespace vtkscorefields
{
struct Cloud;
}

class VTKSCOREFIELDS_EXPORT vtkBandwidthScan : public vtkBoxAlgorithm
{
public:
  static vtkBandwidthScan* New();
  vtkTypeMacro(vtkBandwidthScan, vtkBoxAlgorithm);
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
   * A vtkscorefields::ShapeChoice as a number.
   */
  vtkSetMacro(BandwidthShape, int);
  vtkGetMacro(BandwidthShape, int);
  ///@}

  ///@{
  /**
   * Take the range from the points instead of ScanMinimum and ScanMaximum.
   */
  vtkSetMacro(AutomaticRange, bool);
  vtkGetMacro(AutomaticRange, bool);
  vtkBooleanMacro(AutomaticRange, bool);
  ///@}

  ///@{
  /**
   * The range and the number of bandwidths.
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
   * A scorefields::SweepSpacing as a number; not that of a list.
   */
  vtkSetMacro(ScanSpacing, int);
  vtkGetMacro(ScanSpacing, int);
  ///@}

  ///@{
  /**
   * What to find out.
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
   * Tolerance of a stable node and level of a significant one.
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
   * The rest of the box of the shares, as in vtkKernelDensity.
   */
  vtkSetMacro(BoundsMargin, double);
  vtkGetMacro(BoundsMargin, double);
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

protected:
  vtkBandwidthScan();
  ~vtkBandwidthScan() override = default;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkBandwidthScan(const vtkBandwidthScan&) = delete;
  void operator=(const vtkBandwidthScan&) = delete;

  void TakeDefaults();
  scorefields::ScanRequest MakeRequest(bool dataAxes) const;
  vtkscorefields::Cloud ReadCloud(vtkDataObject* input);
  void Scan(vtkDataObject* input, vtkInformationVector* outputs);
  void WarnOfGaps(const scorefields::BandwidthScan& scan);

  int Dimension = 0;
  int BandwidthShape;
  bool AutomaticRange;
  double ScanMinimum;
  double ScanMaximum;
  int ScanSteps;
  int ScanSpacing;
  bool ComputeStability;
  bool ComputeModes;
  bool ComputeEntropy;
  bool ComputeCriteria;
  bool ComputeErrors;
  bool MarkRules;
  double Tolerance;
  double MinimumSampleSize;
  double SignificanceLevel;
  double BoundsMargin;
  int SampleDimensions[3];
  double TreeHeight = 0.0;
};

#endif
