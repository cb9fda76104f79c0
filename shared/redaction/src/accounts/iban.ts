import type { Cut } from '../cuts/cut.ts';
import type { Run } from '../digits/run.ts';
import { Lattice } from '../digits/walk.ts';
import type { Token } from '../tokens/token.ts';
import { isValid, lengths, remainder } from './iban-checks.ts';
import { countryAt } from './iban-country.ts';
import { letterAt } from './letters.ts';

/** The state of an IBAN so far: its check digits, the remainder of the signs after them, and the number of signs. */
type State = Readonly<{ check: string; rest: number; count: number }>;
/** An IBAN that is not complete when a text ends: where it began, and how many of its signs were said. */
export type StartedIban = Readonly<{ start: number; end: number; count: number; length: number }>;
export type Accounts = Readonly<{ cuts: readonly Cut[]; begun: readonly StartedIban[] }>;

/** How many readings of one beginning are followed. Speech has a few; more come from a text made to confuse. */
const statesMost = 64;
/** How many other words may stand within one IBAN: “and then”, “let me see”. */
const wordsMost = 6;
const longestBank = 4;
/** Tokens of the longest IBAN that is spoken, with words between. */
const tokensMost = 120;
/**
 * Steps that a text may take, and more for each of its tokens. Speech takes a tenth of it; only a text made to be
 * ambiguous takes more.
 */
const stepsFree = 4_000;
const stepsPerToken = 10;
/** What a text may still take. */
type Work = { left: number };

/** Adds signs to a state. */
function longer({ check, rest, count }: State, signs: string): State {
  const checks = signs.slice(0, Math.max(0, 2 - check.length));
  return { check: check + checks, rest: remainder(rest, signs.slice(checks.length)), count: count + signs.length };
}

const merged = (states: readonly State[], length: number): State[] =>
  [
    ...new Map(
      states
        .filter(({ count, check }) => count <= length && /^\d*$/.test(check))
        .map((state) => [`${state.check} ${state.rest} ${state.count}`, state]),
    ).values(),
  ].slice(0, statesMost);

/** Follows one beginning through the tokens behind it. */
class Reader {
  states: readonly State[] = [{ check: '', rest: 0, count: 2 }];
  end = 0;
  words = 0;
  /** Too many meanings to follow them all. */
  lost = false;
  readonly #country: string;
  readonly #length: number;
  readonly #work: Work;

  constructor(country: string, work: Work) {
    this.#country = country;
    this.#length = lengths[country] ?? 0;
    this.#work = work;
  }
  get count(): number {
    return this.states.reduce((most, { count }) => Math.max(most, count), 0);
  }
  get length(): number {
    return this.#length;
  }
  /** Whether it is whole and right. */
  get whole(): boolean {
    return this.states.some(({ check, rest, count }) => count === this.#length && isValid(this.#country, check, rest));
  }
  letters(signs: string, end: number, mayBeWord: boolean): void {
    const on = this.states.filter(({ check }) => check.length === 2).map((state) => longer(state, signs));
    this.states = merged([...on, ...(mayBeWord ? this.states : [])], this.#length);
    this.end = end;
  }
  /**
   * Reads the items of a run from one on, up to the end of a whole IBAN if there is one. When there are too many
   * readings, all of it is taken.
   */
  run(lattice: Lattice, from: number): number | undefined {
    const { items } = lattice.run;
    const columns = new Map<number, State[]>([[from, [...this.states]]]);
    let furthest = from;
    for (let at = from; at < items.length; at += 1) {
      if (this.#work.left <= 0) {
        this.lost = true;
        return items.at(-1)?.end;
      }
      const here = merged(columns.get(at) ?? [], this.#length);
      columns.delete(at);
      this.#work.left -= 1;
      if (here.length === 0 && furthest <= at) break;
      for (const { digits, next } of lattice.at(at)) {
        const there = columns.get(next) ?? [];
        columns.set(next, there);
        furthest = Math.max(furthest, next);
        this.#work.left -= here.length;
        there.push(...here.map((state) => longer(state, digits)));
      }
      this.states = merged(columns.get(at + 1) ?? [], this.#length);
      if (this.whole && (columns.get(at + 1)?.length ?? 0) > 0) return items[at]?.end;
    }
    this.states = merged(columns.get(items.length) ?? [], this.#length);
    this.end = items.at(-1)?.end ?? 0;
    return undefined;
  }
}

/** Where each number token stands among the runs. */
function itemsOf(runs: readonly Run[]): ReadonlyMap<number, readonly [run: Run, item: number]> {
  return new Map(runs.flatMap((run) => run.items.map((item, at) => [item.start, [run, at] as const] as const)));
}

/** IBANs in a text, in figures or words, in any groups, with their letters together, spelled or named. */
export function ibans(text: string, tokens: readonly Token[], runs: readonly Run[]): Accounts {
  const items = itemsOf(runs);
  const lattices = new Map<Run, Lattice>();
  const work: Work = { left: stepsFree + stepsPerToken * tokens.length };
  const [cuts, begun]: [Cut[], StartedIban[]] = [[], []];
  for (let at = 0; at < tokens.length; at += 1) {
    const found = countryAt(text, tokens, at);
    const next = found === undefined ? undefined : tokens[found.next];
    if (found === undefined || next === undefined || !isNumber(next)) continue;
    // “es 4357” is Spanish; “es91 2100” is an account.
    if (!found.certain && next.start !== tokens[at]?.end) continue;
    const start = tokens[at]?.start ?? 0;
    const reader = new Reader(found.country, work);
    const end = follow(text, tokens, found.next, reader, items, lattices);
    if (end !== undefined) {
      cuts.push({ start, end, kind: 'iban' });
      while ((tokens[at + 1]?.end ?? Number.POSITIVE_INFINITY) <= end) at += 1;
    } else if (found.certain && reader.states.length > 0)
      begun.push({ start, end: reader.end, count: reader.count, length: reader.length });
  }
  return { cuts, begun };
}

/** Whether an IBAN may begin anywhere in a text: few texts have a country before a number. */
export const mayBegin = (text: string, tokens: readonly Token[]): boolean =>
  tokens.some(isNumber) &&
  tokens.some((_, at) => {
    const found = countryAt(text, tokens, at);
    return found !== undefined && isNumber(tokens[found.next]);
  });

/** Letters that touch figures: “nl91abna0417164300”. */
const isGlued = (text: string, { start, end }: Token): boolean =>
  /^[a-z]+$/i.test(text.slice(start, end)) && (/\d/.test(text[start - 1] ?? '') || /\d/.test(text[end] ?? ''));

const isNumber = (token: Token | undefined): boolean => token?.as === 'digits' || token?.as === 'spoken';

function follow(
  text: string,
  tokens: readonly Token[],
  from: number,
  reader: Reader,
  items: ReadonlyMap<number, readonly [Run, number]>,
  lattices: Map<Run, Lattice>,
): number | undefined {
  for (let at = from; at < Math.min(tokens.length, from + tokensMost); at += 1) {
    const token = tokens[at] as Token;
    const place = items.get(token.start);
    if (token.as === 'mark' || reader.states.length === 0) return undefined;
    if (place !== undefined) {
      const [run, item] = place;
      const lattice = lattices.get(run) ?? new Lattice(run);
      lattices.set(run, lattice);
      const end = reader.run(lattice, item);
      if (end !== undefined) return end;
      at = Math.max(at, run.to - 1);
      continue;
    }
    if (token.as !== 'word') continue;
    const letter = letterAt(text, tokens, at);
    const written = text.slice(token.start, token.end);
    if (letter !== undefined) {
      const last = tokens[at + letter.size - 1]?.end ?? token.end;
      reader.letters(letter.letter, last, token.filler);
      at += letter.size - 1;
    } else if (written.length <= longestBank && (/^[A-Z]+$/.test(written) || isGlued(text, token)))
      reader.letters(written.toUpperCase(), token.end, token.filler);
    else if (!token.filler && ++reader.words > wordsMost) return undefined;
    if (reader.whole) return tokens[at]?.end;
  }
  return undefined;
}
