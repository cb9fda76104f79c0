import { agingDays, type PolicyFinding, policyFindings } from '@vox/contracts';
import { type Facts, readOf } from '../facts.ts';
import { type Finding, finding, someOf } from '../finding.ts';

/** What tenants' policies allow that is dangerous or will end, by the rules by which the console tells it too. */
export const tenantFindings = (facts: Facts): Finding[] =>
  policyFindings(readOf(facts.tenants) ?? [], facts.modelEnds, facts.nowMs).map((each) => {
    const [id, what, why, mend] = told(each, someOf(each.named), facts.nowMs);
    return finding(each.severity, id, what, why, mend);
  });

type Told = readonly [id: string, what: string, why: string, mend: string];

function told({ rule, ending }: PolicyFinding, named: string, nowMs: number): Told {
  switch (rule) {
    case 'model-ending': {
      const { model = '', endsAtMs = 0 } = ending ?? {};
      const day = new Date(endsAtMs).toISOString().slice(0, 10);
      const shuts = endsAtMs <= nowMs ? 'has shut' : 'shuts';
      return [
        `models.ending ${model}`,
        `The provider ${shuts} ${model} down on ${day}; it is allowed to ${named}.`,
        'From then on calls with it are refused.',
        'Put another model first in their agents (`vox tenant put`).',
      ];
    }
    case 'http-origins':
      return [
        'tenants.http-origins',
        `Production keys work on pages without TLS: ${named}.`,
        'Whoever stands between changes such a page, and calls in the name of its visitors.',
        'Serve the page over https, and make a key for that origin (`vox key create`); revoke this one.',
      ];
    case 'loopback-origins':
      return [
        'tenants.loopback-origins',
        `Production keys work on pages of a developer’s machine: ${named}.`,
        'Anybody may serve such a page to himself, and call at the tenant’s cost.',
        'Give developers a key of their own (`vox key create --environment dev`).',
      ];
    case 'bot-off':
      return [
        'tenants.bot-off',
        `Nothing keeps bots from calling ${named}.`,
        'A program spends a tenant’s day of budget in minutes.',
        'Set bot.mode to proof-of-work, botid or turnstile (`vox tenant put`).',
      ];
    case 'old-keys':
      return [
        'tenants.old-keys',
        `Widget keys are older than ${agingDays} days: ${named}.`,
        'A public key that was copied to a place where nobody looks any more keeps working.',
        'Rotate them with a grace (`vox key rotate`).',
      ];
  }
}
