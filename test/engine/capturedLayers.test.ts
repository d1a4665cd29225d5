import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { captureStep, startEngine, type Step, TensorFlowRandomStream } from "../../src/engine";
import { isShapeList, layerUnderWay, newPass, resetDeclarations, type Shape, Weight } from "../../src/nn";
import "../../src/nn/gradients";
import type { LayerCase } from "../unit/nn/layerCase";
import { layerCases } from "../unit/nn/layerCases";
import { layerCasesB } from "../unit/nn/layerCasesB";

beforeAll(async () => {
  await startEngine({ engine: "tensorflow", intraOpThreads: 2, interOpThreads: 2 });
});

const BATCH = 3;
const cases = [...layerCases, ...layerCasesB].map((layerCase) => {
  const { className } = layerCase.make();
  return { layerCase, name: layerCase.title === undefined ? className : `${className} (${layerCase.title})` };
});

/** Values that repeat nowhere and stay away from 0, where some layers have no derivative. */
function valuesOf(shape: readonly number[], phase: number, wholeNumbersBelow?: number): tf.Tensor {
  const count = shape.reduce((size, dimension) => size * dimension, 1);
  if (wholeNumbersBelow !== undefined) {
    return tf.tensor(
      Int32Array.from({ length: count }, (_, index) => (index * 7) % wholeNumbersBelow),
      [...shape],
      "int32",
    );
  }
  const wave = (index: number): number => Math.sin(1.7 * index + phase);
  return tf.tensor(
    Float32Array.from({ length: count }, (_, index) => wave(index) + 0.1 * Math.sign(wave(index))),
    [...shape],
  );
}

/** A training pass: what the layer returns, the gradients of its inputs and trainable weights, its moving statistics. */
function trainingPass(
  { inputShape, wholeNumbersBelow }: LayerCase,
  layer: ReturnType<LayerCase["make"]>,
  inputCount: number,
): Step {
  const { weights, trainableWeights } = layer;
  return (tensors) => {
    const inputs = tensors.slice(0, inputCount);
    const [step] = tensors.slice(-1) as [tf.Tensor];
    return Weight.withValues(weights, tensors.slice(inputCount, -1), () => {
      const random = new TensorFlowRandomStream(TensorFlowRandomStream.key(1), step);
      const { context, record } = newPass({ training: true, random });
      const kept: tf.Tensor[] = [];
      const { grads } = tf.engine().gradients(
        () => {
          const outputs = layer.run(isShapeList(inputShape) ? inputs : inputs[0]!, context);
          kept.push(...[outputs].flat(), ...record.updates.values());
          kept.forEach((tensor) => tf.keep(tensor));
          const terms = [...[outputs].flat().map((output) => tf.mean(tf.square(output))), ...record.penalties];
          return tf.addN(terms.map((term) => tf.cast(term, "float32"))) as tf.Scalar;
        },
        [...(wholeNumbersBelow === undefined ? inputs : []), ...trainableWeights],
        undefined,
        true,
      );
      return [...kept, ...grads.filter((gradient: tf.Tensor | undefined) => gradient !== undefined)];
    });
  };
}

test.each(cases)("$name", ({ layerCase }) => {
  resetDeclarations();
  const layer = layerCase.make();
  const shapes: readonly Shape[] = isShapeList(layerCase.inputShape) ? layerCase.inputShape : [layerCase.inputShape];
  layer.ensureBuilt(layerCase.inputShape);
  const batch = shapes.map((shape, index) =>
    valuesOf(
      shape.map((size) => size ?? BATCH),
      0.3 + index,
      layerCase.wholeNumbersBelow,
    ),
  );
  const weights = layer.weights.map((weight, index) => tf.tidy(() => tf.abs(valuesOf(weight.shape, 0.9 + index))));
  const inputs = [...batch, ...weights, tf.scalar(3, "int32")];
  const step = trainingPass(layerCase, layer, batch.length);
  const captured = captureStep(step, inputs, { place: layerUnderWay });
  const results = captured.call(inputs);
  const expected = step(inputs);
  expect(results.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  results.forEach((result, index) => {
    const [received, eager] = [result.dataSync(), expected[index]!.dataSync()];
    const scale = Math.max(1, ...eager.map(Math.abs));
    received.forEach((value, place) => expect(Math.abs(value - eager[place]!)).toBeLessThanOrEqual(1e-6 * scale));
  });
  captured.dispose();
  tf.dispose([...inputs, ...results, ...expected]);
});
