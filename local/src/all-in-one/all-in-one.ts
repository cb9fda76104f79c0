import { randomBytes, randomUUID } from 'node:crypto';
import { BlockList } from 'node:net';
import { smtpServer } from '@vox/auth/mail-server';
import { fetchThrough } from '@vox/auth/outside';
import { type AuthOptions, startAuth } from '@vox/auth/service';
import { startCompliance } from '@vox/compliance/service';
import { profilesOf } from '@vox/contracts';
import { startEdge } from '@vox/edge-guard/service';
import { memoryStores } from '@vox/edge-guard/twins';
import { asService, type Bus } from '@vox/platform/bus';
import { type Egress, egress } from '@vox/platform/egress';
import { hashKeyDocuments } from '@vox/platform/hash-keys';
import { listen } from '@vox/platform/http';
import { givenMasterKeys } from '@vox/platform/master-keys';
import { memoryDocuments } from '@vox/platform/store';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { listPrices } from '@vox/quota/prices';
import { startQuota } from '@vox/quota/service';
import { configuredProviders, type OpenedRow } from '@vox/session-broker/providers';
import { startBroker } from '@vox/session-broker/service';
import { openMailCatcher } from '../mail-catcher/mail-catcher.ts';
import { type SimulatorOptions, simulator } from '../simulator/simulator.ts';
import type { Stores } from './stores.ts';

export type AllInOneOptions = Readonly<{
  bus: Bus;
  stores: Stores;
  /** How many quotas and brokers share the work. */
  copies?: number;
  port: number;
  clock: Clock;
  log: Log;
  defaults: AuthOptions['defaults'];
  codeRules?: AuthOptions['codeRules'];
  loginRules?: AuthOptions['loginRules'];
  loginCookieName?: string;
  /** What name servers say of mail domains. Left out, nothing. */
  resolveTxt?: AuthOptions['resolveTxt'];
  /** Where the page of the mail catcher is served; any free port when left out. */
  mailPort?: number;
  ipLimit: Readonly<{ perMinute: number; burst: number }>;
  /** How many tries a proof of work takes on average. */
  proofTries?: number;
  /** The provider. Left out, a simulator is started. */
  provider?: Readonly<{ apiKey: string; baseUrl: string }> | undefined;
  /** Providers beside it, as they are configured. */
  rows?: readonly OpenedRow[];
  transcriptionModel?: string;
  /** What the visitor and the agent of the simulator say. */
  script?: SimulatorOptions['script'];
  /** How tools reach their hosts. Left out, they reach this machine too. */
  toolEgress?: Pick<Egress, 'send'>;
}>;

export type AllInOne = Readonly<{
  url: string;
  mailUrl: string;
  /** Where the provider is. A simulator has its books and its state there too. */
  providerUrl: string;
  stop: () => Promise<void>;
}>;

const host = '127.0.0.1';
const dayMs = 86_400_000;
const secretSeconds = 30;
const proveSeconds = 120;

/** Starts all services in one process, on the bus and the stores given. The caller closes those. */
export async function openAllInOne({
  bus,
  stores,
  copies = 1,
  port,
  clock,
  log,
  defaults,
  codeRules = { lifeSeconds: 600, sendsPerHour: 3, triesMax: 5 },
  loginRules = { lifeMs: dayMs, longestMs: 7 * dayMs },
  loginCookieName = '__Host-tenant_session',
  resolveTxt = async () => [],
  mailPort = 0,
  ipLimit,
  proofTries = 800,
  provider,
  rows = [],
  transcriptionModel = 'gpt-transcribe',
  script,
  toolEgress = egress({ ports: [443], allowLoopback: true }),
}: AllInOneOptions): Promise<AllInOne> {
  const stops: (() => Promise<void>)[] = [];
  const reached = provider ?? (await simulated({ clock, script }, stops));
  const chance = { clock, log, uuid: randomUUID, random: randomBytes };
  const secrets = { sealKey: randomBytes(32) };
  const catcher = await openMailCatcher({ host, port: mailPort, now: clock.now });
  stops.push(catcher.close);
  // Known once the door is open.
  const invitations = { lifeSeconds: 7 * 86_400, consoleUrl: '' };
  const publicOrigins = new Set<string>();
  // A receiver of webhooks on this machine may be tried out.
  const wayOut = egress({ purpose: 'webhooks', ports: [443], allowLoopback: true, breaker: false });
  const auth = await startAuth({
    ...{ ...chance, ...secrets, ...stores, defaults, codeRules, loginRules, invitations, sweepMs: 1_000 },
    bus: asService(bus, 'auth'),
    masterKeys: givenMasterKeys([randomBytes(32)]),
    providers: profilesOf(rows.map(({ row }) => row)),
    codePeppers: [randomBytes(32)],
    ...{ publicOrigins, allowLoopbackHttp: true, resolveTxt },
    fetchOutside: fetchThrough(egress({ purpose: 'single-sign-on', ports: [443], allowLoopback: true })),
    mailServer: smtpServer({ url: catcher.smtpUrl, from: 'vox@localhost.localdomain', isPlain: true }),
    ...chance,
    ...secrets,
    ...stores,
    defaults,
    egress: wayOut,
    sweepMs: 1_000,
  });
  stops.push(auth.stop);
  const compliance = await startCompliance({
    bus: asService(bus, 'compliance'),
    ...chance,
    ...stores,
    masterKeys: givenMasterKeys([randomBytes(32)]),
    sweepMs: 1_000,
    retentionSweepMs: 60_000,
  });
  stops.push(compliance.stop);
  // That of auth bears the same name, and holds other keys.
  const hashKeyStore = memoryDocuments(hashKeyDocuments);
  const terms = { secretSeconds, hangUpTimeoutMs: 2_000, transcriptionModel };
  const providers = configuredProviders(rows, { ...reached, ...terms });
  for (let copy = 0; copy < copies; copy += 1) {
    const quota = await startQuota({
      bus: asService(bus, 'quota'),
      clock,
      log,
      ...stores,
      prices: listPrices,
      sweepMs: 1_000,
    });
    const given = { bus: asService(bus, 'session-broker'), clock, log, ...secrets, ...stores, hashKeyStore };
    const terms = { providers, transcriptionModel, proveSeconds, toolEgress };
    const broker = await startBroker({ ...given, ...terms, sweepMs: 500 });
    stops.push(quota.stop, broker.stop);
  }
  const edge = await startEdge({
    bus: asService(bus, 'edge-guard'),
    ...chance,
    store: memoryStores(clock),
    expectedCopies: 1,
    secret: randomBytes(32),
    proofTries,
    verifiers: {},
    loginCookieName,
    settings: {
      proxies: new BlockList(),
      ipLimit,
      bodyBytes: 65_536,
      requestDeadlineMs: 5_000,
      requireHttps: false,
      publicOrigins,
      botProtection: true,
      providerUrl: reached.baseUrl,
    },
  });
  const door = await listen(edge.app, { host, port });
  // Known only now, for port 0 means any port that is free.
  invitations.consoleUrl = door.url;
  publicOrigins.add(door.url).add(door.url.replace(host, 'localhost'));
  stops.push(edge.stop, door.close, async () => edge.drain());
  return {
    url: door.url,
    mailUrl: catcher.url,
    providerUrl: reached.baseUrl,
    async stop() {
      for (const stop of stops.reverse()) await stop();
    },
  };
}

async function simulated(
  { clock, script }: Pick<AllInOneOptions, 'clock' | 'script'>,
  stops: (() => Promise<void>)[],
): Promise<{ apiKey: string; baseUrl: string }> {
  const apiKey = `sk-simulated-${randomUUID()}`;
  const { app, upgrade, close } = simulator({ apiKey, now: clock.now, ...(script && { script }) });
  const door = await listen(app, { host, port: 0, upgrade });
  stops.push(() => door.close(0), close);
  return { apiKey, baseUrl: door.url };
}
