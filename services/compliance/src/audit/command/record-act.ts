import { AuditAct } from '@vox/contracts';
import { activeTraceparent } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { Vault } from '../../vault/mod.ts';
import { link, traceIdOf } from '../decide/chain.ts';
import type { AuditLog } from '../keep/audit-log.ts';
import { usePseudonyms } from './use-pseudonyms.ts';

/** What it takes to record an act. */
export type RecordDependencies = Readonly<{
  auditLog: Pick<AuditLog, 'append'>;
  vault: Pick<Vault, 'blindIndex'>;
  clock: Clock;
  uuid: () => string;
}>;

/** What it takes to do an act that is recorded. */
export type ActDependencies = RecordDependencies;

/**
 * Records an act of compliance's own that no fact tells of: reading a transcript, an export, a refusal. Resolves once
 * the log holds it, so whoever hands out what was asked for calls this first. Throws Fault UNAVAILABLE when the log
 * does not hold it, and then nothing may be handed out. The same `id` is recorded once; left out, each call is an act
 * of its own.
 */
export async function recordAct(
  dependencies: RecordDependencies,
  act: AuditAct,
  id: string = dependencies.uuid(),
): Promise<void> {
  const impersonal = await usePseudonyms(dependencies, act.tenantId, AuditAct.parse(act));
  const { tenantId, actor, action, target, outcome, reason, requestId, details } = impersonal;
  const recorded = {
    factId: `act:${id}`,
    type: 'vox.audit.act.v1',
    source: 'compliance',
    subject: tenantId,
    time: dependencies.clock.now().toISOString(),
    ...{ actor, action, target, outcome, reason: reason ?? null, requestId: requestId ?? null },
    traceId: traceIdOf(activeTraceparent()),
    data: JSON.stringify(details ?? {}),
  };
  await dependencies.auditLog.append(tenantId, recorded.factId, (head) => link(tenantId, head, recorded, digest));
}

/**
 * Does a sensitive act and records it, done or refused, before its answer leaves: what cannot be recorded is not
 * answered. For an act that a fact tells of, record the refusal alone (`refusals`). The same `id` is recorded once.
 */
export async function recorded<R>(
  dependencies: ActDependencies,
  act: Omit<AuditAct, 'outcome'>,
  work: () => Promise<R>,
  { record = 'all', id }: Readonly<{ record?: 'all' | 'refusals'; id?: string }> = {},
): Promise<R> {
  const result = await work().catch(async (error: unknown) => {
    if (isRefusal(error)) {
      const details = { ...act.details, code: error.code };
      await recordAct(dependencies, { ...act, outcome: 'refused', details });
    }
    throw error;
  });
  if (record === 'all') await recordAct(dependencies, { ...act, outcome: 'done' }, id);
  return result;
}

/** What broke is no refusal: it may be asked again. */
const isRefusal = (error: unknown): error is Fault =>
  error instanceof Fault && error.code !== 'UNAVAILABLE' && error.code !== 'INTERNAL';
