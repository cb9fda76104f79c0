import { LimitOverridden, PolicyChanged, typeOf } from '@vox/contracts';
import { unrecorded } from './audit.ts';
import { budgetsOff } from './budgets.ts';
import { callsOff } from './calls.ts';
import { identifiersOff } from './identifiers.ts';
import { type Finding, finding, type IdRange, type Ledger, note } from './ledger.ts';
import { isOld, slotsOff } from './slots.ts';

/** Facts of calls in memory at once. More are read in parts, each a reading of the stream. A call takes a kilobyte. */
const factsAtOnce = 400_000;
const placesMax = 0x10000;

/** Divides all session ids into parts that are small enough. */
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

/**
 * Names whatever breaks an invariant (I1–I4, I7 of docs/invariants.md). Its memory does not grow with the number of
 * calls.
 */
export async function* discrepancies(ledger: Ledger, atOnce = factsAtOnce): AsyncGenerator<Finding> {
  const changedAtMs = new Map<string, number>();
  const changed = (tenantId: string, atMs: number): void =>
    void changedAtMs.set(tenantId, Math.max(atMs, changedAtMs.get(tenantId) ?? 0));
  for await (const { type, tenantId, atMs } of ledger.others())
    if (type === typeOf(PolicyChanged) || type === typeOf(LimitOverridden)) changed(tenantId, atMs);
  // An override ends without a fact of its own.
  for (const { tenantId, overrides } of ledger.policies.values())
    for (const endMs of overrides.map(({ until }) => Date.parse(until)))
      if (endMs <= ledger.nowMs) changed(tenantId, endMs);
  yield* budgetsOff(ledger, changedAtMs);
  yield* slotsOff(ledger, changedAtMs);
  for (const part of partsOf(ledger.callCount, atOnce)) {
    yield* callsOff(ledger, part);
    yield* unrecorded(ledger, ledger.calls(part));
  }
  yield* unrecorded(ledger, ledger.others());
  yield* identifiersOff(ledger);
  for await (const { tenantId, sinceMs } of ledger.auth.unpublished())
    if (isOld(sinceMs, ledger)) yield finding(`I4: a change of ${tenantId} was made and nobody was told of it`);
  for (const [consumer, messages] of ledger.behind)
    if (messages > 0) yield finding(`I4: ${consumer} is ${messages} messages behind`);
  for (const [what, cause] of ledger.deadLetters) yield note(`given up: ${what}: ${cause}`);
}
