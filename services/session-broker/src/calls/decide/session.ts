import {
  type CallMode,
  type Denial,
  type EndConfirmation,
  type EndedBy,
  type EndReason,
  type Identity,
  standardProviderId,
} from '@vox/contracts';

/** Whom a session is with. The identity is a reference: one person has always the same, and it leads to nobody. */
export type SessionOwner = Readonly<{ tenantId: string; identity: Identity; traceparent?: string | undefined }>;
export type DeniedSession = SessionOwner & Readonly<{ kind: 'denied'; denial: Denial; decidedAtMs: number }>;
/** What was granted. The session keeps it to its end, so that the grant can always be published again. */
export type Grant = SessionOwner &
  Readonly<{
    /** Unset means direct. */
    mode?: CallMode | undefined;
    /** The number, in the tenant's slots, of the claim that it was granted on. */
    claim: number;
    /** The identity in the open, sealed: the fact of the end names it. */
    sealedIdentity: string;
    /** The visitor's address as a keyed hash, to count by. */
    address?: string | undefined;
    /** How long a call may go on that nothing shows to be real; without it, nothing need show it. */
    proveSeconds?: number | undefined;
    agentId: string;
    /** Under which the document of its agent stands. Sessions from before it was kept do not say so. */
    agentSetId?: string | undefined;
    /** Who makes the call. Unset means the standard provider. */
    provider?: string | undefined;
    model: string;
    voice: string;
    maxSeconds: number;
    idleSeconds: number;
    grantedAtMs: number;
    endsAtMs: number;
  }>;
export type LiveSession = Grant &
  Readonly<{
    kind: 'live';
    connectedAtMs?: number | undefined;
    lastSeenAtMs?: number | undefined;
    lastActiveAtMs?: number | undefined;
    warned: boolean;
    callId?: string | undefined;
    /** When something showed that the call is real. A heartbeat does not: it can be sent without a call. */
    provedAtMs?: number | undefined;
    /** The client secret of a direct call, sealed. It is gone when the session ends. */
    sealedSecret?: string | undefined;
    secretExpiresAtMs?: number | undefined;
    /** The copy of the broker that watches a brokered call. */
    watcher?: string | undefined;
    /** The hash of the settings that a brokered call began with, once its watch has heard them. */
    settings?: string | undefined;
    /** Another copy that hears it too, and goes on when the first one dies. */
    standby?: string | undefined;
  }>;
export type EndedSession = Grant &
  Readonly<{
    kind: 'ended';
    reason: EndReason;
    /** Who ended it, where the reason does not say. */
    by?: EndedBy | undefined;
    endedAtMs: number;
    connectedSeconds: number;
    callId?: string | undefined;
    /** What shows that a brokered call is over at the provider. Until something does, it is hung up again. */
    confirmedBy?: EndConfirmation | undefined;
    /** When an end that could not be confirmed is tried again. */
    retryAtMs?: number | undefined;
    /** Whether the end is published. Until then the sweep publishes it again. */
    told: boolean;
  }>;
export type Session = DeniedSession | LiveSession | EndedSession;

/** Who makes the call of a session, or made it. */
export const providerOf = ({ provider }: Pick<Grant, 'provider'>): string => provider ?? standardProviderId;
