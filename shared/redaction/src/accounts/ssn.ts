import type { Cut } from '../cuts/cut.ts';
import { cutRuns } from '../cuts/cut-runs.ts';
import { endOf, type Run, startOf } from '../digits/run.ts';
import { spellings } from '../digits/spellings.ts';
import { Lattice } from '../digits/walk.ts';
import { wordsOf } from '../forms/runs.ts';
import { hints, topicsBefore } from '../tokens/cues.ts';
import type { Token } from '../tokens/token.ts';

const written = /^[0-9]{3}([ -])[0-9]{2}\1[0-9]{4}$/;
/** Brazil's CPF and Italy's codice fiscale in their printed form. */
const printed =
  /(?<![\p{L}\p{N}])(?:\d{3}\.\d{3}\.\d{3}-\d{2}|[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z])(?![\p{L}\p{N}])/giu;

/** Areas 000, 666 and 9xx, group 00 and serial 0000 are never given (20 CFR 422.103; SSA, “SSN Randomization”). */
const isGiven = (digits: string): boolean => /^(?!000|666|9)[0-9]{3}(?!00)[0-9]{2}(?!0000)[0-9]{4}$/.test(digits);

/** How many utterances a question waits for digits, and how many words such an utterance may have. */
export const awaitedMost = 5;
const bareWordsMost = 4;
/**
 * How many digits the shortest and the longest such number have (SSN and BSN nine, France's fifteen), and a part of
 * one.
 */
const [wholeLeast, wholeMost, partLeast] = [9, 15, 2];

/** How many utterances ago such a number was asked for or begun; `null` when never or too long ago. */
type Awaited = number | null;
export type Persons = Readonly<{ cuts: readonly Cut[]; awaited: Awaited }>;

const isShaped = (text: string, run: Run): boolean =>
  endOf(run) - startOf(run) === 11 &&
  written.test(text.slice(startOf(run), endOf(run))) &&
  spellings(run, 9).some((digits) => digits.length === 9 && isGiven(digits));

/** Numbers in their printed form, outside of cuts. Numbers and cuts are walked side by side. */
function printedIn(text: string, tokens: readonly Token[]): Cut[] {
  const marks = tokens.filter(({ as }) => as === 'mark');
  let at = 0;
  return Array.from(text.matchAll(printed), ({ index, 0: found }): Cut => {
    return { start: index, end: index + found.length, kind: 'ssn' };
  }).filter(({ start, end }) => {
    while ((marks[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    return (marks[at]?.start ?? Number.POSITIVE_INFINITY) >= end;
  });
}

const none: Persons = { cuts: [], awaited: null };

/**
 * Cuts numbers that the state gives a person: in their own shape, and any digits after somebody named or asked for one.
 */
export function ssns(text: string, tokens: readonly Token[], runs: readonly Run[], before: Awaited): Persons {
  const named = tokens.some((token) => hints(token, 'ssn'));
  if (runs.length === 0 && before === null && !named && !tokens.some(({ as }) => as === 'digits')) return none;
  const bare = wordsOf(tokens) <= bareWordsMost;
  const cuts = printedIn(text, tokens);
  const taken = cutRuns(runs, cuts);
  // What was cut before has answered who asked.
  let whole = cuts.length > 0 || tokens.some((token) => token.as === 'mark' && token.kind === 'ssn');
  const topics = topicsBefore(tokens, runs.map(startOf));
  for (const [at, run] of runs.entries()) {
    const topic = topics[at];
    const answers = (topic === 'ssn' || (before !== null && bare && topic === undefined)) && !run.dated && !run.rest;
    if (taken.has(run)) continue;
    const shaped = isShaped(text, run);
    if (!shaped && !answers) continue;
    const count = new Lattice(run).digitsMost(wholeMost + 1);
    if (!shaped && !(answers && count >= partLeast && count <= wholeMost)) continue;
    cuts.push({ start: startOf(run), end: endOf(run), kind: 'ssn' });
    whole ||= count >= wholeLeast;
  }
  const older = before === null || before >= awaitedMost ? null : before + 1;
  const otherwise = !named && tokens.some((token) => hints(token, 'other') || hints(token, 'card'));
  return { cuts, awaited: whole || otherwise ? null : named || cuts.length > 0 ? 1 : older };
}
