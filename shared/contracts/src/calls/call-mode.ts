import { z } from 'zod';

/**
 * Who makes a call at the provider. `brokered`: our server does, with the browser's offer, and watches it. `direct`:
 * the browser does, with a client secret.
 */
export const CallMode = z.enum(['brokered', 'direct']);
export type CallMode = z.infer<typeof CallMode>;

/** The modes that a tenant allows. */
export const AllowedCalls = z.enum([...CallMode.options, 'both']);
export type AllowedCalls = z.infer<typeof AllowedCalls>;

export const allowsMode = (allowed: AllowedCalls, mode: CallMode): boolean => allowed === 'both' || allowed === mode;

/**
 * What a browser may tell the provider in a brokered call. `none`: it has no channel to it. `guarded`: it has one, and
 * what it changes is put back, and at the second time ends the call.
 */
export const BrowserChannel = z.enum(['none', 'guarded']);
export type BrowserChannel = z.infer<typeof BrowserChannel>;

/** Longest offer or answer of a call (SDP, RFC 8866), in characters. */
export const sdpMax = 32_768;
export const Sdp = z.string().min(1).max(sdpMax);

/** What the edge holds of a request for a brokered call, for the broker that was admitted. */
export const HeldOffer = z.object({ offer: Sdp });
