import type { ReadExport } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
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
  const because = (message: string) => new Fault('NOT_FOUND', { issues: [{ path: 'privacyRequestId', message }] });
  if (request === undefined) return because('is no request of this tenant');
  if (request.kind !== 'export') return because('is an erasure: only an export has an archive');
  if (!isDone(request)) return because('is not done yet: its archive is still being made');
  return because(
    `has no archive any more: it was kept until ${archiveUntil(request)}, or until its person was erased; export anew`,
  );
}
