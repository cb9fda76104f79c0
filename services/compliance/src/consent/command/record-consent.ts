import { ConsentReceipt, type RecordConsent } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { type CanonicalIdentifier, readSubject } from '@vox/platform/identifiers';
import type { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import type { Box } from '../../vault/command/vault.ts';
import { subjectCell } from '../../vault/keep/keys.ts';
import { type Consents, type Recorded, record, sameAnswer, told } from '../decide/consent.ts';
import { showWithdrawals, tellConsents } from '../publish/consent.ts';

type Asked = z.infer<(typeof RecordConsent)['request']>;
type Reply = z.input<(typeof RecordConsent)['reply']>;
type Whose = Readonly<{ tenantId: string; subjectId: string }>;

const place = (receiptId: string): string => `consent:${receiptId}`;

/** What is sealed of a record. */
export type Sealed = Readonly<{ receipt: string; visitorId: string }>;
export const openRecord = (box: Box, { receiptId, sealed }: Recorded): Sealed | undefined => {
  const text = box.open(place(receiptId), sealed);
  return text === undefined ? undefined : (JSON.parse(text) as Sealed);
};

/** Keeps what a visitor answered, and proves it with a receipt. What was taken back is refused at every door before the answer is out. */
export const answerConsent =
  (needs: Needs) =>
  async ({ tenantId, widgetKey, visitorId, choice, subject: said }: Asked): Promise<Reply> => {
    const { vault, consents } = needs;
    const named = said === undefined ? [] : namedAs(needs, tenantId, said);
    const { subject, box } = await vault.open(tenantId, { kind: 'visitor', form: visitorId });
    // A forgotten visitor is nobody any more: its page must begin anew.
    if (box === undefined) throw new Fault('AUTH_REQUIRED');
    const whose = { tenantId, subjectId: subject.subjectId };
    const answer = await signed(needs, box, { tenantId, widgetKey, visitorId, choice });
    const kept = await consents.update<Consents | 'full'>(subjectCell(tenantId, whose.subjectId), (now) => {
      const state = record(now ?? { ...whose, records: [] }, answer);
      return state === 'full' || state === now ? { result: state } : { result: state, state };
    });
    if (kept === 'full') throw new Fault('RATE_LIMIT_EXCEEDED', { scope: 'user' });
    if (named.length > 0) await vault.identify(tenantId, whose.subjectId, named);
    await tell(needs, whose, kept, visitorId);
    const stored = sameAnswer(kept, answer) ?? answer;
    const opened = openRecord(box, stored);
    if (opened === undefined) throw new Fault('INTERNAL', {}, { cause: new Error('a consent receipt does not open') });
    return { receiptId: stored.receiptId, receipt: opened.receipt, at: new Date(stored.atMs).toISOString() };
  };

async function signed(
  { receipts, uuid, clock }: Needs,
  box: Box,
  { tenantId, widgetKey, visitorId, choice }: Omit<Asked, 'subject'>,
): Promise<Recorded> {
  const receiptId = uuid();
  const receipt = await receipts.sign(ConsentReceipt, receiptId, { tenantId, widgetKey, visitorId, ...choice });
  const sealed: Sealed = { receipt, visitorId };
  return {
    receiptId,
    purpose: choice.purpose,
    version: choice.version,
    textHash: choice.textHash,
    method: choice.method,
    given: choice.given,
    atMs: clock.now().getTime(),
    sealed: box.seal(place(receiptId), JSON.stringify(sealed)),
    told: false,
  };
}

/** Who a visitor says it is. The door has read it by the tenant's policy; whoever else asks is refused all the same. */
function namedAs(needs: Needs, tenantId: string, said: NonNullable<Asked['subject']>): readonly CanonicalIdentifier[] {
  const { named, issues } = readSubject(said, needs.policies.get(tenantId)?.country ?? null);
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return named;
}

/** Shows the doors what stands withdrawn, tells the facts, and marks them told. A crash between is mended by the sweep. */
export async function tell(needs: Needs, whose: Whose, consents: Consents, visitorId: string): Promise<void> {
  const { tenantId, subjectId } = whose;
  // Whoever never took anything back stands at no door.
  if (consents.records.some(({ given }) => !given))
    await showWithdrawals(needs.bus, { tenantId, visitorId }, () =>
      needs.consents.read(subjectCell(tenantId, subjectId)),
    );
  const receiptIds = await tellConsents(needs.bus, consents);
  if (receiptIds.length === 0) return;
  // Should it come to nothing, the sweep tells again, and the second is a duplicate.
  await needs.consents.tryUpdate(subjectCell(tenantId, subjectId), (now) =>
    now === undefined ? {} : { state: told(now, receiptIds) },
  );
}
