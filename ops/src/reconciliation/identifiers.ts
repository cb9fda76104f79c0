import { CheckIdentifiers } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import { type Finding, finding, type Ledger, note, type OddIdentifiers } from './ledger.ts';

const patience = { timeoutMs: 30_000 };

/** Asks compliance part by part: only compliance has the keys to decrypt identifiers. */
export const identifiersBy = (ask: Bus['ask']): Ledger['identifiers'] =>
  async function* (tenantId) {
    try {
      for (let after: string | undefined; ; ) {
        const { next, ...found }: OddIdentifiers & { next: string | null } = await ask(
          CheckIdentifiers,
          { tenantId, after },
          patience,
        );
        yield found;
        if (next === null) return;
        after = next;
      }
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      yield 'unanswered';
    }
  };

const why = {
  nobody: 'that names nobody: strangers may share it. Link the person again by a real identifier',
  outdated: 'that is not looked for under its index any more: the person is not found by it. Link it again',
} as const;

/** I5, I7: an identifier finds its person, and never two strangers. */
export async function* identifiersOff(ledger: Ledger): AsyncGenerator<Finding> {
  for (const tenantId of ledger.policies.keys())
    for await (const found of ledger.identifiers(tenantId)) {
      if (found === 'unanswered') {
        yield note(`compliance did not answer for the identifiers of ${tenantId}`);
        continue;
      }
      for (const { subjectId, kind, cause } of found.broken)
        yield finding(`I7: person ${subjectId} of ${tenantId} is linked by a ${kind} identifier ${why[cause]}`);
      for (const holdId of found.holdIds)
        yield finding(
          `I7: hold ${holdId} of ${tenantId} was placed by an identifier that strangers may share or nobody is found by. Place it again`,
        );
    }
}
