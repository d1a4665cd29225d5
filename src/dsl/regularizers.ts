export { l1, l1l2, l2, orthogonal } from "../nn/regularizers";
