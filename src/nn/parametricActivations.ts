import {
  abs,
  add,
  clipByValue,
  div,
  elu as eluOfOne,
  erf,
  greater,
  leakyRelu as leakyReluOf,
  mul,
  neg,
  relu,
  sigmoid,
  split,
  sqrt,
  square,
  sub,
  tanh,
  type Tensor,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import type { Activation } from "./activations";
import { ModelError } from "./errors";
import { nonNegative, type OptionRule, positive, required, requireOptions, truth } from "./options";
import { logSoftmaxOver, softmaxOver } from "./softmaxOver";

const number: OptionRule = { expected: "a finite number", accepts: Number.isFinite };
const wholeAxis: OptionRule = { expected: "the number of an axis", accepts: Number.isSafeInteger };

/** x above 0, a small slope below. @param options.negativeSlope Default 0.2, as of Keras's function; that of its layer is 0.3. */
export function leakyRelu(options: { negativeSlope?: number | undefined } = {}): Activation {
  const { negativeSlope = 0.2 } = requireOptions("activations.leakyRelu", options, { negativeSlope: nonNegative });
  return {
    name: "leakyRelu",
    apply: (x) => leakyReluOf(x, negativeSlope),
    formula: String.raw`\max(0, x) + ${negativeSlope} \min(0, x)`,
  };
}

/** The exponential linear unit with any α. */
export function eluWithAlpha(x: Tensor, alpha: number): Tensor {
  return alpha === 1 ? eluOfOne(x) : add(relu(x), mul(alpha, eluOfOne(neg(relu(neg(x))))));
}

/** x above 0, α · (eˣ − 1) below. @param options.alpha Default 1. */
export function elu(options: { alpha?: number | undefined } = {}): Activation {
  const { alpha = 1 } = requireOptions("activations.elu", options, { alpha: nonNegative });
  const scale = alpha === 1 ? "" : `${alpha} `;
  return {
    name: "elu",
    apply: (x) => eluWithAlpha(x, alpha),
    formula: String.raw`\begin{cases} x & x > 0 \\ ${alpha === 1 ? "e^x - 1" : `${scale}(e^x - 1)`} & x \le 0 \end{cases}`,
  };
}

/** x above 0, α · (e^(x / α) − 1) below: its slope is continuous for every α. @param options.alpha Default 1. */
export function celu(options: { alpha?: number | undefined } = {}): Activation {
  const { alpha = 1 } = requireOptions("activations.celu", options, { alpha: positive });
  const apply = (x: Tensor): Tensor => add(relu(x), mul(alpha, eluOfOne(div(neg(relu(neg(x))), alpha))));
  const below = alpha === 1 ? "e^x - 1" : `${alpha} (e^{x / ${alpha}} - 1)`;
  return { name: "celu", apply: alpha === 1 ? eluOfOne : apply, formula: String.raw`\max(0, x) + \min(0, ${below})` };
}

/**
 * The Gaussian error linear unit (Hendrycks & Gimpel 2016, https://arxiv.org/abs/1606.08415).
 *
 * @param options.approximate Whether the error function is replaced by a hyperbolic tangent. Default `false`.
 */
export function gelu(options: { approximate?: boolean | undefined } = {}): Activation {
  const { approximate = false } = requireOptions("activations.gelu", options, { approximate: truth });
  return approximate
    ? {
        name: "gelu",
        apply: (x) => mul(mul(0.5, x), add(1, tanh(mul(Math.sqrt(2 / Math.PI), add(x, mul(0.044715, mul(x, square(x)))))))),
        formula: String.raw`\tfrac{x}{2}\left(1 + \tanh\left(\sqrt{\tfrac{2}{\pi}}\,(x + 0.044715\, x^3)\right)\right)`,
      }
    : {
        name: "gelu",
        apply: (x) => mul(mul(0.5, x), add(1, erf(mul(x, Math.SQRT1_2)))),
        formula: String.raw`\tfrac{x}{2}\left(1 + \operatorname{erf}\tfrac{x}{\sqrt 2}\right)`,
      };
}

/** The first half of the values, each times the sigmoid of one of the second. @param options.axis The axis that is halved. Default −1. */
export function glu(options: { axis?: number | undefined } = {}): Activation {
  const { axis = -1 } = requireOptions("activations.glu", options, { axis: wholeAxis });
  return {
    name: "glu",
    apply: (x) => {
      const [values, gates] = split(x, 2, axis) as [Tensor, Tensor];
      return mul(values, sigmoid(gates));
    },
    formula: String.raw`a \odot \sigma(b),\ [a, b] = x`,
    outputShape: (shape) => {
      const halved = axis < 0 ? axis + shape.length : axis;
      return shape.map((size, position) => (position === halved ? halfOf(size) : size));
    },
  };
}

function halfOf(size: number | null): number | null {
  if (size === null) return null;
  if (size % 2 !== 0) {
    throw new ModelError("shape-mismatch", `glu halves a dimension, by default the last, which must be even; received ${size}.`);
  }
  return size / 2;
}

/** x moved towards 0 by the threshold, and 0 within it. @param options.threshold Default 0.5. */
export function softShrink(options: { threshold?: number | undefined } = {}): Activation {
  const { threshold = 0.5 } = requireOptions("activations.softShrink", options, { threshold: nonNegative });
  return {
    name: "softShrink",
    apply: (x) => sub(x, clipByValue(x, -threshold, threshold)),
    formula: String.raw`x - \min(\max(-${threshold}, x), ${threshold})`,
  };
}

/** x, and 0 within the threshold. @param options.threshold Default 0.5. */
export function hardShrink(options: { threshold?: number | undefined } = {}): Activation {
  const { threshold = 0.5 } = requireOptions("activations.hardShrink", options, { threshold: nonNegative });
  return {
    name: "hardShrink",
    apply: (x) => where(greater(abs(x), threshold), x, zerosLike(x)),
    formula: String.raw`\begin{cases} x & |x| > ${threshold} \\ 0 & |x| \le ${threshold} \end{cases}`,
  };
}

/** A smooth rectifier without exponentials. @param options.b How wide its bend is. Default 4. */
export function squareplus(options: { b?: number | undefined } = {}): Activation {
  const { b = 4 } = requireOptions("activations.squareplus", options, { b: nonNegative });
  return {
    name: "squareplus",
    apply: (x) => mul(0.5, add(x, sqrt(add(square(x), b)))),
    formula: String.raw`\tfrac12\left(x + \sqrt{x^2 + ${b}}\right)`,
  };
}

/** x above the threshold, another value elsewhere. Both must be given, as in Keras. */
export function threshold(options: { threshold: number; defaultValue: number }): Activation {
  const rules = { threshold: required(number), defaultValue: required(number) };
  const { threshold: least, defaultValue } = requireOptions("activations.threshold", options, rules);
  return {
    name: "threshold",
    apply: (x) => where(greater(x, least), x, add(zerosLike(x), defaultValue)),
    formula: String.raw`\begin{cases} x & x > ${least} \\ ${defaultValue} & x \le ${least} \end{cases}`,
  };
}

/** Positive values that sum to 1. @param options.axis The axis along which they do. Default −1: the last. */
export function softmax(options: { axis?: number | undefined } = {}): Activation {
  const { axis = -1 } = requireOptions("activations.softmax", options, { axis: wholeAxis });
  return { name: "softmax", apply: (x) => softmaxOver(x, axis), formula: String.raw`\frac{e^{x_i}}{\sum_j e^{x_j}}` };
}

/** The logarithm of softmax. @param options.axis The axis along which it is taken. Default −1: the last. */
export function logSoftmax(options: { axis?: number | undefined } = {}): Activation {
  const { axis = -1 } = requireOptions("activations.logSoftmax", options, { axis: wholeAxis });
  return {
    name: "logSoftmax",
    apply: (x) => logSoftmaxOver(x, axis),
    formula: String.raw`x_i - \ln \sum_j e^{x_j}`,
  };
}
