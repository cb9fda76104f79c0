import { accounts } from '../accounts/account.ts';
import { ssns } from '../accounts/ssn.ts';
import { corrections } from '../cards/corrections.ts';
import { follow } from '../cards/follow.ts';
import { near } from '../cards/near.ts';
import type { Nearby } from '../cards/nearby.ts';
import { continuing, isNamed, misheard, spokenLine, undecided } from '../cards/undecided.ts';
import { type Cut, type Rule, united } from '../cuts/cut.ts';
import type { RedactionPolicy } from '../cuts/policy.ts';
import type { Run } from '../digits/run.ts';
import type { Span } from '../digits/walk.ts';
import { runsOf, wordsOf } from '../forms/runs.ts';
import type { Topic } from '../tokens/cues.ts';
import { meant, tokensOf } from '../tokens/lex.ts';
import { masked } from '../tokens/masked.ts';
import type { Token } from '../tokens/token.ts';
import {
  type Awaited,
  nextTopic,
  type ReadingState,
  type RedactionState,
  readingStateOf,
  redactionStateOf,
  roleOf,
} from './state.ts';

export type Line = Readonly<{ role: string; text: string }>;
/** What is cut from each line, and what the next batch must know. */
export type CutLines = Readonly<{ cuts: readonly (readonly Cut[])[]; state: RedactionState }>;
type ReadLine = { text: string; tokens: readonly Token[]; runs: readonly Run[]; cuts: Cut[] };

/** Pushed one by one: a long text has more cuts than a call can take arguments. */
function add(cuts: Cut[], rule: Rule, more: readonly Cut[]): void {
  for (const cut of more) cuts.push({ ...cut, rule });
}

/** Parts of a card, for one reason. */
function push(cuts: Cut[], spans: readonly Omit<Span, 'message'>[], rule: Rule): void {
  for (const { start, end } of spans) cuts.push({ start, end, kind: 'card-part', rule });
}

/**
 * Cuts cards that end in a line, with their parts in earlier lines, and what may begin a card. `back` is true when
 * earlier lines were cut.
 */
function cutCards(
  reading: ReadingState,
  read: readonly ReadLine[],
  message: number,
  role: string,
  tails: boolean,
): { reading: ReadingState; back: boolean } {
  const { text, tokens, runs, cuts } = read[message] as ReadLine;
  const sealed = tokens.findLast((token) => token.as !== 'word')?.as === 'mark';
  const words = wordsOf(tokens);
  const hasCard = tokens.some((token) => token.as === 'mark' && token.kind === 'card');
  const spoken = spokenLine({
    ...{ message, text, tokens, runs, words },
    topic: reading.topic?.is,
    afterCard: reading.nearby.card !== null,
  });
  const isElse = (run: Run): boolean => isNamed(run, spoken);
  const found = follow(reading.opens, { message, role: roleOf(role), runs, sealed, words, isElse });
  for (const { message: at, start, end, lastFour } of found.cuts)
    read[at]?.cuts.push({ start, end, kind: 'card', lastFour, rule: 'whole' });
  push(cuts, found.lost, 'ambiguous');
  const before = cuts.length;
  push(cuts, misheard(runs, spoken), 'misheard');
  if (tails) {
    push(cuts, undecided(found.opens, spoken), 'begun');
    push(cuts, undecided(found.left, spoken, true), 'begun');
    push(cuts, continuing(runs, spoken, reading.unheard > 0), 'answer');
  }
  const isUnderWay = cuts.length > before && found.cuts.length === 0;
  push(cuts, corrections(runs, spoken, cuts, reading.nearby.card === 1), 'corrected');
  const underWay = isUnderWay ? 'card' : undefined;
  const next = {
    opens: found.opens,
    topic: nextTopic(reading.topic, spoken.after ?? underWay, found.cuts.length > 0 || hasCard),
    nearby: reading.nearby,
    awaited: reading.awaited,
    unheard: Math.max(0, reading.unheard - (runs.length > 0 || hasCard ? 1 : 0)),
  };
  return { reading: next, back: found.cuts.some(({ message: at }) => at < message) };
}

/** Cuts account numbers and numbers of persons, and leaves the line's tokens as they are meant. */
function cutNumbers(line: ReadLine, awaited: Awaited, policy: RedactionPolicy, tails: boolean): Awaited {
  const { text, cuts } = line;
  const raw = masked(tokensOf(text), cuts);
  const account = policy.iban ? accounts(text, raw, awaited.iban, tails) : { cuts: [], awaited: null };
  const tokens = meant(text, raw, account.cuts);
  const runs = runsOf(text, tokens);
  const person = policy.ssn ? ssns(text, tokens, runs, awaited.ssn) : { cuts: [], awaited: null };
  add(cuts, 'account', account.cuts);
  add(cuts, 'person', person.cuts);
  line.tokens = masked(tokens, person.cuts);
  line.runs = line.tokens === tokens ? runs : runsOf(text, line.tokens);
  return { iban: account.awaited, ssn: person.awaited };
}

/** Cuts the code and expiry of a card. */
function cutDetails(line: ReadLine, topic: Topic | undefined, nearby: Nearby, policy: RedactionPolicy): Nearby {
  const { text, cuts } = line;
  const cleared = masked(line.tokens, cuts);
  const runs = cleared === line.tokens ? line.runs : runsOf(text, cleared);
  // A person’s number right behind a card is seen only now.
  const late = policy.ssn && cuts.length > 0 ? ssns(text, cleared, runs, null).cuts : [];
  const tokens = masked(cleared, late);
  const found = near({ text, tokens, runs: late.length > 0 ? runsOf(text, tokens) : runs, topic }, nearby);
  add(cuts, 'person', late);
  add(cuts, 'detail', found.cuts);
  return found.nearby;
}

/** How much is cut: it only grows. */
const lengthOf = (cuts: Pass['cuts']): number => cuts.flat().reduce((sum, { start, end }) => sum + end - start, 0);

type Pass = Readonly<{ cuts: readonly (readonly Cut[])[]; reading: ReadingState; back: boolean }>;

/** Reads lines one after the other, with marks for cuts of earlier passes. */
function pass(
  state: RedactionState,
  lines: readonly Line[],
  before: Pass['cuts'],
  policy: RedactionPolicy,
  tails: boolean,
): Pass {
  const read = lines.map(({ text }, at): ReadLine => ({ text, tokens: [], runs: [], cuts: [...(before[at] ?? [])] }));
  let reading = readingStateOf(state);
  let cutBack = false;
  for (const [message, line] of read.entries()) {
    const topic = reading.topic?.is;
    const awaited = cutNumbers(line, reading.awaited, policy, tails);
    const { reading: next, back } = cutCards(reading, read, message, lines[message]?.role ?? '', tails);
    reading = { ...next, awaited, nearby: cutDetails(line, topic, next.nearby, policy) };
    cutBack ||= back;
  }
  return { cuts: read.map(({ cuts }) => united(cuts)), reading, back: cutBack };
}

/** How many times lines are read. Each pass cuts something that the one before left. */
const passesMost = 4;

/**
 * Reads lines one after the other. A decision about a line rests on that line and those before it, and so does the
 * state, however lines come in batches. One thing is added: when a card becomes whole, its parts in earlier lines of
 * the batch are cut too, and the lines are read again with those marks, for its details and for what goes on from it.
 * `tails` cuts what may only have begun.
 */
export function cutLines(
  state: RedactionState,
  lines: readonly Line[],
  policy: RedactionPolicy,
  tails: boolean,
): CutLines {
  const first = pass(state, lines, [], policy, tails);
  let { cuts } = first;
  if (!first.back) return { cuts, state: redactionStateOf(first.reading) };
  for (let passes = 1; passes < passesMost; passes += 1) {
    const again = pass(state, lines, cuts, policy, tails).cuts;
    const same = lengthOf(again) === lengthOf(cuts);
    cuts = again;
    if (same) break;
  }
  return { cuts, state: redactionStateOf(first.reading) };
}
