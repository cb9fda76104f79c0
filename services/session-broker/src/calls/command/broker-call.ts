import { createHmac, randomUUID } from 'node:crypto';
import type { BrowserChannel, Denial, Identity } from '@vox/contracts';
import type { SealKey } from '@vox/platform/crypto';
import type { Log } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import {
  type CallAt,
  dependencyOf,
  hangUp,
  type MakeCall,
  type Providers,
  type SettingsWanted,
} from '../../provider/mod.ts';
import { personScope } from '../../slots/mod.ts';
import type { Watches } from '../../watch/mod.ts';
import type { BegunBy } from '../decide/grant.ts';
import type { Leads } from '../keep/leads.ts';

export type BrokerCallDependencies = Readonly<{
  makeCall: MakeCall;
  providers: Providers;
  watches: Pick<Watches, 'copy' | 'ready' | 'open' | 'drop'>;
  leads: Pick<Leads, 'update'>;
  personKey: SealKey;
  clock: Clock;
  log: Log;
}>;

export type BrokeredRequest = Readonly<{
  tenantId: string;
  sessionId: string;
  /** In the open. */
  identity: Identity;
  traceparent?: string | undefined;
  offer: string;
  channel: BrowserChannel;
  /** Who makes the call. */
  provider: string;
  settings: SettingsWanted;
  /** What is left for all of it. */
  timeoutMs: number;
}>;

/** A call that is made and watched, with the answer for its browser; or why there is none. */
export type BrokeredCall =
  | Readonly<{
      answer: string;
      browserChannel: BrowserChannel;
      /** Whether the provider takes typed words in such a call. */
      typing: boolean;
      begun: Extract<BegunBy, { mode: 'brokered' }>;
    }>
  | Readonly<{ denial: Denial }>;

/** A request is over within seconds. By then its session says whether a call became its own. */
const leadMs = 15_000;
const watchMs = 3_000;

/**
 * Makes a call with a browser's offer and watches it before anybody has its answer. What it is about to do is written
 * down first: a crash leaves a lead to whatever was made. A call that cannot be watched is hung up.
 */
export async function brokerCall(
  dependencies: BrokerCallDependencies,
  request: BrokeredRequest,
): Promise<BrokeredCall> {
  const { makeCall, watches, leads, personKey, clock, log } = dependencies;
  const { tenantId, sessionId, identity, traceparent, offer, channel, provider, settings, timeoutMs } = request;
  const startedMs = clock.now().getTime();
  const lead = { tenantId, sessionId, provider, lookAtMs: startedMs + leadMs };
  const leadId = randomUUID();
  await Promise.all([watches.ready(), leads.update(leadId, () => ({ result: undefined, state: lead }))]);
  const safetyIdentifier = safetyIdentifierOf(personKey, tenantId, identity);
  const made = await makeCall(provider, { ...settings, offer, channel, safetyIdentifier, timeoutMs });
  if (made === undefined) return { denial: { reason: 'provider' } };
  if (made === 'offer') return { denial: { reason: 'offer' } };
  const { callId, answer, browserChannel } = made;
  const leftMs = timeoutMs - (clock.now().getTime() - startedMs);
  try {
    const [watch] = await Promise.all([
      watches.open(
        { tenantId, sessionId, provider, callId, identity, traceparent, sinceMs: startedMs, isWhole: true },
        Math.max(1, Math.min(watchMs, leftMs)),
      ),
      leads.update(leadId, () => ({ result: undefined, state: { ...lead, callId } })),
    ]);
    const begun = { mode: 'brokered', callId, watcher: watches.copy, settings: watch.settings() } as const;
    const typing = dependencies.providers.of(provider).profile.adapter !== 'openai-live';
    return { answer, browserChannel, typing, begun };
  } catch (error) {
    log.warn({ dependency: dependencyOf(provider), error }, 'a call could not be watched and is hung up');
    await dropCall(dependencies, { provider, callId });
    return { denial: { reason: 'provider' } };
  }
}

/** Hangs up a call that became nobody's. Should the provider not answer, the lead to it stays. */
export async function dropCall(
  dependencies: Pick<BrokerCallDependencies, 'providers' | 'watches' | 'log'>,
  call: CallAt,
): Promise<void> {
  await dependencies.watches.drop(call);
  await hangUp(dependencies, call);
}

const identifierChars = 32;

/**
 * Stands for a person at the provider: always the same at one tenant, and nobody but the owner of the key can tell
 * whose.
 */
const safetyIdentifierOf = (personKey: SealKey, tenantId: string, identity: Identity): string =>
  createHmac('sha256', personKey)
    .update(`provider:${tenantId}:${personScope(identity)}`)
    .digest('base64url')
    .slice(0, identifierChars);
