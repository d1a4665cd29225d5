import { shapeList } from "../../format";
import type { LayerSummary, ModelSummary, OptimizerSummary } from "../../protocol";
import { totalOf } from "./layerText";

const FLOAT_BYTES = 4;

/** What layers cost; null where it is not known. */
export interface Costs {
  readonly params: number | null;
  /** Of a forward pass of one sample. */
  readonly flops: number | null;
  readonly weightBytes: number | null;
  /** What the optimizer keeps between steps. */
  readonly optimizerBytes: number | null;
  /** Of the outputs that a training step keeps for the gradients, for one sample. */
  readonly activationBytes: number | null;
}

export function layerCosts(layers: readonly LayerSummary[], optimizer: OptimizerSummary | undefined): Costs {
  const slots = optimizer?.slots.length ?? 0;
  return {
    params: totalOf(layers, ({ params }) => params),
    flops: totalOf(layers, ({ flops }) => flops),
    weightBytes: totalOf(layers, ({ bytes }) => bytes),
    optimizerBytes: totalOf(layers, ({ trainable }) => (trainable === null ? null : trainable * FLOAT_BYTES * slots)),
    activationBytes: totalOf(layers, activationBytes),
  };
}

export function modelCosts({ layers, totals }: ModelSummary, optimizer: OptimizerSummary | undefined): Costs {
  const { trainable, params, flops, bytes } = totals;
  return {
    ...{ params, flops, weightBytes: bytes },
    optimizerBytes: trainable === null ? null : trainable * FLOAT_BYTES * (optimizer?.slots.length ?? 0),
    activationBytes: totalOf(layers, activationBytes),
  };
}

/** A model within a model keeps the outputs of its layers. */
function activationBytes({ type, outputShape, layers }: LayerSummary): number | null {
  if (type === "InputLayer") return 0;
  if (layers !== undefined) return totalOf(layers, activationBytes);
  const shapes = shapeList(outputShape);
  if (shapes === undefined) return null;
  const sizes = shapes.map(([, ...sample]) => sample.reduce((size, dimension) => (size ?? NaN) * (dimension ?? NaN), 1) ?? NaN);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return Number.isNaN(total) ? null : total * FLOAT_BYTES;
}
