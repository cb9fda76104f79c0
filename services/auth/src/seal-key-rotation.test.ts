import { randomBytes, randomUUID } from 'node:crypto';
import { InviteMember, LeaseSigningKey, PutTenant, SendCode, SignIn } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import type { SealKeys } from '@vox/platform/crypto';
import { silentLog as log } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { afterAll, describe, expect, it } from 'vitest';
import { authSettings, draft } from './auth.fixture.ts';
import type { MailServer } from './courier/mod.ts';
import { from } from './members.fixture.ts';
import { memoryStores } from './memory.ts';
import { resealAll } from './reseal.ts';
import { startAuth } from './service.ts';

const [former, next] = [randomBytes(32), randomBytes(32)];
/** The steps of docs/rotation.md, as the settings of one copy after another. */
const steps: readonly SealKeys[] = [
  [former, next],
  [next, former],
];
const lanes = 4;
const yields = (count: number): Promise<void> =>
  count === 0 ? Promise.resolve() : new Promise<void>((resolve) => setImmediate(resolve)).then(() => yields(count - 1));

describe('a change of the seal key of auth under load', () => {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock, retryMs: 1 });
  const stores = memoryStores();
  const inbox = new Map<string, string>();
  const mailServer: MailServer = {
    address: 'here',
    async send({ to, text }) {
      const found = /#invitation=(\S+)/.exec(text)?.[1] ?? /\b(\d{3} ?\d{3})\b/.exec(text)?.[1];
      inbox.set(String(to), found ?? '');
      return 'sent';
    },
  };
  const start = (sealKey: SealKeys) =>
    startAuth({
      ...{ ...stores, ...authSettings, bus, sealKey, mailServer, clock, log, sweepMs: 5 },
      ...{ uuid: randomUUID, random: randomBytes },
    });
  const copies: Awaited<ReturnType<typeof start>>[] = [];
  afterAll(async () => {
    for (const copy of copies) await copy.stop();
    await bus.close();
  });
  async function restart(which: number, sealKey: SealKeys): Promise<void> {
    await copies[which]?.stop();
    copies[which] = await start(sealKey);
  }
  /** What came by mail last. The courier sends it in its own time. */
  async function mailTo(email: string): Promise<string> {
    await expect.poll(() => inbox.get(email), { timeout: 10_000, interval: 2 }).toBeTruthy();
    const found = inbox.get(email) ?? '';
    inbox.delete(email);
    return found;
  }
  async function signIn(email: string, over: object = {}) {
    const { challengeToken } = await bus.ask(SendCode, { purpose: 'login', email });
    return bus.ask(SignIn, { email, code: await mailTo(email), challengeToken, ...from, ...over });
  }

  it('refuses nobody who signs in and no signer, and afterwards the new key alone opens all that is kept', async () => {
    copies.push(await start(former), await start(former));
    await bus.ask(PutTenant, { draft, actor: 'test' });
    let isOver = false;
    let n = 0;
    const joined: string[] = [];
    async function lane(): Promise<void> {
      while (!isOver) {
        n += 1;
        const email = `member${n}@acme.example`;
        await bus.ask(InviteMember, { tenantId: 'acme', email, role: 'viewer', actor: 'operator:test' });
        expect(await signIn(email, { invitation: await mailTo(email) })).toMatchObject({ token: expect.any(String) });
        joined.push(email);
        await bus.ask(LeaseSigningKey.widget, {});
        await yields(n % 3);
      }
    }
    const working = Array.from({ length: lanes }, lane);
    for (const sealKey of steps)
      for (const which of [0, 1]) {
        const before = joined.length;
        await expect.poll(() => joined.length, { timeout: 20_000, interval: 5 }).toBeGreaterThan(before + 4);
        await restart(which, sealKey);
      }
    isOver = true;
    await Promise.all(working);
    const kept = { ...stores, sealKey: [next, former] } as const;
    await expect.poll(() => resealAll(kept), { timeout: 10_000 }).toBe(0);
    for (const which of [0, 1]) await restart(which, next);
    for (const email of joined.slice(0, 20)) expect(await signIn(email)).toMatchObject({ token: expect.any(String) });
    await bus.ask(LeaseSigningKey.session, {});
  }, 60_000);
});
