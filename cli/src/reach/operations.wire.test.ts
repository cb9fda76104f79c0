import { randomUUID } from 'node:crypto';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, nkeyAuthenticator } from '@nats-io/transport-node';
import {
  consumers,
  makeFact,
  Redeliver,
  type ServiceName,
  SessionEnded,
  ShowCopy,
  TranscriptAppended,
} from '@vox/contracts';
import { type Bus, natsBus, reject } from '@vox/platform/bus';
import { answerAsCopy, copyOf, stopsOf } from '@vox/platform/lifecycle';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { furnish, natsWithRights } from '@vox/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { voxCommand } from '../commands.ts';
import { exitCodeOf } from '../text/exit-code.ts';
import { sentencesOf } from '../text/sentences.ts';
import { reach } from './reach.ts';

// Every right is the one of the contracts: what a command needs and may not do fails here.
const server = await natsWithRights(process.env);
const { keys = {}, folder = '' } = server ?? {};
const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
  await server?.stop();
});
async function busOf(service: ServiceName): Promise<Bus> {
  const nkeySeed = keys[service]?.seed;
  const bus = await natsBus({ servers: [server?.url ?? ''], service, nkeySeed, clock, onThrow: () => undefined });
  closing.push(bus.close);
  return bus;
}

/** Runs `vox` with the nkey of the operator. `until` ends what is live. */
async function vox(args: readonly string[], until?: AbortSignal) {
  const env = { XDG_CONFIG_HOME: folder, NATS_URL: server?.url, NATS_NKEY_SEED: keys.operator?.seed };
  const reached = await reach(env, folder);
  const notes: string[] = [];
  let [said, printed, code]: [unknown, string, number] = [undefined, '', 0];
  const command = voxCommand({
    ...{ ask: reached.ask, view: async () => reached.view?.(), actor: 'operator:test', requestId: randomUUID() },
    ...{ say: (answer) => void (said = answer), note: (text) => void notes.push(text) },
    print: async (text) => void (printed += text),
    ...(until && { until: () => until }),
  });
  const sentences = await command.parseAsync([...args], { from: 'user' }).then(
    () => [],
    (error: unknown) => {
      code = exitCodeOf(error);
      return sentencesOf(error);
    },
  );
  await reached.close();
  return { said: said as readonly Record<string, unknown>[], printed: () => printed, notes, sentences, code };
}

const at = new Date();
const words = 'canary-words-5d1';
const sessionId = randomUUID();
const whose = { tenantId: 'acme', sessionId };
const ended = makeFact(
  SessionEnded,
  { id: `ended:${sessionId}`, source: 'session-broker', at },
  {
    ...whose,
    identity: { kind: 'widget', widgetKey: 'w_acme_site_0123456789abcdef', visitorId: `v_${'x'.repeat(22)}` },
    ...{ reason: 'client', grantedAt: at.toISOString(), endedAt: at.toISOString(), connectedSeconds: 0 },
  },
);
const said = makeFact(
  TranscriptAppended,
  { id: `transcript:${sessionId}:1`, source: 'edge-guard', at },
  { ...whose, messageId: 'm1', role: 'user', text: words, at: at.toISOString(), sequence: 0 },
);

describe.skipIf(!server?.owned)('vox, with the rights of the operator on a real bus,', () => {
  let [edge, broker, quota]: Bus[] = [];
  beforeAll(async () => {
    await furnish(server?.url ?? '', { nkeySeed: keys.bootstrap?.seed });
    [edge, broker, quota] = [await busOf('edge-guard'), await busOf('session-broker'), await busOf('quota')];
  });

  it('tails facts of all services, of what is said the header alone, and shows stored ones with their causes', async () => {
    const ending = new AbortController();
    const running = vox(['facts', 'tail', '--session', sessionId, '--from', '2026-01-01'], ending.signal);
    // It listens once the first fact that was stored before it began is shown.
    await broker?.publish(SessionEnded, ended);
    await edge?.publish(TranscriptAppended, said);
    const other = { ...said, id: `${said.id}0`, data: { ...said.data, messageId: 'm2' } };
    const tailing = setInterval(() => void edge?.publish(TranscriptAppended, { ...other, id: randomUUID() }), 100);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    clearInterval(tailing);
    ending.abort();
    const { printed, sentences } = await running;
    expect(sentences).toEqual([]);
    expect(printed().match(/session\.ended /g)).toHaveLength(1);
    expect(printed()).toMatch(new RegExp(`transcript\\.appended +acme ${sessionId} {2}\\(header alone; \\d+ bytes\\)`));
    expect(printed()).not.toContain(words);
    const shown = await vox([
      'facts',
      'show',
      '--tenant',
      'acme',
      '--kind',
      'session.ended',
      '--json',
      '--follow-causes',
    ]);
    expect(JSON.parse(shown.printed())).toMatchObject({ id: ended.id, data: { reason: 'client' }, causes: [] });
  }, 20_000);
  it('shows how full the streams are, and how far behind consumers are, with the age of what waits', async () => {
    const streams = (await vox(['streams'])).said;
    for (const [stream, messages] of [
      ['VOX_CALLS', 1],
      ['VOX_TRANSCRIPTS', expect.any(Number)],
      ['VOX_DEAD', 0],
    ] as const)
      expect(streams.find((each) => each.stream === stream)).toMatchObject({ messages, bytesMax: expect.any(Number) });
    const { said: lag } = await vox(['lag', '--service', 'quota']);
    expect(lag[0]).toMatchObject({ consumer: 'quota-ends', waiting: 1, oldestAt: expect.stringMatching(/^20/) });
  });
  it('shows a dead letter, which its own service reads and hears again, and only compliance erases', async () => {
    let isMended = false;
    const seen: number[] = [];
    await quota?.consume(consumers.quotaEnds, async (_fact, { deliveries }) => {
      seen.push(deliveries);
      return isMended ? 'ack' : reject('data: broken');
    });
    await quota?.answer(Redeliver.quota, ({ letter }) => (quota as Bus).redeliver(letter));
    const list = () => vox(['dead', 'list', '--consumer', 'quota-ends']);
    await vi.waitFor(async () => expect((await list()).said).toHaveLength(1), { timeout: 5_000 });
    const place = Number((await list()).said[0]?.letter);
    expect((await vox(['dead', 'show', String(place)])).said).toMatchObject({
      sessionId,
      fact: { data: { reason: 'client' } },
    });
    isMended = true;
    const compliance = await busOf('compliance');
    expect(await compliance.ask(Redeliver.quota, { letter: place })).toEqual({ outcome: 'done' });
    expect(seen).toEqual([1, 2]);
    await expect(quota?.dropLetter(place)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect([await compliance.dropLetter(place), await compliance.dropLetter(place)]).toEqual([true, false]);
    expect((await list()).said).toEqual([]);
  }, 20_000);
  it('drains the copies that are named and no other, waits until they are done, and says who did it', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    const copies = [];
    for (const pid of [1, 2]) {
      const stops = stopsOf(silentLog);
      const copy = copyOf(pid, at, silentLog, stops);
      copy.stays();
      await answerAsCopy('quota', pid === 1 ? (quota as Bus) : await busOf('quota'), copy);
      stops.push(() => (pid === 1 ? Promise.resolve() : released));
      copy.opened();
      copies.push(copy);
    }
    const [first, second] = copies;
    const drain = (...args: string[]) => vox(['drain', 'quota', '--reason', 'a new machine', ...args]);
    const unnamed = await drain();
    expect([unnamed.code, unnamed.sentences.join()]).toEqual([
      2,
      expect.stringMatching(
        /^drain needs one of: --copy, --all; these copies answer: \S+:1 \(working\), \S+:2 \(working\)\.$/,
      ),
    ]);
    expect((await drain('--copy', 'nobody')).sentences.join()).toMatch(
      /^--copy must be one of: .*; “nobody” was given\.$/,
    );
    expect(await drain('--copy', first?.name ?? '')).toMatchObject({
      code: 0,
      said: [{ copy: first?.name, state: 'drained' }],
    });
    expect([first?.state(), second?.state()]).toEqual(['drained', 'working']);
    expect((await drain('--all', '--wait', '0')).sentences.join()).toMatch(/^not all copies were done within 0 s/);
    release();
    await vi.waitFor(() => expect(second?.state()).toBe('drained'));
    const { printed } = await vox(['facts', 'show', '--kind', 'security.drain-begun', '--json']);
    const facts = printed()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(facts).toMatchObject([
      { data: { service: 'quota', copy: first?.name, actor: 'operator:test', reason: 'a new machine' } },
      { data: { service: 'quota', copy: second?.name } },
    ]);
  }, 40_000);
  it('may read no word of a call, and a service may drain none: the server refuses it', async () => {
    const link = async (name: string): Promise<JetStreamManager> => {
      const authenticator = nkeyAuthenticator(new TextEncoder().encode(keys[name]?.seed ?? ''));
      const made = await connect({ servers: server?.url ?? '', inboxPrefix: `_INBOX.${name}`, authenticator });
      closing.push(() => made.close());
      return jetstreamManager(made, { checkAPI: false, timeout: 500 });
    };
    const operator = await link('operator');
    expect((await operator.streams.info('VOX_TRANSCRIPTS')).state.messages).toBeGreaterThan(0);
    await expect(operator.streams.getMessage('VOX_TRANSCRIPTS', { seq: 1 })).rejects.toThrow();
    await expect(operator.direct.getMessage('VOX_TRANSCRIPTS', { seq: 1 })).rejects.toThrow();
    await expect((await link('quota')).direct.getMessage('VOX_CALLS', { seq: 1 })).rejects.toThrow();
    await expect(edge?.ask(ShowCopy.quota, {}, { timeoutMs: 500 })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
