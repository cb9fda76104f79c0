import { toolSaid } from '../sentences.ts';
import { NotTaken, type Tree } from './parse.ts';

/** One code point that is matched, with what is known of ASCII. */
export class Leaf {
  readonly #source: string;
  #ascii: Uint8Array | undefined;
  #expression: RegExp | undefined;
  constructor(source: string) {
    this.#source = source;
  }

  matches(char: string): boolean {
    const code = char.charCodeAt(0);
    // Most patterns are only looked at by the linter.
    this.#ascii ??= new Uint8Array(128);
    const known = code < 128 ? this.#ascii[code] : 0;
    if (known) return known === 1;
    this.#expression ??= new RegExp(`^${this.#source}$`, 'u');
    const found = this.#expression.test(char);
    if (code < 128) this.#ascii[code] = found ? 1 : 2;
    return found;
  }
}

/** A step of a pattern's automaton. A leaf leads to the step behind it. */
export type Step =
  | Readonly<{ kind: 'leaf'; leaf: Leaf }>
  | Readonly<{ kind: 'assertion'; of: '^' | '$' | 'b' | 'B' }>
  | Readonly<{ kind: 'jump'; to: number[] }>
  | Readonly<{ kind: 'end' }>;

const stepsMax = 2_000;

/** The automaton of a pattern. Throws NotTaken where it would be too large. */
export function programOf(tree: Tree): readonly Step[] {
  const steps: Step[] = [];
  emit(tree, steps);
  push(steps, { kind: 'end' });
  return steps;
}

function push(steps: Step[], step: Step): void {
  if (steps.length >= stepsMax) throw new NotTaken(toolSaid('pattern-too-large', { most: stepsMax }));
  steps.push(step);
}

function jump(steps: Step[]): number[] {
  const to: number[] = [];
  push(steps, { kind: 'jump', to });
  return to;
}

function emit(tree: Tree, steps: Step[]): void {
  if (tree.kind === 'leaf') push(steps, { kind: 'leaf', leaf: new Leaf(tree.source) });
  else if (tree.kind === 'assertion') push(steps, tree);
  else if (tree.kind === 'row') for (const part of tree.parts) emit(part, steps);
  else if (tree.kind === 'choice') emitChoice(tree.of, steps);
  else emitRepeated(tree, steps);
}

function emitChoice(choices: readonly Tree[], steps: Step[]): void {
  const to = jump(steps);
  const behind: number[][] = [];
  for (const each of choices) {
    to.push(steps.length);
    emit(each, steps);
    behind.push(jump(steps));
  }
  for (const each of behind) each.push(steps.length);
}

function emitRepeated({ what, least, most }: Extract<Tree, { kind: 'repeated' }>, steps: Step[]): void {
  for (let n = 0; n < least; n += 1) {
    const before = steps.length;
    emit(what, steps);
    // What has no part is the same however often it comes.
    if (steps.length === before) return;
  }
  if (most === Number.POSITIVE_INFINITY) {
    const at = steps.length;
    const to = jump(steps);
    to.push(steps.length);
    emit(what, steps);
    jump(steps).push(at);
    to.push(steps.length);
    return;
  }
  const leave: number[][] = [];
  for (let n = least; n < most; n += 1) {
    const to = jump(steps);
    to.push(steps.length);
    leave.push(to);
    emit(what, steps);
  }
  for (const to of leave) to.push(steps.length);
}
