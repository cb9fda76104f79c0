import type { RecordConsent } from '@vox/contracts';
import type { z } from 'zod';
import { type Countries, namedAs } from '../../vault/mod.ts';
import { type ConsentDependencies, recordConsent } from '../command/record-consent.ts';

type Asked = z.infer<(typeof RecordConsent)['request']>;
type Reply = z.input<(typeof RecordConsent)['reply']>;

/** Records what a visitor answered, and who it says it is. */
export const onConsentAnswered =
  (dependencies: ConsentDependencies & Countries) =>
  async ({ subject, ...answer }: Asked): Promise<Reply> => {
    const named = subject === undefined ? [] : namedAs(dependencies, answer.tenantId, subject);
    const { receiptId, receipt, atMs } = await recordConsent(dependencies, { ...answer, named });
    return { receiptId, receipt, at: new Date(atMs).toISOString() };
  };
