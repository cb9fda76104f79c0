import { mistakeSaid, type ReadExport } from '@vox/contracts';
import { Fault, issueAt, type Mistaken } from '@vox/platform/fault';
import type { z } from 'zod';
import { type ActDependencies, recorded } from '../../audit/mod.ts';
import { isDone } from '../decide/privacy-request.ts';
import { archiveUntil } from '../decide/request-view.ts';
import { archiveName, type PrivacyRequests, requestKey } from '../keep/privacy-requests.ts';
import { type ReadParts, readPart } from './store-in-parts.ts';

type Asked = z.infer<(typeof ReadExport)['request']>;
type Reply = z.input<(typeof ReadExport)['reply']>;
export type ReadArchive = ActDependencies & ReadParts & Readonly<{ privacyRequests: Pick<PrivacyRequests, 'read'> }>;

/** Hands the archive out part by part; its first part once the audit log says who takes it and why. */
export const readExport =
  (dependencies: ReadArchive) =>
  ({ part, privacyRequestId: requestId, ...acting }: Asked): Promise<Reply> => {
    const { tenantId } = acting;
    const act = { ...acting, action: 'export.read', target: `privacy-request:${requestId}` };
    return recorded(
      dependencies,
      act,
      async () => {
        const found = await readPart(dependencies, { tenantId, requestId }, archiveName, part).catch(notThere);
        if (found === undefined) throw await whyGone(dependencies, tenantId, requestId);
        return { bytes: found.text, parts: found.parts, sha256: found.sha256 };
      },
      { record: part === 0 ? 'all' : 'refusals' },
    );
  };

function notThere(error: unknown): undefined {
  if (!(error instanceof Fault) || error.code !== 'NOT_FOUND') throw error;
}

/**
 * Why a request has no archive to hand out: said, so that whoever asks knows whether to wait, to ask anew or to look
 * elsewhere.
 */
async function whyGone(
  { privacyRequests }: Pick<ReadArchive, 'privacyRequests'>,
  tenantId: string,
  requestId: string,
): Promise<Fault> {
  const request = await privacyRequests.read(requestKey(tenantId, requestId));
  const because = (said: Mistaken) => new Fault('NOT_FOUND', { issues: [issueAt('privacyRequestId', said)] });
  if (request === undefined) return because(mistakeSaid('no-request'));
  if (request.kind !== 'export') return because(mistakeSaid('no-archive-of-erasure'));
  if (!isDone(request)) return because(mistakeSaid('archive-in-making'));
  return because(mistakeSaid('archive-gone', { until: archiveUntil(request) ?? '' }));
}
