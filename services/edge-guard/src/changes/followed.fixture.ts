import { randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import { type ChangeNotice, changeSignals, RevocationDocument, type Role, type Scope } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import type { LoginClaims, Verified } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { listen, problemHandler } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { somePolicy } from '@vox/testing';
import express from 'express';
import { onTestFinished } from 'vitest';
import type { PlaceLimits } from '../door/mod.ts';
import { denyCache } from '../limits/keep/deny-cache.ts';
import { memoryLimits } from '../limits/keep/memory-limits.ts';
import { followingStreams, openStreams } from '../live-events/keep/open-streams.ts';
import { seenLogins } from '../logins/command/keep-login.ts';
import { cookieNames } from '../logins/decide/cookies.ts';
import { onLostLink, onRevocation } from './accept/on-revocation.ts';
import { changeRoutes } from './accept/routes.ts';
import type { StreamTimes } from './command/follow-changes.ts';
import { followers } from './keep/followers.ts';

type Options = Readonly<{ copies?: number; limits?: PlaceLimits; times?: Partial<StreamTimes> }>;

const retryMs = 700;
const patient: StreamTimes = { confirmMs: 60_000, lifeMs: 60_000, momentMs: 1 };

/** Copies of the door with the route of changes alone, on one bus, with logins and API keys as a test makes them. */
export async function openFollowed({ copies = 1, limits = followingStreams, times = {} }: Options = {}) {
  const bus = memoryBus();
  const logins = new Map<string, Verified<LoginClaims>>();
  const machines = new Map<string, { tenantId: string; keyId: string; scopes: Scope[] }>();
  const world = { isLinked: true, asked: [] as unknown[] };
  const revocations = bus.documents(RevocationDocument);

  const openDoor = async () => {
    const following = followers();
    const replica = await revocations.follow(onRevocation(following));
    const revoked = { get: replica.get, current: () => world.isLinked };
    const looking = onLostLink(following, revoked, bus);
    const changeStreams = openStreams(limits, () => retryMs);
    const dependencies = {
      ...{ clock, proxies: new BlockList(), publicOrigins: new Set<string>(), revoked, changeStreams },
      bus: { listen: bus.listen, ask: async (question: unknown) => void world.asked.push(question) as never },
      ...{ followers: following, streamTimes: { ...patient, ...times } },
      limits: denyCache(memoryLimits(clock), clock),
      ipLimit: { perMinute: 10_000, burst: 0 },
      policies: { get: () => somePolicy(), current: () => true },
      cookies: cookieNames('tenant_session'),
      seenLogins: seenLogins(),
      verifyLogin: async (token: string, now: Date) => {
        const login = logins.get(token);
        if (login === undefined || login.expiresAt <= now) throw new Fault('AUTH_REQUIRED');
        return login;
      },
      proveMachine: async ({ request }: { request: express.Request }) => {
        const machine = machines.get(request.get('authorization') ?? '');
        if (machine === undefined) throw new Fault('AUTH_REQUIRED');
        return { ...machine, proof: 'p', env: 'production' as const, expiresAt: clock.now().toISOString() };
      },
    };
    const handle = changeRoutes[0].handle(dependencies, async () => undefined);
    const app = express().get('/api/v1/events', handle).use(problemHandler(silentLog, clock));
    const door = await listen(app, { host: '127.0.0.1', port: 0 });
    onTestFinished(async () => {
      await looking.stop();
      await replica.stop();
      await door.close(0);
    });
    return { url: `${door.url}/api/v1/events`, changeStreams };
  };
  const doors = await Promise.all(Array.from({ length: copies }, openDoor));

  /** Somebody who is signed in, with the headers of their page. */
  const newLogin = (role: Role, tenantId = 'acme', lifeMs = 60_000) => {
    const id = randomUUID();
    const memberId = `m_${id.replaceAll('-', '').slice(0, 22)}`;
    const expiresAt = new Date(clock.now().getTime() + lifeMs);
    logins.set(id, { id, subject: memberId, issuedAt: clock.now(), expiresAt, claims: { tenantId, memberId, role } });
    const revoke = () => revocations.put(`login.${id}`, { at: clock.now().toISOString(), until: null });
    return { memberId, revoke, headers: { cookie: `tenant_session=${id}` } };
  };
  const newKey = (scopes: Scope[], tenantId = 'acme') => {
    const keyId = randomUUID().replaceAll('-', '').slice(0, 16);
    const authorization = `Bearer ${keyId}`;
    machines.set(authorization, { tenantId, keyId, scopes });
    const revoke = () => revocations.put(`api-key.${keyId}`, { at: clock.now().toISOString(), until: null });
    return { revoke, forget: () => machines.delete(authorization), headers: { authorization } };
  };
  const tell = (notice: ChangeNotice, tenantId = 'acme', from: keyof typeof changeSignals = 'session-broker') =>
    bus.signal(changeSignals[from], { tenantId }, notice);
  return { bus, doors, world, newLogin, newKey, tell };
}

/** That calls began, each of another id. */
export const began = (id: string = randomUUID()): ChangeNotice => ({ resource: 'calls', id, change: 'began' });
