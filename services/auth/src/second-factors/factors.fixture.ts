import { randomBytes, randomUUID } from 'node:crypto';
import { memoryBus } from '@vox/platform/bus';
import { derivedHashKeys } from '@vox/platform/hash-keys';
import { memoryDocuments } from '@vox/platform/store';
import { stoppedClock } from '@vox/platform/time';
import { Secret, TOTP } from 'otpauth';
import { memoryMails } from '../memory.ts';
import { beginTotpEnrolment, confirmTotpEnrolment } from './command/enrol-totp.ts';
import { storedSecondFactors } from './keep.ts';

export const site = 'https://vox.example';
export const owner = { tenantId: 'acme', memberId: 'm_0123456789abcdefghijkl' };
/** A pending login, and a login that manages its own factors. */
export const pending = (ceremonyId = 'pending-1') => ({ ceremonyId, completes: true });
export const own = { ceremonyId: 'own', completes: false };

/** Second factors in a test: a store and a bus in memory, and a stopped clock. */
export function factorsOnTwins() {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock, retryMs: 1 });
  let isCrashing = false;
  const secondFactors = memoryDocuments(storedSecondFactors, {
    fault: (point) => {
      if (isCrashing && point === 'written') throw new Error('crash');
    },
  });
  const mails = memoryMails();
  const dependencies = {
    ...{ mails, wakeCourier: () => undefined },
    ...{ secondFactors, bus, clock, uuid: randomUUID, random: randomBytes },
    sealKey: Buffer.alloc(32, 1),
    hashKeys: derivedHashKeys(Buffer.alloc(32, 1), ['recovery-codes']),
    publicOrigins: new Set([site, 'https://other.example']),
    nameOfMember: async () => 'ann@acme.example',
    demandsFactor: async () => false,
  };
  const codeOf = (secret: string, aside = 0): string =>
    TOTP.generate({
      ...{ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 },
      timestamp: clock.now().getTime() + aside * 30_000,
    });
  return {
    ...dependencies,
    codeOf,
    crash(on: boolean): void {
      isCrashing = on;
    },
    /** Gives the member an app. Answers its secret and the recovery codes. One step of the clock passes. */
    async enrolApp() {
      const { secret, factorId } = await beginTotpEnrolment(dependencies, owner, own, 'telephone');
      const { recoveryCodes } = await confirmTotpEnrolment(dependencies, owner, own, codeOf(secret));
      clock.advanceMs(30_000);
      return { secret, factorId, recoveryCodes };
    },
    publishedTypes: (): string[] => bus.published().map(({ type }) => type.split('.').slice(2).join('.')),
  };
}
