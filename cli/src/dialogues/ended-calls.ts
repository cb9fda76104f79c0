import { AgentId, type EndedCall, EndReason, ListEndedSessions, WidgetKey } from '@vox/contracts';
import { invalidField } from '@vox/platform/fault';
import { type Command, Option } from 'commander';
import { moment, wholeNumber } from '../options/arguments.ts';
import { ofSchema } from '../options/of-schema.ts';
import { actingBy, type ReasonOption } from '../options/reason.ts';
import type { Operator } from '../reach/operator.ts';

/** What `withEnded` reads. */
export type EndedOptions = ReasonOption &
  Readonly<{
    ended?: true;
    agent?: string;
    key?: string;
    endReason?: EndReason;
    from?: string;
    to?: string;
    limit?: number;
  }>;

const limitDefault = 50;
const pageMax = 200;

/** Lets a list of live calls show those that are over instead. */
export const withEnded = (command: Command): Command =>
  command
    .option('--ended', 'calls that are over in the place of live ones, the last to end first')
    .option('--key <key>', 'calls of this widget key alone', ofSchema(WidgetKey))
    .option('--agent <id>', 'ended calls of this agent alone', ofSchema(AgentId))
    .addOption(
      new Option('--end-reason <why>', 'ended calls that ended for this reason alone').choices(EndReason.options),
    )
    .option('--from <moment>', 'calls that ended at this moment or later (ISO 8601)', moment)
    .option('--to <moment>', 'calls that ended before this moment (ISO 8601)', moment)
    .option('--limit <number>', `how many ended calls of a tenant, ${limitDefault} if left out`, wholeNumber);

const ofEndedAlone = ['agent', 'endReason', 'from', 'to', 'limit'] as const;
const optionNames: Readonly<Record<string, string>> = { endReason: 'end-reason' };

/** Throws Fault INVALID_REQUEST for an option that would be left out of account. */
export function requireFitting({ ended, ...given }: EndedOptions & Readonly<{ kind?: string }>): void {
  const odd = ended ? given.kind && 'kind' : ofEndedAlone.find((name) => given[name] !== undefined);
  if (!odd) return;
  throw invalidField(`--${optionNames[odd] ?? odd}`, `is for ${ended ? 'live' : 'ended'} calls alone`);
}

/** The calls of a tenant that ended last, as many as were wanted. */
export async function endedCalls(
  operator: Operator,
  tenantId: string,
  { agent: agentId, key: widgetKey, endReason, from, to, limit = limitDefault, ...why }: EndedOptions,
): Promise<readonly EndedCall[]> {
  const { ask } = operator;
  const found: EndedCall[] = [];
  for (let after: string | undefined; ; ) {
    const asked = { tenantId, agentId, widgetKey, endReason, from, to, after, ...actingBy(operator, why) };
    const page = await ask(ListEndedSessions, { ...asked, limit: Math.min(limit - found.length, pageMax) });
    found.push(...page.sessions);
    if (page.next === null || found.length >= limit) return found;
    after = page.next;
  }
}
