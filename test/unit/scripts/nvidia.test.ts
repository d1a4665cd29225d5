import { describe, expect, it, test } from "vitest";
import { cudaRequirements, findNvidiaGpu } from "../../../scripts/lib/nvidia.mjs";
import { deviceFor, wheelFor } from "../../../scripts/lib/tensorflow.mjs";

const missing = (): Promise<never> => Promise.reject(new Error("ENOENT"));

describe("an NVIDIA GPU", () => {
  it.each([
    [
      "in the kernel's list",
      { listDevices: () => Promise.resolve(["0000:01:00.0"]), runNvidiaSmi: missing },
      "/proc/driver/nvidia/gpus",
    ],
    [
      "by nvidia-smi",
      { listDevices: missing, runNvidiaSmi: () => Promise.resolve("GPU 0: NVIDIA H100 80GB HBM3 (UUID: GPU-5c1e)\n") },
      "nvidia-smi",
    ],
    ["not without a driver", { listDevices: missing, runNvidiaSmi: missing }, undefined],
    [
      "not where the driver has no card",
      { listDevices: () => Promise.resolve([]), runNvidiaSmi: () => Promise.resolve("No devices found.\n") },
      undefined,
    ],
  ])("is seen %s", async (_name, driver, expected) => {
    expect(await findNvidiaGpu(driver)).toBe(expected);
  });
});

test("the CUDA wheels are those of the extra and-cuda", () => {
  // Lines of tensorflow 2.21.0's METADATA.
  const metadata = [
    "Name: tensorflow",
    "Requires-Dist: absl-py>=1.0.0",
    "Provides-Extra: and-cuda",
    'Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"',
    'Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"',
    'Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; (sys_platform != "win32" and python_version < "3.13") and extra == "gcs-filesystem"',
    "",
    "TensorFlow is an open source machine learning framework.",
  ].join("\n");
  expect(cudaRequirements(metadata)).toEqual(["nvidia-cublas-cu12<13.0,>=12.5.3.2", "nvidia-cudnn-cu12<10.0,>=9.3.0.75"]);
  expect(cudaRequirements("Requires-Dist: absl-py>=1.0.0")).toEqual([]);
});

describe("the wheel", () => {
  it("is TensorFlow's whole one for a GPU, and the smaller one for the processor", () => {
    expect(wheelFor(deviceFor(true, "linux-x64"), "linux-x64").project).toBe("tensorflow");
    expect(wheelFor(deviceFor(false, "linux-x64"), "linux-x64").project).toBe("tensorflow-cpu");
  });

  it("is the processor's where there is none with CUDA", () => {
    expect(deviceFor(true, "linux-arm64")).toBe("cpu");
    expect(deviceFor(true, "win32-x64")).toBe("cpu");
    expect(() => wheelFor("gpu", "darwin-arm64")).toThrow(/no TensorFlow .* wheel with CUDA for darwin-arm64/);
    expect(() => wheelFor("cpu", "win32-x64")).toThrow(/no TensorFlow .* wheel with a C library for win32-x64/);
  });
});
