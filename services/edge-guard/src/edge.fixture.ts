import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import {
  type CallMode,
  consumers,
  HeldOffer,
  PolicyDocument,
  SessionDecision,
  SigningKeyDocument,
} from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { SessionToken, tokenSigner } from '@vox/platform/crypto';
import { listen } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock as clock } from '@vox/platform/time';
import { someOrigin, somePolicy } from '@vox/testing';
import { onTestFinished } from 'vitest';
import { callers } from './checks/tenants.fixture.ts';
import { standardCeiling } from './door/accept/ceiling.ts';
import { memoryStores } from './memory.ts';
import { startEdge } from './service.ts';
import type { Stores } from './stores.ts';

const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const signingKey = { kid: 'test-key', use: 'session' as const, x, expiresAt: '2100-01-01T00:00:00.000Z' };
export const answerOfProvider = 'v=0\r\ns=the answer of the provider\r\n';
const bodyBytes = 65_536;

/** The whole door on twins, with one tenant, until the test is over. */
export async function openEdge({ policy = somePolicy(), ceiling = standardCeiling } = {}) {
  const bus = memoryBus();
  await bus.documents(PolicyDocument).put(policy.tenantId, policy);
  await bus.documents(SigningKeyDocument).put(signingKey.kid, signingKey);
  const { kept, store } = watched(memoryStores(clock));
  const edge = await startEdge({
    ...{ bus, store, clock, expectedCopies: 1, secret: randomBytes(32), proofTries: 1, verifiers: {} },
    ...{ loginCookieName: 'tenant_session', uuid: randomUUID, random: randomBytes, log: silentLog },
    settings: {
      proxies: new BlockList(),
      ipLimit: { perMinute: 100_000, burst: 0 },
      ceiling,
      bodyBytes,
      requestDeadlineMs: 2_000,
      requireHttps: false,
      publicOrigins: new Set<string>(),
      botProtection: false,
      providerUrl: 'https://api.openai.com',
    },
  });
  const door = await listen(edge.app, { host: '127.0.0.1', port: 0 });
  onTestFinished(async () => {
    edge.drain();
    await door.close(1_000);
    await edge.stop();
    await bus.close();
  });
  const sign = await tokenSigner(SessionToken, { ...signingKey, d });
  return {
    ...{ bus, kept, url: door.url, edge, door },
    /** A session token of a visitor’s call. */
    tokenOf: (sessionId: string, mode?: CallMode) =>
      sign(
        { tenantId: policy.tenantId, identity: callers.token.identity, ...(mode && { mode }) },
        { id: randomUUID(), subject: sessionId, now: clock.now(), lifeSeconds: 600 },
      ),
    async post(path: string, body: unknown, headers: Record<string, string> = {}) {
      const sent = { origin: someOrigin, 'content-type': 'application/json', ...headers };
      const answer = await fetch(door.url + path, { method: 'POST', headers: sent, body: JSON.stringify(body) });
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    },
  };
}

/** Every text that a store is given to keep. */
function watched(stores: Stores): Readonly<{ store: Stores; kept: string[] }> {
  const kept: string[] = [];
  const { claims, redactionStates } = stores;
  const seen = (key: string, value: string): string => {
    kept.push(key, value);
    return value;
  };
  const store: Stores = {
    ...stores,
    claims: {
      ...claims,
      claim: (key, value, lifeMs) => claims.claim(key, seen(key, value), lifeMs),
      put: (key, value, lifeMs) => claims.put(key, seen(key, value), lifeMs),
    },
    redactionStates: {
      ...redactionStates,
      put: (key, value, lifeMs) => redactionStates.put(key, seen(key, value), lifeMs),
    },
  };
  return { store, kept };
}

/** Answers every session request as quota and broker together would, and tells what it was asked and given. */
export async function answerSessions(bus: Awaited<ReturnType<typeof openEdge>>['bus']) {
  const heard: { mode: CallMode | undefined; offer: string | undefined }[] = [];
  const terms = { sessionToken: 'token', maxSeconds: 900, idleSeconds: 300, endsAt: '2100-01-01T00:15:00.000Z' };
  await bus.consume(consumers.quotaRequests, async ({ data }, { replyTo = '' }) => {
    const held = await bus.fetchHeld(replyTo, HeldOffer).catch(() => undefined);
    heard.push({ mode: data.mode, offer: held?.offer });
    const { sessionId } = data;
    const clientSecret = { value: 'ek_secret', expiresAt: '2100-01-01T00:00:30.000Z' };
    await bus.reply(
      replyTo,
      SessionDecision,
      held === undefined
        ? { kind: 'granted', sessionId, ...terms, clientSecret }
        : { kind: 'brokered', sessionId, ...terms, answer: answerOfProvider, browserChannel: 'none' },
    );
    return 'ack';
  });
  return heard;
}
