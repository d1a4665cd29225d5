import {
  abs,
  add,
  clipByValue,
  div,
  exp,
  greater,
  logSigmoid,
  maximum,
  mul,
  relu,
  relu6,
  selu,
  sigmoid,
  softplus,
  square,
  sub,
  tanh,
  type Tensor,
  where,
} from "@tensorflow/tfjs-core";
import { show } from "./arguments";
import { ModelError } from "./errors";
import { rememberLogits } from "./logits";
import { lookUp } from "./lookup";
import type { Shape } from "./shape";
import * as parametric from "./parametricActivations";
import { sparsemax } from "./sparsemax";

export type ActivationFunction = (x: Tensor) => Tensor;

/** A named activation with its formula. A layer is one too, so that `layers.dense(10, { activation: layers.prelu() })` works. */
export interface Activation {
  /** camelCase, e.g. `leakyRelu`; a function's own name, or `custom`. */
  readonly name: string;
  apply(x: Tensor): Tensor;
  /** LaTeX, x the input; `undefined` for functions and layers of one's own. */
  readonly formula?: string | undefined;
  /** The output's shape where it differs from the input's. */
  outputShape?(inputShape: Shape): Shape;
}

/** The activations by name: definitions and constants are Keras 3's, https://keras.io/api/layers/activations/. */
const ACTIVATIONS = {
  linear: { apply: (x) => x, formula: "x" },
  relu: { apply: relu, formula: String.raw`\max(0, x)` },
  relu6: { apply: relu6, formula: String.raw`\min(\max(0, x), 6)` },
  leakyRelu: parametric.leakyRelu(),
  elu: parametric.elu(),
  selu: {
    apply: selu,
    formula: String.raw`\lambda \begin{cases} x & x > 0 \\ \alpha (e^x - 1) & x \le 0 \end{cases},\ \lambda \approx 1.0507,\ \alpha \approx 1.6733`,
  },
  celu: parametric.celu(),
  gelu: parametric.gelu(),
  glu: parametric.glu(),
  silu: { apply: (x) => mul(x, sigmoid(x)), formula: String.raw`x\,\sigma(x)` },
  sigmoid: { apply: (x) => rememberLogits(sigmoid(x), "sigmoid", x), formula: String.raw`\sigma(x) = \frac{1}{1 + e^{-x}}` },
  logSigmoid: { apply: logSigmoid, formula: String.raw`\ln \sigma(x)` },
  hardSigmoid: { apply: hardSigmoid, formula: String.raw`\tfrac{1}{6} \min(\max(0, x + 3), 6)` },
  hardSilu: { apply: (x) => mul(x, hardSigmoid(x)), formula: String.raw`\tfrac{x}{6} \min(\max(0, x + 3), 6)` },
  tanh: { apply: tanh, formula: String.raw`\tanh x` },
  hardTanh: { apply: (x) => clipByValue(x, -1, 1), formula: String.raw`\min(\max(-1, x), 1)` },
  tanhShrink: { apply: (x) => sub(x, tanh(x)), formula: String.raw`x - \tanh x` },
  softplus: { apply: softplus, formula: String.raw`\ln(1 + e^x)` },
  softsign: { apply: (x) => div(x, add(1, abs(x))), formula: String.raw`\frac{x}{1 + |x|}` },
  softShrink: parametric.softShrink(),
  hardShrink: parametric.hardShrink(),
  squareplus: parametric.squareplus(),
  mish: { apply: (x) => mul(x, tanh(softplus(x))), formula: String.raw`x \tanh(\ln(1 + e^x))` },
  exponential: { apply: exp, formula: "e^x" },
  sparsePlus: {
    apply: (x) => where(greater(x, 1), x, div(square(maximum(add(x, 1), 0)), 4)),
    formula: String.raw`\begin{cases} 0 & x \le -1 \\ \tfrac14 (x + 1)^2 & -1 < x < 1 \\ x & x \ge 1 \end{cases}`,
  },
  sparseSigmoid: {
    apply: (x) => clipByValue(mul(0.5, add(x, 1)), 0, 1),
    formula: String.raw`\min(\max(0, \tfrac12 (x + 1)), 1)`,
  },
  softmax: parametric.softmax(),
  logSoftmax: parametric.logSoftmax(),
  sparsemax: { apply: sparsemax, formula: String.raw`\operatorname*{arg\,min}_{p \in \Delta} \lVert p - x \rVert^2` },
} satisfies Record<string, Omit<Activation, "name">>;

const ALIASES = { swish: "silu", hardSwish: "hardSilu" } as const;

export type ActivationName = keyof typeof ACTIVATIONS | keyof typeof ALIASES;
export type ActivationLike = ActivationName | ActivationFunction | Activation;

/** The names that {@link resolveActivation} knows, aliases such as `swish` left out. */
export const activationNames: readonly string[] = Object.keys(ACTIVATIONS);

/**
 * An activation by its camelCase name, from a function of a tensor, or a layer.
 *
 * @throws ModelError for a name that is not known.
 */
export function resolveActivation(activation: ActivationLike | undefined): Activation {
  if (activation === undefined) return resolveActivation("linear");
  if (typeof activation === "string") {
    const name = Object.hasOwn(ALIASES, activation) ? ALIASES[activation as keyof typeof ALIASES] : activation;
    return { name, ...lookUp<Omit<Activation, "name">>("activation", name, ACTIVATIONS) };
  }
  if (isActivation(activation)) return activation;
  if (typeof activation === "function") return { name: activation.name || "custom", apply: activation };
  throw new ModelError(
    "invalid-argument",
    `An activation is a name, a function of a tensor, or a layer; received ${show(activation)}.`,
  );
}

/** Layers are functions too, so that the form decides. A function's own `apply` calls it and is inherited; a layer's lies in between. */
function isActivation(activation: ActivationFunction | Activation): activation is Activation {
  const { apply } = Object(activation) as Partial<Activation>;
  return typeof apply === "function" && apply !== Function.prototype.apply && "name" in activation;
}

function hardSigmoid(x: Tensor): Tensor {
  return div(relu6(add(x, 3)), 6);
}
