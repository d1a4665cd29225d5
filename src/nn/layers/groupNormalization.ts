import { add, moments, mul, reshape, rsqrt, sub, type Tensor } from "@tensorflow/tfjs-core";
import { invalidArgument, isPositiveInteger, mainAndOptions } from "../arguments";
import { ModelError } from "../errors";
import type { LayerDocumentation, TensorInputs } from "../layer";
import { optionNames } from "../optionNames";
import { formatShape, type Shape } from "../shape";
import { BaseNormalization, normalizationOptionNames, type NormalizationOptions } from "./baseNormalization";
import { knownDimension, resolveAxis, soleFloats } from "./inputs";
import { presentTerms } from "./presentTerms";

export interface GroupNormalizationOptions extends NormalizationOptions {
  /** How many groups share a mean and a variance each; must divide the features. −1: one group for each feature. Default 32. */
  groups?: number | undefined;
  /** The axis of the features. Default −1: the last. */
  axis?: number | undefined;
}

/**
 * Normalizes each sample over groups of its features and all places, independent of the batch
 * (Wu & He 2018, https://arxiv.org/abs/1803.08494). https://keras.io/api/layers/normalization_layers/group_normalization/
 */
export class GroupNormalization extends BaseNormalization {
  static override readonly mainArguments: readonly string[] = ["groups"];
  static override readonly optionNames = optionNames<GroupNormalizationOptions>({
    ...normalizationOptionNames,
    groups: true,
    axis: true,
  });

  readonly groups: number;
  readonly axis: number;

  /** @throws ModelError unless `groups` is a positive whole number or −1. */
  constructor(groups?: number | GroupNormalizationOptions, options?: GroupNormalizationOptions) {
    const { main, options: given = {} } = mainAndOptions<never, GroupNormalizationOptions>(groups, options);
    super(given);
    const count = main ?? given.groups ?? 32;
    if (typeof count !== "number" || (count !== -1 && !isPositiveInteger(count))) {
      const expected = "a positive whole number, or −1 for one group for each feature";
      throw invalidArgument(this, "layers.groupNormalization(groups)", expected, count);
    }
    this.groups = count;
    this.axis = given.axis ?? -1;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Gives each group of features of a sample mean 0 and variance 1, then a learned scale and offset; the batch has no say.",
      formula: presentTerms(
        this,
        String.raw`y_c = \gamma_c\,\frac{x_c - \mu_{g(c)}}{\sqrt{\sigma_{g(c)}^2 + \epsilon}} + \beta_c`,
      ),
      source: "https://keras.io/api/layers/normalization_layers/group_normalization/",
    };
  }

  protected resolveAxes(shape: Shape): number[] {
    const axis = resolveAxis(this, this.axis, shape);
    this.groupCount(knownDimension(this, shape, axis), shape);
    return [axis];
  }

  override call(inputs: TensorInputs): Tensor {
    const x = soleFloats(inputs);
    const [axis = 1] = this.axes;
    const features = x.shape[axis] ?? 1;
    const groups = this.groupCount(features, x.shape);
    const grouped = reshape(x, [...x.shape.slice(0, axis), groups, features / groups, ...x.shape.slice(axis + 1)]);
    const others = grouped.shape.map((_, index) => index).filter((index) => index !== 0 && index !== axis);
    const { mean, variance } = moments(grouped, others, true);
    const normal = reshape(mul(sub(grouped, mean), rsqrt(add(variance, this.epsilon))), x.shape);
    const scaled = this.gamma === undefined ? normal : mul(normal, this.broadcast(this.gamma, x));
    return this.beta === undefined ? scaled : add(scaled, this.broadcast(this.beta, x));
  }

  private groupCount(features: number, shape: Shape): number {
    const groups = this.groups === -1 ? features : this.groups;
    if (features % groups === 0) return groups;
    const divisors = Array.from({ length: features }, (_, index) => index + 1).filter((count) => features % count === 0);
    throw new ModelError(
      "shape-mismatch",
      `${this.name} makes ${groups} groups of the ${features} features of ${formatShape(shape)}, which must be divisible by them. Choose groups from ${divisors.join(", ")}.`,
      this,
    );
  }
}
