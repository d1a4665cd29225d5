export { type Bundle, bundleModelFile, type BundleOptions, type SourceFile } from "./bundler";
export { DSL_MODULES, MODEL_SCRIPT, MODEL_SCRIPT_PARAMETERS, type ScriptFrame, scriptFrames } from "./script";
export { SourceMapper } from "./sourceMapper";
