import { AuditAct } from '@vox/contracts';
import { activeTraceparent } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Needs } from '../../dependencies.ts';
import { link } from '../decide/chain.ts';
import { traceIdOf, withPseudonyms } from './record-fact.ts';

type RecordNeeds = Pick<Needs, 'auditLog' | 'vault' | 'clock' | 'uuid'>;
type ActNeeds = RecordNeeds & Pick<Needs, 'authority'>;

/**
 * Records an act of compliance's own that no fact tells of: reading a transcript, an export, a refusal. Resolves once the log holds it, so whoever
 * hands out what was asked for calls this first; throws Fault UNAVAILABLE when it does not, and then nothing may be handed out.
 * The same `id` is recorded once; left out, each call is an act of its own.
 */
export async function recordAct(needs: RecordNeeds, act: AuditAct, id: string = needs.uuid()): Promise<void> {
  const { tenantId, actor, action, target, outcome, reason, requestId, details } = await withPseudonyms(
    needs,
    act.tenantId,
    AuditAct.parse(act),
  );
  const recorded = {
    factId: `act:${id}`,
    type: 'vox.audit.act.v1',
    source: 'compliance',
    subject: tenantId,
    time: needs.clock.now().toISOString(),
    ...{ actor, action, target, outcome, reason: reason ?? null, requestId: requestId ?? null },
    traceId: traceIdOf(activeTraceparent()),
    data: JSON.stringify(details ?? {}),
  };
  await needs.auditLog.append(tenantId, recorded.factId, (head) => link(tenantId, head, recorded, digest));
}

/**
 * Does a sensitive act if whoever asks may (Fault FORBIDDEN if not), and records it, done or refused, before its answer leaves: what cannot be
 * recorded is not answered. For an act that a fact tells of, record the refusal alone (`refusals`). The same `id` is recorded once.
 */
export async function recorded<R>(
  needs: ActNeeds,
  act: Omit<AuditAct, 'outcome'>,
  work: () => Promise<R>,
  { record = 'all', id }: Readonly<{ record?: 'all' | 'refusals'; id?: string }> = {},
): Promise<R> {
  const allowed = async (): Promise<R> => {
    if (!(await needs.authority.may(act))) throw new Fault('FORBIDDEN');
    return work();
  };
  const result = await allowed().catch(async (error: unknown) => {
    if (isRefusal(error))
      await recordAct(needs, { ...act, outcome: 'refused', details: { ...act.details, code: error.code } });
    throw error;
  });
  if (record === 'all') await recordAct(needs, { ...act, outcome: 'done' }, id);
  return result;
}

/** What broke is no refusal: it may be asked again. */
const isRefusal = (error: unknown): error is Fault =>
  error instanceof Fault && error.code !== 'UNAVAILABLE' && error.code !== 'INTERNAL';
