import type { ActivationLike } from "../../nn/activations";
import { declarations } from "../../nn/declarations";
import { ModelError } from "../../nn/errors";
import { Layer } from "../../nn/layer";
import { Activation } from "../../nn/layers/activation";
import { likelyLayer, spelledLayer } from "./layerHabits";
import { model, sequential } from "../../dsl/models";
import { input } from "../../nn/input";
import { activationCalled, noteUnknownName } from "./unknownNames";

type LayerFactory = (...options: readonly never[]) => Layer;

/**
 * `layers` while a file is being written: a call that is refused is reported and still makes a layer, of unknown shape, so that the other
 * layers keep their numbers.
 */
export function tolerantLayers(layers: Readonly<Record<string, LayerFactory>>): object {
  return new Proxy(layers, {
    get: (_target, name) => {
      if (typeof name === "symbol") return undefined;
      const factory = layers[name];
      return factory === undefined ? unknown(name, layers) : tolerant(factory, name);
    },
  });
}

/** What stands by itself and is looked for among the layers, in lower case. */
const BY_THEMSELVES: Readonly<Record<string, "input" | "sequential" | "model">> = {
  input: "input",
  inputlayer: "input",
  sequential: "sequential",
  model: "model",
  functional: "model",
};

/** Makes what stands by itself. */
function byItself(written: string, name: "input" | "sequential" | "model"): (...options: readonly never[]) => unknown {
  const make: (...options: readonly never[]) => unknown = { input, sequential, model }[name];
  return (...options) => {
    const advice = name === "input" ? "The place where data enters is input({ shape })," : `${name} stands by itself,`;
    const message = `There is no layers.${written}. ${advice} imported from "layerwise"${name === "input" ? ", or the option inputShape of sequential" : ""}.`;
    noteUnknownName(message, written, undefined).mistake = { kind: "member", written, meant: name };
    return make(...options);
  };
}

/** A name that differs little stands for the layer that is meant. */
function unknown(name: string, layers: Readonly<Record<string, LayerFactory>>): (...options: readonly never[]) => unknown {
  const alone = Object.hasOwn(BY_THEMSELVES, name.toLowerCase()) ? BY_THEMSELVES[name.toLowerCase()] : undefined;
  if (alone !== undefined) return byItself(name, alone);
  const known = Object.keys(layers);
  const spelled = layers[spelledLayer(name, known) ?? ""];
  return (...options) => {
    const error = unknownLayer(name, known);
    const activation = error.mistake === undefined ? undefined : activationCalled(name);
    if (activation !== undefined) error.layer = new Activation(activation as ActivationLike);
    else if (spelled !== undefined) error.layer = tolerant(spelled, name)(...options);
    else return refuse(error, name);
    declarations().report(error);
    return error.layer;
  };
}

function tolerant(factory: LayerFactory, name: string): LayerFactory {
  return (...options) => {
    try {
      return factory(...options);
    } catch (error) {
      if (error instanceof ModelError) return refuse(error, name);
      throw error;
    }
  };
}

function refuse(error: ModelError, factory: string): Layer {
  const layer = new RefusedLayer(error, error.layer?.className ?? factory);
  error.layer ??= layer;
  declarations().report(error);
  return layer;
}

function unknownLayer(name: string, known: readonly string[]): ModelError {
  const activation = activationCalled(name);
  const likely = likelyLayer(name, known);
  const meant = likely ?? (activation === undefined ? undefined : `activation("${activation}")`);
  const suggestion =
    name.toLowerCase() === "layer"
      ? "A layer of your own is a class that extends Layer."
      : meant === undefined
        ? 'What there is comes up when "layers." is typed; a layer of your own is a class that extends Layer.'
        : `Did you mean layers.${meant}?`;
  const error = new ModelError("unknown-name", `There is no layers.${name}. ${suggestion}`);
  error.misspelling = { written: name, nearest: likely };
  if (likely === undefined && meant !== undefined) error.mistake = { kind: "layer", written: name, meant: `layers.${meant}` };
  return error;
}

/** Stands where a layer could not be made. */
class RefusedLayer extends Layer {
  constructor(
    private readonly error: ModelError,
    private readonly type: string,
  ) {
    super({ name: error.layer?.name ?? declarations().names.next(type) });
  }

  override get className(): string {
    return this.type;
  }

  override build(): never {
    throw this.error;
  }

  override call(): never {
    throw this.error;
  }
}
