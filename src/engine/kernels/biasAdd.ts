/** The most dimensions that TensorFlow's BiasAdd and BiasAddGrad take. */
export const BIAS_ADD_RANK = 5;
