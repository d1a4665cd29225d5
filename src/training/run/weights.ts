import { tensor, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Model, Weight } from "../../nn";
import type { WeightKeeper } from "../callbacks";
import { TrainingError } from "../errors";
import type { SavedTensor } from "./safetensors";

/** A model's weights as they are saved, by path; of equal paths the later ones get a number. */
export function readWeights(model: Model): SavedTensor[] {
  return namedWeights(model).map(([name, weight]) => {
    const { dtype, shape } = weight.spec;
    if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")
      throw new TrainingError(`The weight ${name} is of type ${dtype}, which cannot be saved.`);
    return { name, shape, dtype, values: weight.value.dataSync<"float32" | "int32" | "bool">() };
  });
}

/** Puts saved values into a model. @throws TrainingError where one is missing. */
export function writeWeights(model: Model, saved: readonly SavedTensor[]): void {
  const byName = new Map(saved.map((entry) => [entry.name, entry]));
  for (const [name, weight] of namedWeights(model)) {
    const entry = byName.get(name);
    if (entry === undefined) throw new TrainingError(`The saved weights hold no ${name}; they belong to another model.`);
    weight.assign(tensor(entry.values, [...entry.shape], entry.dtype));
  }
}

function namedWeights(model: Model): [name: string, weight: Weight][] {
  const seen = new Map<string, number>();
  return model.weights.map((weight) => {
    const times = (seen.get(weight.path) ?? 0) + 1;
    seen.set(weight.path, times);
    return [times === 1 ? weight.path : `${weight.path}#${times}`, weight];
  });
}

/** Keeps copies of a model's weights on the device. */
export class ModelWeightKeeper implements WeightKeeper {
  private copies = new Map<Weight, Tensor>();

  constructor(private readonly model: Model) {}

  copy(): void {
    this.dispose();
    this.copies = new Map(this.model.weights.map((weight) => [weight, tidy(() => weight.value.clone())]));
  }

  restore(): void {
    for (const [weight, value] of this.copies) weight.assign(value.clone());
  }

  dispose(): void {
    for (const value of this.copies.values()) value.dispose();
    this.copies.clear();
  }
}
