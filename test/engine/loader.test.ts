import { expect, test } from "vitest";
import { loadInAnyOrder } from "../../src/engine/loader";

test("libraries that need each other are loaded whatever their order", () => {
  const needs: Readonly<Record<string, readonly string[]>> = {
    "/nvidia/cudnn/lib/libcudnn.so.9": ["/nvidia/cublas/lib/libcublas.so.12"],
    "/nvidia/cusolver/lib/libcusolver.so.11": ["/nvidia/cublas/lib/libcublas.so.12", "/nvidia/nvjitlink/lib/libnvJitLink.so.12"],
    "/nvidia/cublas/lib/libcublas.so.12": ["/nvidia/cublas/lib/libcublasLt.so.12"],
    "/nvidia/cublas/lib/libcublasLt.so.12": [],
    "/nvidia/nvjitlink/lib/libnvJitLink.so.12": [],
    "/nvidia/nccl/lib/libnccl.so.2": ["/usr/lib/libcuda.so.1"],
  };
  const loaded: string[] = [];
  const load = (path: string): boolean => {
    const isReady = (needs[path] ?? []).every((need) => loaded.includes(need));
    if (isReady) loaded.push(path);
    return isReady;
  };
  expect(loadInAnyOrder(Object.keys(needs), load)).toEqual(["/nvidia/nccl/lib/libnccl.so.2"]);
  expect(loaded).toEqual([
    "/nvidia/cublas/lib/libcublasLt.so.12",
    "/nvidia/nvjitlink/lib/libnvJitLink.so.12",
    "/nvidia/cublas/lib/libcublas.so.12",
    "/nvidia/cudnn/lib/libcudnn.so.9",
    "/nvidia/cusolver/lib/libcusolver.so.11",
  ]);
});
