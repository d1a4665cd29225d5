"""A TensorBoard event as TensorFlow 2.21.0 serializes it, and the TFRecord that holds it, in hexadecimal digits.

python test/golden/tensorboard.py > test/golden/tensorboard.txt
"""

import os
import tempfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "2"

import tensorflow as tf
from tensorflow.core.util.event_pb2 import Event

event = Event(wall_time=1.5, step=300)
value = event.summary.value.add()
value.tag = "epoch_loss"
value.simple_value = 0.25
print(event.SerializeToString().hex())

path = os.path.join(tempfile.mkdtemp(), "record")
with tf.io.TFRecordWriter(path) as writer:
    writer.write(event.SerializeToString())
with open(path, "rb") as file:
    print(file.read().hex())
