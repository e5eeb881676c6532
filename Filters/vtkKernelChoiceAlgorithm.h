// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelChoiceAlgorithm
 * @brief   What the filters share that choose a kernel for a point cloud
 *
 * The choice of the kernel and the weights. What each property means is written
 * once, in XML/KernelChoice.xml; the formulas are in Numerics/Bandwidth/Bandwidth.h.
 *
 * The weights are chosen by SetInputArrayToProcess(0, ...); no array, or one
 * named "None", gives all points the weight 1.
 */
#ifndef vtkKernelChoiceAlgorithm_h
#define vtkKernelChoiceAlgorithm_h

#include "vtkDataObjectAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

class vtkMultiProcessController;
namespace scorefields
{
struct KernelChoice;
struct KernelRequest;
}
namespace vtkscorefields
{
struct Cloud;
struct OpenCloud;
}

class VTKSCOREFIELDS_EXPORT vtkKernelChoiceAlgorithm : public vtkDataObjectAlgorithm
{
public:
  vtkTypeMacro(vtkKernelChoiceAlgorithm, vtkDataObjectAlgorithm);
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
   * 0 manual, 1 Scott, 2 Silverman, 3 normal scale for the gradient, 4 improved Sheather-Jones,
   * cross-validation of 5 the likelihood, 6 squares, 7 squares of the gradient, 8 the score
   * (leave-one-out Hyvarinen). Default 3.
   */
  vtkSetClampMacro(BandwidthRule, int, 0, 8);
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
   * The processes that hold the cloud. Default: the global controller.
   */
  void SetController(vtkMultiProcessController*);
  vtkGetObjectMacro(Controller, vtkMultiProcessController);
  ///@}

protected:
  vtkKernelChoiceAlgorithm();
  ~vtkKernelChoiceAlgorithm() override;

  scorefields::KernelRequest MakeKernelRequest() const;
  ///@{
  /// The cloud on an input port; warns of points that are not finite. Throws like
  /// OpenDistributedCloud.
  vtkscorefields::OpenCloud OpenSamples(vtkDataObject* input);
  vtkscorefields::Cloud ReadSamples(vtkDataObject* input);
  ///@}

  int Dimension = 0;
  int BandwidthRule = 3;
  int BandwidthShape = 0;
  double Bandwidth = 1.0;
  double AxisBandwidths[3] = { 1.0, 1.0, 1.0 };
  double BandwidthMatrix[6] = { 1.0, 1.0, 1.0, 0.0, 0.0, 0.0 };
  double BandwidthScale = 1.0;
  vtkMultiProcessController* Controller = nullptr;

  /// Warns if a rule found its bandwidth only roughly.
  void WarnOfError(const scorefields::KernelChoice& choice);

private:
  void WarnOfNonFinite(double points);

  vtkKernelChoiceAlgorithm(const vtkKernelChoiceAlgorithm&) = delete;
  void operator=(const vtkKernelChoiceAlgorithm&) = delete;
};

#endif
