import { createHash } from "node:crypto";
import { dataTypeName } from "../dataTypes";
import type { OpAttribute } from "../opAttributes";
import type { TensorValues } from "../tensors";
import type { Origin } from "./uncapturable";

/** One operation of a recording. Two recordings with equal signatures in equal order are the same graph. */
export interface RecordedOperation {
  readonly opName: string;
  /** All that makes the operation: its type, its inputs' places, its attributes, a constant's values. */
  readonly signature: string;
  readonly origin: Origin;
}

/** One output of a recorded operation: the operation's place in the recording, and the output's among its outputs. */
export interface OutputPlace {
  readonly operation: number;
  readonly index: number;
}

export function operationSignature(opName: string, inputs: readonly OutputPlace[], attributes: readonly OpAttribute[]): string {
  const settings = attributes.map(({ name, type, value }) => `${name}:${type}=${formatValue(value)}`);
  return `${opName}(${formatPlaces(inputs)}) ${settings.join(" ")}`;
}

export function constantSignature(shape: readonly number[], dtype: number, values: TensorValues): string {
  return `Const ${tensorSignature(shape, dtype)} ${digest(ArrayBuffer.isView(values) ? [values] : values)}`;
}

export function tensorSignature(shape: readonly number[], dtype: number): string {
  return `${dataTypeName(dtype)} [${shape.join(", ")}]`;
}

/** A hash of a whole graph: its operations, its inputs, its outputs. */
export function hashRecording(
  operations: readonly RecordedOperation[],
  inputs: readonly OutputPlace[],
  outputs: readonly OutputPlace[],
): string {
  const hash = createHash("sha256");
  for (const { signature } of operations) hash.update(signature).update("\n");
  for (const places of [inputs, outputs]) hash.update(`${formatPlaces(places)}\n`);
  return hash.digest("hex").slice(0, 32);
}

const formatPlaces = (places: readonly OutputPlace[]): string =>
  places.map(({ operation, index }) => `${operation}:${index}`).join();

/** JSON knows neither -0 nor what is not finite. */
function formatValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formatValue).join()}]`;
  if (Object.is(value, -0)) return "-0";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

function digest(parts: readonly NodeJS.ArrayBufferView[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.byteLength}:`).update(part);
  return hash.digest("base64");
}
