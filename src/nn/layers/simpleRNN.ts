import { add, matMul } from "@tensorflow/tfjs-core";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import { Recurrent, type RecurrentOptions, recurrentOptionNames, type Step } from "./recurrent";
import { presentTerms } from "./presentTerms";

/** The simple recurrent layer (Elman 1990): its output is its state. */
export class SimpleRNN extends Recurrent {
  static override readonly optionNames = optionNames<RecurrentOptions>(recurrentOptionNames);

  protected override readonly gates = 1;
  protected override readonly stateCount = 1;

  constructor(units: number, options: RecurrentOptions = {}) {
    super(units, options);
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Reads a sequence step by step; each output depends on the step's input and on the output before.",
      formula: presentTerms(this, String.raw`h_t = \phi(W^{\mathsf T} x_t + U^{\mathsf T} h_{t-1} + b)`),
      source: "https://keras.io/api/layers/recurrent_layers/simple_rnn/",
    };
  }

  override copy(changes: RecurrentOptions): SimpleRNN {
    return new SimpleRNN(this.units, { ...this.options, ...changes });
  }

  protected override cell(): Step {
    return (projected, _states, recurrent) => [this.activation.apply(add(projected, matMul(recurrent, this.recurrentKernel)))];
  }
}
