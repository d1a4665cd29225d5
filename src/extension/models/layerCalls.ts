import type { LayerSummary, ModelSummary } from "../../protocol";

/** The layers that one call in the source made: several where the call stands in a loop or a function. */
export interface LayerCall<M> {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** In the model's order. */
  readonly layers: readonly LayerSummary[];
  /** The model that they belong to. */
  readonly model: M;
}

/** Groups the layers of all models by the call in `file` that made them. Where several models share a call, the first one counts. */
export function layerCalls<M extends Pick<ModelSummary, "layers">>(models: readonly M[], file: string): LayerCall<M>[] {
  const calls = new Map<string, LayerCall<M>>();
  for (const model of models) {
    const ofModel = new Map<string, LayerCall<M> & { layers: LayerSummary[] }>();
    for (const layer of withParts(model.layers)) {
      const { line, column, endLine, endColumn } = layer;
      if (layer.file !== file || line === null || column === null || endLine === null || endColumn === null) continue;
      const key = `${line}:${column}`;
      const call = ofModel.get(key) ?? { line, column, endLine, endColumn, layers: [], model };
      call.layers.push(layer);
      ofModel.set(key, call);
    }
    for (const [key, call] of ofModel) if (!calls.has(key)) calls.set(key, call);
  }
  return [...calls.values()];
}

/** Layers, and after each nested model the layers in it. */
export function withParts(layers: readonly LayerSummary[]): LayerSummary[] {
  return layers.flatMap((layer) => [layer, ...withParts(layer.layers ?? [])]);
}
