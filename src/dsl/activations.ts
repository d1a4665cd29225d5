export {
  celu,
  elu,
  gelu,
  glu,
  hardShrink,
  leakyRelu,
  logSoftmax,
  softmax,
  softShrink,
  squareplus,
  threshold,
} from "../nn/parametricActivations";
