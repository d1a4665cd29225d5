import { add, mul, type Tensor, tensor1d } from "@tensorflow/tfjs-core";
import { labelledOutputs } from "../../dsl/labelledOutputs";
import type { Plan } from "../../dsl/plan";
import { precisionObstacle, withPrecision } from "../../engine";
import { type CallContext, clipByNorm, type Loss, type Model, type Optimizer, type PassRecord, type Weight } from "../../nn";
import { maskOf } from "../../nn/masks";
import type { Batch } from "../data";
import { TrainingError } from "../errors";
import { meanOverSamples, sampleWeightsOf } from "./lossReduction";
import { Measures } from "./measures";

/** What an output is trained for. */
interface Target {
  readonly loss: Loss;
  readonly lossWeight: number;
  /** Its place among the model's outputs, and that of its labels among the batch's. */
  readonly output: number;
  readonly label: number;
}

/** What the forward pass of a batch gives. */
export interface Forward {
  readonly outputs: readonly Tensor[];
  /** What is made small: the outputs' losses by their weights, and all penalties. A scalar. */
  readonly loss: Tensor;
  /** The loss of each output that has one. */
  readonly outputLosses: readonly Tensor[];
}

/** A plan as the steps see it: the weights in a fixed order, what each output is trained for, what is measured. */
export class Program {
  readonly model: Model;
  readonly optimizer: Optimizer;
  readonly trainable: readonly Weight[];
  readonly nonTrainable: readonly Weight[];
  readonly measures: Measures;
  private readonly targets: readonly Target[];
  private readonly classWeights: Tensor | undefined;

  /** @throws TrainingError where nothing can be trained, or not in the plan's precision. */
  constructor(readonly plan: Plan) {
    const obstacle = precisionObstacle(plan.precision);
    if (obstacle !== undefined) throw new TrainingError(`${obstacle} Leave it out, or install TensorFlow.`);
    this.model = plan.model;
    this.optimizer = plan.optimizer;
    this.trainable = plan.model.trainableWeights;
    this.nonTrainable = plan.model.nonTrainableWeights;
    this.measures = new Measures(plan);
    if (this.trainable.length === 0) {
      throw new TrainingError(
        `${plan.model.name} has no trainable weights; expected at least one. Add a layer such as layers.dense(1), or unfreeze one.`,
      );
    }
    this.targets = labelledOutputs(plan).flatMap(({ name, loss, index }, label) =>
      loss === undefined ? [] : [{ loss, lossWeight: plan.lossWeight(name), output: index, label }],
    );
    this.classWeights = classWeightVector(plan);
  }

  /** Runs the model on a batch, in the plan's precision, and takes its loss. */
  forward(batch: Batch, context: CallContext, record: PassRecord): Forward {
    return withPrecision(this.plan.precision, () => this.forwardPass(batch, context, record));
  }

  /** The gradients of one step, scaled down as the plan or the optimizer asks. */
  clip(gradients: readonly Tensor[]): readonly Tensor[] {
    const { clipNorm } = this.plan.options;
    return clipNorm === undefined ? this.optimizer.clip(gradients) : gradients.map((gradient) => clipByNorm(gradient, clipNorm));
  }

  dispose(): void {
    this.classWeights?.dispose();
  }

  private forwardPass(batch: Batch, context: CallContext, record: PassRecord): Forward {
    const result = this.model.run(batch.x.length === 1 ? (batch.x[0] as Tensor) : batch.x, context);
    const outputs: readonly Tensor[] = Array.isArray(result) ? (result as readonly Tensor[]) : [result as Tensor];
    const outputLosses = this.targets.map(({ loss, output, label }) => {
      const truth = batch.y[label] as Tensor;
      const prediction = outputs[output] as Tensor;
      const losses = loss.call(truth, prediction);
      // As in Keras, class weights count in training alone.
      const weights =
        context.training && this.classWeights !== undefined ? sampleWeightsOf(truth, losses, this.classWeights) : undefined;
      return meanOverSamples(losses, { weights, mask: maskOf(prediction) });
    });
    const weighted = outputLosses.map((loss, index) => {
      const weight = this.targets[index]?.lossWeight ?? 1;
      return weight === 1 ? loss : mul<Tensor>(loss, weight);
    });
    return {
      outputs,
      outputLosses,
      loss: [...weighted, ...record.penalties, ...this.regularization()].reduce((sum, term) => add(sum, term)),
    };
  }

  private regularization(): Tensor[] {
    return this.trainable.flatMap((weight) => weight.spec.regularizer?.penalty(weight) ?? []);
  }
}

function classWeightVector({ options, model }: Plan): Tensor | undefined {
  const { classWeight } = options;
  if (classWeight === undefined) return undefined;
  if (model.outputs.length > 1) {
    throw new TrainingError(`classWeight takes a model with one output, as in Keras; ${model.name} has ${model.outputs.length}.`);
  }
  const classes = Object.keys(classWeight).map(Number);
  const units = model.outputs[0]?.shape?.at(-1) ?? 1;
  const values = new Float32Array(Math.max(units, 2, ...classes.map((label) => label + 1))).fill(1);
  for (const label of classes) {
    const weight = classWeight[label];
    if (!Number.isInteger(label) || label < 0 || typeof weight !== "number" || !(weight >= 0)) {
      throw new TrainingError(`classWeight takes weights of 0 or more by class number; received ${label}: ${String(weight)}.`);
    }
    values[label] = weight;
  }
  return tensor1d(values);
}
