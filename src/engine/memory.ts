import koffi from "koffi";
import type { Pointer } from "./pointer";

type MemoryCopy = (target: ArrayBufferView | bigint, source: ArrayBufferView | bigint, bytes: number) => void;

// Electron forbids array buffers over foreign memory, so values are copied, never viewed.
const memcpy: MemoryCopy = koffi
  .load(process.platform === "win32" ? "msvcrt.dll" : null)
  .func("void *memcpy(void *target, void *source, size_t bytes)");

export function copyToNative(target: Pointer<"data">, source: ArrayBufferView): void {
  if (source.byteLength > 0) memcpy(target, source, source.byteLength);
}

export function copyFromNative(source: Pointer<string>, bytes: number): ArrayBuffer {
  const target = new Uint8Array(bytes);
  if (bytes > 0) memcpy(target, source, bytes);
  return target.buffer;
}
