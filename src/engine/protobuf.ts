/**
 * The wire format of the few protocol-buffer messages that cross the C API here (ConfigProto in, OpDef out).
 * https://protobuf.dev/programming-guides/encoding
 */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

export interface Field {
  readonly number: number;
  readonly value: number | Uint8Array;
}

export function message(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

/** @param value a non-negative safe integer */
export function varintField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varint((number << 3) | VARINT), ...varint(value)]);
}

export function bytesField(number: number, value: Uint8Array | string): Uint8Array {
  const bytes = Buffer.from(value);
  return Buffer.concat([Uint8Array.from([...varint((number << 3) | LENGTH_DELIMITED), ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 0x80) {
    bytes.push((rest % 0x80) | 0x80);
    rest = Math.floor(rest / 0x80);
  }
  return [...bytes, rest];
}

export function* readFields(bytes: Uint8Array): Generator<Field> {
  let offset = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let factor = 1; ; factor *= 0x80) {
      const byte = bytes[offset++];
      if (byte === undefined) throw new RangeError(`Protocol buffer of ${bytes.length} bytes ends inside a field.`);
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  };
  const readBytes = (length: number): Uint8Array => {
    offset += length;
    if (offset > bytes.length) throw new RangeError(`Protocol buffer of ${bytes.length} bytes ends inside a field.`);
    return bytes.subarray(offset - length, offset);
  };
  while (offset < bytes.length) {
    const tag = readVarint();
    const number = tag >>> 3;
    switch (tag & 7) {
      case VARINT:
        yield { number, value: readVarint() };
        break;
      case LENGTH_DELIMITED:
        yield { number, value: readBytes(readVarint()) };
        break;
      case FIXED_64:
        yield { number, value: readBytes(8) };
        break;
      case FIXED_32:
        yield { number, value: readBytes(4) };
        break;
      default:
        throw new RangeError(`Protocol buffer field ${number} has the unknown wire type ${tag & 7}.`);
    }
  }
}
