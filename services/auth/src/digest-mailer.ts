import { type QueueMailDependencies, queueMail } from './courier/mod.ts';
import type { DigestMail } from './refusal-digests/command/tell-digests.ts';
import { spanOf } from './refusal-digests/decide.ts';

/** Puts the digest of a week into the queue of mails. The same week again is the same mail. */
export const digestMailer =
  (dependencies: QueueMailDependencies) =>
  ({ id, tenantId, to, week, byCode }: DigestMail): Promise<void> => {
    const { fromMs, toMs } = spanOf(week);
    const values = {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      counts: Object.entries(byCode).map(([code, count]) => ({ code, count })),
    };
    return queueMail(dependencies, { id, to, tenantId, template: 'digest', values });
  };
