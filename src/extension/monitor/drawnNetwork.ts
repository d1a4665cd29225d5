import {
  type Diagnostic,
  type LayerSummary,
  type ModelSummary,
  type Network,
  type NetworkLayer,
  SEVERITIES,
} from "../../protocol";
import { withParts } from "../models/layerCalls";

export interface DrawnNetworkOptions {
  /** Tells the model apart from others of its name. Default: its name. */
  readonly key?: string;
  /** Whether a layer's numbers are still to be predicted. */
  readonly isHidden: (layer: LayerSummary) => boolean;
  /** As the learner may read them. */
  readonly diagnostics: readonly Diagnostic[];
  readonly stale: boolean;
}

/**
 * What the page gets of a model: of what the learner is still to predict not even what it could be told from. FLOPs tell the size of a weight, the
 * total and a nested model's number that of the only hidden layer in them, and so does a share.
 */
export function drawnNetwork(model: ModelSummary, options: DrawnNetworkOptions): Network {
  const problems = problemsOf(model.layers, options.diagnostics);
  const layers = model.layers.map((layer) => drawnLayer(layer, options.isHidden, problems));
  const hidden = layers.some((layer) => layer.hidden);
  const { params, flops } = model.totals;
  return {
    name: model.name,
    key: options.key ?? model.name,
    layers,
    params: hidden ? null : params,
    flops: hidden ? null : flops,
    hidden,
    stale: options.stale,
  };
}

type Problems = ReadonlyMap<LayerSummary, NetworkLayer["problem"]>;

function drawnLayer(layer: LayerSummary, isHidden: DrawnNetworkOptions["isHidden"], problems: Problems): NetworkLayer {
  const inner = layer.layers?.map((child) => drawnLayer(child, isHidden, problems));
  const hidden = isHidden(layer) || inner?.some((child) => child.hidden) === true;
  const { name, type, inputShape, outputShape, inbound, file, line, column } = layer;
  return {
    ...{ name, type, inputShape, outputShape, inbound, file, line, column, hidden },
    params: hidden ? null : layer.params,
    flops: hidden ? null : layer.flops,
    derivation: hidden ? null : layer.derivation,
    problem: problems.get(layer) ?? null,
    ...(inner === undefined ? {} : { layers: inner }),
  };
}

/** The gravest diagnostic of each layer: it belongs to the innermost call around it. */
function problemsOf(layers: readonly LayerSummary[], diagnostics: readonly Diagnostic[]): Problems {
  const problems = new Map<LayerSummary, NetworkLayer["problem"]>();
  const all = withParts(layers);
  const gravestFirst = [...diagnostics].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  for (const diagnostic of gravestFirst) {
    const around = all.filter((layer) => isAround(layer, diagnostic));
    const innermost = Math.max(...around.map(startOf));
    for (const layer of around) {
      if (startOf(layer) !== innermost || problems.has(layer)) continue;
      problems.set(layer, { severity: diagnostic.severity, message: diagnostic.message });
    }
  }
  return problems;
}

function isAround(layer: LayerSummary, { file, line, column }: Diagnostic): boolean {
  const { endLine, endColumn } = layer;
  if (layer.file !== file || endLine === null || endColumn === null) return false;
  const at = place(line, column);
  return startOf(layer) <= at && at <= place(endLine, endColumn);
}

function startOf({ line, column }: LayerSummary): number {
  return line === null || column === null ? Number.NEGATIVE_INFINITY : place(line, column);
}

/** Positions in the order of the text. */
function place(line: number, column: number): number {
  return line * 1e6 + column;
}
