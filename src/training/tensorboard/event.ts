/** Field numbers of TensorFlow's event.proto and summary.proto. */
const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5 };
const SUMMARY = { value: 1 };
const VALUE = { tag: 1, simpleValue: 2 };

/** Protocol Buffers' wire types. */
const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

export interface ScalarEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly scalars: ReadonlyMap<string, number>;
}

/** The first event of every file. */
export function fileVersionEvent(wallTime: number): Buffer {
  return Buffer.concat([double(EVENT.wallTime, wallTime), bytes(EVENT.fileVersion, Buffer.from("brain.Event:2"))]);
}

/** An event with one number for each tag. */
export function scalarEvent({ wallTime, step, scalars }: ScalarEvent): Buffer {
  const values = [...scalars].map(([tag, value]) => {
    const content = Buffer.concat([bytes(VALUE.tag, Buffer.from(tag)), float(VALUE.simpleValue, value)]);
    return bytes(SUMMARY.value, content);
  });
  return Buffer.concat([
    double(EVENT.wallTime, wallTime),
    key(EVENT.step, VARINT),
    varint(step),
    bytes(EVENT.summary, Buffer.concat(values)),
  ]);
}

function key(field: number, wireType: number): Buffer {
  return varint(field * 8 + wireType);
}

function varint(value: number): Buffer {
  const digits: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) digits.push((rest % 128) + 128);
  return Buffer.from([...digits, rest]);
}

function double(field: number, value: number): Buffer {
  const content = Buffer.alloc(8);
  content.writeDoubleLE(value);
  return Buffer.concat([key(field, FIXED64), content]);
}

function float(field: number, value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeFloatLE(value);
  return Buffer.concat([key(field, FIXED32), content]);
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([key(field, BYTES), varint(content.length), content]);
}
