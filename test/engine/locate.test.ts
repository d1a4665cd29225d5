import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findCandidates, searchPlaces, type Surroundings } from "../../src/engine/locate";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "layerwise-locate-"));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function file(...parts: string[]): string {
  const path = join(root, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
  return path;
}

const surroundings = (env: Record<string, string> = {}, platform: NodeJS.Platform = "linux"): Surroundings => ({
  platform,
  env,
  home: join(root, "home"),
  workingFolder: join(root, "work"),
});

const folders = (env?: Record<string, string>, platform?: NodeJS.Platform): string[] =>
  searchPlaces(undefined, surroundings(env, platform)).map(({ folder }) => folder.replace(root, ""));

describe("places are searched in the documented order", () => {
  test("Python environments, cache, tfjs-node, system", () => {
    for (const prefix of ["selected", "venv", "conda", "python", "home/.local"]) {
      file(prefix, "lib", "python3.12", "site-packages", "marker");
    }
    file("selected", "bin", "python3");
    file("python", "bin", "python3");
    file("home", ".cache", "layerwise", "tensorflow", "2.9.3", "marker");
    file("home", ".cache", "layerwise", "tensorflow", "2.21.0", "marker");
    file("home", ".cache", "layerwise", "tensorflow", "2.21.0-cuda", "marker");
    file("home", ".cache", "layerwise", "tensorflow", "2.22.0.partial-1a2b", "marker");

    const env = {
      LAYERWISE_PYTHON: join(root, "selected", "bin", "python3"),
      VIRTUAL_ENV: join(root, "venv"),
      CONDA_PREFIX: join(root, "conda"),
      PATH: `${join(root, "empty")}:${join(root, "python", "bin")}`,
    };
    expect(folders(env)).toEqual([
      "/selected/lib/python3.12/site-packages/tensorflow",
      "/venv/lib/python3.12/site-packages/tensorflow",
      "/conda/lib/python3.12/site-packages/tensorflow",
      "/python/lib/python3.12/site-packages/tensorflow",
      "/home/.local/lib/python3.12/site-packages/tensorflow",
      "/home/.cache/layerwise/tensorflow/2.21.0-cuda/tensorflow",
      "/home/.cache/layerwise/tensorflow/2.21.0/tensorflow",
      "/home/.cache/layerwise/tensorflow/2.9.3/tensorflow",
      "/work/node_modules/@tensorflow/tfjs-node-gpu/deps/lib",
      "/work/node_modules/@tensorflow/tfjs-node/deps/lib",
      "/usr/local/lib",
      "/usr/lib",
    ]);
  });

  test("a given path is the only one, before the environment's", () => {
    const env = { LAYERWISE_TENSORFLOW: "/from/environment", VIRTUAL_ENV: join(root, "venv") };
    expect(searchPlaces("/given", surroundings(env))).toEqual([{ source: "the given path", folder: "/given" }]);
    expect(searchPlaces(undefined, surroundings(env))).toEqual([{ source: "LAYERWISE_TENSORFLOW", folder: "/from/environment" }]);
  });

  test("caches of each platform", () => {
    expect(folders({ XDG_CACHE_HOME: join(root, "xdg") })).toContain("/xdg/layerwise/tensorflow");
    expect(folders({}, "darwin")).toContain("/home/Library/Caches/layerwise/tensorflow");
    expect(folders({ LOCALAPPDATA: join(root, "local") }, "win32")).toContain("/local/layerwise/tensorflow");
  });
});

describe("what a place must hold", () => {
  const find = (folder: string, platform: NodeJS.Platform = "linux"): ReturnType<typeof findCandidates> =>
    findCandidates([{ source: "test", folder }], platform);

  test("the libraries of a wheel, the framework first, and CUDA's", () => {
    const main = file("site-packages", "tensorflow", "libtensorflow_cc.so.2");
    const framework = file("site-packages", "tensorflow", "libtensorflow_framework.so.2");
    const cublas = file("site-packages", "nvidia", "cublas", "lib", "libcublas.so.12");
    file("site-packages", "nvidia", "cublas", "lib", "notes.txt");
    expect(find(join(root, "site-packages", "tensorflow")).candidates[0]?.files).toEqual({
      main,
      dependencies: [framework],
      accelerators: [cublas],
    });
  });

  test.each<[platform: NodeJS.Platform, library: string]>([
    ["linux", "libtensorflow.so.2"],
    ["darwin", "libtensorflow_cc.2.dylib"],
    ["win32", "tensorflow.dll"],
  ])("on %s %s", (platform, library) => {
    const main = file("lib", library);
    expect(find(join(root, "lib"), platform).candidates[0]?.files.main).toBe(main);
  });

  test("a path may name the library itself", () => {
    const main = file("lib", "libtensorflow_cc.so.2");
    expect(find(main).candidates[0]?.files.main).toBe(main);
  });

  test("every other place is rejected with its reason", () => {
    file("empty", "marker");
    expect(find(join(root, "nowhere")).rejected[0]?.reason).toBe("does not exist");
    expect(find(join(root, "empty")).rejected[0]?.reason).toBe("holds no libtensorflow_cc.so.2 and no libtensorflow.so.2");
  });
});
