import { InputLayer } from "../../../nn/input";
import type { Layer } from "../../../nn/layer";
import type { Model } from "../../../nn/model";
import { isShapeList, type Shape } from "../../../nn/shape";
import type { Node, SymbolicTensor } from "../../../nn/symbolic";

/** The calls of one model's layers, with the way from each to the next. */
export class ModelGraph {
  /** Input layers left out. */
  readonly nodes: readonly Node[];
  private readonly consumers = new Map<SymbolicTensor, Node[]>();
  private readonly outputs: ReadonlySet<SymbolicTensor>;

  constructor(
    readonly model: Model,
    /** Whether it is part of no other model or layer. */
    readonly isWhole: boolean,
  ) {
    this.nodes = model.nodes.filter(({ layer }) => !(layer instanceof InputLayer));
    this.outputs = new Set(model.outputs);
    for (const node of this.nodes) {
      for (const tensor of node.inputs) this.consumers.set(tensor, [...(this.consumers.get(tensor) ?? []), node]);
    }
  }

  consumersOf(tensor: SymbolicTensor): readonly Node[] {
    return this.consumers.get(tensor) ?? [];
  }

  /** The calls that take what a call makes. */
  followersOf(node: Node): readonly Node[] {
    return node.outputs.flatMap((tensor) => this.consumersOf(tensor));
  }

  isOutput(node: Node): boolean {
    return node.outputs.some((tensor) => this.outputs.has(tensor));
  }

  /** The only call that takes what a call makes, which is no output of the model. */
  soleFollower(node: Node): Node | undefined {
    const followers = this.followersOf(node);
    return followers.length === 1 && !this.isOutput(node) ? followers[0] : undefined;
  }

  /**
   * The calls that an output reaches, first those that take it as it is; behind layers for which `passes` holds the search goes on.
   */
  *reached(start: SymbolicTensor, passes: (layer: Layer) => boolean): Iterable<Node> {
    const seen = new Set<Node>();
    const waiting = [...this.consumersOf(start)];
    for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
      if (seen.has(node)) continue;
      seen.add(node);
      if (passes(node.layer)) waiting.push(...this.followersOf(node));
      else yield node;
    }
  }
}

/** The shape of a call's one input; undefined where there are several, or it is unknown. */
export function inputShapeOf({ inputShape }: Node): Shape | undefined {
  return inputShape === null || isShapeList(inputShape) ? undefined : inputShape;
}

/** The shape of a call's one output; undefined where there are several, or it is unknown. */
export function outputShapeOf({ outputShape }: Node): Shape | undefined {
  return outputShape === null || isShapeList(outputShape) ? undefined : outputShape;
}

/** The graphs of models, each model of an evaluation once. @param layers All that were made: one of the user's own may hold models. */
export function graphsOf(models: readonly Model[], layers: readonly Layer[]): ModelGraph[] {
  // To ask each layer takes a while, and a lone model is no part.
  const holders = models.length > 1 ? [...models, ...layers] : [];
  const parts = new Set<Layer>(holders.flatMap(({ sublayers }) => sublayers));
  return models.map((model) => new ModelGraph(model, !parts.has(model)));
}
