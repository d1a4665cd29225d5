/**
 * The value of what a person writes for a number: `235,500`, `784*300 + 300`, `(28·28 + 1) × 300`. Undefined where it is no number, sum, product
 * or difference.
 */
export function evaluateArithmetic(text: string): number | undefined {
  const tokens = text.replace(/(?<=\d)[,_\s']+(?=\d{3}(?!\d))/g, "").match(/\d+(?:\.\d+)?|[-+*×·x()]|\S/g) ?? [];
  const parser = new Parser(tokens);
  const value = parser.sum();
  return parser.ended && value !== undefined && Number.isFinite(value) ? value : undefined;
}

class Parser {
  private next = 0;

  constructor(private readonly tokens: readonly string[]) {}

  get ended(): boolean {
    return this.next === this.tokens.length && this.next > 0;
  }

  sum(): number | undefined {
    let value = this.product();
    for (let sign = this.take("+-"); sign !== undefined; sign = this.take("+-")) {
      const term = this.product();
      value = value === undefined || term === undefined ? undefined : sign === "+" ? value + term : value - term;
    }
    return value;
  }

  private product(): number | undefined {
    let value = this.atom();
    while (this.take("*×·x") !== undefined) {
      const factor = this.atom();
      value = value === undefined || factor === undefined ? undefined : value * factor;
    }
    return value;
  }

  private atom(): number | undefined {
    if (this.take("(") !== undefined) {
      const value = this.sum();
      return this.take(")") === undefined ? undefined : value;
    }
    const token = this.tokens[this.next];
    if (token === undefined || !/^\d/.test(token)) return undefined;
    this.next++;
    return Number(token);
  }

  private take(signs: string): string | undefined {
    const token = this.tokens[this.next];
    if (token === undefined || !signs.includes(token)) return undefined;
    this.next++;
    return token;
  }
}
