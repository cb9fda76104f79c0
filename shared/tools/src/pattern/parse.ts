import type { Said, ToolMistake } from '@vox/contracts';
import { toolSaid } from '../sentences.ts';

/** A pattern as a tree. `leaf` matches one code point and is written as it stands in the pattern. */
export type Tree =
  | Readonly<{ kind: 'leaf'; source: string }>
  | Readonly<{ kind: 'assertion'; of: '^' | '$' | 'b' | 'B' }>
  | Readonly<{ kind: 'row'; parts: readonly Tree[] }>
  | Readonly<{ kind: 'choice'; of: readonly Tree[] }>
  | Readonly<{ kind: 'repeated'; what: Tree; least: number; most: number }>;

/** Why a pattern is not taken, though it is one of ECMAScript. */
export class NotTaken extends Error {
  readonly said: Said<ToolMistake>;
  constructor(said: Said<ToolMistake>) {
    super(said.message);
    this.said = said;
  }
}

/** One code point: a class, an escape, a pair of escapes that are one, or a character. */
const leaf =
  /\[(?:[^\]\\]|\\.)*\]|\\u\{[0-9a-fA-F]+\}|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\[pP]\{[^}]*\}|\\.|./suy;
const quantifier = /(?:[*+?]|\{(\d{1,9})(,?)(\d{0,9})\})\??/y;
const groupBegin = /\((?:\?:|\?<[^=!>][^>]*>|(?!\?))/y;
const repeatsMax = 1_000;

/** Reads a pattern of which `RegExp` has said, with the flag u, that it is well formed. Throws NotTaken. */
export class PatternReader {
  readonly #text: string;
  #at = 0;
  constructor(text: string) {
    this.#text = text;
  }

  read(): Tree {
    const of = [this.#row()];
    while (this.#text[this.#at] === '|') {
      this.#at += 1;
      of.push(this.#row());
    }
    const [only] = of;
    return of.length === 1 && only !== undefined ? only : { kind: 'choice', of };
  }

  #row(): Tree {
    const parts: Tree[] = [];
    while (this.#at < this.#text.length && !'|)'.includes(this.#text.charAt(this.#at)))
      parts.push(this.#repeated(this.#one()));
    return { kind: 'row', parts };
  }

  #take(expression: RegExp): RegExpExecArray | undefined {
    expression.lastIndex = this.#at;
    const found = expression.exec(this.#text) ?? undefined;
    this.#at += found?.[0].length ?? 0;
    return found;
  }

  #one(): Tree {
    if (this.#text[this.#at] === '(') return this.#group();
    const source = this.#take(leaf)?.[0] ?? '';
    if (source === '^' || source === '$') return { kind: 'assertion', of: source };
    if (source === '\\b' || source === '\\B') return { kind: 'assertion', of: source === '\\b' ? 'b' : 'B' };
    if (/^\\[1-9k]/.test(source)) throw new NotTaken(toolSaid('pattern-refers-back'));
    return { kind: 'leaf', source };
  }

  #group(): Tree {
    if (this.#take(groupBegin) === undefined) throw new NotTaken(toolSaid('pattern-looks-around'));
    const inner = this.read();
    this.#at += 1;
    return inner;
  }

  #repeated(what: Tree): Tree {
    const found = this.#take(quantifier);
    if (found === undefined) return what;
    const [said, low = '0', comma = '', high = ''] = found;
    if (said.startsWith('*')) return { kind: 'repeated', what, least: 0, most: Number.POSITIVE_INFINITY };
    if (said.startsWith('+')) return { kind: 'repeated', what, least: 1, most: Number.POSITIVE_INFINITY };
    if (said.startsWith('?')) return { kind: 'repeated', what, least: 0, most: 1 };
    const least = Number(low);
    const most = comma === '' ? least : high === '' ? Number.POSITIVE_INFINITY : Number(high);
    if (least > repeatsMax || (most > repeatsMax && most !== Number.POSITIVE_INFINITY))
      throw new NotTaken(toolSaid('pattern-counts-far', { most: repeatsMax }));
    return { kind: 'repeated', what, least, most };
  }
}
