import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DataType } from "../../src/engine/dataTypes";
import type { EagerBinding } from "../../src/engine/eagerBinding";
import { bytesField, message, varintField } from "../../src/engine/protobuf";
import { openBinding } from "./support";

let binding: EagerBinding;
let folder: string;

/** `NodeDef` with the one attribute that these operations have: a type. */
function node(name: string, op: string, inputs: readonly string[], typeAttribute: string): Uint8Array {
  const attributeValue = varintField(6, DataType.FLOAT);
  const attribute = message(bytesField(1, typeAttribute), bytesField(2, attributeValue));
  return message(
    bytesField(1, name),
    bytesField(2, op),
    ...inputs.map((input) => bytesField(3, input)),
    bytesField(5, attribute),
  );
}

/** `SavedModel` (saved_model.proto) of two results: x² and x² + y. */
function savedModel(): Uint8Array {
  const graph = message(
    bytesField(1, node("x", "Placeholder", [], "dtype")),
    bytesField(1, node("y", "Placeholder", [], "dtype")),
    bytesField(1, node("square", "Square", ["x"], "T")),
    bytesField(1, node("sum", "AddV2", ["square", "y"], "T")),
    bytesField(4, varintField(1, 1087)),
  );
  const metaInfo = bytesField(4, "serve");
  return message(varintField(1, 1), bytesField(2, message(bytesField(1, metaInfo), bytesField(2, graph))));
}

beforeAll(() => {
  binding = openBinding();
  folder = mkdtempSync(join(tmpdir(), "layerwise-saved-model-"));
  writeFileSync(join(folder, "saved_model.pb"), savedModel());
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("a SavedModel is loaded, run, and deleted", () => {
  const model = binding.loadSavedModel(folder, "serve");
  expect(binding.getNumOfSavedModels()).toBe(1);
  const x = binding.createTensor([2], DataType.FLOAT, Float32Array.of(3, 4));
  const y = binding.createTensor([], DataType.FLOAT, Float32Array.of(0.5));

  const outputs = binding.runSavedModel(model, [x, y], "x:0,y", "sum:0,square");

  expect(outputs.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual([
    { shape: [2], dtype: DataType.FLOAT },
    { shape: [2], dtype: DataType.FLOAT },
  ]);
  expect(outputs.map(({ id }) => binding.tensorDataSync(id))).toEqual([Float32Array.of(9.5, 16.5), Float32Array.of(9, 16)]);

  [x, y, ...outputs.map(({ id }) => id)].forEach((id) => binding.deleteTensor(id));
  binding.deleteSavedModel(model);
  expect(binding.getNumOfSavedModels()).toBe(0);
  expect(binding.getNumOfTensors()).toBe(0);
  expect(() => binding.runSavedModel(model, [], "", "sum")).toThrow(`There is no SavedModel ${model}`);
});

test("errors say what was wrong", () => {
  expect(() => binding.loadSavedModel(join(folder, "nowhere"), "serve")).toThrow(/nowhere.*Could not find SavedModel/);
  expect(() => binding.loadSavedModel(folder, "gpu")).toThrow(/Loading the SavedModel .*gpu/);

  const model = binding.loadSavedModel(folder, "serve");
  const x = binding.createTensor([2], DataType.FLOAT, Float32Array.of(3, 4));
  expect(() => binding.runSavedModel(model, [x], "x,y", "sum")).toThrow("takes 2 inputs (x, y); received 1");
  expect(() => binding.runSavedModel(model, [x], "z:0", "sum")).toThrow('no operation "z"');
  expect(() => binding.runSavedModel(model, [x], "x", "sum")).toThrow(/Running the SavedModel for sum.*placeholder/i);
  binding.deleteTensor(x);
  binding.deleteSavedModel(model);
});
