import { discrepancies } from './discrepancies.ts';
import type { Ledger } from './ledger.ts';
import { type LedgerSource, withLedger } from './open.ts';

/** What breaks an invariant, and what is worth a look. At most `mostShown` of each. */
export type Report = Readonly<{ findings: readonly string[]; notes: readonly string[]; facts: number }>;

const mostShown = 1_000;

export async function reportOn(ledger: Ledger): Promise<Report> {
  const shown = { finding: new Set<string>(), note: new Set<string>() };
  for await (const { kind, text } of discrepancies(ledger)) if (shown[kind].size < mostShown) shown[kind].add(text);
  return { findings: [...shown.finding], notes: [...shown.note], facts: ledger.callCount };
}

/** Reads the ledger of an installation once. While calls go on, a step may be half done: read twice and compare. */
export const reconcile = (source: LedgerSource): Promise<Report> => withLedger(source, reportOn);
