import type { ConstraintLike } from "../constraints";
import type { InitializerLike } from "../initializers";
import type { RegularizerLike } from "../regularizers";

/** `kernelInitializer`, `kernelRegularizer` and `kernelConstraint` for a weight called `kernel`. */
export type WeightArguments<Name extends string> = { [Key in `${Name}Initializer`]?: InitializerLike | undefined } & {
  [Key in `${Name}Regularizer`]?: RegularizerLike | undefined;
} & { [Key in `${Name}Constraint`]?: ConstraintLike | undefined };
