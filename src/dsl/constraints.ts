export { maxNorm, minMaxNorm, nonNeg, unitNorm } from "../nn/constraints";
