// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelChoiceAlgorithm
 * @brief   What the filters share that choose a kernel for a point cloud
 *
 * The choice of the kernel and the weights. What each property means is written
 * once, in XML/KernelChoice.xml; the formulas are in Numerics/Bandwidth/Bandwidth.h.
 * The defaults are those of scorefields::KernelRequest.
 *
 * The weights are chosen by SetInputArrayToProcess(0, ...); no array, or one
 * named "None", gives all points the weight 1.
 */
#ifndef vtkKernelChoiceAlgorithm_h
#define vtkKernelChoiceAlgorithm_h

#include "vtkBoxAlgorithm.h"

#include <string> // for the name of an input

namespace scorefields
{
class GaussianKernel;
struct CloudMoments;
struct KernelChoice;
struct KernelRequest;
}
namespace vtkscorefields
{
struct Cloud;
struct OpenCloud;
}

class VTKSCOREFIELDS_EXPORT vtkKernelChoiceAlgorithm : public vtkBoxAlgorithm
{
public:
  vtkTypeMacro(vtkKernelChoiceAlgorithm, vtkBoxAlgorithm);
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
   * A scorefields::BandwidthRule as a number. Checked when the filter runs.
   */
  vtkSetMacro(BandwidthRule, int);
  vtkGetMacro(BandwidthRule, int);
  ///@}

  ///@{
  /**
   * A vtkscorefields::ShapeChoice as a number. Checked when the filter runs.
   */
  vtkSetMacro(BandwidthShape, int);
  vtkGetMacro(BandwidthShape, int);
  ///@}

  ///@{
  /**
   * Kernel standard deviation, for the manual isotropic kernel. Checked when the filter runs.
   */
  vtkSetMacro(Bandwidth, double);
  vtkGetMacro(Bandwidth, double);
  ///@}

  ///@{
  /**
   * Kernel standard deviations, for the manual per-axis kernel.
   */
  vtkSetVector3Macro(AxisBandwidths, double);
  vtkGetVector3Macro(AxisBandwidths, double);
  ///@}

  ///@{
  /**
   * Kernel covariance XX, YY, ZZ, XY, YZ, XZ, for the manual full kernel.
   */
  vtkSetVector6Macro(BandwidthMatrix, double);
  vtkGetVector6Macro(BandwidthMatrix, double);
  ///@}

  ///@{
  /**
   * Multiplies the kernel's lengths, chosen or given.
   */
  vtkSetMacro(BandwidthScale, double);
  vtkGetMacro(BandwidthScale, double);
  ///@}

protected:
  vtkKernelChoiceAlgorithm();
  ~vtkKernelChoiceAlgorithm() override = default;

  /// @param dataAxes  whether the axes of the cloud are arrays of data (AxisKinds).
  /// @throws std::invalid_argument naming the property that is no choice.
  scorefields::KernelRequest MakeKernelRequest(bool dataAxes) const;
  ///@{
  /// The cloud of an input, whose name is Input or as given; warns of points that are not finite,
  /// and of a cloud without any. Throws like OpenDistributedCloud.
  vtkscorefields::OpenCloud OpenSamples(vtkDataObject* input);
  vtkscorefields::Cloud ReadSamples(vtkDataObject* input, const std::string& name);
  ///@}

  int Dimension = 0;
  int BandwidthRule;
  int BandwidthShape;
  double Bandwidth;
  double AxisBandwidths[3];
  double BandwidthMatrix[6];
  double BandwidthScale;

  /// Warns if points are left out, or if there are none.
  void WarnOfPoints(double count, double nonFinite, const std::string& input);
  /// Warns if a rule found its bandwidth only roughly.
  void WarnOfError(const scorefields::KernelChoice& choice);
  /// Warns if a kernel is too wide to show anything along some axis.
  void WarnOfWidth(const scorefields::GaussianKernel& kernel,
    const scorefields::KernelRequest& request, const scorefields::CloudMoments& moments);

private:
  vtkKernelChoiceAlgorithm(const vtkKernelChoiceAlgorithm&) = delete;
  void operator=(const vtkKernelChoiceAlgorithm&) = delete;
};

#endif
