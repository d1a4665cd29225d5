import type { Network, NetworkLayer } from "../../../src/protocol/network";
import { layoutNetwork, type Layout, type LayoutOptions } from "../../../webview/diagram/layout";

export function layer(
  name: string,
  type: string,
  units: number,
  inbound: readonly string[],
  more: Partial<NetworkLayer> = {},
): NetworkLayer {
  const shape = [null, units];
  return {
    ...{ name, type, inputShape: shape, outputShape: shape, params: 0, flops: 0, derivation: null, inbound: [...inbound] },
    ...{ file: null, line: null, column: null, hidden: false, problem: null },
    ...more,
  };
}

export function network(layers: NetworkLayer[]): Network {
  const sum = (key: "params" | "flops"): number => layers.reduce((total, item) => total + (item[key] ?? 0), 0);
  return { name: "network", key: "network", layers, params: sum("params"), flops: sum("flops"), hidden: false, stale: false };
}

/** Layers in a row, of these types. */
export function chain(...types: string[]): NetworkLayer[] {
  return types.map((type, index) => layer(`l${index}`, type, 8, index === 0 ? [] : [`l${index - 1}`]));
}

/** `repeats` blocks `attention, add, dense`, of which the second takes what enters and what the first makes. */
export function residualBlocks(repeats: number): NetworkLayer[] {
  const layers = [layer("input", "InputLayer", 8, [])];
  for (let index = 0; index < repeats; index++) {
    const before = layers.at(-1)!.name;
    layers.push(layer(`attention${index}`, "Attention", 8, [before]));
    layers.push(layer(`add${index}`, "Add", 8, [before, `attention${index}`]));
    layers.push(layer(`dense${index}`, "Dense", 8, [`add${index}`]));
  }
  return layers;
}

export function layoutOf(layers: NetworkLayer[], options: Partial<LayoutOptions> = {}): Layout {
  const measure = (text: string, font: "name" | "small"): number => text.length * (font === "name" ? 7 : 6);
  return layoutNetwork(network(layers), { size: "params", open: new Map(), measure, ...options });
}

export const idsOf = ({ items }: Layout): string[] => items.map(({ item }) => item.id);
