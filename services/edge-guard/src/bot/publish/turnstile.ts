import { digest } from '@vox/platform/crypto';
import { z } from 'zod';
import type { BotVerifier, ProofPlace } from '../decide/verifier.ts';
import { askVerifier, type VerifierAddress } from './ask-verifier.ts';

export type TurnstileOptions = VerifierAddress & Readonly<{ siteKey: string; secretKey: string }>;

/** The answer of Cloudflare’s siteverify (developers.cloudflare.com/turnstile/get-started/server-side-validation). */
const Answer = z.object({ success: z.boolean(), action: z.string().optional(), cdata: z.string().optional() });

const action = 'vox-session';
/** Ties a token to the page it was made for: Cloudflare signs it into the token and gives it back. */
const customerData = ({ tenantId, origin }: ProofPlace): string => digest('turnstile', tenantId, origin);
const longestToken = 2_048;

/** Cloudflare Turnstile. A token is spent by Cloudflare itself: a second time it is no success. */
export const turnstile = ({ siteKey, secretKey, ...address }: TurnstileOptions): BotVerifier => ({
  challenge: async (place) => ({ kind: 'turnstile', siteKey, action, cdata: customerData(place) }),
  async verify({ given }, place) {
    if (given === undefined || given.length > longestToken) return false;
    const body = { secret: secretKey, response: given, remoteip: place.ip };
    const answer = await askVerifier({ ...address, tenantId: place.tenantId, body, headers: {} }, Answer);
    return answer.success && answer.action === action && answer.cdata === customerData(place);
  },
});
