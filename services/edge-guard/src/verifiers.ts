import { flag, httpUrl } from '@vox/platform/config';
import { type Egress, egress, readTarget, wayOutOf } from '@vox/platform/egress';
import { z } from 'zod';

/** Who tells people from programs, where it is not the proof of work alone. */
export const verifierSettings = {
  BOTID_API_URL: httpUrl()
    .optional()
    .describe('answers the verdict of Vercel BotID; a host of the public internet, by https'),
  BOTID_API_KEY: z.string().min(1).optional(),
  TURNSTILE_SITE_KEY: z.string().min(1).optional(),
  TURNSTILE_SECRET_KEY: z.string().min(1).optional(),
  TURNSTILE_VERIFY_URL: httpUrl().default('https://challenges.cloudflare.com/turnstile/v0/siteverify'),
  VERIFIER_LOOPBACK: flag()
    .default(false)
    .describe(
      'lets a verifier of bots be on this machine, over http too; for trying things out, refused in production',
    ),
};
type Settings = Readonly<z.infer<z.ZodObject<typeof verifierSettings>>> & Parameters<typeof wayOutOf>[0];

const urls = ['BOTID_API_URL', 'TURNSTILE_VERIFY_URL'] as const;
const portsOf = (text: string | undefined): number[] =>
  text !== undefined && URL.canParse(text) ? [Number(new URL(text).port || 443)] : [];

/** A rule that verifiers are where the way out leads. A URL that is none is another rule's matter. */
export const verifiersOutside = (given: Readonly<Record<string, string | undefined>>): string[] => {
  const allowLoopback = ['true', '1'].includes(given.VERIFIER_LOOPBACK ?? '');
  return urls.flatMap((name) => {
    const text = given[name];
    if (text === undefined || !/^https?:/.test(text) || !URL.canParse(text)) return [];
    const isTarget = readTarget(text, { ports: portsOf(text), allowLoopback }).kind === 'target';
    return isTarget ? [] : [`${name}: must lead to a host of the public internet, by https`];
  });
};

/** Every session request may ask, and all tenants ask the same host. */
const bounds = { perOwner: 64, perHost: 1_024 };

/** The way out to the verifiers, at the ports that their URLs name. */
export const wayToVerifiers = (settings: Settings): Egress =>
  egress({
    ...{ purpose: 'bot-verifiers', bounds, allowLoopback: settings.VERIFIER_LOOPBACK },
    ports: [443, ...urls.flatMap((name) => portsOf(settings[name]))],
    ...wayOutOf(settings),
  });
