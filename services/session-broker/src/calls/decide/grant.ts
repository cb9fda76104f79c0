import type { LiveSession, SessionOwner } from './session.ts';

/** With what a call begins: a sealed client secret, or the call that we made and the copy that watches it. */
export type BegunBy =
  | Readonly<{ mode: 'direct'; sealedSecret: string; secretExpiresAtMs: number }>
  | Readonly<{ mode: 'brokered'; callId: string; watcher: string; settings?: string | undefined }>;

/** What a grant is made of: who asked for what, under which limits, and what was sealed for it. */
export type GrantTerms = Readonly<{
  owner: SessionOwner;
  address: string | undefined;
  /** The number of the claim. */
  claim: number;
  wanted: Readonly<{ agentId: string; model: string; voice: string; maxSeconds: number }>;
  agentSetId: string;
  /** Who makes the call. */
  provider: string;
  idleSeconds: number;
  proveSeconds: number | undefined;
  sealedIdentity: string;
  begun: BegunBy;
}>;

/** The live session that a request is granted. */
export const granted = (terms: GrantTerms, nowMs: number): LiveSession => {
  const { owner, address, claim, wanted, agentSetId, provider, idleSeconds, proveSeconds, sealedIdentity, begun } =
    terms;
  const { agentId, model, voice, maxSeconds } = wanted;
  return {
    kind: 'live',
    ...owner,
    ...begun,
    sealedIdentity,
    claim,
    address,
    // Never sooner than silence would end the call: a visitor who is quiet before the first answer is still a visitor.
    proveSeconds: proveSeconds && Math.max(proveSeconds, idleSeconds),
    agentId,
    agentSetId,
    provider,
    model,
    voice,
    maxSeconds,
    idleSeconds,
    grantedAtMs: nowMs,
    endsAtMs: nowMs + maxSeconds * 1_000,
    warned: false,
  };
};
