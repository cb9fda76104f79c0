import { PolicyChanged, typeOf } from '@vox/shared/contracts';
import { unrecorded } from './audit.ts';
import { type Books, type Finding, finding, type IdRange, note } from './books.ts';
import { budgetsOff } from './budgets.ts';
import { callsOff } from './calls.ts';
import { isOld, slotsOff } from './slots.ts';

/** Facts of calls that are held in memory at once, in all: more are read in parts. A fact is some hundred bytes there. */
const factsAtOnce = 400_000;

/** Parts of all ids of sessions, few enough that each is small. */
export function partsOf(factCount: number, atOnce = factsAtOnce): readonly IdRange[] {
  let digits = 0;
  while (factCount / 16 ** digits > atOnce) digits += 1;
  if (digits === 0) return [{}];
  const firsts = Array.from({ length: 16 ** digits }, (_, n) => n.toString(16).padStart(digits, '0'));
  return firsts.map((first, n) => ({ after: n === 0 ? undefined : first, before: firsts[n + 1] }));
}

/** Names whatever breaks an invariant (design I1–I4). Nothing is what sound books give. Memory does not grow with the number of calls. */
export async function* verify(books: Books, atOnce = factsAtOnce): AsyncGenerator<Finding> {
  const changedAtMs = new Map<string, number>();
  for await (const { type, tenantId, atMs } of books.others())
    if (type === typeOf(PolicyChanged)) changedAtMs.set(tenantId, Math.max(atMs, changedAtMs.get(tenantId) ?? 0));
  yield* budgetsOff(books, changedAtMs);
  yield* slotsOff(books, changedAtMs);
  for (const part of partsOf(books.callCount, atOnce)) {
    yield* callsOff(books, part);
    yield* unrecorded(books, books.calls(part));
  }
  yield* unrecorded(books, books.others());
  for await (const { tenantId, sinceMs } of books.auth.untold())
    if (isOld(sinceMs, books)) yield finding(`I4: a change of ${tenantId} was made and nobody was told of it`);
  for (const [consumer, messages] of books.behind)
    if (messages > 0) yield finding(`I4: ${consumer} is ${messages} messages behind`);
  for (const [what, cause] of books.deadLetters) yield note(`given up: ${what}: ${cause}`);
}
