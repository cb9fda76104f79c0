import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { callOf, providerOf, startBrokered } from './brokered.ts';
import { type Answer, arm, balance, crashing, serviceNamed, shopOn, testStack, times, wide } from './harness.ts';

const { isOpen, stack } = await testStack({ env: crashing });
const provider = isOpen ? await providerOf(stack) : (undefined as never);

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
    const since = new Date().toISOString();
    const shop = await shopOn(stack, wide);
    const armed = arm(serviceNamed(stack, 'session-broker-1'), point);
    const granted: Answer[] = [];
    for (let round = 0; round < 6 && !armed.exited(); round += 1) {
      const answers = (await times(6, () => startBrokered(shop))).filter(({ status }) => status === 200);
      granted.push(...answers);
      for (const answer of answers) await provider.respond(callOf(answer));
      for (const answer of answers.slice(0, 3)) await shop.say('/api/session/end', answer);
    }
    await expect.poll(() => armed.exited(), { timeout: 10_000 }).toBe(true);
    // Within five seconds of the kill another copy watches every call that goes on and whose answer somebody has.
    const answered = new Set(granted.map(callOf));
    const unwatched = async () => {
      const going = (await provider.open(since)).filter(({ id }) => answered.has(id));
      const heard = await Promise.all(going.map(({ id }) => provider.sidebands(id)));
      return going.filter((_call, at) => heard[at] === 0);
    };
    await expect.poll(unwatched, { timeout: 6_000, interval: 200 }).toEqual([]);
    for (const { id } of await provider.open(since)) if (answered.has(id)) await provider.respond(id);
    await stack.restart('session-broker-1');
    await Promise.all(granted.map((answer) => shop.say('/api/session/end', answer)));
    // Every call of which we ever knew the name is hung up, those too that became nobody's.
    const left = async () => (await provider.open(since)).filter(({ id }) => answered.has(id)).length;
    await expect.poll(left, { timeout: 30_000, interval: 500 }).toBe(0);
    await balance(stack, 60_000);
    await provider.sameBooks(shop, granted, since);
  });
});

describe.skipIf(!isOpen)('brokered calls', () => {
  it('are lost by none when every broker is stopped in its turn, and no response goes uncounted', async () => {
    const since = new Date().toISOString();
    const shop = await shopOn(stack, wide);
    const granted = await times(10, () => startBrokered(shop));
    let isOver = false;
    const talking = (async () => {
      while (!isOver) {
        for (const answer of granted) await provider.respond(callOf(answer));
        await pause(200);
      }
    })();
    for (const name of ['session-broker-1', 'session-broker-2']) await stack.restart(name);
    isOver = true;
    await talking;
    const states = await Promise.all(granted.map((answer) => shop.say('/api/heartbeat', answer)));
    expect(states.map(({ status }) => status)).toEqual(granted.map(() => 200));
    await Promise.all(granted.map((answer) => shop.say('/api/session/end', answer)));
    await balance(stack, 60_000);
    await provider.sameBooks(shop, granted, since);
  });
  it('of a broker that hangs are watched by another within fifteen seconds, and nothing counts twice', async () => {
    const since = new Date().toISOString();
    const shop = await shopOn(stack, wide);
    const granted = await times(6, () => startBrokered(shop));
    const talk = async () => {
      for (const answer of granted) await provider.respond(callOf(answer));
    };
    const hung = serviceNamed(stack, 'session-broker-1');
    hung.kill('SIGSTOP');
    await pause(8_000);
    await talk();
    hung.kill('SIGCONT');
    await talk();
    await Promise.all(granted.map((answer) => shop.say('/api/session/end', answer)));
    await balance(stack, 60_000);
    await provider.sameBooks(shop, granted, since);
  });
});
