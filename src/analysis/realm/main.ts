/**
 * The script that fills a bare V8 context before a model file runs in it: DSL, layers, tfjs-core with its cpu backend (own layers' shapes
 * are found by computing), and the collection of what the file declared. The context has no object of its host, and hands out strings only.
 */
import "@tensorflow/tfjs-backend-cpu";
import "../../nn/gradients";
import { resetDeclarations } from "../../nn/declarations";
import { deferKernels } from "./deferredKernels";
import { installBareNames } from "./bareNames";
import { hardenErrors, installUnavailableGlobals } from "./globals";
import { ModelRun } from "./modelRun";
import { installPlatform } from "./platform";
import { warmUp } from "./warmUp";

hardenErrors();
installPlatform();
deferKernels();
warmUp();
resetDeclarations({ tolerant: true });
installUnavailableGlobals();
installBareNames();

const run = new ModelRun();

/** Runs a bundle. What it throws is noted. */
export const evaluate = run.evaluate.bind(run);
/** Notes a promise that was rejected while nobody listened. */
export const noteRejection = run.noteRejection.bind(run);
/** An `Evaluation` as JSON. */
export const finish = run.finish.bind(run);
