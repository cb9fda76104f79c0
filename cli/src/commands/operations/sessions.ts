import { type IdentityKind, identityKinds, ListSessions, ListTenants, TenantId } from '@vox/contracts';
import { Fault, issuesOf } from '@vox/platform/fault';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type EndedOptions, endedCalls, requireFitting, withEnded } from '../../dialogues/ended-calls.ts';
import { everyPage } from '../../dialogues/every-page.ts';
import { orNoTenant } from '../../dialogues/or-no-tenant.ts';
import { actingBy, withReason } from '../../options/reason.ts';
import type { Operator } from '../../reach/operator.ts';
import { progressOf } from '../../text/counted.ts';

type Wanted = EndedOptions & Readonly<{ kind?: IdentityKind }>;
type Given = Wanted & Readonly<{ tenant?: string[] }>;

/** Tenants that are asked about at once. */
const atOnce = 8;

function tenants(text: string, before: readonly string[] = []): readonly string[] {
  const read = TenantId.safeParse(text);
  if (!read.success) throw new InvalidArgumentError(`${issuesOf(read.error)[0]?.message}.`);
  return [...before, read.data];
}

/** `vox sessions` */
export function sessionsCommand(vox: Command, operator: Operator): void {
  withReason(withEnded(vox.command('sessions')))
    .description('Lists the calls of all tenants, without their persons. Each tenant’s audit log says who looked.')
    .option('--tenant <tenant...>', 'calls of these tenants alone', tenants)
    .addOption(new Option('--kind <kind>', 'live calls of the widget or of the console alone').choices(identityKinds))
    .action(async ({ tenant, ...wanted }: Given) => {
      requireFitting(wanted);
      const list: Listing = wanted.ended ? endedCalls : liveCalls;
      operator.say(await everyRow(operator, tenant, (tenantId) => list(operator, tenantId, wanted)));
    });
}

type Listing = (operator: Operator, tenantId: string, wanted: Wanted) => Promise<readonly object[]>;
type RowsOf = (tenantId: string) => Promise<readonly object[]>;

/** The rows of the tenants that were named, or of all. */
async function everyRow(operator: Operator, wanted: readonly string[] | undefined, rowsOf: RowsOf) {
  const all = wanted ?? (await everyTenant(operator));
  const progress = progressOf(operator, all.length, 'tenants looked at');
  const found: object[] = [];
  for (let from = 0; from < all.length; from += atOnce) {
    const part = all.slice(from, from + atOnce);
    found.push(...(await Promise.all(part.map((tenantId) => rowsOfTenant(operator, tenantId, rowsOf, wanted)))).flat());
    progress(part.length);
  }
  return found;
}

const everyTenant = ({ ask }: Operator): Promise<readonly string[]> =>
  everyPage(async (after: string | undefined) => {
    const { tenants: page, next } = await ask(ListTenants, { after, limit: 200 });
    return { rows: page.map(({ tenantId }) => tenantId), next };
  });

async function rowsOfTenant(
  operator: Operator,
  tenantId: string,
  rowsOf: RowsOf,
  wanted: readonly string[] | undefined,
): Promise<readonly object[]> {
  const listed = await rowsOf(tenantId).catch((error: unknown): readonly object[] => {
    // A tenant of the list may be gone by now.
    if (wanted === undefined && error instanceof Fault && error.code === 'NOT_FOUND') return [];
    throw error;
  });
  const rows = wanted === undefined ? listed : await orNoTenant(operator, tenantId, listed);
  return rows.map((row) => ({ tenantId, ...row }));
}

/** Live calls, without whom they are with. */
const liveCalls = (operator: Operator, tenantId: string, { kind, key: widgetKey, ...why }: Wanted) =>
  everyPage(async (after: string | undefined) => {
    const asked = { tenantId, widgetKey, kind, after, ...actingBy(operator, why) };
    const { sessions, next } = await operator.ask(ListSessions, asked);
    const rows = sessions.map(({ sessionId, identity, grantedAt, endsAt, connected }) => ({
      ...{ sessionId, kind: identity.kind },
      widgetKey: identity.kind === 'widget' ? identity.widgetKey : null,
      ...{ grantedAt, endsAt, connected },
    }));
    return { rows, next };
  });
