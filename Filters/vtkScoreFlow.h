// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkScoreFlow
 * @brief   Particles moved by the score of a density
 *
 * What the filter does and what each property means is written once, in
 * XML/ScoreFlow.xml; the formulas are in Numerics/Flow/Flow.h and the headers it names.
 *
 * Port 0 takes the samples, port 1 (optional) the particles, port 2 (optional) an image
 * with the score. Output port 0 has the particles after as many steps as the time asked
 * for, port 1 their trajectories.
 */
#ifndef vtkScoreFlow_h
#define vtkScoreFlow_h

#include "vtkKernelChoiceAlgorithm.h"

#include <memory> // for the run kept between time steps

namespace vtkscorefields
{
class FlowRun;
struct FlowSettings;
}

class VTKSCOREFIELDS_EXPORT vtkScoreFlow : public vtkKernelChoiceAlgorithm
{
public:
  static vtkScoreFlow* New();
  vtkTypeMacro(vtkScoreFlow, vtkKernelChoiceAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * 0 ascent, 1 Langevin, 2 annealed Langevin, 3 probability flow, 4 denoise, 5 diffusion.
   * Default 0.
   */
  vtkSetClampMacro(Mode, int, 0, 5);
  vtkGetMacro(Mode, int);
  ///@}

  ///@{
  /**
   * 0 kernel density, 1 mixture, 2 image. Default 0.
   */
  vtkSetClampMacro(Target, int, 0, 2);
  vtkGetMacro(Target, int);
  ///@}

  ///@{
  /**
   * 0 automatic, 1 particles, 2 samples, 3 random samples, 4 kernel density, 5 noise, 6 box.
   * Default 0.
   */
  vtkSetClampMacro(StartFrom, int, 0, 6);
  vtkGetMacro(StartFrom, int);
  ///@}

  ///@{
  /**
   * How many particles are drawn. Checked when the filter runs. Default 1000.
   */
  vtkSetMacro(NumberOfParticles, int);
  vtkGetMacro(NumberOfParticles, int);
  ///@}

  ///@{
  /**
   * The box of particles drawn: that of the samples, or StartBounds. Default on.
   */
  vtkSetMacro(UseSampleBounds, bool);
  vtkGetMacro(UseSampleBounds, bool);
  vtkBooleanMacro(UseSampleBounds, bool);
  vtkSetVector6Macro(StartBounds, double);
  vtkGetVector6Macro(StartBounds, double);
  ///@}

  ///@{
  /**
   * Time steps. Checked when the filter runs. Default 100.
   */
  vtkSetMacro(NumberOfSteps, int);
  vtkGetMacro(NumberOfSteps, int);
  ///@}

  ///@{
  /**
   * Of ascent and Langevin, in squared bandwidths. Checked when the filter runs. Default 1.
   */
  vtkSetMacro(StepSize, double);
  vtkGetMacro(StepSize, double);
  ///@}

  ///@{
  /**
   * Accept or refuse Langevin steps. Default off.
   */
  vtkSetMacro(MetropolisAdjusted, bool);
  vtkGetMacro(MetropolisAdjusted, bool);
  vtkBooleanMacro(MetropolisAdjusted, bool);
  ///@}

  ///@{
  /**
   * Bandwidths of modes that change it; 0 to have them chosen. Checked when the filter runs.
   * Default 0.
   */
  vtkSetMacro(FirstBandwidth, double);
  vtkGetMacro(FirstBandwidth, double);
  vtkSetMacro(LastBandwidth, double);
  vtkGetMacro(LastBandwidth, double);
  ///@}

  ///@{
  /**
   * Of annealing. Default 10 levels, and a last step to the posterior mean.
   */
  vtkSetMacro(NumberOfLevels, int);
  vtkGetMacro(NumberOfLevels, int);
  vtkSetMacro(FinalDenoise, bool);
  vtkGetMacro(FinalDenoise, bool);
  vtkBooleanMacro(FinalDenoise, bool);
  ///@}

  ///@{
  /**
   * Of noise and of particles drawn. Default 1.
   */
  vtkSetMacro(Seed, int);
  vtkGetMacro(Seed, int);
  ///@}

  ///@{
  /**
   * 0 automatic, 1 exact. Default 0.
   */
  vtkSetClampMacro(Evaluation, int, 0, 1);
  vtkGetMacro(Evaluation, int);
  ///@}

  ///@{
  /**
   * Error of the score in the core and in the tails. Checked when the filter runs. Default 1e-6 and
   * 1e-3.
   */
  vtkSetMacro(Tolerance, double);
  vtkGetMacro(Tolerance, double);
  vtkSetMacro(TailTolerance, double);
  vtkGetMacro(TailTolerance, double);
  ///@}

  ///@{
  /**
   * About how many particles leave a trajectory. Default 1000.
   */
  vtkSetMacro(NumberOfTrajectories, int);
  vtkGetMacro(NumberOfTrajectories, int);
  ///@}

  ///@{
  /**
   * The time at which inputs with time stay. Default 0.
   */
  vtkSetMacro(InputTime, double);
  vtkGetMacro(InputTime, double);
  ///@}

  ///@{
  /**
   * Memory for states, in MiB, and what they take. Default 500.
   */
  vtkSetMacro(StateMemory, double);
  vtkGetMacro(StateMemory, double);
  double GetStateMemoryUsed();
  ///@}

protected:
  vtkScoreFlow();
  ~vtkScoreFlow() override;

  int FillInputPortInformation(int port, vtkInformation* info) override;
  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestDataObject(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestInformation(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestUpdateExtent(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;
  int RequestData(vtkInformation*, vtkInformationVector**, vtkInformationVector*) override;

private:
  vtkScoreFlow(const vtkScoreFlow&) = delete;
  void operator=(const vtkScoreFlow&) = delete;

  vtkscorefields::FlowSettings MakeSettings();
  int RequestedStep(vtkInformation* request, vtkInformationVector* outputVector);

  int Mode = 0;
  int Target = 0;
  int StartFrom = 0;
  int NumberOfParticles = 1000;
  bool UseSampleBounds = true;
  double StartBounds[6] = { -1.0, 1.0, -1.0, 1.0, -1.0, 1.0 };
  int NumberOfSteps = 100;
  double StepSize = 1.0;
  bool MetropolisAdjusted = false;
  double FirstBandwidth = 0.0;
  double LastBandwidth = 0.0;
  int NumberOfLevels = 10;
  bool FinalDenoise = true;
  int Seed = 1;
  int Evaluation = 0;
  double Tolerance = 1e-6;
  double TailTolerance = 1e-3;
  int NumberOfTrajectories = 1000;
  double InputTime = 0.0;
  double StateMemory = 500.0;
  std::unique_ptr<vtkscorefields::FlowRun> Run;
};

#endif
