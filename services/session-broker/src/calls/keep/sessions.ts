import {
  AddressMark,
  CallMode,
  Denial,
  EndConfirmation,
  EndedBy,
  EndReason,
  Identity,
  ProviderId,
  TenantId,
} from '@vox/contracts';
import type { DocumentStore, StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import { personScope } from '../../slots/mod.ts';
import type { LiveSession, Session } from '../decide/session.ts';
import { dueAtMs } from '../decide/time-limits.ts';

/** Sessions by id. The store is the arbiter of "decide once" and keeps the record of each call. */
export type Sessions = DocumentStore<Session>;

export const tenantTag = (tenantId: string): string => `tenant:${tenantId}`;
export const personTag = (tenantId: string, identity: Identity): string =>
  `person:${tenantId}:${personScope(identity)}`;
export const addressTag = (tenantId: string, address: string): string => `address:${tenantId}:${address}`;
/** A call belongs to one session, whatever id other browsers send. */
export const callTag = (callId: string): string => `call:${callId}`;
export const loginTag = (loginId: string): string => `login:${loginId}`;
/** What a copy of the broker watches. */
export const watcherTag = (copy: string): string => `watcher:${copy}`;
export const keyTag = (widgetKey: string): string => `key:${widgetKey}`;

/** What a copy hears besides, in case that its watcher dies. */
export const standbyTag = (copy: string): string => `standby:${copy}`;
/** Calls that one copy alone hears. */
export const aloneTag = 'alone';

function watchTags({ watcher, standby }: Pick<LiveSession, 'watcher' | 'standby'>): string[] {
  if (watcher === undefined) return [];
  return [watcherTag(watcher), standby === undefined ? aloneTag : standbyTag(standby)];
}

/** By what a call ends when the credential does under which it began. */
function credentialTags(identity: Identity): string[] {
  if (identity.kind === 'widget') return [keyTag(identity.widgetKey)];
  return identity.loginId === undefined ? [] : [loginTag(identity.loginId)];
}

const ms = z.number().int();
const seconds = z.number().int().nonnegative();
const owner = { tenantId: TenantId, identity: Identity, traceparent: z.string().optional() };
const grant = {
  mode: CallMode.optional(),
  claim: z.number().int(),
  sealedIdentity: z.string(),
  address: AddressMark.optional(),
  proveSeconds: seconds.optional(),
  agentId: z.string(),
  agentSetId: z.string().optional(),
  provider: ProviderId.optional(),
  model: z.string(),
  voice: z.string(),
  maxSeconds: seconds,
  idleSeconds: seconds,
  grantedAtMs: ms,
  endsAtMs: ms,
};

export const sessionDocuments: StoredKind<Session> = {
  collection: 'sessions',
  schema: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('denied'), ...owner, denial: Denial, decidedAtMs: ms }),
    z.object({
      kind: z.literal('live'),
      ...owner,
      ...grant,
      connectedAtMs: ms.optional(),
      lastSeenAtMs: ms.optional(),
      lastActiveAtMs: ms.optional(),
      warned: z.boolean(),
      callId: z.string().optional(),
      provedAtMs: ms.optional(),
      sealedSecret: z.string().optional(),
      secretExpiresAtMs: ms.optional(),
      settings: z.string().optional(),
      watcher: z.string().optional(),
      standby: z.string().optional(),
    }),
    z.object({
      kind: z.literal('ended'),
      ...owner,
      reason: EndReason,
      by: EndedBy.optional(),
      ...grant,
      endedAtMs: ms,
      connectedSeconds: seconds,
      callId: z.string().optional(),
      confirmedBy: EndConfirmation.optional(),
      retryAtMs: ms.optional(),
      told: z.boolean(),
    }),
  ]),
  dueAtMs,
  /** Only live sessions have tags. */
  tags: (session) =>
    session.kind !== 'live'
      ? []
      : [
          tenantTag(session.tenantId),
          personTag(session.tenantId, session.identity),
          ...(session.address === undefined ? [] : [addressTag(session.tenantId, session.address)]),
          ...(session.callId === undefined ? [] : [callTag(session.callId)]),
          ...watchTags(session),
          ...credentialTags(session.identity),
        ],
};
