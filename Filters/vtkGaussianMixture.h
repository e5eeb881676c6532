// SPDX-License-Identifier: BSD-3-Clause
/**
 * @class   vtkGaussianMixture
 * @brief   Points drawn from a Gaussian mixture, and its exact density and score on an image
 *
 * What the source does and what each property means is written once, in
 * XML/GaussianMixture.xml; the formulas are in Numerics. Defaults that are not stated
 * are those of scorefields::MixtureRequest. What is out of range is refused when the
 * source runs.
 *
 * Port 0 is poly data, port 1 an image. Only the port that is asked for is made:
 * Update() makes port 0, Update(1) port 1.
 */
#ifndef vtkGaussianMixture_h
#define vtkGaussianMixture_h

#include "vtkPolyDataAlgorithm.h"
#include "vtkScoreFieldsModule.h" // for the export macro

#include <array>  // for the components
#include <vector> // for the components

class vtkImageData;
namespace scorefields
{
struct MixturePlan;
}

class VTKSCOREFIELDS_EXPORT vtkGaussianMixture : public vtkPolyDataAlgorithm
{
public:
  static vtkGaussianMixture* New();
  vtkTypeMacro(vtkGaussianMixture, vtkPolyDataAlgorithm);
  void PrintSelf(ostream& os, vtkIndent indent) override;

  ///@{
  /**
   * A scorefields::MixturePreset as a number; the custom one is that of AddComponent.
   */
  vtkSetMacro(Mixture, int);
  vtkGetMacro(Mixture, int);
  ///@}

  ///@{
  /**
   * The custom mixture: weight, mean x, y, z, covariance XX, YY, ZZ, XY, YZ, XZ of one component.
   * Default two components in space.
   */
  void AddComponent(double weight, double meanX, double meanY, double meanZ, double xx, double yy,
    double zz, double xy, double yz, double xz);
  void ClearComponents();
  ///@}

  ///@{
  /**
   * Number of axes, 1 to 3, or 0 for as many as the mixture has.
   */
  vtkSetMacro(Dimension, int);
  vtkGetMacro(Dimension, int);
  ///@}

  ///@{
  /**
   * How many points are drawn. Default 200.
   */
  vtkSetMacro(NumberOfPoints, vtkIdType);
  vtkGetMacro(NumberOfPoints, vtkIdType);
  ///@}

  ///@{
  /**
   * Key of the random numbers. Default 1.
   */
  vtkSetMacro(Seed, int);
  vtkGetMacro(Seed, int);
  ///@}

  ///@{
  /**
   * A vtkscorefields::Sampling as a number. Default exact.
   */
  vtkSetMacro(Sampling, int);
  vtkGetMacro(Sampling, int);
  ///@}

  ///@{
  /**
   * Put the box around the mixture, instead of SamplingBounds.
   */
  vtkSetMacro(UseMixtureBounds, bool);
  vtkGetMacro(UseMixtureBounds, bool);
  vtkBooleanMacro(UseMixtureBounds, bool);
  ///@}

  ///@{
  /**
   * The box of the image and of rejection sampling.
   */
  vtkSetVector6Macro(SamplingBounds, double);
  vtkGetVector6Macro(SamplingBounds, double);
  ///@}

  ///@{
  /**
   * Nodes of the image along each axis.
   */
  vtkSetVector3Macro(SampleDimensions, int);
  vtkGetVector3Macro(SampleDimensions, int);
  ///@}

  vtkTypeBool ProcessRequest(vtkInformation* request, vtkInformationVector** inputVector,
    vtkInformationVector* outputVector) override;

protected:
  vtkGaussianMixture();
  ~vtkGaussianMixture() override = default;

  int FillOutputPortInformation(int port, vtkInformation* info) override;
  int RequestInformation(vtkInformation* request, vtkInformationVector** inputVector,
    vtkInformationVector* outputVector) override;
  int RequestData(vtkInformation* request, vtkInformationVector** inputVector,
    vtkInformationVector* outputVector) override;

private:
  vtkGaussianMixture(const vtkGaussianMixture&) = delete;
  void operator=(const vtkGaussianMixture&) = delete;

  scorefields::MixturePlan MakePlan() const;
  void MakeSamples(
    const scorefields::MixturePlan& plan, vtkInformation* outInfo, vtkPolyData* output);
  void MakeTruth(
    const scorefields::MixturePlan& plan, vtkInformation* outInfo, vtkImageData* output);

  int Mixture;
  std::vector<std::array<double, 10>> Components;
  int Dimension;
  vtkIdType NumberOfPoints = 200;
  int Seed = 1;
  int Sampling;
  bool UseMixtureBounds;
  double SamplingBounds[6];
  int SampleDimensions[3];
};

#endif
