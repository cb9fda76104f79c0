import { agingDays, isAlive } from '@vox/contracts';
import { type Facts, readOf, type TenantFacts } from '../facts.ts';
import { type Finding, finding, someOf, when } from '../finding.ts';

const dayMs = 86_400_000;
const urgentDays = 14;
const soonDays = 60;

/** What tenants' policies allow that is dangerous or will end. One finding for all tenants that share a cause. */
export function tenantFindings(facts: Facts): Finding[] {
  const tenants = (readOf(facts.tenants) ?? []).filter(({ status }) => status === 'active');
  return [...modelFindings(facts, tenants), ...doorFindings(facts, tenants), ...keyFindings(facts, tenants)];
}

function modelFindings({ modelEnds, nowMs }: Facts, tenants: readonly TenantFacts[]): Finding[] {
  return [...modelEnds].flatMap(([model, endsAtMs]) => {
    const daysLeft = (endsAtMs - nowMs) / dayMs;
    const users = tenants.filter(({ agents }) => agents.some(({ models }) => models.includes(model)));
    if (users.length === 0 || daysLeft > soonDays) return [];
    const day = new Date(endsAtMs).toISOString().slice(0, 10);
    return [
      finding(
        daysLeft <= urgentDays ? 'high' : 'medium',
        `models.ending ${model}`,
        `The provider ${daysLeft <= 0 ? 'has shut' : 'shuts'} ${model} down on ${day}; it is allowed to ${someOf(users.map(({ tenantId }) => tenantId))}.`,
        'From then on calls with it are refused.',
        'Put another model first in their agents (`vox tenant put`).',
      ),
    ];
  });
}

const isLoopback = (origin: string): boolean => /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(origin);

function doorFindings({ nowMs }: Facts, tenants: readonly TenantFacts[]): Finding[] {
  const living = tenants.map(({ tenantId, keys, bot }) => ({
    ...{ tenantId, bot },
    keys: keys.filter((key) => isAlive(key, nowMs) && key.environment === 'production'),
  }));
  const plain = living.flatMap(({ tenantId, keys }) =>
    keys.flatMap(({ origins }) => origins.filter((each) => each.startsWith('http:')).map((each) => [tenantId, each])),
  );
  const foreign = plain.filter(([, origin = '']) => !isLoopback(origin));
  const own = plain.filter(([, origin = '']) => isLoopback(origin));
  const unguarded = living.filter(({ bot, keys }) => bot.mode === 'off' && keys.length > 0);
  const named = (found: readonly (readonly string[])[]): string => someOf(found.map((each) => each.join(': ')));
  return [
    ...when(
      foreign.length > 0,
      'high',
      'tenants.http-origins',
      `Production keys work on pages without TLS: ${named(foreign)}.`,
      'Whoever stands between changes such a page, and calls in the name of its visitors.',
      'Serve the page over https, and make a key for that origin (`vox key create`); revoke this one.',
    ),
    ...when(
      own.length > 0,
      'low',
      'tenants.loopback-origins',
      `Production keys work on pages of a developer’s machine: ${named(own)}.`,
      'Anybody may serve such a page to himself, and call at the tenant’s cost.',
      'Give developers a key of their own (`vox key create --environment dev`).',
    ),
    ...when(
      unguarded.length > 0,
      'high',
      'tenants.bot-off',
      `Nothing keeps bots from calling ${someOf(unguarded.map(({ tenantId }) => tenantId))}.`,
      'A program spends a tenant’s day of budget in minutes.',
      'Set bot.mode to proof-of-work, botid or turnstile (`vox tenant put`).',
    ),
  ];
}

function keyFindings({ nowMs }: Facts, tenants: readonly TenantFacts[]): Finding[] {
  const old = tenants.flatMap(({ tenantId, keys }) =>
    keys
      .filter((key) => isAlive(key, nowMs))
      .filter(({ createdAt }) => createdAt !== null && nowMs - Date.parse(createdAt) > agingDays * dayMs)
      .map(({ label }) => `${tenantId}/${label}`),
  );
  return when(
    old.length > 0,
    'low',
    'tenants.old-keys',
    `Widget keys are older than ${agingDays} days: ${someOf(old)}.`,
    'A public key that was copied to a place where nobody looks any more keeps working.',
    'Rotate them with a grace (`vox key rotate`).',
  );
}
