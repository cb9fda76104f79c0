import { count, dollars } from '@vox/platform/config';
import type { z } from 'zod';
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
