import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { connectMongo, type MongoStore } from '@vox/platform/store';
import { systemClock } from '@vox/platform/time';
import { eventually, mongoServer } from '@vox/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { courierOnTwins } from '../courier/courier.fixture.ts';
import { smtpServer } from '../courier/mod.ts';
import { smtpOn } from '../courier/smtp.fixture.ts';
import { mongoCodes, mongoMails } from '../mongo.ts';
import { codesOnTwins } from './codes.fixture.ts';
import { sendCode } from './mod.ts';

const server = await mongoServer(process.env);
let store: MongoStore | undefined;
afterAll(async () => {
  await store?.db.dropDatabase().catch(() => undefined);
  await store?.close();
  await server?.stop();
}, 60_000);

const rounds = 150;
/** To look a member up takes so long here, and to find that there is none takes nothing: a leak would be plain. */
const lookUpMs = 25;

/**
 * How sure it is that two samples differ, in standard deviations (Mann and Whitney's U: it asks for no kind of
 * distribution, and outliers do not disturb it).
 */
function difference(one: readonly number[], other: readonly number[]): number {
  const all = [...one.map((ms) => ({ ms, isOne: true })), ...other.map((ms) => ({ ms, isOne: false }))];
  all.sort((a, b) => a.ms - b.ms);
  const ranks = all.reduce((sum, { isOne }, place) => sum + (isOne ? place + 1 : 0), 0);
  const [n, m] = [one.length, other.length];
  const u = ranks - (n * (n + 1)) / 2;
  return Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

/** How long each of two kinds of address waits, asked for in turn. */
async function timed(ask: (email: string) => Promise<unknown>): Promise<number> {
  const waits: Record<'member' | 'stranger', number[]> = { member: [], stranger: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const kind of round % 2 === 0 ? (['member', 'stranger'] as const) : (['stranger', 'member'] as const)) {
      const startedMs = performance.now();
      await ask(`${kind}-${randomUUID()}@example.com`);
      waits[kind].push(performance.now() - startedMs);
    }
  return difference(waits.member, waits.stranger);
}

describe.skipIf(server === undefined)('who asks for a code', () => {
  it('learns nothing of whether the address is a member’s: the answer takes as long, and looks the same', async () => {
    const options = { uri: server?.url ?? '', database: `vox_test_${randomUUID().slice(0, 8)}`, appName: 'test' };
    store = await eventually(() => connectMongo(options));
    const mails = await mongoMails(store);
    const smtp = await smtpOn();
    const mailServer = smtpServer({ url: smtp.url, from: 'vox@mail.example', isPlain: true });
    const isMember = async (address: string) => {
      if (!address.startsWith('member')) return undefined;
      await pause(lookUpMs);
      return { tenantId: 'acme' };
    };
    const courier = courierOnTwins({ mails, mailServer, isMember, clock: systemClock }).start();
    const codes = { ...codesOnTwins({ mails, codes: await mongoCodes(store) }), clock: systemClock };
    const dependencies = { ...codes, wakeCourier: courier.wake };
    const shapes = new Set<string>();
    const ask = async (email: string): Promise<void> => {
      const answer = await sendCode(dependencies, { email, purpose: 'login' });
      shapes.add(JSON.stringify({ ...answer, challengeToken: answer.challengeToken.length }));
    };
    expect(await timed(ask)).toBeLessThan(4);
    expect(shapes.size).toBe(1);
    await expect.poll(() => mails.keys(1), { timeout: 20_000 }).toEqual([]);
    expect(smtp.arrived).toHaveLength(rounds);
    await courier.stop();
    // The same measure sees a leak where there is one.
    const leaking = async (email: string): Promise<void> => {
      if (email.startsWith('member')) await pause(4 * lookUpMs);
      await ask(email);
    };
    expect(await timed(leaking)).toBeGreaterThan(4);
    await smtp.close();
  }, 120_000);
});
