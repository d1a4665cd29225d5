import type { Pointer } from "./pointer";

/** `TF_Output`: one of the outputs of an operation in a graph. */
export interface GraphOutput {
  readonly oper: Pointer<"TF_Operation">;
  readonly index: number;
}

/** A function that koffi can also run in a thread of its own. What it is given must live, and its memory be left alone, until it is done. */
type InBackground<F extends (...args: never[]) => void> = F & {
  async(...args: [...Parameters<F>, done: (error: Error | null) => void]): void;
};

/** The part of TensorFlow's C API (c_api.h, eager/c_api.h, tf_tstring.h) that this room calls. */
export interface LibTensorFlow {
  TF_Version(): string;

  TF_NewStatus(): Pointer<"TF_Status">;
  TF_DeleteStatus(status: Pointer<"TF_Status">): void;
  TF_GetCode(status: Pointer<"TF_Status">): number;
  TF_Message(status: Pointer<"TF_Status">): string;

  TF_NewBuffer(): Pointer<"TF_Buffer">;
  TF_DeleteBuffer(buffer: Pointer<"TF_Buffer">): void;

  TF_AllocateTensor(dataType: number, shape: BigInt64Array, rank: number, bytes: number): Pointer<"TF_Tensor">;
  TF_DeleteTensor(tensor: Pointer<"TF_Tensor">): void;
  TF_TensorData(tensor: Pointer<"TF_Tensor">): Pointer<"data">;
  TF_TensorByteSize(tensor: Pointer<"TF_Tensor">): number;
  TF_TensorElementCount(tensor: Pointer<"TF_Tensor">): number;

  TF_StringInit(string: Pointer<"TF_TString">): void;
  TF_StringCopy(string: Pointer<"TF_TString">, source: Uint8Array, bytes: number): void;
  TF_StringGetDataPointer(string: Pointer<"TF_TString">): Pointer<"data">;
  TF_StringGetSize(string: Pointer<"TF_TString">): number;
  TF_StringDealloc(string: Pointer<"TF_TString">): void;

  TFE_NewContextOptions(): Pointer<"TFE_ContextOptions">;
  TFE_DeleteContextOptions(options: Pointer<"TFE_ContextOptions">): void;
  TFE_ContextOptionsSetConfig(
    options: Pointer<"TFE_ContextOptions">,
    config: Uint8Array,
    bytes: number,
    status: Pointer<"TF_Status">,
  ): void;
  TFE_NewContext(options: Pointer<"TFE_ContextOptions">, status: Pointer<"TF_Status">): Pointer<"TFE_Context">;
  TFE_DeleteContext(context: Pointer<"TFE_Context">): void;
  TFE_ContextListDevices(context: Pointer<"TFE_Context">, status: Pointer<"TF_Status">): Pointer<"TF_DeviceList">;
  TF_DeviceListCount(devices: Pointer<"TF_DeviceList">): number;
  TF_DeviceListName(devices: Pointer<"TF_DeviceList">, index: number, status: Pointer<"TF_Status">): string;
  TF_DeviceListType(devices: Pointer<"TF_DeviceList">, index: number, status: Pointer<"TF_Status">): string;
  TF_DeleteDeviceList(devices: Pointer<"TF_DeviceList">): void;

  TFE_NewTensorHandle(tensor: Pointer<"TF_Tensor">, status: Pointer<"TF_Status">): Pointer<"TFE_TensorHandle">;
  TFE_DeleteTensorHandle(handle: Pointer<"TFE_TensorHandle">): void;
  TFE_TensorHandleDataType(handle: Pointer<"TFE_TensorHandle">): number;
  TFE_TensorHandleNumDims(handle: Pointer<"TFE_TensorHandle">, status: Pointer<"TF_Status">): number;
  TFE_TensorHandleDim(handle: Pointer<"TFE_TensorHandle">, axis: number, status: Pointer<"TF_Status">): number;
  TFE_TensorHandleResolve(handle: Pointer<"TFE_TensorHandle">, status: Pointer<"TF_Status">): Pointer<"TF_Tensor">;
  TFE_TensorHandleCopyToDevice(
    handle: Pointer<"TFE_TensorHandle">,
    context: Pointer<"TFE_Context">,
    device: string,
    status: Pointer<"TF_Status">,
  ): Pointer<"TFE_TensorHandle">;

  TFE_NewOp(context: Pointer<"TFE_Context">, type: string, status: Pointer<"TF_Status">): Pointer<"TFE_Op">;
  TFE_DeleteOp(op: Pointer<"TFE_Op">): void;
  TFE_OpAddInput(op: Pointer<"TFE_Op">, input: Pointer<"TFE_TensorHandle">, status: Pointer<"TF_Status">): void;
  TFE_OpAddInputList(op: Pointer<"TFE_Op">, inputs: BigUint64Array, count: number, status: Pointer<"TF_Status">): void;
  TFE_Execute: InBackground<
    (op: Pointer<"TFE_Op">, outputs: BigUint64Array, count: Int32Array, status: Pointer<"TF_Status">) => void
  >;
  TFE_NewExecutor(isAsync: number, streamingEnqueue: number, inFlightLimit: number): Pointer<"TFE_Executor">;
  TFE_DeleteExecutor(executor: Pointer<"TFE_Executor">): void;
  TFE_ContextGetExecutorForThread(context: Pointer<"TFE_Context">): Pointer<"TFE_Executor">;
  TFE_ContextSetExecutorForThread(context: Pointer<"TFE_Context">, executor: Pointer<"TFE_Executor">): void;
  TFE_ExecutorWaitForAllPendingNodes(executor: Pointer<"TFE_Executor">, status: Pointer<"TF_Status">): void;
  TFE_ExecutorClearError(executor: Pointer<"TFE_Executor">): void;
  TFE_OpSetAttrString(op: Pointer<"TFE_Op">, name: string, value: Uint8Array, bytes: number): void;
  TFE_OpSetAttrInt(op: Pointer<"TFE_Op">, name: string, value: number): void;
  TFE_OpSetAttrIntList(op: Pointer<"TFE_Op">, name: string, values: BigInt64Array, count: number): void;
  TFE_OpSetAttrFloat(op: Pointer<"TFE_Op">, name: string, value: number): void;
  TFE_OpSetAttrFloatList(op: Pointer<"TFE_Op">, name: string, values: Float32Array, count: number): void;
  TFE_OpSetAttrBool(op: Pointer<"TFE_Op">, name: string, value: number): void;
  TFE_OpSetAttrBoolList(op: Pointer<"TFE_Op">, name: string, values: Uint8Array, count: number): void;
  TFE_OpSetAttrType(op: Pointer<"TFE_Op">, name: string, value: number): void;
  TFE_OpSetAttrTypeList(op: Pointer<"TFE_Op">, name: string, values: Int32Array, count: number): void;
  TFE_OpSetAttrShape(
    op: Pointer<"TFE_Op">,
    name: string,
    dimensions: BigInt64Array,
    rank: number,
    status: Pointer<"TF_Status">,
  ): void;

  TF_NewGraph(): Pointer<"TF_Graph">;
  TF_DeleteGraph(graph: Pointer<"TF_Graph">): void;
  TF_GraphGetOpDef(
    graph: Pointer<"TF_Graph">,
    type: string,
    definition: Pointer<"TF_Buffer">,
    status: Pointer<"TF_Status">,
  ): void;
  TF_GraphOperationByName(graph: Pointer<"TF_Graph">, name: string): Pointer<"TF_Operation">;
  TF_GraphGetTensorNumDims(graph: Pointer<"TF_Graph">, output: GraphOutput, status: Pointer<"TF_Status">): number;
  TF_GraphGetTensorShape(
    graph: Pointer<"TF_Graph">,
    output: GraphOutput,
    dimensions: BigInt64Array,
    rank: number,
    status: Pointer<"TF_Status">,
  ): void;
  TF_GraphSetTensorShape(
    graph: Pointer<"TF_Graph">,
    output: GraphOutput,
    dimensions: BigInt64Array,
    rank: number,
    status: Pointer<"TF_Status">,
  ): void;
  TF_OperationOutputType(output: GraphOutput): number;

  TF_NewOperation(graph: Pointer<"TF_Graph">, type: string, name: string): Pointer<"TF_OperationDescription">;
  TF_FinishOperation(operation: Pointer<"TF_OperationDescription">, status: Pointer<"TF_Status">): Pointer<"TF_Operation">;
  TF_AddInput(operation: Pointer<"TF_OperationDescription">, input: GraphOutput): void;
  TF_AddInputList(operation: Pointer<"TF_OperationDescription">, inputs: BigUint64Array, count: number): void;
  TF_AddControlInput(operation: Pointer<"TF_OperationDescription">, input: Pointer<"TF_Operation">): void;
  TF_SetAttrString(operation: Pointer<"TF_OperationDescription">, name: string, value: Uint8Array, bytes: number): void;
  TF_SetAttrInt(operation: Pointer<"TF_OperationDescription">, name: string, value: number): void;
  TF_SetAttrIntList(operation: Pointer<"TF_OperationDescription">, name: string, values: BigInt64Array, count: number): void;
  TF_SetAttrFloat(operation: Pointer<"TF_OperationDescription">, name: string, value: number): void;
  TF_SetAttrFloatList(operation: Pointer<"TF_OperationDescription">, name: string, values: Float32Array, count: number): void;
  TF_SetAttrBool(operation: Pointer<"TF_OperationDescription">, name: string, value: number): void;
  TF_SetAttrBoolList(operation: Pointer<"TF_OperationDescription">, name: string, values: Uint8Array, count: number): void;
  TF_SetAttrType(operation: Pointer<"TF_OperationDescription">, name: string, value: number): void;
  TF_SetAttrTypeList(operation: Pointer<"TF_OperationDescription">, name: string, values: Int32Array, count: number): void;
  TF_SetAttrShape(operation: Pointer<"TF_OperationDescription">, name: string, dimensions: BigInt64Array, rank: number): void;
  TF_SetAttrTensor(
    operation: Pointer<"TF_OperationDescription">,
    name: string,
    value: Pointer<"TF_Tensor">,
    status: Pointer<"TF_Status">,
  ): void;

  TF_GraphToFunction(
    graph: Pointer<"TF_Graph">,
    name: string,
    appendHash: number,
    operationCount: number,
    operations: Pointer<"TF_Operation">,
    inputCount: number,
    inputs: BigUint64Array,
    outputCount: number,
    outputs: BigUint64Array,
    outputNames: Pointer<"names">,
    options: Pointer<"TF_FunctionOptions">,
    description: Pointer<"text">,
    status: Pointer<"TF_Status">,
  ): Pointer<"TF_Function">;
  TF_DeleteFunction(definition: Pointer<"TF_Function">): void;
  TFE_ContextAddFunction(context: Pointer<"TFE_Context">, definition: Pointer<"TF_Function">, status: Pointer<"TF_Status">): void;
  TFE_ContextRemoveFunction(context: Pointer<"TFE_Context">, name: string, status: Pointer<"TF_Status">): void;

  TF_NewSessionOptions(): Pointer<"TF_SessionOptions">;
  TF_DeleteSessionOptions(options: Pointer<"TF_SessionOptions">): void;
  TF_LoadSessionFromSavedModel(
    options: Pointer<"TF_SessionOptions">,
    runOptions: Pointer<"TF_Buffer">,
    folder: string,
    tags: readonly string[],
    tagCount: number,
    graph: Pointer<"TF_Graph">,
    metaGraph: Pointer<"TF_Buffer">,
    status: Pointer<"TF_Status">,
  ): Pointer<"TF_Session">;
  TF_DeleteSession(session: Pointer<"TF_Session">, status: Pointer<"TF_Status">): void;
  TF_SessionRun(
    session: Pointer<"TF_Session">,
    runOptions: Pointer<"TF_Buffer">,
    inputs: BigUint64Array,
    inputValues: BigUint64Array,
    inputCount: number,
    outputs: BigUint64Array,
    outputValues: BigUint64Array,
    outputCount: number,
    targets: Pointer<"TF_Operation">,
    targetCount: number,
    runMetadata: Pointer<"TF_Buffer">,
    status: Pointer<"TF_Status">,
  ): void;
}

/** Structures that the C API takes by value, as koffi wants them. */
export const STRUCTURES = { TF_Output: { oper: "void *", index: "int" } } as const;

/** The C prototypes of `LibTensorFlow`. Typed arrays go by reference, so `void *` serves for all pointers. */
export const DECLARATIONS: Readonly<Record<keyof LibTensorFlow, string>> = {
  TF_Version: "const char *TF_Version()",

  TF_NewStatus: "void *TF_NewStatus()",
  TF_DeleteStatus: "void TF_DeleteStatus(void *status)",
  TF_GetCode: "int TF_GetCode(void *status)",
  TF_Message: "const char *TF_Message(void *status)",

  TF_NewBuffer: "void *TF_NewBuffer()",
  TF_DeleteBuffer: "void TF_DeleteBuffer(void *buffer)",

  TF_AllocateTensor: "void *TF_AllocateTensor(int dtype, void *dims, int num_dims, size_t len)",
  TF_DeleteTensor: "void TF_DeleteTensor(void *tensor)",
  TF_TensorData: "void *TF_TensorData(void *tensor)",
  TF_TensorByteSize: "size_t TF_TensorByteSize(void *tensor)",
  TF_TensorElementCount: "int64_t TF_TensorElementCount(void *tensor)",

  TF_StringInit: "void TF_StringInit(void *string)",
  TF_StringCopy: "void TF_StringCopy(void *string, void *source, size_t size)",
  TF_StringGetDataPointer: "void *TF_StringGetDataPointer(void *string)",
  TF_StringGetSize: "size_t TF_StringGetSize(void *string)",
  TF_StringDealloc: "void TF_StringDealloc(void *string)",

  TFE_NewContextOptions: "void *TFE_NewContextOptions()",
  TFE_DeleteContextOptions: "void TFE_DeleteContextOptions(void *options)",
  TFE_ContextOptionsSetConfig: "void TFE_ContextOptionsSetConfig(void *options, void *proto, size_t proto_len, void *status)",
  TFE_NewContext: "void *TFE_NewContext(void *options, void *status)",
  TFE_DeleteContext: "void TFE_DeleteContext(void *context)",
  TFE_ContextListDevices: "void *TFE_ContextListDevices(void *context, void *status)",
  TF_DeviceListCount: "int TF_DeviceListCount(void *list)",
  TF_DeviceListName: "const char *TF_DeviceListName(void *list, int index, void *status)",
  TF_DeviceListType: "const char *TF_DeviceListType(void *list, int index, void *status)",
  TF_DeleteDeviceList: "void TF_DeleteDeviceList(void *list)",

  TFE_NewTensorHandle: "void *TFE_NewTensorHandle(void *tensor, void *status)",
  TFE_DeleteTensorHandle: "void TFE_DeleteTensorHandle(void *handle)",
  TFE_TensorHandleDataType: "int TFE_TensorHandleDataType(void *handle)",
  TFE_TensorHandleNumDims: "int TFE_TensorHandleNumDims(void *handle, void *status)",
  TFE_TensorHandleDim: "int64_t TFE_TensorHandleDim(void *handle, int dim_index, void *status)",
  TFE_TensorHandleResolve: "void *TFE_TensorHandleResolve(void *handle, void *status)",
  TFE_TensorHandleCopyToDevice:
    "void *TFE_TensorHandleCopyToDevice(void *handle, void *context, const char *device_name, void *status)",

  TFE_NewOp: "void *TFE_NewOp(void *context, const char *name, void *status)",
  TFE_DeleteOp: "void TFE_DeleteOp(void *op)",
  TFE_OpAddInput: "void TFE_OpAddInput(void *op, void *input, void *status)",
  TFE_OpAddInputList: "void TFE_OpAddInputList(void *op, void *inputs, int num_inputs, void *status)",
  TFE_Execute: "void TFE_Execute(void *op, void *retvals, void *num_retvals, void *status)",
  TFE_NewExecutor: "void *TFE_NewExecutor(uint8_t is_async, uint8_t enable_streaming_enqueue, int in_flight_nodes_limit)",
  TFE_DeleteExecutor: "void TFE_DeleteExecutor(void *executor)",
  TFE_ContextGetExecutorForThread: "void *TFE_ContextGetExecutorForThread(void *context)",
  TFE_ContextSetExecutorForThread: "void TFE_ContextSetExecutorForThread(void *context, void *executor)",
  TFE_ExecutorWaitForAllPendingNodes: "void TFE_ExecutorWaitForAllPendingNodes(void *executor, void *status)",
  TFE_ExecutorClearError: "void TFE_ExecutorClearError(void *executor)",
  TFE_OpSetAttrString: "void TFE_OpSetAttrString(void *op, const char *name, void *value, size_t length)",
  TFE_OpSetAttrInt: "void TFE_OpSetAttrInt(void *op, const char *name, int64_t value)",
  TFE_OpSetAttrIntList: "void TFE_OpSetAttrIntList(void *op, const char *name, void *values, int num_values)",
  TFE_OpSetAttrFloat: "void TFE_OpSetAttrFloat(void *op, const char *name, float value)",
  TFE_OpSetAttrFloatList: "void TFE_OpSetAttrFloatList(void *op, const char *name, void *values, int num_values)",
  TFE_OpSetAttrBool: "void TFE_OpSetAttrBool(void *op, const char *name, uint8_t value)",
  TFE_OpSetAttrBoolList: "void TFE_OpSetAttrBoolList(void *op, const char *name, void *values, int num_values)",
  TFE_OpSetAttrType: "void TFE_OpSetAttrType(void *op, const char *name, int value)",
  TFE_OpSetAttrTypeList: "void TFE_OpSetAttrTypeList(void *op, const char *name, void *values, int num_values)",
  TFE_OpSetAttrShape: "void TFE_OpSetAttrShape(void *op, const char *name, void *dims, int num_dims, void *status)",

  TF_NewGraph: "void *TF_NewGraph()",
  TF_DeleteGraph: "void TF_DeleteGraph(void *graph)",
  TF_GraphGetOpDef: "void TF_GraphGetOpDef(void *graph, const char *op_name, void *output, void *status)",
  TF_GraphOperationByName: "void *TF_GraphOperationByName(void *graph, const char *name)",

  TF_GraphGetTensorNumDims: "int TF_GraphGetTensorNumDims(void *graph, TF_Output output, void *status)",
  TF_GraphGetTensorShape: "void TF_GraphGetTensorShape(void *graph, TF_Output output, void *dims, int num_dims, void *status)",
  TF_GraphSetTensorShape: "void TF_GraphSetTensorShape(void *graph, TF_Output output, void *dims, int num_dims, void *status)",
  TF_OperationOutputType: "int TF_OperationOutputType(TF_Output output)",

  TF_NewOperation: "void *TF_NewOperation(void *graph, const char *op_type, const char *oper_name)",
  TF_FinishOperation: "void *TF_FinishOperation(void *desc, void *status)",
  TF_AddInput: "void TF_AddInput(void *desc, TF_Output input)",
  TF_AddInputList: "void TF_AddInputList(void *desc, void *inputs, int num_inputs)",
  TF_AddControlInput: "void TF_AddControlInput(void *desc, void *input)",
  TF_SetAttrString: "void TF_SetAttrString(void *desc, const char *name, void *value, size_t length)",
  TF_SetAttrInt: "void TF_SetAttrInt(void *desc, const char *name, int64_t value)",
  TF_SetAttrIntList: "void TF_SetAttrIntList(void *desc, const char *name, void *values, int num_values)",
  TF_SetAttrFloat: "void TF_SetAttrFloat(void *desc, const char *name, float value)",
  TF_SetAttrFloatList: "void TF_SetAttrFloatList(void *desc, const char *name, void *values, int num_values)",
  TF_SetAttrBool: "void TF_SetAttrBool(void *desc, const char *name, uint8_t value)",
  TF_SetAttrBoolList: "void TF_SetAttrBoolList(void *desc, const char *name, void *values, int num_values)",
  TF_SetAttrType: "void TF_SetAttrType(void *desc, const char *name, int value)",
  TF_SetAttrTypeList: "void TF_SetAttrTypeList(void *desc, const char *name, void *values, int num_values)",
  TF_SetAttrShape: "void TF_SetAttrShape(void *desc, const char *name, void *dims, int num_dims)",
  TF_SetAttrTensor: "void TF_SetAttrTensor(void *desc, const char *name, void *value, void *status)",

  TF_GraphToFunction:
    "void *TF_GraphToFunction(void *graph, const char *name, uint8_t append_hash, int num_opers, void *opers, int ninputs, void *inputs, int noutputs, void *outputs, void *output_names, void *opts, void *description, void *status)",
  TF_DeleteFunction: "void TF_DeleteFunction(void *func)",
  TFE_ContextAddFunction: "void TFE_ContextAddFunction(void *context, void *function, void *status)",
  TFE_ContextRemoveFunction: "void TFE_ContextRemoveFunction(void *context, const char *name, void *status)",

  TF_NewSessionOptions: "void *TF_NewSessionOptions()",
  TF_DeleteSessionOptions: "void TF_DeleteSessionOptions(void *options)",
  TF_LoadSessionFromSavedModel:
    "void *TF_LoadSessionFromSavedModel(void *options, void *run_options, const char *export_dir, const char **tags, int tags_len, void *graph, void *meta_graph_def, void *status)",
  TF_DeleteSession: "void TF_DeleteSession(void *session, void *status)",
  TF_SessionRun:
    "void TF_SessionRun(void *session, void *run_options, void *inputs, void *input_values, int ninputs, void *outputs, void *output_values, int noutputs, void *targets, int ntargets, void *run_metadata, void *status)",
};
