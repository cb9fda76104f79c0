import { type AuditFilter, type AuditLine, ExportAudit } from '@vox/contracts';
import { onTwins, vaultOf } from '../compliance.fixture.ts';
import { openReceipts } from '../vault/command/open-receipts.ts';
import { keyRing } from '../vault/keep/key-ring.ts';
import { exportAudit } from './command/export-audit.ts';
import { recordAct } from './command/record-act.ts';
import { signDueChains } from './command/sign-due-chains.ts';
import type { Entry } from './decide/chain.ts';
import { checkpointedLog } from './keep/checkpointed-log.ts';

export const tenantId = 'acme';
export const by = { actor: 'operator:ada', requestId: 'request-1' };
const pace = { everyEntries: 400, everyMs: 60_000 };

/** What the commands of the audit log need, in memory. */
export async function openAudit() {
  const twins = onTwins();
  const auditLog = checkpointedLog(twins.auditLog, { ...twins, pace });
  const receipts = await openReceipts({ ...twins, ring: keyRing(twins) });
  return { ...twins, auditLog, vault: vaultOf(twins), receipts, pace };
}
export type AuditFixture = Awaited<ReturnType<typeof openAudit>>;

/** Appends entries, one a second; each tenth is of another action. */
export async function fill(fixture: AuditFixture, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const action = n % 10 === 0 ? 'key.revoke' : 'session.start';
    const act = { tenantId, actor: `operator:${n % 3}`, action, target: `key:${n}`, outcome: 'done' } as const;
    await recordAct(fixture, act);
    fixture.clock.advanceMs(1_000);
    await signDueChains(fixture);
  }
}

export async function exportedLines(fixture: AuditFixture, filter: AuditFilter = {}): Promise<AuditLine[]> {
  const answer = exportAudit(fixture);
  const lines: AuditLine[] = [];
  let from: { after: number; upto: number } | undefined;
  do {
    const page = ExportAudit.reply.parse(await answer({ tenantId, filter, from, ...by }));
    lines.push(...page.lines);
    from = page.next ?? undefined;
  } while (from !== undefined);
  return lines;
}

/** Some lines at once, as a file brings them. */
export async function* streamed(all: readonly AuditLine[]): AsyncIterable<readonly string[]> {
  const texts = all.map((line) => JSON.stringify(line));
  for (let at = 0; at < texts.length; at += 7) yield texts.slice(at, at + 7);
}

export const entriesOf = (lines: readonly AuditLine[]): Entry[] => lines.filter((line) => line.kind === 'entry');
