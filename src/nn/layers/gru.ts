import { add, matMul, mul, split, sub, type Tensor, unstack } from "@tensorflow/tfjs-core";
import { type Activation, type ActivationLike, resolveActivation } from "../activations";
import type { InitializerLike } from "../initializers";
import type { LayerDocumentation } from "../layer";
import { optionNames } from "../optionNames";
import type { SizeFactor, Weight } from "../weight";
import { Recurrent, type RecurrentOptions, recurrentOptionNames, type Step } from "./recurrent";
import { presentTerms } from "./presentTerms";

export interface GRUOptions extends RecurrentOptions {
  /** Of the gates; default `"sigmoid"`. */
  recurrentActivation?: ActivationLike | undefined;
  /** Whether the reset gate acts after the matrix product, with a bias of its own (cuDNN's form) or before it (Cho et al. 2014). Default `true`. */
  resetAfter?: boolean | undefined;
}

/** What z, r and h each receive. */
type GateInputs = [Tensor, Tensor, Tensor];

/** The update gate's value and the candidate before its activation. */
type Candidates = (projected: GateInputs, recurrent: Tensor) => { update: Tensor; candidate: Tensor };

/** The gated recurrent unit (Cho et al. 2014). Its gates stand in the order z (update), r (reset), h (candidate). */
export class GRU extends Recurrent {
  static override readonly optionNames = optionNames<GRUOptions>({
    ...recurrentOptionNames,
    recurrentActivation: true,
    resetAfter: true,
  });

  readonly recurrentActivation: Activation;
  readonly resetAfter: boolean;
  protected override readonly gates = 3;
  protected override readonly stateCount = 1;

  constructor(
    units: number,
    protected override readonly options: GRUOptions = {},
  ) {
    super(units, options);
    this.recurrentActivation = resolveActivation(options.recurrentActivation ?? "sigmoid");
    this.resetAfter = options.resetAfter ?? true;
  }

  override get documentation(): LayerDocumentation {
    const candidate = this.resetAfter
      ? String.raw`W_h^{\mathsf T} x_t + b_h + r \odot (U_h^{\mathsf T} h_{t-1} + b'_h)`
      : String.raw`W_h^{\mathsf T} x_t + b_h + U_h^{\mathsf T} (r \odot h_{t-1})`;
    return {
      summary: "Reads a sequence step by step; two gates decide how much of the state is forgotten and renewed.",
      formula: presentTerms(
        this,
        String.raw`\begin{aligned} z, r &= \sigma(W_{z,r}^{\mathsf T} x_t + U_{z,r}^{\mathsf T} h_{t-1} + b_{z,r}) \\ \tilde h &= \phi(${candidate}) \\ h_t &= z \odot h_{t-1} + (1 - z) \odot \tilde h \end{aligned}`,
      ),
      source: "https://keras.io/api/layers/recurrent_layers/gru/",
    };
  }

  override copy(changes: GRUOptions): GRU {
    return new GRU(this.units, { ...this.options, ...changes });
  }

  /** With `resetAfter`, one bias for the inputs and one for the state: [2, 3 · units]. */
  protected override addBias(initializer: InitializerLike, factors: readonly SizeFactor[]): Weight {
    if (!this.resetAfter) return super.addBias(initializer, factors);
    const { biasRegularizer: regularizer, biasConstraint: constraint } = this.options;
    const shape = [2, this.gates * this.units];
    return this.addWeight("bias", shape, {
      initializer,
      regularizer,
      constraint,
      factors: [{ value: 2, name: "biases" }, ...factors],
    });
  }

  protected override get inputBias(): Tensor | undefined {
    return this.biases[0];
  }

  private get biases(): Tensor[] {
    if (this.bias === undefined) return [];
    return this.resetAfter ? unstack(this.bias) : [this.bias];
  }

  protected override cell(): Step {
    const candidates = this.resetAfter ? this.resetAfterProduct() : this.resetBeforeProduct();
    return (projected, states, recurrent) => {
      const { update, candidate } = candidates(split(projected, 3, 1) as GateInputs, recurrent);
      return [add(mul(update, states[0]), mul(sub(1, update), this.activation.apply(candidate)))];
    };
  }

  private resetAfterProduct(): Candidates {
    const { recurrentActivation: gate, recurrentKernel } = this;
    const [, bias] = this.biases;
    return ([update, reset, candidate], recurrent) => {
      const product = matMul(recurrent, recurrentKernel);
      const state = split(bias === undefined ? product : add(product, bias), 3, 1) as GateInputs;
      return {
        update: gate.apply(add(update, state[0])),
        candidate: add(candidate, mul(gate.apply(add(reset, state[1])), state[2])),
      };
    };
  }

  private resetBeforeProduct(): Candidates {
    const { recurrentActivation: gate } = this;
    const [updateKernel, resetKernel, candidateKernel] = split(this.recurrentKernel, 3, 1) as GateInputs;
    return ([update, reset, candidate], recurrent) => {
      const kept = mul(gate.apply(add(reset, matMul(recurrent, resetKernel))), recurrent);
      return {
        update: gate.apply(add(update, matMul(recurrent, updateKernel))),
        candidate: add(candidate, matMul(kept, candidateKernel)),
      };
    };
  }
}
