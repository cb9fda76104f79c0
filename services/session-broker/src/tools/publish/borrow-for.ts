import type { Secret } from '@vox/platform/secret';
import { secretsIn } from '@vox/tools';
import type { ToolRefusal } from '../decide/outcome.ts';
import type { BorrowSecrets } from './borrow-secrets.ts';

/** A tool waits no longer than this for its secrets. */
const borrowMs = 900;
const why = { unknown: 'secret-unknown', host: 'secret-host' } as const;

/**
 * Borrows the secrets that templates name, for the one host that they are sent to. Templates without secrets ask
 * nobody.
 */
export async function borrowFor(
  borrowSecrets: BorrowSecrets,
  { tenantId, templates, host }: Readonly<{ tenantId: string; templates: unknown; host: string }>,
): Promise<Readonly<{ kind: 'lent'; values: ReadonlyMap<string, Secret> }> | ToolRefusal> {
  const names = secretsIn(templates);
  if (names.length === 0) return { kind: 'lent', values: new Map() };
  const borrowed = await borrowSecrets({ tenantId, names, host, timeoutMs: borrowMs });
  if (borrowed.kind === 'lent') return borrowed;
  return { kind: 'refused', code: 'TOOL_REFUSED', reason: why[borrowed.why], field: `secrets.${borrowed.name}` };
}
