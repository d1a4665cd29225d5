"""Model files in TypeScript, from the descriptions of model_descriptions.py."""

import json
import re

OWN_LAYERS = {
    "Scale": """class Scale extends Layer {
  constructor(factor, options) { super(options); this.factor = factor; }
  call(x) { return tf.mul(x, this.factor); }
}""",
    "RBF": """class RBF extends Layer {
  constructor(units, options) { super(options); this.units = units; }
  build(shape) {
    this.centers = this.addWeight("centers", [shape.at(-1), this.units]);
    this.widths = this.addWeight("widths", [this.units], { initializer: "ones" });
  }
  call(x) {
    const squares = tf.sum(tf.square(tf.sub(tf.expandDims(x, 2), this.centers)), 1);
    return tf.exp(tf.neg(tf.mul(squares, this.widths)));
  }
}""",
    "Residual": """class Residual extends Layer {
  constructor(units, depth, options) {
    super(options);
    this.inner = Array.from({ length: depth }, () => layers.dense(units, { activation: "relu" }));
  }
  call(x) { return this.inner.reduce((sum, dense) => tf.add(sum, dense(sum)), x); }
}""",
    "Swap": """class Swap extends Layer {
  call(x) { return tf.transpose(x, [0, 2, 1]); }
}""",
    "Positions": """class Positions extends Layer {
  constructor(length, options) { super(options); this.length_ = length; }
  build(shape) { this.table = this.addWeight("table", [this.length_, shape.at(-1)]); }
  call(x) { return tf.add(x, this.table); }
}""",
    "Frozen": """class Frozen extends Layer {
  constructor(units, options) { super(options); this.units = units; }
  build(shape) {
    this.projection = this.addWeight("projection", [shape.at(-1), this.units], { trainable: false });
    this.bias = this.addWeight("bias", [this.units], { initializer: "zeros" });
  }
  call(x) { return tf.add(tf.matMul(x, this.projection), this.bias); }
}""",
}
FUNCTIONS = {"square": "(x) => tf.square(x)", "sumOfSteps": "(x) => tf.sum(x, 1)"}
NOT_IN_CAMEL_CASE = {"name"}


def model_file(description):
    return ModelFile().write(description)


class ModelFile:
    def __init__(self):
        self.own_layers = []
        self.statements = []
        self.variables = set()

    def write(self, description):
        expression = self.model(description)
        own = [OWN_LAYERS[name] for name in self.own_layers]
        head = 'import { input, Layer, layers, model, sequential, tf } from "layerwise";'
        return "\n".join([head, *own, *self.statements, f"export const network = {expression};", ""])

    def model(self, description):
        """An expression; what has to stand before it goes into the statements."""
        return self.sequential(description) if description["kind"] == "sequential" else self.functional(description)

    def sequential(self, description):
        options = {**({"name": description["name"]} if "name" in description else {}), "inputShape": description["shape"]}
        parts = []
        for layer in description["layers"]:
            if layer_is_loop(layer):
                inner = ", ".join(self.layer(part) for part in layer[2])
                parts.append(f"...Array.from({{ length: {layer[1]} }}, () => [{inner}]).flat()")
            else:
                parts.append(self.layer(layer))
        return f"sequential({literal(options)}, [{', '.join(parts)}])"

    def functional(self, description):
        for name, shape in description["inputs"].items():
            self.assign(name, f"input({literal({'shape': shape})})")
        self.steps(description["steps"])
        inputs, outputs = (", ".join(description[ends]) for ends in ("inputs", "outputs"))
        name = f", name: {json.dumps(description['name'])}" if "name" in description else ""
        return f"model({{ inputs: [{inputs}], outputs: [{outputs}]{name} }})"

    def steps(self, steps):
        for step in steps:
            if step[0] == "let":
                _, name, part = step
                self.assign(name, self.layer(part))
            elif step[0] == "repeat":
                _, count, inner = step
                for target in {inner_step[0] for inner_step in inner} - self.variables:
                    self.variables.add(target)
                    self.statements.append(f"let {target};")
                self.statements.append(f"for (let i = 0; i < {count}; i++) {{")
                self.steps(inner)
                self.statements.append("}")
            else:
                target, layer, source = step
                function = layer[1:] if isinstance(layer, str) else self.layer(layer)
                argument = source if isinstance(source, str) else f"[{', '.join(source)}]"
                self.assign(target, f"{function}({argument})")

    def assign(self, target, expression):
        names = [target] if isinstance(target, str) else target
        place = target if isinstance(target, str) else f"[{', '.join(names)}]"
        declaration = "" if self.variables.issuperset(names) else "let "
        self.variables.update(names)
        self.statements.append(f"{declaration}{place} = {expression};")

    def layer(self, layer):
        if isinstance(layer, dict):
            return self.model(layer)
        name, *arguments = layer
        if name == "Lambda":
            return f"layers.lambda({FUNCTIONS[arguments[0]]})"
        written = ", ".join(self.argument(argument) for argument in arguments)
        if name in OWN_LAYERS:
            if name not in self.own_layers:
                self.own_layers.append(name)
            return f"new {name}({written})"
        return f"layers.{factory(name)}({written})"

    def argument(self, argument):
        if is_layer(argument):
            return self.layer(argument)
        if isinstance(argument, dict):
            options = ", ".join(f"{camel_case(key)}: {self.option(key, value)}" for key, value in argument.items())
            return f"{{ {options} }}"
        return literal(argument)

    def option(self, key, value):
        if is_layer(value):
            return self.layer(value)
        return literal(camel_case(value) if isinstance(value, str) and key not in NOT_IN_CAMEL_CASE else value)


def layer_is_loop(layer):
    return isinstance(layer, list) and layer[0] == "repeat"


def is_layer(value):
    return isinstance(value, list) and len(value) > 0 and isinstance(value[0], str)


def factory(class_name):
    """MaxPooling2D: maxPooling2d, ConvLSTM2D: convLstm2d, LSTM: lstm, ReLU: reLU."""
    known = {"LSTM": "lstm", "GRU": "gru", "ELU": "elu", "PReLU": "prelu", "SimpleRNN": "simpleRNN", "RMSNormalization": "rmsNormalization"}
    written = re.sub(r"(\d)D", r"\1d", class_name).replace("ConvLSTM", "ConvLstm")
    return known.get(class_name, written[0].lower() + written[1:])


def camel_case(text):
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), text)


def literal(value):
    return json.dumps(value)
