import {
  type Fact,
  LinkSubject,
  makeFact,
  type Policy,
  PolicyDocument,
  ReadTranscript,
  SearchTranscripts,
  SessionEnded,
  SessionGranted,
  TranscriptAppended,
  TranscriptCompleted,
} from '@vox/contracts';
import { type MemoryBus, memoryBus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { stoppedClock } from '@vox/platform/time';
import { crashes, settled, somePolicy, someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryKeys, memoryTranscripts } from '../../memory.ts';
import { onTwins } from '../../on-twins.ts';
import { startCompliance } from '../../service.ts';

const start = '2026-05-05T12:00:00.000Z';
const startMs = Date.parse(start);
const sessionId = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';
const whose = { tenantId: 'acme', sessionId };
const visitorId = 'v_0123456789abcdefghijkl';
const identity = { kind: 'widget', widgetKey: someWidgetKey, visitorId } as const;
const at = (seconds: number): Date => new Date(startMs + seconds * 1_000);
const card = '4111 1111 1111 1111';

const granted = makeFact(
  SessionGranted,
  { id: 'granted:1', source: 'session-broker', at: at(0) },
  {
    ...{ ...whose, identity, agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin' },
    ...{ maxSeconds: 900, idleSeconds: 300, grantedAt: start, endsAt: at(900).toISOString() },
  },
);
const ended = makeFact(
  SessionEnded,
  { id: 'ended:1', source: 'session-broker', at: at(60) },
  { ...whose, identity, reason: 'client', grantedAt: start, endedAt: at(60).toISOString(), connectedSeconds: 60 },
);
const completed = makeFact(TranscriptCompleted, { id: 'completed:1', source: 'edge-guard', at: at(59) }, whose);

type Said = Readonly<{ id: string; role?: 'user' | 'assistant'; text: string; second: number; sentSecond?: number }>;
const appended = ({ id, role = 'user', text, second, sentSecond = second }: Said, sequence = 0) =>
  makeFact(
    TranscriptAppended,
    { id: `transcript:${sessionId}:${digest(id)}`, source: 'edge-guard', at: at(sentSecond) },
    { ...whose, messageId: id, role, text, at: at(second).toISOString(), sequence },
  );

type Told = Fact<typeof SessionGranted | typeof SessionEnded | typeof TranscriptAppended | typeof TranscriptCompleted>;
const kindOf = ({ type }: Told) =>
  ([SessionGranted, SessionEnded, TranscriptAppended, TranscriptCompleted] as const).find(({ name }) =>
    type.startsWith(name),
  );
const tell = (bus: MemoryBus, fact: Told) => bus.publish(kindOf(fact) ?? SessionGranted, fact as never);

async function openFixture(over: Partial<Policy> = {}, with_: object = {}) {
  const twins = { ...onTwins(), ...with_ };
  await twins.bus.documents(PolicyDocument).put('acme', somePolicy(over));
  await twins.bus.documents(PolicyDocument).put('other', somePolicy({ tenantId: 'other' }));
  const service = await startCompliance(twins);
  const reading = { ...whose, actor: 'operator:test', reason: 'a test' };
  return {
    ...twins,
    service,
    settle: () => settled(twins.bus),
    /** Past the grace and what a message needs on its way. */
    async finalise() {
      twins.clock.advanceMs(300_000);
      await service.sweep();
      await settled(twins.bus);
    },
    read: () => twins.bus.ask(ReadTranscript, reading),
    inStream: async () => {
      let count = 0;
      for await (const _fact of twins.bus.history([TranscriptAppended, TranscriptCompleted], whose)) count += 1;
      return count;
    },
    async stop() {
      await service.stop();
      await twins.bus.close();
    },
  };
}

describe('what is said in a call', () => {
  const said: readonly Said[] = [
    { id: 'a', text: 'Hello, canary-word here.', second: 1 },
    { id: 'b', role: 'assistant', text: 'How can I help?', second: 2 },
  ];

  it('is kept in its order, sealed, and no stream holds it once it is final', async () => {
    const { bus, settle, finalise, read, inStream, utterances, stop } = await openFixture();
    for (const fact of [granted, appended(said[1] as Said), appended(said[0] as Said), completed, ended])
      await tell(bus, fact);
    await settle();
    expect(await inStream()).toBe(3);
    const stored = await utterances.page(whose, 9);
    expect(JSON.stringify(stored)).not.toContain('canary');
    await finalise();
    expect(await inStream()).toBe(0);
    const { transcript, messages, next } = await read();
    expect(transcript).toMatchObject({ messages: 2, complete: true, agentId: 'guide', endedAt: at(60).toISOString() });
    expect(messages.map(({ id, role, text }) => [id, role, text])).toEqual([
      ['a', 'user', 'Hello, canary-word here.'],
      ['b', 'assistant', 'How can I help?'],
    ]);
    expect(next).toBeNull();
    const told = bus.published().filter(({ type }) => type.startsWith('vox.privacy.transcript-finalised'));
    expect(told.map(({ data }) => data)).toEqual([{ ...whose, messages: 2, complete: true }]);
    expect(JSON.stringify([bus.published(), bus.deadLetters()])).not.toContain('canary');
    await stop();
  });
  it('waits for its call to be heard of', async () => {
    const { bus, settle, finalise, read, stop } = await openFixture();
    await tell(bus, appended(said[0] as Said));
    await tell(bus, ended);
    await tell(bus, granted);
    await settle();
    await finalise();
    expect((await read()).messages).toHaveLength(1);
    await stop();
  });
  it('is taken within the grace after the end, however long it waited since, and not later', async () => {
    const { bus, settle, finalise, read, clock, service, stop } = await openFixture();
    await tell(bus, granted);
    await tell(bus, ended);
    await settle();
    clock.advanceMs(170_000);
    await tell(bus, appended({ id: 'in-time', text: 'just in time', second: 59, sentSecond: 180 }));
    await tell(bus, appended({ id: 'late', text: 'too late', second: 59, sentSecond: 181 }));
    await settle();
    await finalise();
    await tell(bus, appended({ id: 'later', text: 'after all', second: 59, sentSecond: 400 }));
    await settle();
    await service.sweep();
    expect((await read()).messages.map(({ id }) => id)).toEqual(['in-time']);
    await stop();
  });
  it('is kept before it is forgotten, although whoever hears it is behind', async () => {
    const { bus: real } = onTwins();
    const consume: typeof real.consume = async (consumer, handle) =>
      consumer.stream === 'VOX_TRANSCRIPTS' ? { stop: async () => undefined } : real.consume(consumer, handle);
    const { bus, settle, finalise, read, inStream, utterances, stop } = await openFixture(
      {},
      { bus: { ...real, consume } },
    );
    for (const fact of [granted, ...said.map((each) => appended(each)), completed, ended]) await tell(bus, fact);
    await settle();
    expect((await utterances.count(whose)).messages).toBe(0);
    await finalise();
    expect(await read()).toMatchObject({ messages: [{ id: 'a' }, { id: 'b' }], transcript: { complete: true } });
    expect(await inStream()).toBe(0);
    await stop();
  });
  it.each([
    ['the tenant keeps nothing', { retention: { ...somePolicy().retention, transcripts: 0 } }],
    ['consent is demanded and nobody gave it', { consent: { ...somePolicy().consent, transcripts: true } }],
  ])('is dropped where %s, and the stream forgets it too', async (_title, over) => {
    const { bus, settle, finalise, inStream, utterances, read, stop } = await openFixture(over);
    for (const fact of [granted, appended(said[0] as Said), ended]) await tell(bus, fact);
    await settle();
    expect(await utterances.count(whose)).toEqual({ messages: 0, bytes: 0 });
    await finalise();
    expect(await inStream()).toBe(0);
    await expect(read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await stop();
  });
  it('is cut here when the edge let a card pass, and that is told without a digit of it', async () => {
    const { bus, settle, finalise, read, stop } = await openFixture();
    const parts: readonly Said[] = [
      { id: 'a', text: `my card is ${card} thanks`, second: 1 },
      { id: 'b', text: 'and the other one: 5555 5555', second: 10 },
      { id: 'c', text: '5555 4444', second: 11 },
    ];
    for (const fact of [granted, ...parts.map((each) => appended(each)), ended]) await tell(bus, fact);
    await settle();
    await finalise();
    const text = JSON.stringify((await read()).messages);
    expect(text).not.toMatch(/4111|1111|5555|4444/);
    expect(text).toContain('my card is [REDACTED:card] thanks');
    const slipped = bus.published().filter(({ type }) => type.startsWith('vox.privacy.source-slipped'));
    expect(slipped).toHaveLength(2);
    expect(slipped[0]?.data).toEqual({ ...whose, source: 'edge-guard', found: [{ kind: 'card', count: 1 }] });
    expect(JSON.stringify(slipped)).not.toMatch(/4111|1111|5555/);
    await stop();
  });
  it('keeps an order number that the edge let pass for what was asked before it, and tells nothing', async () => {
    const { bus, settle, finalise, read, stop } = await openFixture();
    const parts: readonly Said[] = [
      { id: 'a', role: 'assistant', text: 'And your order number?', second: 1 },
      { id: 'b', text: '45123398', second: 2 },
    ];
    for (const fact of [granted, ...parts.map((each) => appended(each)), ended]) await tell(bus, fact);
    await settle();
    await finalise();
    expect((await read()).messages.map(({ text }) => text)).toEqual(parts.map(({ text }) => text));
    expect(bus.published().filter(({ type }) => type.startsWith('vox.privacy.source-slipped'))).toEqual([]);
    await stop();
  });
  it('leaves a dead letter without a byte of it, should nobody hear of its call', async () => {
    const { bus, stop, service } = await openFixture();
    await bus.inject(`${TranscriptAppended.name}.acme.${sessionId}`, new TextEncoder().encode('{"canary":"words"}'));
    await settled(bus);
    const [letter] = bus.deadLetters();
    expect(letter).toMatchObject({ consumer: 'compliance-transcripts', bytes: '', sizeBytes: 18 });
    await service.sweep();
    await stop();
  });
});

describe('a transcript', () => {
  const kept = async () => {
    const opened = await openFixture();
    for (const fact of [granted, appended({ id: 'a', text: 'some canary words', second: 1 }), ended])
      await tell(opened.bus, fact);
    await opened.settle();
    return opened;
  };
  const found = async ({ bus }: { bus: MemoryBus }, over: object) =>
    (await bus.ask(SearchTranscripts, { tenantId: 'acme', ...over })).transcripts.map((each) => each.sessionId);

  it('is found by its session, its visitor, its agent and its time, and by no other', async () => {
    const opened = await kept();
    const from = at(0).toISOString();
    for (const over of [
      {},
      { sessionId },
      { identifiers: [{ kind: 'visitor', value: visitorId }] },
      { agentId: 'guide', from, to: at(1).toISOString() },
    ])
      expect(await found(opened, over)).toEqual([sessionId]);
    for (const over of [
      { tenantId: 'other' },
      { tenantId: 'other', sessionId },
      { identifiers: [{ kind: 'visitor', value: 'v_AnotherAnotherAnother1' }] },
      { identifiers: [{ kind: 'email', value: 'ann@example.com' }] },
      { agentId: 'seller' },
      { sessionId, agentId: 'seller' },
      { sessionId, to: from },
      { sessionId, identifiers: [{ kind: 'email', value: 'ann@example.com' }] },
      { to: from },
    ])
      expect(await found(opened, over)).toEqual([]);
    await opened.stop();
  });
  it('is found by an e-mail address once its person gave it, in any way of writing it', async () => {
    const opened = await kept();
    const identifiers = [{ kind: 'email' as const, value: 'Ann@Example.com' }];
    await opened.bus.ask(LinkSubject, { ...whose, identifiers, actor: 'operator:test' });
    expect(await found(opened, { identifiers: [{ kind: 'email', value: 'ann@example.COM' }] })).toEqual([sessionId]);
    await expect(
      opened.bus.ask(LinkSubject, { ...whose, tenantId: 'other', identifiers, actor: 'operator:test' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const entries = JSON.stringify(await all(opened.auditLog.entries('acme')));
    expect(entries).toContain('subject.link');
    expect(entries).not.toMatch(/ann@example/i);
    await opened.stop();
  });
  it('is read by whoever says why, and the audit log says who did, and why', async () => {
    const opened = await kept();
    const { bus } = opened;
    await expect(bus.ask(ReadTranscript, { ...whose, actor: 'operator:test', reason: ' ' })).rejects.toMatchObject({
      code: 'INVALID_REQUEST',
      answer: { issues: [{ path: 'reason' }] },
    });
    await expect(bus.ask(ReadTranscript, { ...whose, actor: 'visitor:x', reason: 'curious' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await bus.ask(ReadTranscript, { ...whose, actor: 'operator:ada', reason: 'complaint 7', requestId: 'r1' });
    const acts = (await all(opened.auditLog.entries('acme'))).filter(({ action }) => action === 'transcript.read');
    expect(acts).toMatchObject([
      { actor: 'visitor:x', outcome: 'refused' },
      {
        actor: 'operator:ada',
        outcome: 'done',
        reason: 'complaint 7',
        requestId: 'r1',
        target: `session:${sessionId}`,
      },
    ]);
    expect(JSON.stringify(acts)).not.toContain('canary');
    await opened.stop();
  });
  it('is nothing any more once its person is forgotten', async () => {
    const opened = await kept();
    const { transcripts, subjects } = opened;
    const header = await transcripts.read(`acme/${sessionId}`);
    await subjects.update(`acme/${header?.subjectId}`, (now) =>
      now === undefined ? { result: 0 } : { result: 0, state: { ...now, key: null, identifiers: [] } },
    );
    await expect(opened.read()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await tell(opened.bus, appended({ id: 'b', text: 'more', second: 2 }));
    await opened.finalise();
    expect((await opened.utterances.count(whose)).messages).toBe(1);
    await opened.stop();
  });
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** A conversation of which every message was accepted in time. */
const conversation = fc.array(
  fc.record({
    role: fc.constantFrom('user' as const, 'assistant' as const),
    text: fc.constantFrom('yes', 'no, thanks', 'my number is 12', 'four one one one', `it is ${card}`, '1111'),
    second: fc.integer({ min: 1, max: 59 }),
    delay: fc.integer({ min: 0, max: 100 }),
  }),
  { minLength: 1, maxLength: 8 },
);
type Conversation = readonly Readonly<{ role: 'user' | 'assistant'; text: string; second: number; delay: number }>[];
const factsOf = (lines: Conversation): Told[] => [
  granted,
  ended,
  completed,
  ...lines.map(({ delay, ...line }, n) => appended({ id: `m${n}`, ...line, sentSecond: line.second + delay }, n)),
];

/** What is kept in the end, in one hash: header and words, but for the moment at which it became final. */
async function finalState(opened: Awaited<ReturnType<typeof openFixture>>): Promise<string> {
  const header = await opened.transcripts.read(`acme/${sessionId}`);
  const { messages } = await opened.read();
  const {
    finalisedAtMs,
    clearedAtMs,
    subjectId: _subject,
    ...rest
  } = header ?? { finalisedAtMs: null, clearedAtMs: null };
  const held = await opened.inStream();
  return digest(JSON.stringify([rest, finalisedAtMs !== null, clearedAtMs !== null, messages, held]));
}

describe('the final state of a transcript', () => {
  async function inOrder(lines: Conversation): Promise<string> {
    const opened = await openFixture();
    for (const fact of factsOf(lines)) await tell(opened.bus, fact);
    await opened.settle();
    await opened.finalise();
    const state = await finalState(opened);
    await opened.stop();
    return state;
  }

  it('is the same for duplicates, reordering and delays past the dedupe window, over many seeds', async () => {
    const orders = fc.array(fc.nat(), { minLength: 12, maxLength: 12 });
    const again = fc.array(fc.nat(), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(conversation, orders, again, fc.nat(), async (lines, order, repeated, seed) => {
        const facts = factsOf(lines);
        const shuffled = facts.map((fact, n) => [order[n % order.length] ?? 0, fact] as const);
        let chance = seed;
        const waiting: (() => Promise<void>)[] = [];
        const clock = stoppedClock(start);
        const schedule = (deliver: () => Promise<void>): void => {
          waiting.push(deliver);
          setImmediate(() => {
            chance = (chance * 1_103_515_245 + 12_345) % 2_147_483_648;
            void waiting.splice(chance % waiting.length, 1)[0]?.();
          });
        };
        const opened = await openFixture({}, { clock, bus: memoryBus({ clock, schedule, retryMs: 1 }) });
        for (const [, fact] of shuffled.sort(([a], [b]) => a - b)) await tell(opened.bus, fact);
        await opened.settle();
        const repeat = async () => {
          for (const n of repeated) await tell(opened.bus, facts[n % facts.length] as Told);
          await opened.settle();
        };
        await repeat();
        clock.advanceMs(121_000);
        await repeat();
        await opened.finalise();
        clock.advanceMs(121_000);
        await repeat();
        await opened.service.sweep();
        // What came after the stream was cleared is forgotten with the next look at it, or ages out: it changes nothing that is kept.
        await opened.bus.forget([TranscriptAppended, TranscriptCompleted], whose);
        expect(await finalState(opened)).toBe(await inOrder(lines));
        await opened.stop();
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('is the same when the process dies at any step of its stores', async () => {
    const lines: Conversation = [
      { role: 'user', text: 'hello', second: 1, delay: 0 },
      { role: 'assistant', text: 'hi, five five five five', second: 2, delay: 90 },
      { role: 'user', text: `it is ${card}`, second: 3, delay: 0 },
    ];
    const wanted = await inOrder(lines);
    let step = 1;
    for (let isReached = true; isReached; step += 1) {
      const { step: crash, over } = crashes([step]);
      let count = 0;
      const fault = (): void => {
        count += 1;
        crash();
      };
      const opened = await openFixture({}, { ...memoryKeys({ fault }), ...memoryTranscripts({ fault }) }).catch(
        () => undefined,
      );
      if (opened === undefined) continue;
      for (const fact of factsOf(lines)) await tell(opened.bus, fact);
      await opened.settle();
      await opened.finalise();
      isReached = count >= step;
      over();
      // The next look at it, by whichever copy.
      await opened.service.sweep();
      expect([step, await finalState(opened)]).toEqual([step, wanted]);
      await opened.stop();
    }
    expect(step).toBeGreaterThan(40);
  }, 60_000);
});
