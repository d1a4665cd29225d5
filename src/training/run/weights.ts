import { keep, tensor, type Tensor, tidy } from "@tensorflow/tfjs-core";
import type { Model, Weight } from "../../nn";
import type { WeightKeeper } from "../callbacks";
import { TrainingError } from "../errors";
import type { SavedTensor } from "./safetensors";

/** A model's weights as they are saved, by path; of equal paths the later ones get a number. */
export function readWeights(model: Model): SavedTensor[] {
  return namedWeights(model).map(([name, weight]) => readTensor(name, weight.value));
}

/** Puts saved values into a model. @throws TrainingError where one is missing. */
export function writeWeights(model: Model, saved: readonly SavedTensor[]): void {
  const byName = tensorsByName(saved);
  for (const [name, weight] of namedWeights(model)) weight.assign(byName(name));
}

export function namedWeights(model: Model): [name: string, weight: Weight][] {
  const names = uniqueNames(model.weights.map(({ path }) => path));
  return model.weights.map((weight, index) => [names[index] ?? weight.path, weight]);
}

/** Of equal names the later ones get a number. */
export function uniqueNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name}#${times}`;
  });
}

/** A tensor's values under a name. @throws TrainingError for a type that is not saved. */
export function readTensor(name: string, value: Tensor): SavedTensor {
  const { dtype, shape } = value;
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool")
    throw new TrainingError(`The weight ${name} is of type ${dtype}, which cannot be saved.`);
  return { name, shape, dtype, values: value.dataSync<"float32" | "int32" | "bool">() };
}

/** Makes tensors of saved ones, by name. The function throws a TrainingError where one is missing. */
export function tensorsByName(saved: readonly SavedTensor[]): (name: string) => Tensor {
  const byName = new Map(saved.map((entry) => [entry.name, entry]));
  return (name) => {
    const entry = byName.get(name);
    if (entry === undefined) throw new TrainingError(`The saved weights hold no ${name}; they belong to another model.`);
    return tensor(entry.values, [...entry.shape], entry.dtype);
  };
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

  /** The copies under the weights' names after a prefix; none before the first copy. */
  read(prefix: string): SavedTensor[] {
    return namedWeights(this.model).flatMap(([name, weight]) => {
      const copy = this.copies.get(weight);
      return copy === undefined ? [] : [readTensor(prefix + name, copy)];
    });
  }

  /** Takes the copies that {@link read} gave, if there are any. */
  write(prefix: string, saved: readonly SavedTensor[]): void {
    if (!saved.some(({ name }) => name.startsWith(prefix))) return;
    this.dispose();
    const byName = tensorsByName(saved);
    this.copies = new Map(namedWeights(this.model).map(([name, weight]) => [weight, keep(byName(prefix + name))]));
  }

  dispose(): void {
    for (const value of this.copies.values()) value.dispose();
    this.copies.clear();
  }
}
