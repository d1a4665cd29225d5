export { adadelta, adagrad, adam, adamax, adamW, ftrl, lion, nadam, rmsprop, sgd } from "../nn/optimizers";
