import { ProviderRows, WrittenOrigin } from '@vox/contracts';
import {
  busSettings,
  count,
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
import { egressSettings } from '@vox/platform/egress';
import { masterKeyRules, masterKeySettings } from '@vox/platform/master-keys';
import { z } from 'zod';
import type { CodeRules } from './codes/mod.ts';
import { limitSettings } from './limit-settings.ts';
import type { LoginRules } from './logins/mod.ts';
import type { InvitationRules } from './members/mod.ts';

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
    ...masterKeySettings,
    ...webhookSettings,
    ...egressSettings,
    PROVIDERS: ProviderRows.optional().describe(
      'the same as of session-broker: a policy that asks for what its provider cannot do is refused',
    ),
    ...limitSettings,
  }),
  rules: [
    requiredInProduction('NATS_NKEY_SEED', 'CONSOLE_URL'),
    refusedInProduction('SSO_ALLOW_LOOPBACK_HTTP', 'WEBHOOK_LOOPBACK'),
    ...masterKeyRules,
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

export { defaultsOf, limitSettings } from './limit-settings.ts';
