import { discrepancies } from './discrepancies.ts';
import type { Ledger } from './ledger.ts';
import { type LedgerSource, withLedger } from './open.ts';

/** What the ledger say: what breaks an invariant, and what is worth a look. No longer than `mostShown` each. */
export type Report = Readonly<{ findings: readonly string[]; notes: readonly string[]; facts: number }>;

const mostShown = 1_000;

export async function reportOn(ledger: Ledger): Promise<Report> {
  const shown = { finding: new Set<string>(), note: new Set<string>() };
  for await (const { kind, text } of discrepancies(ledger)) if (shown[kind].size < mostShown) shown[kind].add(text);
  return { findings: [...shown.finding], notes: [...shown.note], facts: ledger.callCount };
}

/** Reads an installation's ledger once. They are judged mildly for ten seconds, and at rest only while nobody works. */
export const reconcile = (source: LedgerSource): Promise<Report> => withLedger(source, reportOn);
