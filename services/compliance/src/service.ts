import { consumers, ListReceiptKeys, RewrapKeys, VerifyAudit } from '@vox/shared/contracts';
import { operatorsOnly } from './accept/authority.ts';
import { keyRing } from './accept/key-ring.ts';
import type { Needs } from './accept/needs.ts';
import { onFact } from './accept/on-fact.ts';
import { openReceipts } from './accept/receipts.ts';
import { answerReceiptKeys, answerRewrap } from './accept/rewrap.ts';
import { vault } from './accept/vault.ts';
import { answerVerify } from './accept/verify.ts';

export type ComplianceOptions = Omit<Needs, 'ring' | 'vault' | 'receipts' | 'authority'> &
  Partial<Pick<Needs, 'authority'>>;

/** Wires the rooms of compliance. It opens nothing itself. */
export async function startCompliance(options: ComplianceOptions): Promise<{ stop: () => Promise<void> }> {
  const { bus } = options;
  const ring = keyRing(options);
  const needs: Needs = {
    authority: operatorsOnly,
    ...options,
    ring,
    vault: vault(ring, options),
    receipts: await openReceipts(ring, options),
  };
  const running = [
    await bus.consume(consumers.auditCalls, onFact(needs)),
    await bus.consume(consumers.auditTrust, onFact(needs)),
    await bus.consume(consumers.auditPrivacy, onFact(needs)),
    await bus.answer(VerifyAudit, answerVerify(needs)),
    await bus.answer(RewrapKeys, answerRewrap(needs)),
    await bus.answer(ListReceiptKeys, answerReceiptKeys(needs)),
  ];
  return {
    async stop() {
      for (const each of running.reverse()) await each.stop();
    },
  };
}
