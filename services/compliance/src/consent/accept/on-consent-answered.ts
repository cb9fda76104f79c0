import type { RecordConsent } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type CanonicalIdentifier, readSubject } from '@vox/platform/identifiers';
import type { z } from 'zod';
import type { Countries } from '../../vault/mod.ts';
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

/** Who a visitor says it is. The door has read it by the tenant's policy; any other asker is refused all the same. */
function namedAs(
  { policies }: Countries,
  tenantId: string,
  said: NonNullable<Asked['subject']>,
): readonly CanonicalIdentifier[] {
  const { named, issues } = readSubject(said, policies.get(tenantId)?.country ?? null);
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return named;
}
