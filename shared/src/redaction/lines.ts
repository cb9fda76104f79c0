import { type Carry, carried, type Memory, nextTopic, remembered, roleOf } from './carry.ts';
import { type Topic, topicBefore } from './cues.ts';
import { type Cut, united } from './cut.ts';
import { follow } from './follow.ts';
import { ibans } from './iban.ts';
import { lex, type Token } from './lex.ts';
import { type Nearby, near } from './near.ts';
import type { RedactionPolicy } from './policy.ts';
import { runsOf, wordsOf } from './run.ts';
import { ssns } from './ssn.ts';
import { continuing, undecided } from './undecided.ts';

export type Line = Readonly<{ role: string; text: string }>;
/** What is cut from each line, and what the next batch must know. */
export type Listened = Readonly<{ cuts: readonly (readonly Cut[])[]; carry: Carry }>;
type Heard = { text: string; tokens: readonly Token[]; cuts: Cut[] };

/** Tokens with marks where something is cut, as if what is left were read anew. */
function masked(tokens: readonly Token[], cuts: readonly Cut[]): readonly Token[] {
  if (cuts.length === 0) return tokens;
  const found: Token[] = [];
  const marks = united(cuts).map(({ start, end, kind }): Token => {
    return { as: 'mark', start, end, kind: kind === 'card-part' ? 'card' : kind };
  });
  let at = 0;
  for (const token of tokens) {
    for (let mark = marks[at]; mark !== undefined && mark.end <= token.start; mark = marks[at]) {
      found.push(mark);
      at += 1;
    }
    const mark = marks[at];
    if (mark === undefined || token.end <= mark.start) found.push(token);
  }
  return [...found, ...marks.slice(at)];
}

/** Cards that end in a line, with their parts in earlier ones, and what may begin one. */
function hearCards(memory: Memory, heard: readonly Heard[], message: number, role: string, tails: boolean): Memory {
  const { text, tokens, cuts } = heard[message] as Heard;
  const runs = runsOf(text, tokens);
  const sealed = tokens.findLast((token) => token.as !== 'word')?.as === 'mark';
  const found = follow(memory.opens, { message, role: roleOf(role), runs, sealed, words: wordsOf(tokens) });
  for (const { message: at, start, end, lastFour } of found.cuts)
    heard[at]?.cuts.push({ start, end, kind: 'card', lastFour });
  for (const { start, end } of found.lost) cuts.push({ start, end, kind: 'card-part' });
  const said = { message, text, tokens, topic: memory.topic?.is };
  if (tails)
    for (const { start, end } of [
      ...undecided(found.opens, said),
      ...(memory.unheard > 0 ? continuing(runs, said) : []),
    ])
      cuts.push({ start, end, kind: 'card-part' });
  return {
    opens: found.opens,
    topic: nextTopic(memory.topic, topicBefore(tokens)),
    nearby: memory.nearby,
    unheard: Math.max(0, memory.unheard - (runs.length > 0 ? 1 : 0)),
  };
}

/** Account and social security numbers, and what belongs to a card that was cut. */
function hearRest(
  { text, tokens, cuts }: Heard,
  topic: Topic | undefined,
  nearby: Nearby,
  policy: RedactionPolicy,
): Nearby {
  const cleared = masked(tokens, cuts);
  const secrets = policy.ssn ? ssns(text, cleared, runsOf(text, cleared)) : [];
  const left = masked(cleared, secrets);
  const found = near({ tokens: left, runs: runsOf(text, left), topic }, nearby);
  cuts.push(...secrets, ...found.cuts);
  return found.nearby;
}

/**
 * Hears lines one after the other. What is decided about a line rests on it and those before it, but for one thing: when
 * a card becomes whole, its parts in earlier lines of the batch are cut too. `tails` cuts what may only have begun.
 */
export function hear(carry: Carry, lines: readonly Line[], policy: RedactionPolicy, tails: boolean): Listened {
  const heard = lines.map(({ text }): Heard => {
    const cuts = policy.iban ? ibans(text) : [];
    return { text, tokens: masked(lex(text), cuts), cuts };
  });
  let memory = remembered(carry);
  const topics: (Topic | undefined)[] = [];
  for (const [message, { role }] of lines.entries()) {
    topics.push(memory.topic?.is);
    memory = hearCards(memory, heard, message, role, tails);
  }
  let { nearby } = memory;
  for (const [message, line] of heard.entries()) nearby = hearRest(line, topics[message], nearby, policy);
  return { cuts: heard.map(({ cuts }) => united(cuts)), carry: carried({ ...memory, nearby }) };
}
