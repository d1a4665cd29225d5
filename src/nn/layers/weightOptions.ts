import type { ConstraintLike } from "../constraints";
import type { InitializerLike } from "../initializers";
import type { RegularizerLike } from "../regularizers";

/** `kernelInitializer`, `kernelRegularizer` and `kernelConstraint` for a weight called `kernel`. */
export type WeightArguments<Name extends string> = { [Key in `${Name}Initializer`]?: InitializerLike | undefined } & {
  [Key in `${Name}Regularizer`]?: RegularizerLike | undefined;
} & { [Key in `${Name}Constraint`]?: ConstraintLike | undefined };

type WeightArgumentNames<Name extends string> = Readonly<Record<keyof WeightArguments<Name>, true>>;

export function weightArgumentNames<Name extends string>(name: Name): WeightArgumentNames<Name> {
  const names = { [`${name}Initializer`]: true, [`${name}Regularizer`]: true, [`${name}Constraint`]: true };
  return names as WeightArgumentNames<Name>;
}
