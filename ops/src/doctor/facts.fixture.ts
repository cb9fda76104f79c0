import { somePolicy } from '@vox/testing';
import { ages, wantedStreams } from './checks/streams.ts';
import type { Facts, StreamFacts } from './facts.ts';

export const nowMs = Date.UTC(2026, 10, 30);
export const dayMs = 86_400_000;

export const goodStreams: readonly StreamFacts[] = wantedStreams.map((name) => ({
  ...{ name, replicas: 3, discard: 'new', storage: 'file', messages: 0, bytes: 100, bytesMax: 1_000 },
  ...{ ageMaxSeconds: ages.get(name) ?? 0, replicasDown: [] },
}));

const clock = (of: string) => ({ of, aheadMs: 3, uncertaintyMs: 1 });
const policy = somePolicy();

/** An installation in which everything is as it should be. */
export const goodFacts = {
  nowMs,
  version: '1.2.0',
  modelEnds: new Map([['gpt-old', nowMs + 30 * dayMs]]),
  nats: {
    read: {
      ...{ version: '2.12.1', tls: true, isLoopback: false, isCluster: true, streams: goodStreams, missing: [] },
      ...{
        consumers: [{ name: 'quota-requests', stream: 'VOX_CALLS', waiting: 3, underWay: 2 }],
        consumersMissing: [],
      },
      ...{ tooMuch: [], clock: clock('the NATS server') },
    },
  },
  monitor: {
    read: {
      ...{ version: '2.12.1', demandsAuthentication: true, demandsTls: true, clusterSize: 3, syncAlways: true },
      ...{ syncSeconds: 120, storageBytes: 1, storageBytesMax: 100, connections: 9, connectionsMax: 65_536 },
      ...{ slowConsumers: 0, configReadAtMs: nowMs - dayMs, streams: goodStreams },
    },
  },
  redis: {
    read: {
      ...{ version: '8.0.0', tls: true, isLoopback: false, user: 'edge-guard', hasPassword: true },
      ...{ policy: 'noeviction', bytes: 10, bytesMax: 1_000, appends: false, savesSnapshots: false, tooMuch: [] },
      clock: clock('Redis'),
    },
  },
  mongo: {
    read: {
      ...{ version: '8.0.0', tls: true, isLoopback: false, user: 'root', setName: 'vox', members: 3, membersDown: [] },
      ...{ defaultWrite: 'majority', uriWrite: undefined, roles: new Map([['auth', ['readWrite@vox_auth']]]) },
      ...{ usersMissing: [], connections: 10, connectionsFree: 1_000, clock: clock('MongoDB'), unanswered: [] },
    },
  },
  services: { read: [{ url: 'http://10.0.0.1:9090', version: '1.2.0', name: 'quota', notReady: [] }] },
  door: {
    read: {
      url: 'https://vox.example',
      version: '1.2.0',
      tls: true,
      isLoopback: false,
      clock: clock('the public door'),
    },
  },
  tenants: {
    read: [{ ...policy, status: 'active', bot: { mode: 'proof-of-work', whenUnavailable: 'deny' }, keys: [] }],
  },
  certificates: {
    read: {
      known: [
        { of: 'Redis', isAuthority: false, fromMs: nowMs - dayMs, untilMs: nowMs + 90 * dayMs, disbelief: undefined },
      ],
      silent: [],
    },
  },
  secrets: { read: [{ name: 'auth.seed', writtenAtMs: nowMs - dayMs, othersMayRead: false }] },
  rights: { read: { file: 'nats.conf', writtenAtMs: nowMs - 2 * dayMs, tooMuch: [], tooLittle: [], strangers: [] } },
  drill: { read: { atMs: nowMs - dayMs, succeeded: true } },
} as const satisfies Facts;

type Part = Exclude<keyof Facts, 'nowMs' | 'version' | 'modelEnds'>;

/** The same with something else in one part. */
export const factsWith = (part: Part, over: object): Facts =>
  ({ ...goodFacts, [part]: { read: { ...goodFacts[part].read, ...over } } }) as Facts;
