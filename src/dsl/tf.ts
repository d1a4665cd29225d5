// Chained operations (`x.sub(y)`), for own layers; their types travel with this import.
import "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js";

export * from "@tensorflow/tfjs-core";
