import { add, matMul, mul, split, type Tensor } from "@tensorflow/tfjs-core";
import { type Activation, type ActivationLike, type ActivationName, resolveActivation } from "../activations";
import { type Initializer, type InitializerLike, resolveInitializer } from "../initializers";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import type { SizeFactor, Weight } from "../weight";
import { hasLSTMBlock, runLSTMBlock } from "./lstmBlock";
import { Recurrent, type RecurrentOptions, type RecurrentRun, type States, type Step, recurrentOptionNames } from "./recurrent";
import { presentTerms } from "./presentTerms";

export interface LSTMOptions extends RecurrentOptions {
  /** Of the gates; default `"sigmoid"`. */
  recurrentActivation?: ActivationLike | undefined;
  /** The forget gate's bias starts at 1 (Jozefowicz et al. 2015); default `true`. */
  unitForgetBias?: boolean | undefined;
}

/** Long short-term memory (Hochreiter & Schmidhuber 1997). Its gates stand in the order i, f, c, o. */
export class LSTM extends Recurrent {
  static override readonly optionNames = optionNames<LSTMOptions>({
    ...recurrentOptionNames,
    recurrentActivation: true,
    unitForgetBias: true,
  });

  readonly recurrentActivation: Activation;
  protected override readonly gates = 4;
  protected override readonly stateCount = 2;

  constructor(
    units: number,
    protected override readonly options: LSTMOptions = {},
  ) {
    super(units, options);
    this.recurrentActivation = resolveActivation(options.recurrentActivation ?? "sigmoid");
  }

  override get documentation(): LayerDocumentation {
    return {
      summary: "Reads a sequence step by step and keeps a memory; gates decide what enters it, what stays and what is shown.",
      formula: presentTerms(
        this,
        String.raw`\begin{aligned} i, f, o &= \sigma(W_{i,f,o}^{\mathsf T} x_t + U_{i,f,o}^{\mathsf T} h_{t-1} + b_{i,f,o}) \\ c_t &= f \odot c_{t-1} + i \odot \phi(W_c^{\mathsf T} x_t + U_c^{\mathsf T} h_{t-1} + b_c) \\ h_t &= o \odot \phi(c_t) \end{aligned}`,
      ),
      source: "https://keras.io/api/layers/recurrent_layers/lstm/",
    };
  }

  override copy(changes: LSTMOptions): LSTM {
    return new LSTM(this.units, { ...this.options, ...changes });
  }

  protected override addBias(initializer: InitializerLike, factors: readonly SizeFactor[]): Weight {
    const unitForgetBias = this.options.unitForgetBias ?? true;
    return super.addBias(unitForgetBias ? withUnitForgetBias(resolveInitializer(initializer)) : initializer, factors);
  }

  protected override runAtOnce(sequence: Tensor, initial: States): RecurrentRun | undefined {
    const isStandard = is(this.activation, "tanh") && is(this.recurrentActivation, "sigmoid");
    if (!isStandard || !hasLSTMBlock()) return undefined;
    const { kernel, recurrentKernel, bias, returnSequences } = this;
    return runLSTMBlock(
      { sequence, kernel, recurrentKernel, bias, initial: initial as unknown as [Tensor, Tensor] },
      { everyOutput: returnSequences },
    );
  }

  protected override cell(): Step {
    const { activation, recurrentActivation: gate } = this;
    return (projected, [, memory], recurrent) => {
      const sums = add(projected, matMul(recurrent, this.recurrentKernel));
      const [input, forget, candidate, output] = split(sums, 4, 1) as [Tensor, Tensor, Tensor, Tensor];
      const kept = mul(gate.apply(forget), memory as Tensor);
      const renewed = add(kept, mul(gate.apply(input), activation.apply(candidate)));
      return [mul(gate.apply(output), activation.apply(renewed)), renewed];
    };
  }
}

/** A function of somebody's own may bear the same name. */
function is(activation: Activation, name: ActivationName): boolean {
  return activation.apply === resolveActivation(name).apply;
}

/** Draws i, then ones for f, then c and o. */
export function withUnitForgetBias(initializer: Initializer): Initializer {
  return {
    name: "unitForgetBias",
    draw: ([width = 0], context) => {
      const units = width / 4;
      const bias = new Float32Array(width).fill(1);
      bias.set(initializer.draw([units], context), 0);
      bias.set(initializer.draw([2 * units], context), 2 * units);
      return bias;
    },
  };
}
