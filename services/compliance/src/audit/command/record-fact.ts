import { type Fact, type FactKind, factKinds, typeOf } from '@vox/contracts';
import { digest } from '@vox/platform/crypto';
import type { Vault } from '../../vault/mod.ts';
import { actOf } from '../decide/act.ts';
import { link, type Recorded, traceIdOf } from '../decide/chain.ts';
import type { AuditLog } from '../keep/audit-log.ts';
import { usePseudonyms } from './use-pseudonyms.ts';

type PseudonymDependencies = Readonly<{ vault: Pick<Vault, 'blindIndex'> }>;
type RecordDependencies = PseudonymDependencies & Readonly<{ auditLog: Pick<AuditLog, 'append'> }>;

const kindsByType = new Map<string, FactKind>(factKinds.map((kind) => [typeOf(kind), kind]));

/** Appends a fact to its tenant's audit log, unless it must leave no entry. */
export async function recordFact(dependencies: RecordDependencies, fact: Fact): Promise<void> {
  const { tenantId } = fact.data as { tenantId: string };
  const recorded = await recordedOf(dependencies, fact);
  if (recorded === undefined) return;
  await dependencies.auditLog.append(tenantId, recorded.factId, (head) => link(tenantId, head, recorded, digest));
}

/** What a fact leaves in the log; `undefined` for a fact that must leave nothing. */
export async function recordedOf(dependencies: PseudonymDependencies, fact: Fact): Promise<Recorded | undefined> {
  const kind = kindsByType.get(fact.type);
  if (kind === undefined) throw new RangeError(`${fact.type} is no kind of fact`);
  const { tenantId } = fact.data as { tenantId: string };
  const { id, data } = await usePseudonyms(dependencies, tenantId, { id: fact.id, data: fact.data });
  const act = actOf(kind, { ...fact, data });
  if (act === 'unrecorded') return undefined;
  const { type, source, subject, time, traceparent } = fact;
  return {
    ...act,
    factId: id,
    type,
    source,
    subject,
    time,
    traceId: traceIdOf(traceparent),
    data: JSON.stringify(data),
  };
}
