import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage, request } from 'node:http';
import { BlockList } from 'node:net';
import { AskSessionUsage, type CallEvent, type CallMode, CallSignal, Heartbeat } from '@vox/contracts';
import { type Bus, memoryBus } from '@vox/platform/bus';
import type { SessionClaims, Verified } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { listen, problemHandler } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { someOrigin, somePolicy } from '@vox/testing';
import express from 'express';
import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import { callers } from '../checks/tenants.fixture.ts';
import type { PlaceLimits } from '../door/mod.ts';
import { denyCache } from '../limits/keep/deny-cache.ts';
import { memoryLimits } from '../limits/keep/memory-limits.ts';
import { liveEventRoutes } from './accept/routes.ts';
import { openStreams, standardStreams } from './keep/open-streams.ts';

type State = z.input<(typeof Heartbeat)['reply']>;
type Answer = State | 'down' | Promise<State>;
type Options = Readonly<{ copies?: number; limits?: PlaceLimits; everyMs?: number }>;

const tenantId = 'acme';
const at = '2026-05-05T12:00:00.000Z';
export const living = {
  kind: 'live' as const,
  startedAt: at,
  lastSeenAt: at,
  endsAt: '2026-05-05T12:15:00.000Z',
  durationSeconds: 30,
  idleSeconds: 2,
  remainingSeconds: 870,
};
const used = { tokens: 1_000, micros: 250_000, seconds: 30 };

/** Copies of the door with the route of live events alone, on one bus, and calls that are as a test says. */
export async function openDoors({ copies = 1, limits = standardStreams, everyMs = 15_000 }: Options = {}) {
  const bus = memoryBus();
  const states = new Map<string, Answer>();
  const signs: unknown[] = [];
  await bus.answer(Heartbeat, async ({ sessionId, active }) => {
    signs.push({ sessionId, active });
    const state = await (states.get(sessionId) ?? { kind: 'unknown' as const });
    if (state === 'down') throw new Fault('UNAVAILABLE');
    return state;
  });
  await bus.answer(AskSessionUsage, async ({ sessionId }) => ({
    kind: 'known' as const,
    sessionId,
    used,
    remaining: { tokens: 9_000, micros: 1_500_000, seconds: 870 },
    day: { used, tokensLimit: 300_000, microsLimit: 20_000_000 },
  }));
  const world = { policy: somePolicy(), isTakenBack: false, mayHaveMissed: false };
  let listening = 0;
  /** Counts who listens just now. */
  const hear: Bus['listen'] = async (...given) => {
    const { stop } = await bus.listen(...given);
    listening += 1;
    return { stop: () => stop().then(() => void (listening -= 1)) };
  };
  const tokens = new Map<string, Verified<SessionClaims>>();
  const dependencies = {
    ...{ clock, proxies: new BlockList(), publicOrigins: new Set<string>(), remainingEveryMs: everyMs },
    bus: { ask: bus.ask, listen: hear },
    limits: denyCache(memoryLimits(clock), clock),
    ipLimit: { perMinute: 1_000, burst: 0 },
    policies: { get: () => world.policy, current: () => true },
    withdrawn: {
      get: () => (world.isTakenBack ? { purposes: ['transcripts' as const], at: '', until: '' } : undefined),
      current: () => !world.mayHaveMissed,
    },
    verifySession: async (token: string) => {
      const known = tokens.get(token);
      if (known === undefined) throw new Fault('AUTH_REQUIRED');
      return known;
    },
  };
  const openDoor = async () => {
    const liveStreams = openStreams(limits, () => 700);
    const handle = liveEventRoutes[0].handle({ ...dependencies, liveStreams }, async () => undefined);
    const app = express().get('/api/session/events', handle).use(problemHandler(silentLog, clock));
    const door = await listen(app, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => door.close(0));
    return { url: `${door.url}/api/session/events`, liveStreams, door };
  };
  const doors = await Promise.all(Array.from({ length: copies }, openDoor));
  /** A call that lives, with the header of its token. */
  const newCall = (mode?: CallMode, lifeMs = 60_000, identity: SessionClaims['identity'] = callers.token.identity) => {
    const sessionId = randomUUID();
    const expiresAt = new Date(clock.now().getTime() + lifeMs);
    const claims = { tenantId, identity, ...(mode && { mode }) };
    tokens.set(`t-${sessionId}`, { id: 't', subject: sessionId, issuedAt: clock.now(), expiresAt, claims });
    states.set(sessionId, living);
    const signal = (event: CallEvent) => bus.signal(CallSignal, { tenantId, sessionId }, event);
    const is = (state: Answer) => void states.set(sessionId, state);
    return { sessionId, signal, is, headers: { origin: someOrigin, authorization: `Bearer t-${sessionId}` } };
  };
  return { bus, doors, world, signs, newCall, listening: () => listening };
}

/** What a page has heard so far. */
export type Page = Readonly<{
  status: number;
  headers: IncomingMessage['headers'];
  text: () => string;
  /** Names of events with their data, in their order. */
  events: () => [string | undefined, unknown][];
  ids: () => string[];
  isOver: () => boolean;
  leave: () => void;
}>;

/** Opens a stream as a page does, or as one that reads nothing. */
export function openPage(url: string, headers: Record<string, string>, reads = true): Promise<Page> {
  return new Promise((resolve, reject) => {
    const asked = get(url, { headers, agent: false }, (response) => {
      let [text, isOver] = ['', false];
      if (reads) response.setEncoding('utf8').on('data', (part: string) => void (text += part));
      response.on('error', () => undefined).on('close', () => void (isOver = true));
      const told = (name: string) => valuesOf(text, name);
      resolve({
        ...{ status: response.statusCode ?? 0, headers: response.headers },
        text: () => text,
        events: () => told('event').map((name, place) => [name, JSON.parse(told('data')[place] ?? '')]),
        ids: () => told('id'),
        isOver: () => isOver,
        leave: () => asked.destroy(),
      });
    });
    asked.on('error', reject);
    onTestFinished(() => void asked.destroy());
  });
}

/** The values of a field, in their order. A line ends where HTML says that it does (§9.2.6). */
const valuesOf = (text: string, field: string): string[] =>
  text.split(/\r\n|\r|\n/).flatMap((line) => (line.startsWith(`${field}: `) ? [line.slice(field.length + 2)] : []));

/** Asks by a method for what a stream would answer, and waits for the end of that answer. */
export const askBy = (method: string, url: string, headers: Record<string, string>): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (response) => response.resume().on('end', () => resolve(response)))
      .on('error', reject)
      .end();
  });
