import { Matrix } from "./matrix.ts";

/** One step of a network. `backward` follows a `forward` and uses what that has kept. */
export interface Layer {
  /** The outputs for a batch of inputs, one sample a row. */
  forward(x: Matrix): Matrix;
  /** From the loss's gradient by the outputs to its gradient by the inputs: the chain rule. */
  backward(outputGradient: Matrix): Matrix;
  /** One step of gradient descent; a layer without parameters does nothing. */
  updateParams(learningRate: number): void;
}

/** y = x·W + b */
export class Linear implements Layer {
  weights: Matrix;
  biases: Matrix;
  weightGradient: Matrix;
  biasGradient: Matrix;
  private x = new Matrix(0, 0);

  /** Weights start uniform in (−1, 1): with equal weights all units would learn the same. */
  constructor(inputs: number, outputs: number, random: () => number) {
    this.weights = new Matrix(inputs, outputs).map(() => 2 * random() - 1);
    this.biases = new Matrix(1, outputs);
    this.weightGradient = new Matrix(inputs, outputs);
    this.biasGradient = new Matrix(1, outputs);
  }

  forward(x: Matrix): Matrix {
    this.x = x;
    return x.times(this.weights).map((value, index) => value + this.biases.values[index % this.biases.columns]!);
  }

  backward(outputGradient: Matrix): Matrix {
    this.weightGradient = this.x.transpose().times(outputGradient);
    this.biasGradient = outputGradient.sumRows();
    return outputGradient.times(this.weights.transpose());
  }

  updateParams(learningRate: number): void {
    this.weights = this.weights.combine(this.weightGradient, (weight, gradient) => weight - learningRate * gradient);
    this.biases = this.biases.combine(this.biasGradient, (bias, gradient) => bias - learningRate * gradient);
  }
}

export const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
/** By the sigmoid's own value: σ′ = σ·(1 − σ). It is at most 1/4, which is why deep sigmoid networks learn slowly. */
export const sigmoidDerivative = (z: number): number => sigmoid(z) * (1 - sigmoid(z));

export const relu = (z: number): number => Math.max(0, z);
/** At 0 there is no derivative; 0 is as good as any. */
export const reluDerivative = (z: number): number => (z > 0 ? 1 : 0);

/** A function of each value by itself. Without one between them, two linear layers are a single one. */
class Elementwise implements Layer {
  private readonly f: (z: number) => number;
  private readonly derivative: (z: number) => number;
  private z = new Matrix(0, 0);

  constructor(f: (z: number) => number, derivative: (z: number) => number) {
    this.f = f;
    this.derivative = derivative;
  }

  forward(z: Matrix): Matrix {
    this.z = z;
    return z.map((value) => this.f(value));
  }

  backward(outputGradient: Matrix): Matrix {
    return outputGradient.combine(this.z, (gradient, z) => gradient * this.derivative(z));
  }

  updateParams(): void {
    // Nothing to learn.
  }
}

export class Sigmoid extends Elementwise {
  constructor() {
    super(sigmoid, sigmoidDerivative);
  }
}

export class ReLU extends Elementwise {
  constructor() {
    super(relu, reluDerivative);
  }
}

/** Positive values that sum to 1. The greatest is taken off first: e^1000 would overflow, and the result is the same. */
export function softmax(logits: Matrix): Matrix {
  const result = new Matrix(logits.rows, logits.columns);
  for (let row = 0; row < logits.rows; row++) {
    const scores = logits.row(row);
    const greatest = Math.max(...scores);
    const powers = scores.map((score) => Math.exp(score - greatest));
    const total = powers.reduce((sum, power) => sum + power, 0);
    result.row(row).set(powers.map((power) => power / total));
  }
  return result;
}

export class Softmax implements Layer {
  private probabilities = new Matrix(0, 0);

  forward(logits: Matrix): Matrix {
    return (this.probabilities = softmax(logits));
  }

  /** Each output depends on every input: ∂pᵢ/∂zⱼ = pᵢ·(1[i = j] − pⱼ). Summing the Jacobian's rows alone would give exactly 0. */
  backward(outputGradient: Matrix): Matrix {
    const p = this.probabilities;
    const inputGradient = new Matrix(p.rows, p.columns);
    for (let row = 0; row < p.rows; row++) {
      const gradient = outputGradient.row(row);
      const mean = p.row(row).reduce((sum, value, column) => sum + value * gradient[column]!, 0);
      inputGradient.row(row).set(p.row(row).map((value, column) => value * (gradient[column]! - mean)));
    }
    return inputGradient;
  }

  updateParams(): void {
    // Nothing to learn.
  }
}
