import { z } from 'zod';
import type { BotVerifier } from '../decide/verifier.ts';
import { askVerifier, type VerifierAddress } from './ask-verifier.ts';

export type BotIdOptions = VerifierAddress & Readonly<{ apiKey: string }>;

/**
 * The verdict of Vercel BotID’s `checkBotId()` (vercel.com/docs/botid), as the endpoint at BOTID_API_URL passes it on.
 */
const Verdict = z.object({
  isHuman: z.boolean(),
  isBot: z.boolean(),
  isVerifiedBot: z.boolean().default(false),
  bypassed: z.boolean().default(false),
});
/** What BotID’s script in the page adds to a request. */
const proofHeader = 'x-is-human';

/** BotID by HTTP: the endpoint hears the browser’s proof header, address and agent, and answers the verdict. */
export const botId = ({ apiKey, ...address }: BotIdOptions): BotVerifier => ({
  challenge: async () => ({ kind: 'botid' }),
  async verify({ header }, { tenantId, ip, origin }) {
    const isHuman = header(proofHeader);
    if (isHuman === undefined) return false;
    const body = { ip, origin, headers: { [proofHeader]: isHuman, 'user-agent': header('user-agent') ?? '' } };
    const verdict = await askVerifier(
      { ...address, tenantId, body, headers: { authorization: `Bearer ${apiKey}` } },
      Verdict,
    );
    // A verified bot may look at a page; a call it may not start. A bypassed check proves nothing.
    return verdict.isHuman && !verdict.isBot && !verdict.isVerifiedBot && !verdict.bypassed;
  },
});
