import { env } from "@tensorflow/tfjs-core";
import { UnavailableError } from "./unavailable";

/** tfjs-core finds neither Node nor a browser in a bare context, and so is told what it may rely on. */
export function installPlatform(): void {
  env().setPlatform("realm", {
    fetch: () =>
      Promise.reject(new UnavailableError("fetch was called while the model is being analysed.", "unavailable-in-analysis")),
    now: () => Date.now(),
    encode: (text) => Uint8Array.from(utf8(text), (byte) => byte.charCodeAt(0)),
    decode: (bytes) => decodeURIComponent(Array.from(bytes, (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")),
    isTypedArray: (value): value is Float32Array | Int32Array | Uint8Array | Uint8ClampedArray =>
      value instanceof Float32Array ||
      value instanceof Int32Array ||
      value instanceof Uint8Array ||
      value instanceof Uint8ClampedArray,
  });
}

/** A character for each byte. */
function utf8(text: string): string {
  return encodeURIComponent(text).replace(/%(..)/g, (_escape, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
