/** A matrix of 64-bit floats, row by row. One sample is one row. */
export class Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;

  constructor(rows: number, columns: number, values = new Float64Array(rows * columns)) {
    if (values.length !== rows * columns)
      throw new Error(`${rows}×${columns} needs ${rows * columns} values; received ${values.length}.`);
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  static from(rows: readonly (readonly number[])[]): Matrix {
    return new Matrix(rows.length, rows[0]?.length ?? 0, Float64Array.from(rows.flat()));
  }

  at(row: number, column: number): number {
    return this.values[row * this.columns + column] ?? NaN;
  }

  row(index: number): Float64Array {
    return this.values.subarray(index * this.columns, (index + 1) * this.columns);
  }

  /** The rows of these numbers, in their order. */
  pick(rows: readonly number[]): Matrix {
    const picked = new Matrix(rows.length, this.columns);
    rows.forEach((row, index) => picked.row(index).set(this.row(row)));
    return picked;
  }

  map(f: (value: number, index: number) => number): Matrix {
    return new Matrix(this.rows, this.columns, this.values.map(f));
  }

  /** Combines two matrices of one shape, element by element. */
  combine(other: Matrix, f: (a: number, b: number) => number): Matrix {
    if (other.rows !== this.rows || other.columns !== this.columns) {
      throw new Error(`Shapes differ: ${this.rows}×${this.columns} and ${other.rows}×${other.columns}.`);
    }
    return this.map((value, index) => f(value, other.values[index] ?? NaN));
  }

  transpose(): Matrix {
    const transposed = new Matrix(this.columns, this.rows);
    for (let row = 0; row < this.rows; row++) {
      for (let column = 0; column < this.columns; column++) transposed.values[column * this.rows + row] = this.at(row, column);
    }
    return transposed;
  }

  /** The matrix product: (n×k) · (k×m) = n×m. */
  times(other: Matrix): Matrix {
    if (this.columns !== other.rows) {
      throw new Error(
        `${this.rows}×${this.columns} · ${other.rows}×${other.columns} does not fit: the inner numbers must be equal.`,
      );
    }
    const product = new Matrix(this.rows, other.columns);
    for (let row = 0; row < this.rows; row++) {
      const result = product.row(row);
      for (let inner = 0; inner < this.columns; inner++) {
        const factor = this.at(row, inner);
        other.row(inner).forEach((value, column) => (result[column]! += factor * value));
      }
    }
    return product;
  }

  /** The sum of all rows: 1×columns. */
  sumRows(): Matrix {
    const sum = new Matrix(1, this.columns);
    for (let row = 0; row < this.rows; row++) this.row(row).forEach((value, column) => (sum.values[column]! += value));
    return sum;
  }

  /** The column of each row's greatest value. */
  argMax(): number[] {
    return Array.from({ length: this.rows }, (_, row) =>
      this.row(row).reduce((best, value, column, all) => (value > all[best]! ? column : best), 0),
    );
  }
}
