import type { DataType } from "@tensorflow/tfjs-core";
import { Layer } from "../layer";
import type { Shape } from "../shape";
import { sameDtype, soleShape } from "./inputs";

/** A layer of one input whose output has the input's shape, and whose work is element-wise. */
export abstract class ShapePreservingLayer extends Layer {
  override get supportsMasking(): boolean {
    return true;
  }

  override computeOutputShape(inputShape: Shape | readonly Shape[]): Shape {
    return soleShape(this, inputShape);
  }

  override computeOutputDtype(inputDtypes: readonly DataType[]): DataType {
    return sameDtype(inputDtypes);
  }

  override flops(): number | null {
    return 0;
  }
}
