export interface ModelSnippet {
  readonly prefix: string;
  readonly description: string;
  /** With VS Code's placeholders. */
  readonly body: string;
}

/** What is offered while a model file is typed. */
export const snippets: readonly ModelSnippet[] = [
  {
    prefix: "sequentialModel",
    description: "A sequential model",
    body: 'export const ${1:network} = sequential({ name: "${1:network}", inputShape: [${2:28, 28}] }, [\n\t$0\n]);',
  },
  {
    prefix: "functionalModel",
    description: "A model over a graph of layers",
    body: 'const ${1:x} = input({ shape: [${2:784}] });\nconst ${3:y} = layers.dense(${4:10})(${1:x});\nexport const ${5:network} = model({ name: "${5:network}", inputs: ${1:x}, outputs: ${3:y} });$0',
  },
  {
    prefix: "trainPlan",
    description: "A plan that trains a model",
    body: 'export default train(${1:network}, {\n\tdata: ${2:data},\n\toptimizer: "${3:adam}",\n\tloss: "${4:sparseCategoricalCrossentropy}",\n\tmetrics: ["${5:accuracy}"],\n\tbatchSize: ${6:32},\n\tepochs: ${7:5},\n\tseed: ${8:42},\n});$0',
  },
  {
    prefix: "denseBlock",
    description: "A dense layer, batch normalization, activation, dropout",
    body: 'layers.dense(${1:100}, { useBias: false, kernelInitializer: "heNormal" }),\nlayers.batchNormalization(),\nlayers.activation("${2:relu}"),\nlayers.dropout(${3:0.2}),$0',
  },
  {
    prefix: "convolutionBlock",
    description: "A convolution and pooling",
    body: 'layers.conv2d(${1:32}, ${2:3}, { activation: "relu", kernelInitializer: "heNormal" }),\nlayers.maxPooling2d(${3:2}),$0',
  },
  {
    prefix: "ownLayer",
    description: "A layer of your own",
    body: 'class ${1:Scale} extends Layer {\n\tfactor!: Weight;\n\n\toverride build(inputShape: Shape): void {\n\t\tthis.factor = this.addWeight("factor", [inputShape.at(-1) ?? 0], { initializer: "ones" });\n\t}\n\n\toverride call(x: tf.Tensor): tf.Tensor {\n\t\treturn x.mul(this.factor);\n\t}\n}\n\nconst ${2:scale} = layer(${1:Scale});$0',
  },
];
