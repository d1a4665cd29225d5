import type { Layer, Loss, Shape } from "../nn";
import type { Plan } from "./plan";

/** What a loss says of its labels. */
export interface Labelled {
  readonly loss: Pick<Loss, "name"> | undefined;
}

/** An output that is compared with labels: it has a loss or metrics. */
export interface LabelledOutput {
  readonly name: string;
  /** Its place among the model's outputs. */
  readonly index: number;
  /** Of one sample; `null` where unknown. */
  readonly shape: Shape | null;
  /** `undefined` where the output is only measured. */
  readonly loss: Loss | undefined;
  /** The layer that it comes from. */
  readonly maker: Layer;
}

/** The outputs that need labels, in the model's order: the order in which labels are held. */
export function labelledOutputs({ model, losses, metrics }: Plan): LabelledOutput[] {
  return model.outputs.flatMap((output, index) => {
    const name = model.outputNames[index] ?? "";
    const loss = losses.get(name);
    const measured = (metrics.get(name) ?? []).length > 0;
    return loss !== undefined || measured
      ? [{ name, index, shape: output.shape?.slice(1) ?? null, loss, maker: output.node.layer }]
      : [];
  });
}

/** Whether each label is the number of its class instead of a vector. */
export function takesClassNumbers({ loss }: Labelled): boolean {
  return loss?.name === "sparseCategoricalCrossentropy";
}
