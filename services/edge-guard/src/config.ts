import { WrittenOrigin } from '@vox/contracts';
import {
  busSettings,
  certificates,
  count,
  flag,
  httpUrl,
  list,
  positive,
  redisUrl,
  refusedInProduction,
  requiredInProduction,
  secretBytes,
  serviceSettings,
} from '@vox/platform/config';
import { egressSettings } from '@vox/platform/egress';
import { z } from 'zod';
import { proxyList } from './client/decide/client-ip.ts';
import { addressHeaders } from './client/decide/forwarded.ts';
import { standardCeiling } from './door/accept/ceiling.ts';
import { verifierSettings, verifiersOutside } from './verifiers.ts';

/** How the public door counts and checks whoever asks. */
export const doorSettings = {
  RATE_IP_PER_MIN: count().default(60).describe('requests per minute and client address'),
  RATE_BURST: count().default(20).describe('requests above the rate within any minute'),
  PROOF_OF_WORK_TRIES: positive(1_000_000)
    .default(800)
    .describe('mean number of tries of a proof of work; some thousand take a browser a second'),
};

const isNetworks = (cidrs: readonly string[]): boolean => {
  try {
    return Boolean(proxyList(cidrs));
  } catch {
    return false;
  }
};

/** What edge-guard reads from its environment. */
export const config = {
  schema: z.object({
    ...serviceSettings,
    ...busSettings,
    HOST: z.string().default('127.0.0.1').describe('where the public door listens'),
    PORT: positive(65_535).default(8_080),
    REDIS_URL: redisUrl().describe(
      'limits, idempotency keys and redaction states that all copies share, with user and password: redis://host, redis+sentinel://host,host/primary or redis+cluster://host,host, and the same with rediss for TLS; see docs/redis.md',
    ),
    REDIS_CA: certificates()
      .optional()
      .describe(
        'the authority, in PEM, whose certificate Redis must show; with it, or with rediss:// in REDIS_URL, nothing is sent without TLS',
      ),
    EXPECTED_COPIES: positive(1_000)
      .default(1)
      .describe('copies of edge-guard: each counts that share alone while Redis is down'),
    SECRET_KEY: secretBytes().describe('signs challenges and seals answers; the same in every copy'),
    TRUSTED_PROXIES: list()
      .default([])
      .refine(isNetworks, 'must be networks in CIDR form, parted by commas')
      .describe('networks whose word on the client’s address and on https is believed'),
    CLIENT_ADDRESS_HEADER: z
      .enum(addressHeaders)
      .default('x-forwarded-for')
      .describe('the header that the trusted proxies write the address into; the other one is never read'),
    ALLOW_HTTP: flag()
      .default(false)
      .describe('takes requests that no trusted proxy calls https; for a machine of your own'),
    PUBLIC_ORIGINS: list()
      .default([])
      .pipe(z.array(WrittenOrigin))
      .describe(
        'origins under which browsers reach this door, such as https://vox.example. Left out: this machine’s own, at PORT. A Host header is not believed',
      ),
    REQUEST_DEADLINE_MS: positive(30_000).default(5_000).describe('longest wait for a decision on a session request'),
    DRAIN_MS: count(30_000)
      .default(2_000)
      .describe('how long, after SIGTERM, requests are still served while /readyz already says no'),
    BODY_MAX_BYTES: positive(1_048_576).default(65_536),
    IN_FLIGHT_MAX: positive(1_000_000)
      .default(standardCeiling.requestsMax)
      .describe('requests that one copy works on at once; the next is answered 503'),
    IN_FLIGHT_PER_ADDRESS_MAX: positive(1_000_000)
      .default(standardCeiling.requestsPerAddressMax)
      .describe('those of one address (of IPv6 one /64); never more than a tenth of all, and eight at least'),
    IN_FLIGHT_BODY_BYTES_MAX: positive(8_589_934_592)
      .default(standardCeiling.bodyBytesMax)
      .describe('bytes of bodies that one copy holds at once; what would pass it is answered 503'),
    ...doorSettings,
    DISABLE_BOT_PROTECTION: flag()
      .default(false)
      .describe('lets every request pass as a person’s; refused in production'),
    ...verifierSettings,
    ...egressSettings,
    LOGIN_COOKIE_NAME: z
      .string()
      .regex(/^(__Host-)?[A-Za-z0-9_-]{1,60}$/, 'must be the name of a cookie')
      .default('__Host-tenant_session')
      .describe(
        'the cookie of a login; tenant_session is what older pages know. With __Host- no neighbouring host can set it',
      ),
    OPENAI_BASE_URL: httpUrl()
      .default('https://api.openai.com')
      .describe('where the widget’s page reaches the provider'),
  }),
  rules: [
    requiredInProduction('NATS_NKEY_SEED'),
    refusedInProduction('DISABLE_BOT_PROTECTION', 'VERIFIER_LOOPBACK'),
    verifiersOutside,
    namedBehindTls,
    bothOrNeither('BOTID_API_URL', 'BOTID_API_KEY'),
    bothOrNeither('TURNSTILE_SITE_KEY', 'TURNSTILE_SECRET_KEY'),
  ],
};

/**
 * Behind a proxy that ends TLS nobody asks for this machine's own address: the widget's page would be refused as a
 * stranger's.
 */
function namedBehindTls({ ALLOW_HTTP, PUBLIC_ORIGINS = '' }: Readonly<Record<string, string | undefined>>): string[] {
  const isNamed = PUBLIC_ORIGINS.trim() !== '' || ALLOW_HTTP === 'true' || ALLOW_HTTP === '1';
  return isNamed ? [] : ['PUBLIC_ORIGINS: is required unless ALLOW_HTTP is true'];
}

function bothOrNeither(one: string, other: string) {
  return (given: Readonly<Record<string, string>>): string[] =>
    (given[one] === undefined) === (given[other] === undefined) ? [] : [`${one}: goes together with ${other}`];
}
