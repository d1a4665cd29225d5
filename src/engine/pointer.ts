declare const pointee: unique symbol;

/** The address of a C object. `Name` keeps a `TF_Graph*` from being passed where a `TF_Status*` belongs. */
export type Pointer<Name extends string> = bigint & { readonly [pointee]: Name };

export const NULL = 0n as Pointer<never>;

/** `int64_t[]`: what the C API takes for shapes and lists of integers. */
export function int64Array(values: ArrayLike<number>): BigInt64Array {
  return BigInt64Array.from(values, BigInt);
}
