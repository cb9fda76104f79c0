import { randomBytes, randomUUID } from 'node:crypto';
import { memoryBus } from '@vox/platform/bus';
import { unseal } from '@vox/platform/crypto';
import { derivedHashKeys } from '@vox/platform/hash-keys';
import { stoppedClock } from '@vox/platform/time';
import type { Mails } from '../courier/keep.ts';
import { memoryCodes, memoryMails } from '../memory.ts';
import type { Codes } from './keep.ts';
import { type SendCode, sendCode, type VerifyCode, verifyCode } from './mod.ts';

export const ann = 'ann@example.com';
const sealKey = Buffer.alloc(32, 1);
const pepper = Buffer.alloc(32, 2);

type Amendments = Readonly<{
  codes?: Codes;
  mails?: Mails;
  codePeppers?: readonly [Uint8Array, ...Uint8Array[]];
  sendsPerHour?: number;
}>;

/** Codes in a test: a stopped clock, stores in memory or those given, and a look at what was mailed. */
export function codesOnTwins({
  codes = memoryCodes(),
  mails = memoryMails(),
  codePeppers = [pepper],
  sendsPerHour = 3,
}: Amendments = {}) {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock });
  let woken = 0;
  const dependencies = {
    hashKeys: derivedHashKeys(sealKey, ['code-addresses']),
    ...{ bus, codes, mails, sealKey, codePeppers, clock, uuid: randomUUID, random: randomBytes },
    codeRules: { lifeSeconds: 600, sendsPerHour, triesMax: 5 },
    wakeCourier: () => {
      woken += 1;
    },
  };
  /** What waits in the queue, as the courier reads it. */
  async function queued(): Promise<readonly Readonly<{ id: string; to: string; code: string }>[]> {
    const all = await mails.all(100);
    return all.map(({ key, state }) => {
      const { to, content } = JSON.parse(unseal(sealKey, `mail:${key}`, state.sealed) ?? '{}');
      return { id: key, to, code: content.values.code };
    });
  }
  return {
    ...dependencies,
    woken: () => woken,
    queued,
    async send(over: Partial<SendCode> = {}) {
      const known = new Set((await queued()).map(({ id }) => id));
      const answer = await sendCode(dependencies, { email: ann, purpose: 'login', ...over });
      const code = (await queued()).find(({ id }) => !known.has(id))?.code ?? '';
      return { ...answer, code };
    },
    verify: (given: Pick<VerifyCode, 'code' | 'challengeToken'> & Partial<VerifyCode>) =>
      verifyCode(dependencies, { email: ann, purpose: 'login', ...given }),
    locks: () => bus.published().filter(({ type }) => type.startsWith('vox.identity.codes-locked')),
  };
}

export type CodesOnTwins = ReturnType<typeof codesOnTwins>;

/** A code that is not this one. */
export const wrong = (code: string, by = 1): string => String((Number(code) + by) % 1_000_000).padStart(6, '0');

/** Peppers that count how many codes are compared under them. */
export function countingPeppers() {
  let compared = 0;
  const peppers: [Uint8Array] = [pepper];
  const codePeppers = new Proxy(peppers, {
    get(target, name) {
      if (name === 'map') compared += 1;
      return Reflect.get(target, name);
    },
  });
  return { codePeppers, compared: () => compared };
}
