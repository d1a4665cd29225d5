import { layerUnderWay } from "./context";
import { declarations } from "./declarations";
import { ModelError } from "./errors";
import type { Layer } from "./layer";

const makers = new WeakMap<Layer, Layer>();
/** One report for each maker: every run of its `call` makes another layer. */
const reported = new WeakSet<Layer>();

/** Notes a layer that is made while the `call` of another runs. */
export function noteMaker(made: Layer): void {
  const name = layerUnderWay();
  const maker = name === undefined ? undefined : declarations().layers.findLast((layer) => layer.name === name);
  if (maker !== undefined) makers.set(made, maker);
}

/** The layer whose `call` made this one. */
export function makerOf(layer: Layer): Layer | undefined {
  return makers.get(layer);
}

/** Reports a layer with weights that was made inside of a `call` and that nobody keeps. */
export function reportPassingLayer(layer: Layer): void {
  const maker = makers.get(layer);
  if (maker === undefined || reported.has(maker) || layer.weights.length === 0 || holds(maker, layer)) return;
  reported.add(maker);
  const message = `${layer.name} is made inside of the call of ${maker.name} (${maker.className}), anew each time it runs: its weights are neither trained nor counted. ${wayOut(maker, layer)}`;
  declarations().report(new ModelError("layer-call-failed", message, layer));
}

function wayOut({ className }: Layer, { name }: Layer): string {
  return className === "Lambda"
    ? "A lambda has no weights: put the layer into the model itself, or write a class that extends Layer, make the layer in its constructor and call it in call."
    : `Make it in the constructor, this.${name} = …, and call it in call: this.${name}(x).`;
}

function holds(maker: Layer, layer: Layer): boolean {
  return maker.sublayers.some((held) => held === layer || holds(held, layer));
}
