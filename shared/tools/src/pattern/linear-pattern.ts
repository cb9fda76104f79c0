import type { Said, ToolMistake } from '@vox/contracts';
import { toolSaid } from '../sentences.ts';
import { NotTaken, PatternReader } from './parse.ts';
import { programOf, type Step } from './program.ts';

/** Is told how many steps were made, and may throw to end it. */
export type Spend = (steps: number) => void;
export type LinearPattern =
  | Readonly<{ kind: 'pattern'; test: (text: string, spend: Spend) => boolean }>
  | Readonly<{ kind: 'refused'; why: Said<ToolMistake> }>;

const patternChars = 256;

/**
 * A pattern of ECMAScript with the flag u, of at most 256 characters, that is matched without going back: for each
 * character it makes at most 2,000 steps, whatever the pattern and the text. So it can neither look around nor refer
 * back. It finds what `RegExp` finds.
 */
export function linearPattern(source: string): LinearPattern {
  if (source.length > patternChars)
    return { kind: 'refused', why: toolSaid('pattern-too-long', { most: patternChars }) };
  if (!isWellFormed(source)) return { kind: 'refused', why: toolSaid('pattern-invalid') };
  try {
    const steps = programOf(new PatternReader(source).read());
    return { kind: 'pattern', test: (text, spend) => found(steps, Array.from(text), spend) };
  } catch (error) {
    if (error instanceof NotTaken) return { kind: 'refused', why: error.said };
    throw error;
  }
}

function isWellFormed(source: string): boolean {
  try {
    new RegExp(source, 'u');
    return true;
  } catch {
    return false;
  }
}

/** Where the automaton can stand at once (Thompson, 1968). A search may begin at every character. */
function found(steps: readonly Step[], chars: readonly string[], spend: Spend): boolean {
  const seenAt = new Int32Array(steps.length).fill(-1);
  let leaves: number[] = [];
  for (let at = 0; at <= chars.length; at += 1) {
    const begins = [0];
    const char = at === 0 ? undefined : chars[at - 1];
    for (const each of leaves) {
      const step = steps[each];
      if (char !== undefined && step?.kind === 'leaf' && step.leaf.matches(char)) begins.push(each + 1);
    }
    spend(leaves.length + 1);
    const reached = reach({ steps, chars, at, seenAt }, begins, spend);
    if (reached === 'end') return true;
    leaves = reached;
  }
  return false;
}

type Place = Readonly<{ steps: readonly Step[]; chars: readonly string[]; at: number; seenAt: Int32Array }>;

/** The leaves that can be reached without a character, or the end. Each step is seen once. */
function reach({ steps, chars, at, seenAt }: Place, begins: number[], spend: Spend): number[] | 'end' {
  const leaves: number[] = [];
  let seen = 0;
  for (let next = begins.pop(); next !== undefined; next = begins.pop()) {
    const step = steps[next];
    if (step === undefined || seenAt[next] === at) continue;
    seenAt[next] = at;
    seen += 1;
    if (step.kind === 'end') return 'end';
    if (step.kind === 'leaf') leaves.push(next);
    else if (step.kind === 'jump') begins.push(...step.to);
    else if (holds(step.of, chars, at)) begins.push(next + 1);
  }
  spend(seen);
  return leaves;
}

const isWord = (char: string | undefined): boolean => char !== undefined && /^\w$/.test(char);

function holds(assertion: '^' | '$' | 'b' | 'B', chars: readonly string[], at: number): boolean {
  if (assertion === '^') return at === 0;
  if (assertion === '$') return at === chars.length;
  return (isWord(chars[at - 1]) !== isWord(chars[at])) === (assertion === 'b');
}
