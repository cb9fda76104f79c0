import { accounts } from '../accounts/account.ts';
import { ssns } from '../accounts/ssn.ts';
import { corrections } from '../cards/corrections.ts';
import { follow } from '../cards/follow.ts';
import { type Nearby, near } from '../cards/near.ts';
import { continuing, misheard, said, undecided } from '../cards/undecided.ts';
import { type Cut, type Rule, united } from '../cuts/cut.ts';
import type { RedactionPolicy } from '../cuts/policy.ts';
import type { Run } from '../digits/run.ts';
import type { Span } from '../digits/walk.ts';
import { runsOf, wordsOf } from '../forms/runs.ts';
import type { Topic } from '../tokens/cues.ts';
import { meant, tokensOf } from '../tokens/lex.ts';
import { masked } from '../tokens/masked.ts';
import type { Token } from '../tokens/token.ts';
import { type Awaited, carried, type Memory, nextTopic, type RedactionState, remembered, roleOf } from './state.ts';

export type Line = Readonly<{ role: string; text: string }>;
/** What is cut from each line, and what the next batch must know. */
export type Listened = Readonly<{ cuts: readonly (readonly Cut[])[]; state: RedactionState }>;
type Heard = { text: string; tokens: readonly Token[]; runs: readonly Run[]; cuts: Cut[] };

/** One by one: a call takes no more arguments than its stack has room for, and a long text has more cuts. */
function add(cuts: Cut[], rule: Rule, more: readonly Cut[]): void {
  for (const cut of more) cuts.push({ ...cut, rule });
}

/** Parts of a card, for one reason. */
function push(cuts: Cut[], spans: readonly Omit<Span, 'message'>[], rule: Rule): void {
  for (const { start, end } of spans) cuts.push({ start, end, kind: 'card-part', rule });
}

/** Cards that end in a line, with their parts in earlier ones, and what may begin one. `back` tells that earlier ones were cut. */
function hearCards(
  memory: Memory,
  heard: readonly Heard[],
  message: number,
  role: string,
  tails: boolean,
): { memory: Memory; back: boolean } {
  const { text, tokens, runs, cuts } = heard[message] as Heard;
  const sealed = tokens.findLast((token) => token.as !== 'word')?.as === 'mark';
  const words = wordsOf(tokens);
  const hasCard = tokens.some((token) => token.as === 'mark' && token.kind === 'card');
  const found = follow(memory.opens, { message, role: roleOf(role), runs, sealed, words });
  for (const { message: at, start, end, lastFour } of found.cuts)
    heard[at]?.cuts.push({ start, end, kind: 'card', lastFour, rule: 'whole' });
  push(cuts, found.lost, 'ambiguous');
  const heardHere = said({
    ...{ message, text, tokens, runs, words },
    topic: memory.topic?.is,
    afterCard: memory.nearby.card !== null,
  });
  const before = cuts.length;
  push(cuts, misheard(runs, heardHere), 'misheard');
  if (tails) {
    push(cuts, undecided(found.opens, heardHere), 'begun');
    push(cuts, undecided(found.left, heardHere, true), 'begun');
    push(cuts, continuing(runs, heardHere, memory.unheard > 0), 'answer');
  }
  const isUnderWay = cuts.length > before && found.cuts.length === 0;
  push(cuts, corrections(runs, heardHere, cuts, memory.nearby.card === 1), 'corrected');
  const underWay = isUnderWay ? 'card' : undefined;
  const next = {
    opens: found.opens,
    topic: nextTopic(memory.topic, heardHere.after ?? underWay, found.cuts.length > 0 || hasCard),
    nearby: memory.nearby,
    awaited: memory.awaited,
    unheard: Math.max(0, memory.unheard - (runs.length > 0 || hasCard ? 1 : 0)),
  };
  return { memory: next, back: found.cuts.some(({ message: at }) => at < message) };
}

/** Account numbers and those of persons: what is left are a line’s tokens as they are meant. */
function hearNumbers(line: Heard, awaited: Awaited, policy: RedactionPolicy, tails: boolean): Awaited {
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

/** What belongs to a card that was cut. */
function hearDetails(line: Heard, topic: Topic | undefined, nearby: Nearby, policy: RedactionPolicy): Nearby {
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

type Pass = Readonly<{ cuts: readonly (readonly Cut[])[]; memory: Memory; back: boolean }>;

/** Hears lines one after the other, with marks where something was cut in them before. */
function pass(
  state: RedactionState,
  lines: readonly Line[],
  before: Pass['cuts'],
  policy: RedactionPolicy,
  tails: boolean,
): Pass {
  const heard = lines.map(({ text }, at): Heard => ({ text, tokens: [], runs: [], cuts: [...(before[at] ?? [])] }));
  let memory = remembered(state);
  let cutBack = false;
  for (const [message, line] of heard.entries()) {
    const topic = memory.topic?.is;
    const awaited = hearNumbers(line, memory.awaited, policy, tails);
    const { memory: next, back } = hearCards(memory, heard, message, lines[message]?.role ?? '', tails);
    memory = { ...next, awaited, nearby: hearDetails(line, topic, next.nearby, policy) };
    cutBack ||= back;
  }
  return { cuts: heard.map(({ cuts }) => united(cuts)), memory, back: cutBack };
}

/** Times that lines are heard again; each cuts something that the one before left. */
const passesMost = 4;

/**
 * Hears lines one after the other. What is decided about a line rests on it and those before it, and so does the state,
 * however lines come in batches. One thing is added: when a card becomes whole, its parts in earlier lines of the batch
 * are cut too, and the lines are heard again with those marks, for what belongs to it or goes on from it there. `tails`
 * cuts what may only have begun.
 */
export function hear(state: RedactionState, lines: readonly Line[], policy: RedactionPolicy, tails: boolean): Listened {
  const first = pass(state, lines, [], policy, tails);
  let { cuts } = first;
  if (!first.back) return { cuts, state: carried(first.memory) };
  for (let passes = 1; passes < passesMost; passes += 1) {
    const again = pass(state, lines, cuts, policy, tails).cuts;
    const same = lengthOf(again) === lengthOf(cuts);
    cuts = again;
    if (same) break;
  }
  return { cuts, state: carried(first.memory) };
}
