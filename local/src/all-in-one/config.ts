import { count, dollars, environment, positive } from '@vox/shared/config';
import type { KindLimits } from '@vox/shared/contracts';
import { z } from 'zod';

/** What the all-in-one mode reads from its environment. */
export const schema = z.object({
  NODE_ENV: environment().default('development'),
  PORT: positive(65_535).default(8_080).describe('where the public door listens, on loopback'),
  RATE_IP_PER_MIN: count().default(60).describe('requests per minute and client address'),
  RATE_BURST: count().default(20).describe('requests above the rate within any minute'),
  RATE_USER_PER_MIN: count().default(120).describe('requests per minute and visitor or console user'),
  WIDGET_SESSION_PER_MIN: count().default(12),
  CONSOLE_SESSION_PER_MIN: count().default(3),
  WIDGET_MAX_TOKENS_DAILY: count().default(300_000),
  CONSOLE_MAX_TOKENS_DAILY: count().default(50_000),
  WIDGET_MAX_DOLLARS_DAILY: dollars().default(20_000_000),
  CONSOLE_MAX_DOLLARS_DAILY: dollars().default(1_000_000),
  WIDGET_MAX_CONCURRENT_SESSIONS: count().default(10),
  CONSOLE_MAX_CONCURRENT_SESSIONS: count().default(1),
  MAX_SESSION_MINUTES: count(60).default(15),
  MAX_SESSION_IDLE_SEC: count(3_600).default(300),
  OPENAI_API_KEY: z.string().optional().describe('talk to OpenAI instead of the simulator'),
  OPENAI_BASE_URL: z.url().default('https://api.openai.com'),
});
export type Settings = Readonly<z.infer<typeof schema>>;

const unbounded = {
  openSessionsPerKey: null,
  tokensPerMonth: null,
  microsPerMonth: null,
  secondsPerDay: null,
  secondsPerMonth: null,
} as const;

/** The platform's default limits of both kinds, and the ceiling no tenant's policy may pass. */
export function defaultsOf(settings: Settings): { widget: KindLimits; console: KindLimits; ceiling: KindLimits } {
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
    sessionSeconds: 3_600,
    idleSeconds: 3_600,
    tokensPerDay: 10_000_000_000,
    microsPerDay: 1_000_000_000_000,
  };
  return { widget, console: user, ceiling };
}
