import { type IdentityKind, identityKinds, ListSessions, ListTenants, TenantId } from '@vox/contracts';
import { Fault, issuesOf } from '@vox/platform/fault';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { everyPage } from '../../dialogues/every-page.ts';
import { orNoTenant } from '../../dialogues/or-no-tenant.ts';
import { actingBy, type ReasonOption, withReason } from '../../options/reason.ts';
import type { Operator } from '../../reach/operator.ts';
import { progressOf } from '../../text/counted.ts';

type Given = ReasonOption & Readonly<{ tenant?: string[]; kind?: IdentityKind }>;

/** Tenants that are asked about at once. */
const atOnce = 8;

function tenants(text: string, before: readonly string[] = []): readonly string[] {
  const read = TenantId.safeParse(text);
  if (!read.success) throw new InvalidArgumentError(`${issuesOf(read.error)[0]?.message}.`);
  return [...before, read.data];
}

/** `vox sessions` */
export function sessionsCommand(vox: Command, operator: Operator): void {
  withReason(vox.command('sessions'))
    .description('Lists the live calls of all tenants, without their persons. Each tenant’s audit log says who looked.')
    .option('--tenant <tenant...>', 'calls of these tenants alone', tenants)
    .addOption(new Option('--kind <kind>', 'calls of the widget or of the console alone').choices(identityKinds))
    .action(async ({ tenant, kind, ...why }: Given) => operator.say(await callsOf(operator, tenant, kind, why)));
}

async function callsOf(
  operator: Operator,
  wanted: readonly string[] | undefined,
  kind: IdentityKind | undefined,
  why: ReasonOption,
) {
  const all = wanted ?? (await everyTenant(operator));
  const progress = progressOf(operator, all.length, 'tenants looked at');
  const found: Awaited<ReturnType<typeof callsOfTenant>>[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    const part = all.slice(from, from + atOnce);
    found.push(...(await Promise.all(part.map((tenantId) => callsOfTenant(operator, tenantId, kind, why, wanted)))));
    progress(part.length);
  }
  return found.flat();
}

const everyTenant = ({ ask }: Operator): Promise<readonly string[]> =>
  everyPage(async (after: string | undefined) => {
    const { tenants: page, next } = await ask(ListTenants, { after, limit: 200 });
    return { rows: page.map(({ tenantId }) => tenantId), next };
  });

async function callsOfTenant(
  operator: Operator,
  tenantId: string,
  kind: IdentityKind | undefined,
  why: ReasonOption,
  wanted: readonly string[] | undefined,
) {
  const listed = await everyPage(async (after: string | undefined) => {
    const { sessions, next } = await operator.ask(ListSessions, { tenantId, kind, after, ...actingBy(operator, why) });
    return { rows: sessions, next };
  }).catch((error: unknown) => {
    // A tenant of the list may be gone by now.
    if (wanted === undefined && error instanceof Fault && error.code === 'NOT_FOUND') return [];
    throw error;
  });
  const rows = wanted === undefined ? listed : await orNoTenant(operator, tenantId, listed);
  return rows.map(({ sessionId, identity, grantedAt, endsAt, connected }) => ({
    ...{ tenantId, sessionId, kind: identity.kind },
    widgetKey: identity.kind === 'widget' ? identity.widgetKey : null,
    ...{ grantedAt, endsAt, connected },
  }));
}
