import { hints, topicBefore } from './cues.ts';
import type { Cut } from './cut.ts';
import { groupsOf } from './groups.ts';
import { type Begun, ibans, mayBegin } from './iban.ts';
import type { Token } from './lex.ts';
import { withNames } from './naming.ts';
import { endOf, type Run, runsOf, startOf, wordsOf } from './run.ts';
import { Lattice } from './walk.ts';

/** Utterances for which a question for an account, or the beginning of one, waits for digits; and words that such an utterance may have. */
export const awaitedMost = 5;
const bareWordsMost = 4;
/** Signs that may begin an account without a word of it, and digits that answer who asked for one. */
const [begunLeast, answerLeast] = [8, 2];

/** How many utterances ago an account was asked for or begun; `null` for never or too long. */
type Awaited = number | null;
export type Accounts = Readonly<{ cuts: readonly Cut[]; awaited: Awaited }>;

/** Written as IBANs are: the check digits, and fours. */
function isGrouped(text: string, runs: readonly Run[], { start, end }: Begun): boolean {
  const run = runs.find(
    (each) => each.items[0] !== undefined && each.items[0].start >= start && each.items[0].start < end,
  );
  const groups = run && groupsOf(text, run);
  if (groups === undefined) return run !== undefined;
  const [first = '', ...rest] = groups;
  const fours = rest.slice(0, -1).every(({ length }) => length === 4) && (rest.at(-1)?.length ?? 5) <= 4;
  return rest.length > 0 && first.length === 2 && fours;
}

/** IBANs, the parts of one over several utterances, and what is said when somebody asks for one. */
export function accounts(text: string, raw: readonly Token[], before: Awaited, tails: boolean): Accounts {
  const named = raw.some((token) => hints(token, 'iban'));
  if (before === null && !named && !mayBegin(text, raw)) return { cuts: [], awaited: null };
  const tokens = withNames(raw);
  const runs = runsOf(text, tokens);
  const { cuts, begun } = ibans(text, tokens, runs);
  const free = runs.filter((run) => !run.rest && !cuts.some((cut) => cut.start < endOf(run) && startOf(run) < cut.end));
  const ofElse = (start: number): boolean => ['other', 'card', 'ssn'].includes(topicBefore(tokens, start) ?? '');
  const bare = wordsOf(tokens) <= bareWordsMost && !tokens.some((token) => token.as === 'mark');
  const awaited = named || (before !== null && bare);
  const parts: Cut[] = begun
    .filter(
      (each) =>
        !ofElse(each.start) && (awaited || (tails && bare && each.count >= begunLeast && isGrouped(text, runs, each))),
    )
    .map(({ start, end }) => ({ start, end, kind: 'iban' }));
  if (awaited && cuts.length === 0)
    for (const run of free) {
      const start = startOf(run);
      const enough = new Lattice(run).digitsMost(answerLeast) >= answerLeast;
      if (enough && !run.dated && !ofElse(start) && (before !== null || topicBefore(tokens, start) === 'iban'))
        parts.push({ start, end: endOf(run), kind: 'iban' });
    }
  const older = before === null || before >= awaitedMost ? null : before + 1;
  const else_ = !named && tokens.some((token) => hints(token, 'other') || hints(token, 'card'));
  return {
    cuts: [...cuts, ...parts],
    awaited: cuts.length > 0 || else_ ? null : named || parts.length > 0 ? 1 : older,
  };
}
