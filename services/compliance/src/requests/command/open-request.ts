import {
  ErasureReceipt,
  makeFact,
  type OpenPrivacyRequest,
  PrivacyRequestOpened,
  type PrivacyRequestView,
  type ReadExport,
  type ReplayErasures,
  type ShowPrivacyRequest,
  SubjectErased,
} from '@vox/contracts';
import { readReceipt } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { recorded } from '../../audit/mod.ts';
import type { Dependencies } from '../../dependencies.ts';
import { namedIn } from '../../vault/mod.ts';
import { dueMs } from '../decide/deadline.ts';
import { isDone, type PrivacyRequest } from '../decide/privacy-request.ts';
import { archiveUntil, iso, viewOf } from '../decide/request-view.ts';
import { requestKey } from '../keep/privacy-requests.ts';
import { eraseAgain } from './erase-person.ts';
import { archiveName } from './export-person.ts';
import { sealWhose } from './sealed-identity.ts';
import { readPart } from './store-in-parts.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Reply<Q extends { reply: z.ZodType }> = z.input<Q['reply']>;

/** Kept, then told; the work begins with the next sweep. */
export const answerOpen =
  (needs: Dependencies) =>
  (asked: Asked<typeof OpenPrivacyRequest>): Promise<Reply<typeof OpenPrivacyRequest>> => {
    const { tenantId, kind, law, actor, reason, requestId: under } = asked;
    const act = { tenantId, actor, reason, requestId: under, action: `subject.${kind}`, target: `tenant:${tenantId}` };
    return recorded(
      needs,
      act,
      async () => {
        const now = needs.clock.now();
        const requestId = asked.privacyRequestId ?? needs.uuid();
        const receivedAtMs = asked.receivedAt === undefined ? now.getTime() : Date.parse(asked.receivedAt);
        if (receivedAtMs > now.getTime())
          throw new Fault('INVALID_REQUEST', { issues: [{ path: 'receivedAt', message: 'is in the future' }] });
        const identifiers = [...namedIn(needs, tenantId, asked.identifiers)];
        const whose = { identifiers, visitorIds: [], userIds: [] };
        const born: PrivacyRequest = {
          ...{ tenantId, requestId, kind, law, actor, reason, receivedAtMs, dueAtMs: dueMs(law, receivedAtMs) },
          sealedWhose: await sealWhose(needs, { tenantId, requestId }, whose),
          ...{
            matches: null,
            subjectIds: [],
            sessionIds: [],
            openSessionIds: [],
            evidence: [],
            planned: null,
            holdId: null,
            receipt: null,
            lease: null,
          },
          ...{ told: { dueSoon: false, overdue: false }, nextMs: now.getTime() },
        };
        const request = await needs.privacyRequests.update<PrivacyRequest>(requestKey(tenantId, requestId), (known) =>
          known === undefined ? { result: born, state: born } : { result: known },
        );
        const head = { id: `request-opened:${requestId}`, source: 'compliance', at: new Date(request.receivedAtMs) };
        const told = { tenantId, privacyRequestId: requestId, kind: request.kind, law: request.law };
        await needs.bus.publish(
          PrivacyRequestOpened,
          makeFact(PrivacyRequestOpened, head, {
            ...told,
            dueAt: iso(request.dueAtMs),
            actor,
            reason,
            requestId: under,
          }),
        );
        return viewOf(request);
      },
      { record: 'refusals' },
    );
  };

export const answerShow =
  ({ privacyRequests }: Pick<Dependencies, 'privacyRequests'>) =>
  async ({ tenantId, privacyRequestId: requestId }: Asked<typeof ShowPrivacyRequest>): Promise<PrivacyRequestView> => {
    const request = await privacyRequests.read(requestKey(tenantId, requestId));
    if (request === undefined) throw new Fault('NOT_FOUND');
    return viewOf(request);
  };

/** Hands the archive out part by part; its first part once the audit log says who takes it and why. */
export const answerReadExport =
  (needs: Dependencies) =>
  ({ part, ...asked }: Asked<typeof ReadExport>): Promise<Reply<typeof ReadExport>> => {
    const { tenantId, privacyRequestId: requestId, actor, reason } = asked;
    const act = {
      tenantId,
      actor,
      reason,
      requestId: asked.requestId,
      action: 'export.read',
      target: `privacy-request:${requestId}`,
    };
    return recorded(
      needs,
      act,
      async () => {
        const found = await readPart(needs, { tenantId, requestId }, archiveName, part).catch(isNotThere);
        if (found === undefined) throw await whyGone(needs, tenantId, requestId);
        return { bytes: found.text, parts: found.parts, sha256: found.sha256 };
      },
      { record: part === 0 ? 'all' : 'refusals' },
    );
  };

function isNotThere(error: unknown): undefined {
  if (!(error instanceof Fault) || error.code !== 'NOT_FOUND') throw error;
}

/** Why a request has no archive to hand out: said, so that whoever asks knows whether to wait, to ask anew or to look elsewhere. */
async function whyGone({ privacyRequests }: Dependencies, tenantId: string, requestId: string): Promise<Fault> {
  const request = await privacyRequests.read(requestKey(tenantId, requestId));
  const because = (message: string) => new Fault('NOT_FOUND', { issues: [{ path: 'privacyRequestId', message }] });
  if (request === undefined) return because('is no request of this tenant');
  if (request.kind !== 'export') return because('is an erasure: only an export has an archive');
  if (!isDone(request)) return because('is not done yet: its archive is still being made');
  return because(
    `has no archive any more: it was kept until ${archiveUntil(request)}, or until its person was erased; export anew`,
  );
}

/** Erases again whom the stored receipts, or receipts that somebody kept, say was erased. Only what we signed counts. */
export const answerReplay =
  (needs: Dependencies) =>
  ({ receipts, ...asked }: Asked<typeof ReplayErasures>): Promise<Reply<typeof ReplayErasures>> => {
    const act = { ...asked, tenantId: '_platform' as const, action: 'erasures.replay', target: 'ledger:all' };
    return recorded(needs, act, async () => {
      const keys = await needs.receipts.keys();
      const find = (kid: string) => keys.find((key) => key.kid === kid);
      let [erasures, subjects] = [0, 0];
      for await (const text of receipts ?? erasedBefore(needs)) {
        const { says } = await readReceipt(ErasureReceipt, text, find);
        subjects += await eraseAgain(needs, says);
        erasures += 1;
      }
      return { erasures, subjects };
    });
  };

/** What stands in the store, and what the bus still holds besides: after a restore either may be behind. */
async function* erasedBefore({ erasures, bus }: Dependencies): AsyncIterable<string> {
  const seen = new Set<string>();
  for (let after: string | undefined; ; ) {
    const part = await erasures.all(100, after);
    for (const { key, state } of part) {
      seen.add(key);
      yield state.receipt;
    }
    after = part.at(-1)?.key;
    if (part.length < 100) break;
  }
  for await (const { data } of bus.history([SubjectErased], {}))
    if (!seen.has(requestKey(data.tenantId, data.privacyRequestId))) yield data.receipt;
}
