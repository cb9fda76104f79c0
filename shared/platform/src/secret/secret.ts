const shown = '[secret]';

/**
 * A text that nobody may read by accident. Printed, inspected, interpolated, thrown or serialised it is `[secret]`, and
 * a structured clone of it holds nothing. `reveal` is the one way to the text: search for it to see who reads secrets.
 */
export class Secret {
  readonly #text: string;
  private constructor(text: string) {
    this.#text = text;
  }
  static of(text: string): Secret {
    return new Secret(text);
  }
  /** The text itself, for the one place where it must stand. */
  reveal(): string {
    return this.#text;
  }
  toString(): string {
    return shown;
  }
  toJSON(): string {
    return shown;
  }
  /** How MongoDB's driver asks for what is to be stored. */
  toBSON(): string {
    return shown;
  }
  [Symbol.toPrimitive](): string {
    return shown;
  }
  /** How `util.inspect`, and so `console.log`, asks. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return shown;
  }
}
