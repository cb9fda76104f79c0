import type { Cut } from '../cuts/cut.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { Lattice } from '../digits/walk.ts';
import { groupsOf } from '../forms/groups.ts';
import { runsOf, wordsOf } from '../forms/runs.ts';
import { hints, type Topic, topicBefore, topicsBefore } from '../tokens/cues.ts';
import { withNames } from '../tokens/naming.ts';
import type { Token } from '../tokens/token.ts';
import { withWeakDigits } from '../tokens/weak.ts';
import { ibans, mayBegin, type StartedIban } from './iban.ts';

/**
 * How many utterances a question for an account, or the beginning of one, waits for digits; and how many words such an
 * utterance may have.
 */
export const awaitedMost = 5;
const bareWordsMost = 4;
/** Beginnings in one utterance that are looked at. */
const begunMost = 16;
/** How many signs may begin an account without a word about it, and how many digits answer a question for one. */
const [begunLeast, answerLeast] = [8, 2];

/** How many utterances ago an account was asked for or begun; `null` when never or too long ago. */
type Awaited = number | null;
export type Accounts = Readonly<{ cuts: readonly Cut[]; awaited: Awaited }>;

/** “GB82 WEST”: the check digits and the letters of a bank. */
const ofBank = /^[A-Z]{2}\d{2} ?[A-Z]{4}/;
const bankEnds = 9;

/** Written as IBANs are: the check digits, and a bank’s letters or fours. */
function isGrouped(text: string, runs: readonly Run[], { start, end }: StartedIban): boolean {
  const run = runs.find(
    (each) => each.items[0] !== undefined && each.items[0].start >= start && each.items[0].start < end,
  );
  if (ofBank.test(text.slice(start, start + bankEnds))) return true;
  const groups = run && groupsOf(text, run);
  if (groups === undefined) return run !== undefined;
  const [first = '', ...rest] = groups;
  const fours = rest.slice(0, -1).every(({ length }) => length === 4) && (rest.at(-1)?.length ?? 5) <= 4;
  return rest.length > 0 && first.length === 2 && fours;
}

/** Cuts IBANs, parts of one over several utterances, and answers to a question for one. */
export function accounts(text: string, raw: readonly Token[], before: Awaited, tails: boolean): Accounts {
  const named = raw.some((token) => hints(token, 'iban'));
  if (before === null && !named && !mayBegin(text, raw)) return { cuts: [], awaited: null };
  const tokens = withNames(withWeakDigits(text, raw));
  const runs = runsOf(text, tokens);
  const { cuts, begun } = ibans(text, tokens, runs);
  const topics = topicsBefore(tokens, runs.map(startOf));
  const isElse = (topic: Topic | undefined): boolean => topic === 'other' || topic === 'card' || topic === 'ssn';
  const bare = wordsOf(tokens) <= bareWordsMost && !tokens.some((token) => token.as === 'mark');
  const awaited = named || (before !== null && bare);
  const parts: Cut[] = begun
    .slice(0, begunMost)
    .filter(
      (each) =>
        !isElse(topicBefore(tokens, each.start)) &&
        (awaited || (tails && bare && each.count >= begunLeast && isGrouped(text, runs, each))),
    )
    .map(({ start, end }) => ({ start, end, kind: 'iban' }));
  // What was cut before has answered who asked.
  const answered = cuts.length > 0 || raw.some((token) => token.as === 'mark' && token.kind === 'iban');
  if (awaited && !answered)
    for (const [at, run] of runs.entries()) {
      if (run.rest || run.dated || isElse(topics[at]) || (before === null && topics[at] !== 'iban')) continue;
      if (new Lattice(run).digitsMost(answerLeast) < answerLeast) continue;
      parts.push({ start: startOf(run), end: endOf(run), kind: 'iban' });
    }
  const older = before === null || before >= awaitedMost ? null : before + 1;
  const otherwise = !named && tokens.some((token) => hints(token, 'other') || hints(token, 'card'));
  return {
    cuts: [...cuts, ...parts],
    awaited: answered || otherwise ? null : named || parts.length > 0 ? 1 : older,
  };
}
