// SPDX-License-Identifier: BSD-3-Clause
#include "Runs/FlowDensity.h"

#include "Numerics/Flow/MixtureFamily.h"
#include "Pipeline/Communicator.h"
#include "Pipeline/MixtureAdaptor.h"

#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>

namespace vtkscorefields
{
using scorefields::Axes;
using scorefields::FlowMode;
using scorefields::GaussianKernel;

namespace
{
std::string NamesOf(const Axes& axes)
{
  std::string names;
  for (int a = 0; a < axes.Count; ++a)
  {
    names += (a > 0 ? ", " : "") + std::string(1, "xyz"[axes.Axis[a]]);
  }
  return names;
}

/// The axes of the samples, which must be those of the image if there is one. Samples that are all
/// the same have these.
Axes AxesOf(const FlowSettings& settings, const std::optional<FlowImage>& image,
  const scorefields::CloudMoments& moments)
{
  scorefields::GridRequest nodes;
  if (!image)
  {
    return scorefields::ResolveAxes(settings.Dimension, nodes, moments);
  }
  const Axes own = scorefields::SpaceAxesOf(image->Image);
  for (int axis = 0; axis < 3; ++axis)
  {
    nodes.Dimensions[axis] = own.IsActive(axis) ? 2 : 1;
  }
  const Axes axes = scorefields::ResolveAxes(settings.Dimension, nodes, moments);
  if (NamesOf(axes) != NamesOf(own))
  {
    throw std::invalid_argument("ScoreImage extends along " + NamesOf(own) +
      ", the samples along " + NamesOf(axes) +
      "; they must be the same axes (Dimension chooses those of the samples)");
  }
  return axes;
}

/// Of a density that is not smoothed, as a mixture itself, there is none.
std::optional<GaussianKernel> KernelOf(const std::optional<FlowImage>& image, const Axes& axes)
{
  if (!image || !image->Facts.KernelCovariance || image->Facts.KernelCovariance->isZero(0.0))
  {
    return std::nullopt;
  }
  return GaussianKernel(axes, *image->Facts.KernelCovariance);
}

/// Only a kernel density knows closed boundaries.
void RequireOpen(const FlowSettings& settings)
{
  for (const scorefields::Boundary boundary : settings.Boundaries)
  {
    if (settings.Target != FlowTarget::KernelDensity && boundary != scorefields::Boundary::Open)
    {
      throw std::invalid_argument(std::string("Boundary is ") + NameOf(boundary) +
        ", but Target is " + NameOf(settings.Target) +
        ", whose density knows no boundaries; set Boundary to Open or Target to Kernel density");
    }
  }
}

std::shared_ptr<const scorefields::DensityFamily> MakeImageScores(
  const FlowInputs& inputs, const FlowSettings& settings, const FlowDensity& density)
{
  const FlowImageFacts& facts = density.Image->Facts;
  const GaussianKernel& kernel = density.Kernel.Kernel;
  const bool plain = facts.KernelCovariance && facts.KernelCovariance->isZero(0.0);
  if (plain && settings.Request.Mode == FlowMode::Denoise)
  {
    throw std::invalid_argument("Mode is Denoise, but ScoreImage is that of a mixture without noise"
                                " (TruthBandwidth is 0); set the Bandwidth of Mixture Truth");
  }
  Eigen::Matrix3d unit = plain ? Eigen::Matrix3d::Zero() : kernel.Covariance();
  const Axes& axes = kernel.ActiveAxes();
  for (int a = 0; a < axes.Count; ++a)
  {
    unit(axes.Axis[a], axes.Axis[a]) += facts.LeastVariance;
  }
  return std::make_shared<const scorefields::ImageFamily>(
    density.Image->Image, kernel, unit, inputs.Executor);
}
}

void RequireTarget(const FlowInputs& inputs, const FlowSettings& settings)
{
  RequireOpen(settings);
  if (settings.Target != FlowTarget::Image)
  {
    return;
  }
  if (!inputs.Image)
  {
    throw std::invalid_argument("Target is Image, but the input ScoreImage is not connected;"
                                " connect it or set Target to another choice");
  }
  if (scorefields::ChangesBandwidth(settings.Request.Mode))
  {
    std::ostringstream message;
    message << "Mode is " << scorefields::NameOf(settings.Request.Mode)
            << ", which changes the bandwidth, but Target is Image, and ScoreImage is at one only;"
               " set Mode to Ascent, Langevin or Denoise, or Target to Kernel density";
    throw std::invalid_argument(message.str());
  }
}

FlowDensity ChooseDensity(const FlowInputs& inputs, const FlowSettings& settings,
  const FlowImagePart& part, const scorefields::Samples& samples,
  const scorefields::CloudMoments& moments)
{
  std::optional<FlowImage> image;
  if (settings.Target == FlowTarget::Image)
  {
    image = GatherFlowImage(part, inputs.Ranks);
  }
  const Axes axes = AxesOf(settings, image, moments);
  if (const std::optional<GaussianKernel> kernel = KernelOf(image, axes))
  {
    return { { *kernel, 0.0 }, std::move(image), true };
  }
  const scorefields::Domain domain =
    scorefields::DomainOf(settings.BoundaryBox, settings.Boundaries, moments, axes);
  return { scorefields::ChooseKernel(settings.Kernel, scorefields::StoredSamples(samples), moments,
             axes, inputs.Ranks.MakeExchange(), inputs.Executor, domain),
    std::move(image), false, domain };
}

std::shared_ptr<const scorefields::DensityFamily> MakeFamily(const FlowInputs& inputs,
  const FlowSettings& settings, const FlowDensity& density,
  std::shared_ptr<const scorefields::Samples> samples, double evaluations)
{
  const GaussianKernel& kernel = density.Kernel.Kernel;
  if (settings.Target == FlowTarget::Image)
  {
    return MakeImageScores(inputs, settings, density);
  }
  if (settings.Target == FlowTarget::Mixture)
  {
    const auto mixture = FindMixture(inputs.Samples);
    inputs.Ranks.Agree(mixture
        ? std::string()
        : "Target is Mixture, but Input carries none (field data MixtureComponents); set Target to"
          " Kernel density or take the samples of a Gaussian Mixture");
    return std::make_shared<const scorefields::MixtureFamily>(*mixture, kernel);
  }
  scorefields::ScoreAccuracy accuracy = settings.Accuracy;
  accuracy.Evaluations = evaluations;
  return std::make_shared<const scorefields::KernelFamily>(
    std::move(samples), kernel, accuracy, density.Domain);
}
}
