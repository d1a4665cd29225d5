import { InputLayer } from "../../../nn/input";
import { Layer } from "../../../nn/layer";
import { Bidirectional } from "../../../nn/layers/bidirectional";
import { Model } from "../../../nn/model";
import { makerOf } from "../../../nn/passingLayers";
import { Weight } from "../../../nn/weight";
import type { ModelGraph } from "./modelGraph";
import type { Rule, Violation } from "./rule";

/** How deep an own layer's properties are searched for layers. */
const DEPTH = 4;

export const unusedLayer: Rule = {
  code: "unused-layer",
  *check({ models, layers, usedElsewhere, complete }): Iterable<Violation> {
    const [first] = models;
    if (first === undefined || !complete) return;
    const used = usedLayers(models, usedElsewhere);
    const copied = copiedNames(used);
    for (const layer of layers) {
      if (layer instanceof Model || layer instanceof InputLayer || used.has(layer) || copied.has(layer.name)) continue;
      // It is used while that call runs, and has a diagnostic of its own where that loses weights.
      if (makerOf(layer) !== undefined) continue;
      const isCalled = layer.inboundNodes.length > 0;
      yield {
        subject: layer,
        message: isCalled
          ? `${layer.name} is called, but no model's output depends on it: it is neither trained nor counted. Lead its output into the model, or take the layer away.`
          : `${layer.name} is made and never used. Add it to a model, or take it away.`,
        model: first.model,
      };
    }
  },
};

export const unusedInput: Rule = {
  code: "unused-input",
  *check({ models, layers, complete }): Iterable<Violation> {
    const [first] = models;
    if (first === undefined || !complete) return;
    for (const graph of models.filter(({ model }) => model.kind === "functional")) {
      for (const input of graph.model.inputs) {
        if (graph.consumersOf(input).length > 0 || graph.model.outputs.includes(input)) continue;
        yield {
          subject: input.node.layer,
          message: `No output of ${graph.model.name} depends on its input ${input.name}: what comes in there is ignored. Lead it into the model, or leave it out of inputs.`,
          model: graph.model,
        };
      }
    }
    const known = new Set<Layer>(models.flatMap(({ model }) => [...model.layers, ...model.inputs.map(({ node }) => node.layer)]));
    for (const layer of layers) {
      if (!(layer instanceof InputLayer) || known.has(layer)) continue;
      yield {
        subject: layer,
        message: `The input ${layer.name} belongs to no model. Name it in model({ inputs }), or take it away.`,
        model: first.model,
      };
    }
  },
};

/** The layers of models, what these hold, and what is exported or shown. */
function usedLayers(models: readonly ModelGraph[], usedElsewhere: ReadonlySet<unknown>): ReadonlySet<Layer> {
  const used = new Set<Layer>();
  const visit = (value: unknown, depth: number): void => {
    if (value instanceof Layer) {
      if (used.has(value)) return;
      used.add(value);
      for (const layer of value.sublayers) visit(layer, DEPTH);
      if (!isBuiltIn(value)) for (const property of Object.values(value)) visit(property, DEPTH);
    } else if (depth > 0 && isContainer(value)) {
      const parts = value instanceof Map || value instanceof Set ? [...value.values()] : Object.values(value);
      for (const part of parts) visit(part, depth - 1);
    }
  };
  for (const { model } of models) visit(model, DEPTH);
  for (const value of usedElsewhere) visit(value, DEPTH);
  return used;
}

/** The layers that bidirectional copied: the copies' names tell. */
function copiedNames(layers: ReadonlySet<Layer>): ReadonlySet<string> {
  const pairs = [...layers].filter((layer) => layer instanceof Bidirectional);
  return new Set(
    pairs.flatMap(({ forwardLayer, backwardLayer }) =>
      // One that was refused has none.
      [forwardLayer, backwardLayer].filter(Boolean).map(({ name }) => name.replace(/^(for|back)ward_/, "")),
    ),
  );
}

/** Where a class of the user's own keeps its layers is its own affair; the others hold them as properties. */
function isBuiltIn(layer: Layer): boolean {
  return layer instanceof Model || Object.hasOwn(layer.constructor, "optionNames");
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value) && !(value instanceof Weight);
}
