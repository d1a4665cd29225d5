import { show } from "../arguments";
import { ModelError } from "../errors";
import { lookUp } from "../lookup";
import { Adadelta, type AdadeltaOptions } from "./adadelta";
import { Adagrad, type AdagradOptions } from "./adagrad";
import { Adam, type AdamOptions, AdamW } from "./adam";
import { Adamax } from "./adamax";
import { Ftrl, type FtrlOptions } from "./ftrl";
import { Lion, type LionOptions } from "./lion";
import type { MomentOptions } from "./moments";
import { Nadam } from "./nadam";
import { Optimizer } from "./optimizer";
import { RMSprop, type RMSpropOptions } from "./rmsprop";
import { SGD, type SGDOptions } from "./sgd";

/** Stochastic gradient descent; learning rate 0.01 by default. https://keras.io/api/optimizers/sgd/ */
export const sgd = (options?: SGDOptions): Optimizer => new SGD(options);
/** Gradients divided by the root of their recent mean square; learning rate 0.001, rho 0.9 by default. https://keras.io/api/optimizers/rmsprop/ */
export const rmsprop = (options?: RMSpropOptions): Optimizer => new RMSprop(options);
/** Averages of gradients and of their squares; learning rate 0.001 by default. https://arxiv.org/abs/1412.6980 */
export const adam = (options?: AdamOptions): Optimizer => new Adam(options);
/** Adam with decoupled weight decay, 0.004 by default. https://arxiv.org/abs/1711.05101 */
export const adamW = (options?: AdamOptions): Optimizer => new AdamW(options);
/** Adam with the infinity norm. https://arxiv.org/abs/1412.6980 */
export const adamax = (options?: MomentOptions): Optimizer => new Adamax(options);
/** Adam with Nesterov's momentum. https://keras.io/api/optimizers/nadam/ */
export const nadam = (options?: MomentOptions): Optimizer => new Nadam(options);
/** Gradients divided by the root of the sum of all their squares. https://jmlr.org/papers/v12/duchi11a.html */
export const adagrad = (options?: AdagradOptions): Optimizer => new Adagrad(options);
/** Steps in the ratio of recent changes and gradients. https://arxiv.org/abs/1212.5701 */
export const adadelta = (options?: AdadeltaOptions): Optimizer => new Adadelta(options);
/** Steps by the momentum's sign. https://arxiv.org/abs/2302.06675 */
export const lion = (options?: LionOptions): Optimizer => new Lion(options);
/** "Follow the regularized leader". https://keras.io/api/optimizers/ftrl/ */
export const ftrl = (options?: FtrlOptions): Optimizer => new Ftrl(options);

const NAMED = { sgd, rmsprop, adam, adamW, adamax, nadam, adagrad, adadelta, lion, ftrl };

export type OptimizerName = keyof typeof NAMED;
export type OptimizerLike = OptimizerName | Optimizer;

/** @throws ModelError for an unknown name or something that is no optimizer. */
export function resolveOptimizer(optimizer: OptimizerLike): Optimizer {
  if (typeof optimizer === "string") return lookUp("optimizer", optimizer, NAMED)();
  if (optimizer instanceof Optimizer) return optimizer;
  throw new ModelError(
    "invalid-argument",
    `An optimizer is a name such as "sgd", or an object such as optimizers.sgd({ learningRate: 1e-3 }); received ${show(optimizer)}.`,
  );
}
