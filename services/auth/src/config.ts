import { WrittenOrigin } from '@vox/contracts';
import {
  busSettings,
  count,
  dollars,
  flag,
  httpUrl,
  list,
  positive,
  refusedInProduction,
  requiredInProduction,
  secretBytes,
  serviceSettings,
  storeSettings,
  url,
} from '@vox/platform/config';
import { z } from 'zod';
import type { CodeRules } from './codes/mod.ts';
import type { LoginRules } from './logins/mod.ts';
import type { InvitationRules } from './members/mod.ts';
import { type Defaults, halfOf } from './tenants/decide/policy.ts';

/** The platform's limits where a tenant's policy says nothing. */
export const limitSettings = {
  RATE_USER_PER_MIN: count().default(120).describe('requests per minute and visitor or console user'),
  RATE_BURST: count().default(20).describe('requests above the rate within any minute'),
  WIDGET_SESSION_PER_MIN: count().default(12),
  CONSOLE_SESSION_PER_MIN: count().default(3),
  WIDGET_MAX_TOKENS_DAILY: count().default(300_000),
  CONSOLE_MAX_TOKENS_DAILY: count().default(50_000),
  WIDGET_MAX_DOLLARS_DAILY: dollars().default(20_000_000),
  CONSOLE_MAX_DOLLARS_DAILY: dollars().default(1_000_000),
  WIDGET_MAX_CONCURRENT_SESSIONS: count().default(10),
  CONSOLE_MAX_CONCURRENT_SESSIONS: count().default(1),
  WIDGET_MAX_CONCURRENT_PER_ADDRESS: count(10_000)
    .optional()
    .describe(
      'calls that visitors of one address (of IPv6 one /64) have open at once. Left out: half of those of the tenant',
    ),
  WIDGET_STARTS_PER_ADDRESS: count(60_000)
    .default(30)
    .describe('calls that visitors of one address start within ten minutes'),
  WIDGET_STARTS_PER_VISITOR: count(6_000).default(10).describe('calls that one visitor starts within ten minutes'),
  MAX_SESSION_MINUTES: count(60).default(15),
  MAX_SESSION_IDLE_SEC: count(3_600).default(300),
};
type LimitSettings = z.infer<z.ZodObject<typeof limitSettings>>;

/** How one-time codes are given out and tried. */
export const codeSettings = {
  OTP_EXPIRY_MINUTES: positive(60).default(10).describe('how long a one-time code lives'),
  MAX_OTP_PER_HOUR: count(60).default(3).describe('codes that one address is sent within an hour'),
  MAX_OTP_VERIFY_ATTEMPTS: count(10).default(5).describe('tries of a code, carried over when it is sent again'),
};

/** How long logins and invitations last. */
export const loginSettings = {
  SESSION_EXPIRY_HOURS: positive(24).default(24).describe('how long a login lasts that nobody uses'),
  LOGIN_MAX_DAYS: positive(90).default(7).describe('how long a login lasts at most, used or not'),
  INVITATION_DAYS: positive(30).default(7).describe('how long the link of an invitation works'),
  CONSOLE_URL: httpUrl()
    .default('http://127.0.0.1:8080')
    .describe('where members sign in, such as https://vox.example: links in mails lead there'),
};

/** Passkeys, and sign-in through tenants' own providers. */
export const factorSettings = {
  PUBLIC_ORIGINS: list()
    .default([])
    .pipe(z.array(WrittenOrigin))
    .describe(
      'origins under which browsers reach the door, the same as of edge-guard: passkeys are made for their hosts, and providers send browsers back there. Left out: that of CONSOLE_URL',
    ),
  SSO_ALLOW_LOOPBACK_HTTP: flag()
    .default(false)
    .describe('lets a tenant’s provider be on this machine, without TLS; refused in production'),
};

/** How mails leave. */
export const mailSettings = {
  SMTP_URL: url({ schemes: ['smtp', 'smtps'], letsIn: true }).describe(
    'the mail server, with user and password where it wants them: smtp://host:587 goes on in TLS, smtps://host:465 begins with it',
  ),
  SMTP_PLAIN: flag()
    .default(false)
    .describe(
      'lets smtp:// go without TLS where none is offered, and believes any certificate: on this machine or network',
    ),
  MAIL_FROM: z
    .email('must be an e-mail address')
    .describe('the address that mails come from; the name before it is the tenant’s'),
};

/** Where webhooks may be sent. */
export const webhookSettings = {
  WEBHOOK_PORTS: list()
    .pipe(z.array(positive(65_535)).min(1))
    .default([443])
    .describe('ports at which receivers of webhooks may listen, parted by commas'),
  WEBHOOK_LOOPBACK: flag()
    .default(false)
    .describe('lets webhooks go to this machine, over http too; for trying things out, refused in production'),
};

/** What auth reads from its environment. */
export const config = {
  schema: z.object({
    ...serviceSettings,
    ...busSettings,
    ...storeSettings('vox_auth'),
    CODE_PEPPER: secretBytes().describe('what hashes of one-time codes are made under; it is in no store'),
    CODE_PEPPER_PREVIOUS: secretBytes()
      .optional()
      .describe('another pepper whose codes are accepted: the next one before a change, the last one after it'),
    ...codeSettings,
    ...loginSettings,
    ...factorSettings,
    ...mailSettings,
    SEAL_KEY: secretBytes().describe(
      'what private signing keys and signing secrets of API keys are sealed under in the store',
    ),
    ...webhookSettings,
    ...limitSettings,
  }),
  rules: [
    requiredInProduction('NATS_NKEY_SEED', 'CONSOLE_URL'),
    refusedInProduction('SSO_ALLOW_LOOPBACK_HTTP', 'WEBHOOK_LOOPBACK'),
  ],
};

export const codeRulesOf = (settings: z.infer<z.ZodObject<typeof codeSettings>>): CodeRules => ({
  lifeSeconds: settings.OTP_EXPIRY_MINUTES * 60,
  sendsPerHour: settings.MAX_OTP_PER_HOUR,
  triesMax: settings.MAX_OTP_VERIFY_ATTEMPTS,
});

type LoginSettings = z.infer<z.ZodObject<typeof loginSettings>>;

export const loginRulesOf = (settings: Pick<LoginSettings, 'SESSION_EXPIRY_HOURS' | 'LOGIN_MAX_DAYS'>): LoginRules => ({
  lifeMs: settings.SESSION_EXPIRY_HOURS * 3_600_000,
  longestMs: settings.LOGIN_MAX_DAYS * 86_400_000,
});

export const invitationsOf = (settings: Pick<LoginSettings, 'INVITATION_DAYS' | 'CONSOLE_URL'>): InvitationRules => ({
  lifeSeconds: settings.INVITATION_DAYS * 86_400,
  consoleUrl: settings.CONSOLE_URL,
});

/** The origins of the installation, as far as auth is told them. */
export const publicOriginsOf = ({
  PUBLIC_ORIGINS,
  CONSOLE_URL,
}: Readonly<{ PUBLIC_ORIGINS: readonly string[]; CONSOLE_URL: string }>): ReadonlySet<string> =>
  new Set(PUBLIC_ORIGINS.length > 0 ? PUBLIC_ORIGINS : [new URL(CONSOLE_URL).origin]);

const unbounded = {
  openSessionsPerKey: null,
  openSessionsPerAddress: null,
  startsPerAddress: null,
  startsPerPerson: null,
  tokensPerMonth: null,
  microsPerMonth: null,
  secondsPerDay: null,
  secondsPerMonth: null,
} as const;

/** The platform's default limits of both kinds, and the ceiling no tenant's policy may pass. */
export function defaultsOf(settings: LimitSettings): Defaults {
  const both = {
    ...unbounded,
    requestsPerMinute: settings.RATE_USER_PER_MIN,
    burst: settings.RATE_BURST,
    sessionSeconds: settings.MAX_SESSION_MINUTES * 60,
    idleSeconds: settings.MAX_SESSION_IDLE_SEC,
  };
  const widget = {
    ...both,
    sessionStartsPerMinute: settings.WIDGET_SESSION_PER_MIN,
    openSessions: settings.WIDGET_MAX_CONCURRENT_SESSIONS,
    openSessionsPerPerson: 2,
    openSessionsPerAddress:
      settings.WIDGET_MAX_CONCURRENT_PER_ADDRESS ?? halfOf(settings.WIDGET_MAX_CONCURRENT_SESSIONS),
    startsPerAddress: settings.WIDGET_STARTS_PER_ADDRESS,
    startsPerPerson: settings.WIDGET_STARTS_PER_VISITOR,
    tokensPerDay: settings.WIDGET_MAX_TOKENS_DAILY,
    microsPerDay: settings.WIDGET_MAX_DOLLARS_DAILY,
  };
  const user = {
    ...both,
    sessionStartsPerMinute: settings.CONSOLE_SESSION_PER_MIN,
    openSessions: settings.WIDGET_MAX_CONCURRENT_SESSIONS,
    openSessionsPerPerson: settings.CONSOLE_MAX_CONCURRENT_SESSIONS,
    tokensPerDay: settings.CONSOLE_MAX_TOKENS_DAILY,
    microsPerDay: settings.CONSOLE_MAX_DOLLARS_DAILY,
  };
  const ceiling = {
    ...widget,
    requestsPerMinute: 6_000,
    burst: 1_000,
    sessionStartsPerMinute: 6_000,
    openSessions: 10_000,
    openSessionsPerPerson: 100,
    openSessionsPerAddress: 10_000,
    startsPerAddress: 60_000,
    startsPerPerson: 6_000,
    sessionSeconds: 3_600,
    idleSeconds: 3_600,
    tokensPerDay: 10_000_000_000,
    microsPerDay: 1_000_000_000_000,
  };
  return { widget, console: user, ceiling, isAddressHalf: settings.WIDGET_MAX_CONCURRENT_PER_ADDRESS === undefined };
}
