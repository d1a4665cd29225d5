export { adadelta, adagrad, adam, adamax, adamW, lion, rmsprop, sgd } from "../nn/optimizers";
