import type { Tensor } from "@tensorflow/tfjs-core";
import type { CallContext } from "../nn";
import { Activation } from "../nn/layers/activation";
import { Bidirectional } from "../nn/layers/bidirectional";
import { CategoryEncoding } from "../nn/layers/categoryEncoding";
import { Concatenate } from "../nn/layers/concatenate";
import { ConvLSTM1D, ConvLSTM2D, ConvLSTM3D } from "../nn/layers/convLSTM";
import { Conv1D, Conv2D, Conv3D } from "../nn/layers/convolution";
import { Cropping1D, Cropping2D, Cropping3D } from "../nn/layers/cropping";
import { Dense } from "../nn/layers/dense";
import { DepthwiseConv1D, DepthwiseConv2D, SeparableConv1D, SeparableConv2D } from "../nn/layers/depthwiseConvolution";
import { Discretization } from "../nn/layers/discretization";
import { Dot } from "../nn/layers/dot";
import { EinsumDense } from "../nn/layers/einsumDense";
import { Embedding } from "../nn/layers/embedding";
import {
  GlobalAveragePooling1D,
  GlobalAveragePooling2D,
  GlobalAveragePooling3D,
  GlobalMaxPooling1D,
  GlobalMaxPooling2D,
  GlobalMaxPooling3D,
} from "../nn/layers/globalPooling";
import { GroupQueryAttention } from "../nn/layers/groupQueryAttention";
import { GRU } from "../nn/layers/gru";
import { Identity } from "../nn/layers/identity";
import { IntegerLookup } from "../nn/layers/integerLookup";
import { Lambda, type LambdaOptions } from "../nn/layers/lambda";
import { LSTM } from "../nn/layers/lstm";
import { Masking } from "../nn/layers/masking";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "../nn/layers/merging";
import { MultiHeadAttention } from "../nn/layers/multiHeadAttention";
import {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
  AdaptiveMaxPooling1D,
  AdaptiveMaxPooling2D,
  AdaptiveMaxPooling3D,
} from "../nn/layers/adaptivePooling";
import { AdditiveAttention, Attention } from "../nn/layers/attention";
import { BatchNormalization } from "../nn/layers/batchNormalization";
import { GroupNormalization } from "../nn/layers/groupNormalization";
import { LayerNormalization } from "../nn/layers/layerNormalization";
import { Resizing } from "../nn/layers/resizing";
import { RMSNormalization } from "../nn/layers/rmsNormalization";
import { SpectralNormalization } from "../nn/layers/spectralNormalization";
import { UnitNormalization } from "../nn/layers/unitNormalization";
import { Normalization } from "../nn/layers/normalization";
import {
  AveragePooling1D,
  AveragePooling2D,
  AveragePooling3D,
  MaxPooling1D,
  MaxPooling2D,
  MaxPooling3D,
} from "../nn/layers/pooling";
import { ELU, LeakyReLU, PReLU, ReLU } from "../nn/layers/rectifiers";
import {
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
} from "../nn/layers/regularization";
import { Rescaling } from "../nn/layers/rescaling";
import { Flatten, Permute, RepeatVector, Reshape } from "../nn/layers/reshaping";
import { SimpleRNN } from "../nn/layers/simpleRNN";
import { Softmax } from "../nn/layers/softmax";
import { TimeDistributed } from "../nn/layers/timeDistributed";
import { Conv1DTranspose, Conv2DTranspose, Conv3DTranspose } from "../nn/layers/transposedConvolution";
import { UpSampling1D, UpSampling2D, UpSampling3D } from "../nn/layers/upSampling";
import { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from "../nn/layers/zeroPadding";
import { layer } from "./layer";

// Core
/** Fully connected: every unit sees every feature. `dense(units, { activation })` https://keras.io/api/layers/core_layers/dense/ */
export const dense = layer(Dense);
/** Dense along any axes, by an equation: `einsumDense("abc,cd->abd", [null, 64], { biasAxes: "d" })`. https://keras.io/api/layers/core_layers/einsum_dense/ */
export const einsumDense = layer(EinsumDense);
/** Applies a function to every value: a name such as `"relu"`, or a function of a tensor. https://keras.io/api/layers/core_layers/activation/ */
export const activation = layer(Activation);
/** A trained vector for each whole number below `inputDim`. `embedding(inputDim, outputDim)` https://keras.io/api/layers/core_layers/embedding/ */
export const embedding = layer(Embedding);
/** Passes its input on. https://keras.io/api/layers/core_layers/identity/ */
export const identity = layer(Identity);
/** Skips the time steps whose features all equal `maskValue` (default 0). https://keras.io/api/layers/core_layers/masking/ */
export const masking = layer(Masking);

// Preparing data
/** A fixed multiple, such as `rescaling(1 / 255)` for bytes. https://keras.io/api/layers/preprocessing_layers/image_preprocessing/rescaling/ */
export const rescaling = layer(Rescaling);
/** Mean 0 and deviation 1 of each feature, by the training data or by numbers given. https://keras.io/api/layers/preprocessing_layers/numerical/normalization/ */
export const normalization = layer(Normalization);
/** The number of the bin that each value falls into. `discretization({ binBoundaries: [0, 1] })` https://keras.io/api/layers/preprocessing_layers/numerical/discretization/ */
export const discretization = layer(Discretization);
/** Whole numbers as rows of zeros and ones. `categoryEncoding(numTokens)` https://keras.io/api/layers/preprocessing_layers/categorical/category_encoding/ */
export const categoryEncoding = layer(CategoryEncoding);
/** The places of whole numbers in a vocabulary. `integerLookup({ vocabulary: [3, 7] })` https://keras.io/api/layers/preprocessing_layers/categorical/integer_lookup/ */
export const integerLookup = layer(IntegerLookup);
/** Images of another size. `resizing(height, width)` https://keras.io/api/layers/preprocessing_layers/image_preprocessing/resizing/ */
export const resizing = layer(Resizing);

// Shape
/** All values of a sample in one row. https://keras.io/api/layers/reshaping_layers/flatten/ */
export const flatten = layer(Flatten);
/** The same values in another shape; −1 stands for the rest. The batch is left out. https://keras.io/api/layers/reshaping_layers/reshape/ */
export const reshape = layer(Reshape);
/** Reorders the axes, counted from 1; the batch stays first. https://keras.io/api/layers/reshaping_layers/permute/ */
export const permute = layer(Permute);
/** Repeats a vector `n` times: (features) → (n, features). https://keras.io/api/layers/reshaping_layers/repeat_vector/ */
export const repeatVector = layer(RepeatVector);
/** Zeros before and after a sequence. https://keras.io/api/layers/reshaping_layers/zero_padding1d/ */
export const zeroPadding1d = layer(ZeroPadding1D);
/** Zeros around an image. https://keras.io/api/layers/reshaping_layers/zero_padding2d/ */
export const zeroPadding2d = layer(ZeroPadding2D);
/** Zeros around a volume. https://keras.io/api/layers/reshaping_layers/zero_padding3d/ */
export const zeroPadding3d = layer(ZeroPadding3D);
/** Cuts steps off both ends of a sequence. https://keras.io/api/layers/reshaping_layers/cropping1d/ */
export const cropping1d = layer(Cropping1D);
/** Cuts off the edges of an image. https://keras.io/api/layers/reshaping_layers/cropping2d/ */
export const cropping2d = layer(Cropping2D);
/** Cuts off the faces of a volume. https://keras.io/api/layers/reshaping_layers/cropping3d/ */
export const cropping3d = layer(Cropping3D);
/** Repeats each step of a sequence. https://keras.io/api/layers/reshaping_layers/up_sampling1d/ */
export const upSampling1d = layer(UpSampling1D);
/** Repeats each row and column of an image, or interpolates between them. https://keras.io/api/layers/reshaping_layers/up_sampling2d/ */
export const upSampling2d = layer(UpSampling2D);
/** Repeats each plane, row and column of a volume. https://keras.io/api/layers/reshaping_layers/up_sampling3d/ */
export const upSampling3d = layer(UpSampling3D);

// Convolution
/** Filters that slide along a sequence. `conv1d(filters, kernelSize)` https://keras.io/api/layers/convolution_layers/convolution1d/ */
export const conv1d = layer(Conv1D);
/** Filters that slide over an image. `conv2d(filters, kernelSize)` https://keras.io/api/layers/convolution_layers/convolution2d/ */
export const conv2d = layer(Conv2D);
/** Filters that slide through a volume. `conv3d(filters, kernelSize)` https://keras.io/api/layers/convolution_layers/convolution3d/ */
export const conv3d = layer(Conv3D);
/** The transpose of a convolution: a longer sequence from a shorter one. https://keras.io/api/layers/convolution_layers/convolution1d_transpose/ */
export const conv1dTranspose = layer(Conv1DTranspose);
/** The transpose of a convolution: a larger image from a smaller one. https://keras.io/api/layers/convolution_layers/convolution2d_transpose/ */
export const conv2dTranspose = layer(Conv2DTranspose);
/** The transpose of a convolution: a larger volume from a smaller one. https://keras.io/api/layers/convolution_layers/convolution3d_transpose/ */
export const conv3dTranspose = layer(Conv3DTranspose);
/** Filters of its own for each channel of a sequence. `depthwiseConv1d(kernelSize)` https://keras.io/api/layers/convolution_layers/depthwise_convolution1d/ */
export const depthwiseConv1d = layer(DepthwiseConv1D);
/** Filters of its own for each channel. `depthwiseConv2d(kernelSize)` https://keras.io/api/layers/convolution_layers/depthwise_convolution2d/ */
export const depthwiseConv2d = layer(DepthwiseConv2D);
/** A depthwise convolution of a sequence, then one of size 1 over channels. https://keras.io/api/layers/convolution_layers/separable_convolution1d/ */
export const separableConv1d = layer(SeparableConv1D);
/** A depthwise convolution, then one of 1×1 over channels. https://keras.io/api/layers/convolution_layers/separable_convolution2d/ */
export const separableConv2d = layer(SeparableConv2D);

// Pooling
/** The greatest value of each window of a sequence; `poolSize` defaults to 2. https://keras.io/api/layers/pooling_layers/max_pooling1d/ */
export const maxPooling1d = layer(MaxPooling1D);
/** The greatest value of each window of an image; `poolSize` defaults to 2. https://keras.io/api/layers/pooling_layers/max_pooling2d/ */
export const maxPooling2d = layer(MaxPooling2D);
/** The greatest value of each window of a volume; `poolSize` defaults to 2. https://keras.io/api/layers/pooling_layers/max_pooling3d/ */
export const maxPooling3d = layer(MaxPooling3D);
/** The mean of each window of a sequence; `poolSize` defaults to 2. https://keras.io/api/layers/pooling_layers/average_pooling1d/ */
export const averagePooling1d = layer(AveragePooling1D);
/** The mean of each window of an image; `poolSize` defaults to 2. https://keras.io/api/layers/pooling_layers/average_pooling2d/ */
export const averagePooling2d = layer(AveragePooling2D);
/** The mean of each window of a volume; `poolSize` defaults to 2. https://keras.io/api/layers/pooling_layers/average_pooling3d/ */
export const averagePooling3d = layer(AveragePooling3D);
/** The greatest value of each channel over the whole sequence. https://keras.io/api/layers/pooling_layers/global_max_pooling1d/ */
export const globalMaxPooling1d = layer(GlobalMaxPooling1D);
/** The greatest value of each channel over the whole image. https://keras.io/api/layers/pooling_layers/global_max_pooling2d/ */
export const globalMaxPooling2d = layer(GlobalMaxPooling2D);
/** The greatest value of each channel over the whole volume. https://keras.io/api/layers/pooling_layers/global_max_pooling3d/ */
export const globalMaxPooling3d = layer(GlobalMaxPooling3D);
/** The mean of each channel over the whole sequence. https://keras.io/api/layers/pooling_layers/global_average_pooling1d/ */
export const globalAveragePooling1d = layer(GlobalAveragePooling1D);
/** The mean of each channel over the whole image. https://keras.io/api/layers/pooling_layers/global_average_pooling2d/ */
export const globalAveragePooling2d = layer(GlobalAveragePooling2D);
/** The mean of each channel over the whole volume. https://keras.io/api/layers/pooling_layers/global_average_pooling3d/ */
export const globalAveragePooling3d = layer(GlobalAveragePooling3D);
/** The greatest value of each of a fixed number of windows of a sequence. `adaptiveMaxPooling1d(outputSize)` https://keras.io/api/layers/pooling_layers/adaptive_max_pooling1d/ */
export const adaptiveMaxPooling1d = layer(AdaptiveMaxPooling1D);
/** The greatest value of each of a fixed number of windows of an image. `adaptiveMaxPooling2d(outputSize)` https://keras.io/api/layers/pooling_layers/adaptive_max_pooling2d/ */
export const adaptiveMaxPooling2d = layer(AdaptiveMaxPooling2D);
/** The greatest value of each of a fixed number of windows of a volume. `adaptiveMaxPooling3d(outputSize)` https://keras.io/api/layers/pooling_layers/adaptive_max_pooling3d/ */
export const adaptiveMaxPooling3d = layer(AdaptiveMaxPooling3D);
/** The mean of each of a fixed number of windows of a sequence. `adaptiveAveragePooling1d(outputSize)` https://keras.io/api/layers/pooling_layers/adaptive_average_pooling1d/ */
export const adaptiveAveragePooling1d = layer(AdaptiveAveragePooling1D);
/** The mean of each of a fixed number of windows of an image. `adaptiveAveragePooling2d(outputSize)` https://keras.io/api/layers/pooling_layers/adaptive_average_pooling2d/ */
export const adaptiveAveragePooling2d = layer(AdaptiveAveragePooling2D);
/** The mean of each of a fixed number of windows of a volume. `adaptiveAveragePooling3d(outputSize)` https://keras.io/api/layers/pooling_layers/adaptive_average_pooling3d/ */
export const adaptiveAveragePooling3d = layer(AdaptiveAveragePooling3D);

// Recurrent
/** Long short-term memory: a state that gates decide to keep, write and show. `lstm(units)` https://keras.io/api/layers/recurrent_layers/lstm/ */
export const lstm = layer(LSTM);
/** Gated recurrent unit: two gates and no separate cell. `gru(units)` https://keras.io/api/layers/recurrent_layers/gru/ */
export const gru = layer(GRU);
/** The plain recurrent layer: the output goes back in. `simpleRNN(units)` https://keras.io/api/layers/recurrent_layers/simple_rnn/ */
export const simpleRNN = layer(SimpleRNN);
/** A memory for each place of a sequence, read step by step. `convLstm1d(filters, kernelSize)` https://keras.io/api/layers/recurrent_layers/conv_lstm1d/ */
export const convLstm1d = layer(ConvLSTM1D);
/** A memory for each pixel of a sequence of images. `convLstm2d(filters, kernelSize)` https://keras.io/api/layers/recurrent_layers/conv_lstm2d/ */
export const convLstm2d = layer(ConvLSTM2D);
/** A memory for each place of a sequence of volumes. `convLstm3d(filters, kernelSize)` https://keras.io/api/layers/recurrent_layers/conv_lstm3d/ */
export const convLstm3d = layer(ConvLSTM3D);
/** Reads a sequence in both directions with a recurrent layer. `bidirectional(layers.lstm(64))` https://keras.io/api/layers/recurrent_layers/bidirectional/ */
export const bidirectional = layer(Bidirectional);
/** Applies one layer to every time step. `timeDistributed(layers.dense(8))` https://keras.io/api/layers/recurrent_layers/time_distributed/ */
export const timeDistributed = layer(TimeDistributed);

// Attention
/** Attention of a query to values, several times in parallel; called as `layer([query, value])`. https://keras.io/api/layers/attention_layers/multi_head_attention/ */
export const multiHeadAttention = layer(MultiHeadAttention);
/** Attention whose heads share keys and values by groups; `groupQueryAttention(headDim, numQueryHeads, numKeyValueHeads)`. https://keras.io/api/layers/attention_layers/group_query_attention/ */
export const groupQueryAttention = layer(GroupQueryAttention);
/** Attention without heads, by dot products; called as `layer([query, value])`. https://keras.io/api/layers/attention_layers/attention/ */
export const attention = layer(Attention);
/** Attention without heads, by sums; called as `layer([query, value])`. https://keras.io/api/layers/attention_layers/additive_attention/ */
export const additiveAttention = layer(AdditiveAttention);

// Normalization and regularization
/** Mean 0 and deviation 1 of each feature over the batch; moving averages outside training. https://keras.io/api/layers/normalization_layers/batch_normalization/ */
export const batchNormalization = layer(BatchNormalization);
/** Mean 0 and deviation 1 of each sample over its features. https://keras.io/api/layers/normalization_layers/layer_normalization/ */
export const layerNormalization = layer(LayerNormalization);
/** Mean 0 and deviation 1 of groups of features, whatever the batch. `groupNormalization(groups)` https://keras.io/api/layers/normalization_layers/group_normalization/ */
export const groupNormalization = layer(GroupNormalization);
/** Root mean square 1 of each sample over its features. https://keras.io/api/layers/normalization_layers/rms_normalization/ */
export const rmsNormalization = layer(RMSNormalization);
/** Length 1 of each sample. https://keras.io/api/layers/normalization_layers/unit_normalization/ */
export const unitNormalization = layer(UnitNormalization);
/** A layer whose kernel keeps the largest singular value 1. `spectralNormalization(layers.dense(8))` https://keras.io/api/layers/normalization_layers/spectral_normalization/ */
export const spectralNormalization = layer(SpectralNormalization);
/** Sets a share of the values to 0 while training, and scales the rest. `dropout(rate)` https://keras.io/api/layers/regularization_layers/dropout/ */
export const dropout = layer(Dropout);
/** Dropout of whole features of a sequence. https://keras.io/api/layers/regularization_layers/spatial_dropout1d/ */
export const spatialDropout1d = layer(SpatialDropout1D);
/** Dropout of whole channels of an image. https://keras.io/api/layers/regularization_layers/spatial_dropout2d/ */
export const spatialDropout2d = layer(SpatialDropout2D);
/** Dropout of whole channels of a volume. https://keras.io/api/layers/regularization_layers/spatial_dropout3d/ */
export const spatialDropout3d = layer(SpatialDropout3D);
/** Multiplies by noise around 1 while training. https://keras.io/api/layers/regularization_layers/gaussian_dropout/ */
export const gaussianDropout = layer(GaussianDropout);
/** Adds noise around 0 while training. https://keras.io/api/layers/regularization_layers/gaussian_noise/ */
export const gaussianNoise = layer(GaussianNoise);
/** Dropout that keeps mean and variance, for SELU. https://keras.io/api/layers/regularization_layers/alpha_dropout/ */
export const alphaDropout = layer(AlphaDropout);
/** A penalty on the values that pass through. https://keras.io/api/layers/regularization_layers/activity_regularization/ */
export const activityRegularization = layer(ActivityRegularization);

// Merging: called on a list of tensors
/** The sum of its inputs. https://keras.io/api/layers/merging_layers/add/ */
export const add = layer(Add);
/** The first of two inputs minus the second. https://keras.io/api/layers/merging_layers/subtract/ */
export const subtract = layer(Subtract);
/** The product of its inputs. https://keras.io/api/layers/merging_layers/multiply/ */
export const multiply = layer(Multiply);
/** The mean of its inputs. https://keras.io/api/layers/merging_layers/average/ */
export const average = layer(Average);
/** The greatest of its inputs, element by element. https://keras.io/api/layers/merging_layers/maximum/ */
export const maximum = layer(Maximum);
/** The least of its inputs, element by element. https://keras.io/api/layers/merging_layers/minimum/ */
export const minimum = layer(Minimum);
/** Its inputs side by side along an axis, by default the last. https://keras.io/api/layers/merging_layers/concatenate/ */
export const concatenate = layer(Concatenate);
/** The dot product of two inputs along axes. https://keras.io/api/layers/merging_layers/dot/ */
export const dot = layer(Dot);

// Activations with parameters
/** max(x, 0), with an optional limit, threshold and slope below it. https://keras.io/api/layers/activation_layers/relu/ */
export const reLU = layer(ReLU);
/** x above 0, a small slope (default 0.3) below. https://keras.io/api/layers/activation_layers/leaky_relu/ */
export const leakyReLU = layer(LeakyReLU);
/** x above 0, a learned slope below. https://keras.io/api/layers/activation_layers/prelu/ */
export const prelu = layer(PReLU);
/** x above 0, alpha·(eˣ − 1) below. https://keras.io/api/layers/activation_layers/elu/ */
export const elu = layer(ELU);
/** Positive values that sum to 1 along an axis. https://keras.io/api/layers/activation_layers/softmax/ */
export const softmax = layer(Softmax);

// Own functions

/**
 * What a lambda's function receives: one tensor, or the list of them where the layer is called on a list. The type is both, so that
 * `(x) => …` and `([a, b]) => …` can be written alike.
 */
export type LambdaInput = Tensor & readonly [Tensor, Tensor, ...Tensor[]];

const plainLambda = layer(Lambda);

/**
 * Any function of tensors as a layer: `lambda((x) => tf.square(x))`, or of a list: `lambda(([a, b]) => tf.sub(a, b))`.
 * https://keras.io/api/layers/core_layers/lambda/
 */
export const lambda = (body: (x: LambdaInput, context: CallContext) => Tensor, options?: LambdaOptions): Lambda =>
  plainLambda(body as (x: Tensor, context: CallContext) => Tensor, options);
