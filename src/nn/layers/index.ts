export * from "./activation";
export { AdditiveAttention, type AdditiveAttentionOptions, Attention, type AttentionOptions, type ScoreMode } from "./attention";
export * from "./categoryEncoding";
export * from "./concatenate";
export * from "./dense";
export * from "./discretization";
export * from "./dot";
export * from "./einsumDense";
export * from "./embedding";
export * from "./identity";
export * from "./integerLookup";
export * from "./lambda";
export * from "./masking";
export * from "./merging";
export * from "./batchNormalization";
export * from "./groupNormalization";
export * from "./layerNormalization";
export * from "./rmsNormalization";
export * from "./spectralNormalization";
export * from "./unitNormalization";
export * from "./normalization";
export * from "./rectifiers";
export * from "./regularization";
export * from "./rescaling";
export * from "./reshaping";
export * from "./resizing";
export * from "./softmax";
export {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
  type AdaptivePoolingOptions,
} from "./adaptivePooling";
export { Bidirectional, type BidirectionalOptions, type MergeMode } from "./bidirectional";
export { ConvLSTM1D, ConvLSTM2D, ConvLSTM3D, type ConvLSTMOptions } from "./convLSTM";
export { Conv1D, type Conv1DOptions, Conv2D, Conv3D, type ConvolutionOptions } from "./convolution";
export { Cropping1D, Cropping2D, Cropping3D, type CroppingOptions } from "./cropping";
export {
  DepthwiseConv1D,
  DepthwiseConv2D,
  type DepthwiseConvOptions,
  SeparableConv1D,
  SeparableConv2D,
  type SeparableConvOptions,
} from "./depthwiseConvolution";
export {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
  type GlobalPoolingOptions,
} from "./globalPooling";
export { GroupQueryAttention, type GroupQueryAttentionOptions } from "./groupQueryAttention";
export { GRU, type GRUOptions } from "./gru";
export type { Interpolation } from "./interpolation";
export { LSTM, type LSTMOptions } from "./lstm";
export type { Margins } from "./margins";
export { MultiHeadAttention, type MultiHeadAttentionOptions } from "./multiHeadAttention";
export {
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
  type PoolingOptions,
} from "./pooling";
export type { RecurrentOptions } from "./recurrent";
export { SimpleRNN } from "./simpleRNN";
export type { DataFormat, Padding, PerDimension } from "./spatial";
export { TimeDistributed } from "./timeDistributed";
export { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose, type ConvTransposeOptions } from "./transposedConvolution";
export { UpSampling1D, UpSampling2D, type UpSampling2DOptions, UpSampling3D, type UpSamplingOptions } from "./upSampling";
export { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D, type ZeroPaddingOptions } from "./zeroPadding";
