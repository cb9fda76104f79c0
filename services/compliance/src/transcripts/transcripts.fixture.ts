import {
  type Fact,
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
import type { MemoryBus } from '@vox/platform/bus';
import { digest } from '@vox/platform/crypto';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import { onTwins } from '../compliance.fixture.ts';
import { startCompliance } from '../service.ts';

export const start = '2026-05-05T12:00:00.000Z';
export const startMs = Date.parse(start);
export const sessionId = '6f9619ff-8b86-4d11-b42d-00c04fc964ff';
export const whose = { tenantId: 'acme', sessionId };
export const visitorId = 'v_0123456789abcdefghijkl';
export const identity = { kind: 'widget', widgetKey: someWidgetKey, visitorId } as const;
export const at = (seconds: number): Date => new Date(startMs + seconds * 1_000);
export const card = '4111 1111 1111 1111';

export const granted = makeFact(
  SessionGranted,
  { id: 'granted:1', source: 'session-broker', at: at(0) },
  {
    ...{ ...whose, identity, agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin' },
    ...{ maxSeconds: 900, idleSeconds: 300, grantedAt: start, endsAt: at(900).toISOString() },
  },
);
export const ended = makeFact(
  SessionEnded,
  { id: 'ended:1', source: 'session-broker', at: at(60) },
  { ...whose, identity, reason: 'client', grantedAt: start, endedAt: at(60).toISOString(), connectedSeconds: 60 },
);
export const completed = makeFact(TranscriptCompleted, { id: 'completed:1', source: 'edge-guard', at: at(59) }, whose);

export type SaidMessage = Readonly<{
  id: string;
  role?: 'user' | 'assistant';
  text: string;
  second: number;
  sentSecond?: number;
}>;
export const appended = ({ id, role = 'user', text, second, sentSecond = second }: SaidMessage, sequence = 0) =>
  makeFact(
    TranscriptAppended,
    { id: `transcript:${sessionId}:${digest(id)}`, source: 'edge-guard', at: at(sentSecond) },
    { ...whose, messageId: id, role, text, at: at(second).toISOString(), sequence },
  );

export type CallFact = Fact<
  typeof SessionGranted | typeof SessionEnded | typeof TranscriptAppended | typeof TranscriptCompleted
>;
const kindOf = ({ type }: CallFact) =>
  ([SessionGranted, SessionEnded, TranscriptAppended, TranscriptCompleted] as const).find(({ name }) =>
    type.startsWith(name),
  );
export const publish = (bus: MemoryBus, fact: CallFact) => bus.publish(kindOf(fact) ?? SessionGranted, fact as never);

export async function openFixture(over: Partial<Policy> = {}, instead: object = {}) {
  const twins = { ...onTwins(), ...instead };
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

export const said: readonly SaidMessage[] = [
  { id: 'a', text: 'Hello, canary-word here.', second: 1 },
  { id: 'b', role: 'assistant', text: 'How can I help?', second: 2 },
];

/** A call that is over, in which one message was said. */
export const keptCall = async () => {
  const opened = await openFixture();
  for (const fact of [granted, appended({ id: 'a', text: 'some canary words', second: 1 }), ended])
    await publish(opened.bus, fact);
  await opened.settle();
  return opened;
};

/** The calls that a search finds. */
export const searched = async ({ bus }: { bus: MemoryBus }, over: object) =>
  (await bus.ask(SearchTranscripts, { tenantId: 'acme', ...over })).transcripts.map((each) => each.sessionId);

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
