import { consumers } from '@vox/contracts';
import { type Finding, finding, graceMs, type Ledger, type PublishedFact } from './ledger.ts';

const batch = 500;
const auditors = Object.values(consumers).filter(({ service }) => service === 'compliance');

/** I4: every fact is an entry of its tenant's audit log, or a dead letter. */
export async function* unrecorded(ledger: Ledger, facts: AsyncIterable<PublishedFact>): AsyncGenerator<Finding> {
  let waiting: PublishedFact[] = [];
  for await (const fact of facts) {
    if (fact.atMs >= ledger.nowMs - graceMs) continue;
    waiting.push(fact);
    if (waiting.length < batch) continue;
    yield* missing(ledger, waiting);
    waiting = [];
  }
  yield* missing(ledger, waiting);
}

async function* missing({ compliance, deadLetters }: Ledger, facts: readonly PublishedFact[]): AsyncGenerator<Finding> {
  for (const [tenantId, ofTenant] of Map.groupBy(facts, (fact) => fact.tenantId))
    for (const { id, type, subjectName } of await compliance.unrecorded(tenantId, ofTenant))
      if (!auditors.some(({ name }) => deadLetters.has(`${name} ${subjectName}`)))
        yield finding(`I4: ${type} ${id} of ${tenantId} is not in the audit log`);
}
