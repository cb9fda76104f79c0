import { type Carry, carried, type Memory, nextTopic, remembered, roleOf } from './carry.ts';
import { corrections } from './corrections.ts';
import { type Topic, topicAfter } from './cues.ts';
import { type Cut, united } from './cut.ts';
import { follow } from './follow.ts';
import { ibans } from './iban.ts';
import { lex, type Token } from './lex.ts';
import { masked } from './masked.ts';
import { type Nearby, near } from './near.ts';
import type { RedactionPolicy } from './policy.ts';
import { runsOf, wordsOf } from './run.ts';
import { ssns } from './ssn.ts';
import { continuing, misheard, undecided } from './undecided.ts';

export type Line = Readonly<{ role: string; text: string }>;
/** What is cut from each line, and what the next batch must know. */
export type Listened = Readonly<{ cuts: readonly (readonly Cut[])[]; carry: Carry }>;
type Heard = { text: string; tokens: readonly Token[]; cuts: Cut[] };

/** Cards that end in a line, with their parts in earlier ones, and what may begin one. `back` tells that earlier ones were cut. */
function hearCards(
  memory: Memory,
  heard: readonly Heard[],
  message: number,
  role: string,
  tails: boolean,
): { memory: Memory; back: boolean } {
  const { text, tokens, cuts } = heard[message] as Heard;
  const runs = runsOf(text, tokens);
  const sealed = tokens.findLast((token) => token.as !== 'word')?.as === 'mark';
  const words = wordsOf(tokens);
  const hasCard = tokens.some((token) => token.as === 'mark' && token.kind === 'card');
  const found = follow(memory.opens, { message, role: roleOf(role), runs, sealed, words });
  for (const { message: at, start, end, lastFour } of found.cuts)
    heard[at]?.cuts.push({ start, end, kind: 'card', lastFour });
  for (const { start, end } of found.lost) cuts.push({ start, end, kind: 'card-part' });
  const said = { message, text, tokens, runs, words, topic: memory.topic?.is };
  const parts = [
    ...misheard(runs, said),
    ...(tails
      ? [...undecided([...found.opens, ...found.left], said), ...continuing(runs, said, memory.unheard > 0)]
      : []),
  ];
  for (const { start, end } of parts) cuts.push({ start, end, kind: 'card-part' });
  const corrected = corrections(runs, said, cuts, memory.nearby.card === 1);
  for (const { start, end } of corrected) cuts.push({ start, end, kind: 'card-part' });
  const underWay = parts.length > 0 && found.cuts.length === 0 ? 'card' : undefined;
  const next = {
    opens: found.opens,
    topic: nextTopic(memory.topic, topicAfter(tokens) ?? underWay, found.cuts.length > 0 || hasCard),
    nearby: memory.nearby,
    unheard: Math.max(0, memory.unheard - (runs.length > 0 ? 1 : 0)),
  };
  return { memory: next, back: found.cuts.some(({ message: at }) => at < message) };
}

/** Account and social security numbers, and what belongs to a card that was cut. */
function hearRest(line: Heard, topic: Topic | undefined, nearby: Nearby, policy: RedactionPolicy): Nearby {
  const { text, tokens, cuts } = line;
  const cleared = masked(tokens, cuts);
  const runs = runsOf(text, cleared);
  const secrets = policy.ssn ? ssns(text, cleared, runs) : [];
  const left = masked(cleared, secrets);
  const found = near({ text, tokens: left, runs: secrets.length > 0 ? runsOf(text, left) : runs, topic }, nearby);
  cuts.push(...secrets, ...found.cuts);
  return found.nearby;
}

/**
 * Hears lines one after the other. What is decided about a line rests on it and those before it, and so does the carry,
 * however lines come in batches. One thing is added: when a card becomes whole, its parts in earlier lines of the batch
 * are cut too, and what belongs to it there. `tails` cuts what may only have begun.
 */
export function hear(carry: Carry, lines: readonly Line[], policy: RedactionPolicy, tails: boolean): Listened {
  const heard = lines.map(({ text }): Heard => {
    const cuts = policy.iban ? ibans(text) : [];
    return { text, tokens: lex(text, cuts), cuts };
  });
  let memory = remembered(carry);
  let cutBack = false;
  const topics: (Topic | undefined)[] = [];
  for (const [message, line] of heard.entries()) {
    topics.push(memory.topic?.is);
    const { memory: next, back } = hearCards(memory, heard, message, lines[message]?.role ?? '', tails);
    memory = { ...next, nearby: hearRest(line, topics[message], next.nearby, policy) };
    cutBack ||= back;
  }
  let { nearby } = carry;
  if (cutBack) for (const [message, line] of heard.entries()) nearby = hearRest(line, topics[message], nearby, policy);
  return { cuts: heard.map(({ cuts }) => united(cuts)), carry: carried(memory) };
}
