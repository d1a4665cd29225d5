export { cosineDecay, cosineDecayRestarts } from "./cosine";
export { exponentialDecay, inverseTimeDecay, polynomialDecay } from "./decay";
export { linearWarmup } from "./linearWarmup";
export { oneCycle } from "./oneCycle";
export { piecewiseConstantDecay } from "./piecewise";
export type { Schedule } from "./schedule";
