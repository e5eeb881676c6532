// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkKernelAlgorithm
 * @brief   What the filters share that sum kernels over a point cloud
 *
 * The engine, the arrays to write, and the choice of the kernel. What each property means is
 * written once, in XML/KernelSettings.xml; the formulas are in
 * Numerics/Density/DensityEstimate.h. The defaults are those of scorefields::EngineSettings and
 * vtkscorefields::DefaultFields.
 */
#ifndef vtkKernelAlgorithm_h
#define vtkKernelAlgorithm_h

#include "vtkKernelChoiceAlgorithm.h"

namespace scorefields
{
struct EngineSettings;
struct FieldChoice;
}

namespace vtkscorefields
{
enum class Precision;
}

class VTKSCOREFIELDS_EXPORT vtkKernelAlgorithm : public vtkKernelChoiceAlgorithm
{
public:
  vtkTypeMacro(vtkKernelAlgorithm, vtkKernelChoiceAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * Error allowed, relative to the density's maximum.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  ///@}

  ///@{
  /**
   * A scorefields::Engine as a number.
   */
  vtkSetMacro(Engine, int);
  vtkGetMacro(Engine, int);
  ///@}

  ///@{
  /**
   * Relative error allowed at each node or point by the engine Auto.
   */
  vtkSetMacro(RelativeTolerance, double);
  vtkGetMacro(RelativeTolerance, double);
  ///@}

  ///@{
  /**
   * Which arrays to write beside Density and LogDensity.
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
  vtkSetMacro(ComputeKishSampleSize, bool);
  vtkGetMacro(ComputeKishSampleSize, bool);
  vtkBooleanMacro(ComputeKishSampleSize, bool);
  vtkSetMacro(ComputeRoute, bool);
  vtkGetMacro(ComputeRoute, bool);
  vtkBooleanMacro(ComputeRoute, bool);
  ///@}

  ///@{
  /**
   * A vtkscorefields::Precision as a number. Checked when the filter runs.
   */
  vtkSetMacro(OutputPrecision, int);
  vtkGetMacro(OutputPrecision, int);
  ///@}

protected:
  vtkKernelAlgorithm();
  ~vtkKernelAlgorithm() override = default;

  scorefields::FieldChoice MakeFieldChoice() const;
  /// Engine and tolerances. @throws std::invalid_argument naming Engine if it is no choice.
  scorefields::EngineSettings MakeCommonSettings() const;
  /// @throws std::invalid_argument naming OutputPrecision if it is no choice.
  vtkscorefields::Precision MakePrecision() const;

  double Tolerance;
  int Engine;
  double RelativeTolerance;
  bool ComputeScore;
  bool ComputeHessian;
  bool ComputeSampleSize;
  bool ComputeKishSampleSize;
  bool ComputeRoute;
  int OutputPrecision;

private:
  vtkKernelAlgorithm(const vtkKernelAlgorithm&) = delete;
  void operator=(const vtkKernelAlgorithm&) = delete;
};

#endif
