import { add, cast, div, moments, mul, reshape, square, sub, sum, type Tensor } from "@tensorflow/tfjs-core";
import { numberFrom } from "../arguments";
import type { CallContext } from "../context";
import type { InitializerLike } from "../initializers";
import type { LayerDocumentation, TensorInputs } from "../layer";
import { broadcastMask } from "../masks";
import { optionNames } from "../optionNames";
import type { Shape } from "../shape";
import type { Weight } from "../weight";
import { BaseNormalization, normalizationOptionNames, type NormalizationOptions } from "./baseNormalization";
import { resolveAxis, soleFloats, soleShape } from "./inputs";
import { presentTerms } from "./presentTerms";

export interface BatchNormalizationOptions extends NormalizationOptions {
  /** The axis of the features. Default −1: the last. */
  axis?: number | undefined;
  /** How much of a moving statistic stays at each step. Default 0.99. */
  momentum?: number | undefined;
  /** Default `"zeros"`. */
  movingMeanInitializer?: InitializerLike | undefined;
  /** Default `"ones"`. */
  movingVarianceInitializer?: InitializerLike | undefined;
}

/**
 * Normalizes each feature over the batch while training, and by moving statistics otherwise (Ioffe & Szegedy 2015,
 * https://arxiv.org/abs/1502.03167). The variance is the biased one. https://keras.io/api/layers/normalization_layers/batch_normalization/
 */
export class BatchNormalization extends BaseNormalization {
  static override readonly optionNames = optionNames<BatchNormalizationOptions>({
    ...normalizationOptionNames,
    axis: true,
    momentum: true,
    movingMeanInitializer: true,
    movingVarianceInitializer: true,
  });

  readonly axis: number;
  readonly momentum: number;
  movingMean!: Weight;
  movingVariance!: Weight;
  private readonly options: BatchNormalizationOptions;

  constructor(options: BatchNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
    this.momentum = numberFrom(this, "layers.batchNormalization({ momentum })", options.momentum ?? 0.99, 0);
    this.options = options;
  }

  override get documentation(): LayerDocumentation {
    return {
      summary:
        "Gives each feature mean 0 and variance 1 over the batch, then a learned scale and offset; moving statistics serve outside training.",
      formula: presentTerms(
        this,
        String.raw`y = \gamma\,\frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta,\quad \mu, \sigma^2:\ \text{the batch's in training, else}\ \bar\mu, \bar\sigma^2`,
      ),
      source: "https://keras.io/api/layers/normalization_layers/batch_normalization/",
    };
  }

  protected resolveAxes(shape: Shape): number[] {
    return [resolveAxis(this, this.axis, shape)];
  }

  override build(inputShape: Shape | readonly Shape[]): void {
    super.build(inputShape);
    const shape = soleShape(this, inputShape);
    const { movingMeanInitializer, movingVarianceInitializer } = this.options;
    this.movingMean = this.addFeatureWeight("moving_mean", shape, {
      initializer: movingMeanInitializer ?? "zeros",
      trainable: false,
    });
    this.movingVariance = this.addFeatureWeight("moving_variance", shape, {
      initializer: movingVarianceInitializer ?? "ones",
      trainable: false,
    });
  }

  override call(inputs: TensorInputs, context: CallContext): Tensor {
    const x = soleFloats(inputs);
    if (!context.training || !this.trainable) {
      return this.normalize(x, this.broadcast(this.movingMean, x), this.broadcast(this.movingVariance, x));
    }
    const { mean, variance } = this.batchMoments(x, context.masks[0]);
    this.move(this.movingMean, mean, context);
    this.move(this.movingVariance, variance, context);
    return this.normalize(x, mean, variance);
  }

  /** Masked time steps do not count. */
  private batchMoments(x: Tensor, mask: Tensor | undefined): { mean: Tensor; variance: Tensor } {
    const others = x.shape.map((_, axis) => axis).filter((axis) => !this.axes.includes(axis));
    if (mask === undefined) return moments(x, others, true);
    const counted = cast(broadcastMask(mask, x), "float32");
    const count = sum(counted, others, true);
    const mean = div(sum(mul(x, counted), others, true), count);
    const variance = div(sum(mul(square(sub(x, mean)), counted), others, true), count);
    return { mean, variance };
  }

  private move(weight: Weight, batch: Tensor, context: CallContext): void {
    const kept = mul(context.latest(weight), this.momentum);
    context.update(weight, add(kept, mul(reshape(batch, weight.shape), 1 - this.momentum)));
  }
}
