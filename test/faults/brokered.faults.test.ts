import { ReadUsage, readUsage } from '@vox/contracts';
import { countUsage } from '@vox/quota/ledger';
import { listPrices } from '@vox/quota/prices';
import { describe, expect, it } from 'vitest';
import { someOffer } from '../fuzz/known.ts';
import {
  type Answer,
  arm,
  balance,
  crashing,
  type Shop,
  serviceNamed,
  shopOn,
  testStack,
  times,
  wide,
} from './harness.ts';

const { isOpen, stack } = await testStack({ env: crashing });
const simulator = `${isOpen ? stack.simulatorUrl : ''}/simulator`;
const say = (path: string, method: string, body: object): Promise<Response> =>
  fetch(`${simulator}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
if (isOpen) {
  await say('/settings', 'PUT', { media: 'none' });
  await say('/conversation', 'PUT', { turnMs: 0 });
}

type Account = Readonly<{ id: string; openedAt: string; endedAt?: string; responses: readonly { usage: unknown }[] }>;
const accounts = async (): Promise<Account[]> =>
  ((await (await fetch(`${simulator}/books`)).json()) as { calls: Account[] }).calls;
const listening = async (id: string): Promise<number> =>
  ((await (await fetch(`${simulator}/calls/${id}`)).json()) as { sidebands?: number }).sidebands ?? 0;

const start = (shop: Shop): Promise<Answer> =>
  shop.post('/api/session', { widgetKey: shop.widgetKey, offer: someOffer });
const callOf = ({ body }: Answer): string => /rtc_[\w-]+/.exec(String(body.answer))?.[0] ?? '';

let responses = 0;
const usage = {
  ...{ total_tokens: 350, input_tokens: 150, output_tokens: 200 },
  input_token_details: {
    text_tokens: 100,
    audio_tokens: 50,
    cached_tokens: 30,
    cached_tokens_details: { text_tokens: 30 },
  },
  output_token_details: { text_tokens: 50, audio_tokens: 150 },
};
/** The agent answers in a call, and the provider bills it. */
async function respond(id: string): Promise<void> {
  responses += 1;
  const response = { id: `resp_${responses}`, status: 'completed', usage };
  await say(`/calls/${id}/events`, 'POST', { events: [{ type: 'response.done', response }] });
}

const price = listPrices.flatMap(({ models }) => models['gpt-realtime-2.1'] ?? [])[0] as never;
/** Whether our books say of a tenant's calls what the provider's say. */
async function sameBooks(shop: Shop, granted: readonly Answer[], from: string): Promise<void> {
  const own = new Set(granted.map(callOf));
  const billed = (await accounts()).filter(({ id, openedAt }) => own.has(id) && openedAt >= from);
  const micros = billed
    .flatMap((account) => account.responses)
    .reduce((sum, each) => sum + countUsage(price, readUsage(each.usage).usage).micros, 0);
  const [day = ''] = from.split('T');
  const asked = { tenantId: shop.tenantId, from: day, to: day, by: 'day' as const };
  const booked = async () => (await stack.operator.ask(ReadUsage, asked)).totals.micros;
  await expect.poll(booked, { timeout: 15_000, interval: 500 }).toBe(micros);
}

const steps = [
  ['before its call is made', 'write:leads/'],
  ['when its call is made and not written down', 'write:leads/#2'],
  ['when its sideband is open and its answer not sent', 'write:sessions/'],
  ['when its grant is published', 'publish:vox.session.granted.'],
  ['before its request is acknowledged', 'ack:session-broker-admissions'],
  ['in mid-call', 'publish:vox.usage.metered.#3'],
  ['when its end is written down', 'write:sessions/#9'],
  ['when its end is published', 'publish:vox.session.ended.'],
] as const;

describe.skipIf(!isOpen)('a brokered call whose broker is killed', () => {
  it.each(steps)('%s is neither free nor forgotten, and is booked as it is billed', async (_when, point) => {
    const from = new Date().toISOString();
    const shop = await shopOn(stack, wide);
    const armed = arm(serviceNamed(stack, 'session-broker-1'), point);
    const granted: Answer[] = [];
    for (let round = 0; round < 6 && !armed.exited(); round += 1) {
      const answers = (await times(6, () => start(shop))).filter(({ status }) => status === 200);
      granted.push(...answers);
      for (const answer of answers) await respond(callOf(answer));
      for (const answer of answers.slice(0, 3)) await shop.say('/api/session/end', answer);
    }
    await expect.poll(() => armed.exited(), { timeout: 10_000 }).toBe(true);
    // Another copy watches every call that goes on, within five seconds of the kill.
    const open = async () =>
      (await accounts()).filter(({ endedAt, openedAt }) => endedAt === undefined && openedAt >= from);
    const unwatched = async () => {
      const counts = await Promise.all((await open()).map(async ({ id }) => [id, await listening(id)] as const));
      return counts.filter(([, count]) => count === 0).map(([id]) => id);
    };
    await expect.poll(unwatched, { timeout: 6_000, interval: 200 }).toEqual([]);
    for (const { id } of await open()) await respond(id);
    await stack.restart('session-broker-1');
    await Promise.all(granted.map((answer) => shop.say('/api/session/end', answer)));
    // A call that became nobody's is hung up as well: no call is left at the provider.
    await expect.poll(async () => (await open()).length, { timeout: 30_000, interval: 500 }).toBe(0);
    await balance(stack, 60_000);
    await sameBooks(shop, granted, from);
  });
});

describe.skipIf(!isOpen)('brokered calls', () => {
  it('are lost by none when every broker is stopped in its turn, and no response goes uncounted', async () => {
    const from = new Date().toISOString();
    const shop = await shopOn(stack, wide);
    const granted = await times(10, () => start(shop));
    const ids = granted.map(callOf);
    let isOver = false;
    const talking = (async () => {
      while (!isOver) for (const id of ids) await respond(id);
    })();
    for (const name of ['session-broker-1', 'session-broker-2']) await stack.restart(name);
    isOver = true;
    await talking;
    const state = await Promise.all(granted.map((answer) => shop.say('/api/heartbeat', answer)));
    expect(state.map(({ status }) => status)).toEqual(granted.map(() => 200));
    await Promise.all(granted.map((answer) => shop.say('/api/session/end', answer)));
    await balance(stack, 60_000);
    await sameBooks(shop, granted, from);
  });
  it('of a broker that hangs are watched by another within fifteen seconds, and nothing counts twice', async () => {
    const from = new Date().toISOString();
    const shop = await shopOn(stack, wide);
    const granted = await times(6, () => start(shop));
    const hung = serviceNamed(stack, 'session-broker-1');
    hung.kill('SIGSTOP');
    await new Promise((resolve) => setTimeout(resolve, 6_000));
    for (const answer of granted) await respond(callOf(answer));
    hung.kill('SIGCONT');
    for (const answer of granted) await respond(callOf(answer));
    await Promise.all(granted.map((answer) => shop.say('/api/session/end', answer)));
    await balance(stack, 60_000);
    await sameBooks(shop, granted, from);
  });
});
