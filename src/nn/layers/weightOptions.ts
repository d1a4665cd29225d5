import type { ConstraintLike } from "../constraints";
import type { InitializerLike } from "../initializers";
import type { WeightOptions } from "../layer";
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

/** What `addWeight` takes for a weight called `kernel`: its initializer (by default `initializer`), regularizer and constraint. */
export function weightOptionsOf<Name extends string>(
  name: Name,
  options: WeightArguments<Name>,
  initializer: InitializerLike,
): Pick<WeightOptions, "regularizer" | "constraint"> & { initializer: InitializerLike } {
  const given = options as Readonly<Record<string, unknown>>;
  return {
    initializer: (given[`${name}Initializer`] as InitializerLike | undefined) ?? initializer,
    regularizer: given[`${name}Regularizer`] as RegularizerLike | undefined,
    constraint: given[`${name}Constraint`] as ConstraintLike | undefined,
  };
}
