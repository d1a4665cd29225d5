/** Thrown where a model file calls what exists only where models are trained, or what does not exist at all. */
export class UnavailableError extends Error {
  constructor(
    message: string,
    /** `missing-module` where the import itself has its diagnostic already. */
    readonly code: "unavailable-in-analysis" | "missing-module",
  ) {
    super(message);
  }
}

/** More would say the same. */
const MOST_REFUSALS = 20;
const refused: UnavailableError[] = [];

/** What was called in vain, whether or not the model file caught the error. */
export function refusedCalls(): readonly UnavailableError[] {
  return refused;
}

/** Stands for a function, a class or an object of them; each property stands for another. Calling one throws. */
export function unavailable(path: string, code: UnavailableError["code"] = "unavailable-in-analysis"): unknown {
  const refuse = (): never => {
    const error = new UnavailableError(
      code === "missing-module"
        ? `${path} was called, but its module was not found.`
        : `${path} was called while the model is being analysed. A model file declares a model and must not read files, use the network, start processes or wait; data belongs into csv(path), arrays({ x, y }) or generator(fn), which are read when training starts.`,
      code,
    );
    if (refused.length < MOST_REFUSALS) refused.push(error);
    throw error;
  };
  return new Proxy(function () {}, {
    get: (_target, property) => (isAskedByRuntime(property) ? undefined : unavailable(`${path}.${String(property)}`, code)),
    apply: refuse,
    construct: refuse,
  });
}

/** A module whose exports, the default one too, can be imported but not called. */
export function unavailableModule(name: string, code?: UnavailableError["code"]): unknown {
  const exports = unavailable(name, code) as object;
  // The bundler copies a module's own properties and keeps its prototype, where names that nobody knows are looked up.
  return new Proxy(exports, { getPrototypeOf: () => exports });
}

/** Properties that the language or the bundler looks for, whatever the object. */
export function isAskedByRuntime(property: string | symbol): boolean {
  return (
    typeof property === "symbol" ||
    property === "then" ||
    property === "__esModule" ||
    property === "prototype" ||
    property === "default"
  );
}
