import { createHash } from 'node:crypto';
import { type Action, type ApiKeyProof, ProveApiKey, RevocationDocument } from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { newMachineKey } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import { stoppedClock } from '@vox/platform/time';
import type { Request } from 'express';
import type { z } from 'zod';
import { denyCache } from '../limits/keep/deny-cache.ts';
import { memoryLimits } from '../limits/keep/memory-limits.ts';
import { proveMachine } from './mod.ts';

type Asked = z.infer<(typeof ProveApiKey)['request']>;

export const keyId = '0123456789abcdeF';
/** The key of this id whose secret comes from these bytes. */
export const keyOf = (byte: number, id = keyId): string =>
  newMachineKey({ kind: 'vk', env: 'production', keyId: id }, (size) => new Uint8Array(size).fill(byte));
export const rightKey = keyOf(1);
export const home = '192.0.2.7';
export const plain: Action = 'usage.read';
export const sensitive: Action = 'widget-keys.create';
export const body = Buffer.from('{"label":"site"}');
export const digestOf = (bytes: Uint8Array): string =>
  `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`;

type Given = Readonly<{
  key?: string;
  ip?: string;
  action?: Action;
  headers?: Readonly<Record<string, string | undefined>>;
  query?: Readonly<Record<string, string>>;
  originalUrl?: string;
  method?: string;
}>;

/** The edge's side of API keys, with an auth that knows one key. */
export async function machinesAtEdge({ answer }: Readonly<{ answer?: (asked: Asked) => Promise<ApiKeyProof> }> = {}) {
  const clock = stoppedClock('2026-05-05T12:00:00.000Z');
  const bus = memoryBus({ clock, retryMs: 1 });
  const asked: Asked[] = [];
  const proved = async (request: Asked): Promise<ApiKeyProof> => {
    if (request.apiKey !== rightKey) throw new Fault('AUTH_REQUIRED');
    const expiresAt = new Date(clock.now().getTime() + 60_000).toISOString();
    return { proof: `proof-${asked.length}`, tenantId: 'acme', keyId, env: 'production', scopes: [], expiresAt };
  };
  await bus.answer(ProveApiKey, (request) => {
    asked.push(request);
    return (answer ?? proved)(request);
  });
  const revoked = await bus.documents(RevocationDocument).follow();
  let isCurrent = true;
  const prove = proveMachine({
    ...{ bus, clock, publicOrigins: ['https://vox.example', 'https://api.vox.example'] },
    revoked: { get: revoked.get, current: () => isCurrent },
    limits: denyCache(memoryLimits(clock), clock),
  });
  return {
    asked,
    bus,
    clock,
    revoke: () =>
      bus.documents(RevocationDocument).put(`api-key.${keyId}`, { at: '2026-05-05T12:00:00Z', until: null }),
    missRevocations(): void {
      isCurrent = false;
    },
    ask({ key = rightKey, ip = home, action = plain, headers = {}, query = {}, ...over }: Given = {}) {
      const sent: Record<string, string | undefined> = { authorization: `Bearer ${key}`, ...headers };
      const request = {
        ...{ method: 'POST', originalUrl: '/api/v1/widget-keys?dry=1', query, ...over },
        get: (name: string) => sent[name.toLowerCase()],
      } as unknown as Request;
      return prove({ request, ip, action, body });
    },
    close: () => bus.close(),
  };
}

export type MachinesAtEdge = Awaited<ReturnType<typeof machinesAtEdge>>;
