import { PolicyChanged, typeOf } from '@vox/contracts';
import { unrecorded } from './audit.ts';
import { type Books, type Finding, finding, type IdRange, note } from './books.ts';
import { budgetsOff } from './budgets.ts';
import { callsOff } from './calls.ts';
import { identifiersOff } from './identifiers.ts';
import { isOld, slotsOff } from './slots.ts';

/** Facts of calls that are held in memory at once: more are read in parts, each of which reads the stream once. A call takes about a kilobyte. */
const factsAtOnce = 400_000;
const placesMax = 0x10000;

/** Parts of all ids of sessions, as many as it takes to keep each small. */
export function partsOf(factCount: number, atOnce = factsAtOnce): readonly IdRange[] {
  const count = Math.min(Math.max(1, Math.ceil(factCount / atOnce)), placesMax);
  const border = (n: number): string | undefined =>
    n === 0 || n === count
      ? undefined
      : Math.floor((n * placesMax) / count)
          .toString(16)
          .padStart(4, '0');
  return Array.from({ length: count }, (_, n) => ({ after: border(n), before: border(n + 1) }));
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
  yield* identifiersOff(books);
  for await (const { tenantId, sinceMs } of books.auth.untold())
    if (isOld(sinceMs, books)) yield finding(`I4: a change of ${tenantId} was made and nobody was told of it`);
  for (const [consumer, messages] of books.behind)
    if (messages > 0) yield finding(`I4: ${consumer} is ${messages} messages behind`);
  for (const [what, cause] of books.deadLetters) yield note(`given up: ${what}: ${cause}`);
}
