import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^layerwise$/, replacement: here("./src/dsl/index.ts") },
      { find: /^layerwise\/datasets$/, replacement: here("./src/dsl/datasets.ts") },
      { find: /^@tensorflow\/tfjs$/, replacement: here("./src/engine/tfjsUnion.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    // For what hangs: no test depends on how fast the machine is.
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // tfjs-core's gradients lie beside its package entry, as modules that Node alone would take for CommonJS.
    server: { deps: { inline: [/@tensorflow\/tfjs-core\/dist\/(?!tf-core\.node\.js|index\.js)/] } },
  },
});
