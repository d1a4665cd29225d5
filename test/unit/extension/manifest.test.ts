import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../../src/extension/contributions/commands";
import { manifest } from "../../../src/extension/contributions/manifest";
import { menus } from "../../../src/extension/contributions/menus";
import { isSettingValue, settings } from "../../../src/extension/contributions/settings";

const packageJson = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, unknown>;

describe("the manifest", () => {
  it("is what `npm run manifest` writes into package.json", () => {
    const written = Object.fromEntries(Object.keys(manifest).map((key) => [key, packageJson[key]]));
    expect(written).toEqual(JSON.parse(JSON.stringify(manifest)));
  });

  it("names in menus only commands that exist", () => {
    const named = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    expect(Object.keys(commands)).toEqual(expect.arrayContaining(named));
  });

  it("keeps settings that name what is loaded or run from folders that are not trusted", () => {
    expect(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations).toEqual([
      "layerwise.engine.libraryPath",
      "layerwise.engine.pythonPath",
    ]);
  });

  it("has defaults that its own settings allow", () => {
    for (const [id, { default: value }] of Object.entries(settings))
      expect(isSettingValue(id as keyof typeof settings, value)).toBe(true);
  });

  it("refuses values of a wrong type, below the minimum or outside the choices", () => {
    expect(isSettingValue("layerwise.hints.predict", "yes")).toBe(false);
    expect(isSettingValue("layerwise.analysis.timeLimit", 1)).toBe(false);
    expect(isSettingValue("layerwise.engine.name", "theano")).toBe(false);
    expect(isSettingValue("layerwise.engine.name", "wasm")).toBe(true);
  });
});
