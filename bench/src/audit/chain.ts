import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { type Entry, emptyChain, type Head, link, pageOf, type Recorded } from '@vox/compliance/audit';
import { type AuditLine, auditLineText, type SignedPlace } from '@vox/contracts';
import { CheckpointReceipt, digest, PageReceipt, signReceipt } from '@vox/platform/crypto';

const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
const key = { kid: '00000000-0000-4000-8000-000000000000', x, d };
const at = new Date('2026-05-05T12:00:00.000Z');
export const tenantId = 'acme';
export const receiptKeys = { keys: [{ kid: key.kid, x, createdAt: at.toISOString() }] };
export const checkpointEvery = 1_000;
const pageEntries = 500;

/** The entry of a granted call, with pseudonyms and ids of the usual length. */
export function recorded(n: number): Recorded {
  const sessionId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const visitorId = digest(String(n % 1_000)).padEnd(64, '0');
  const identity = { kind: 'widget', widgetKey: 'w_acme_site_0123456789abcdef', visitorId };
  const call = { agentId: 'guide', model: 'gpt-realtime-2.1', voice: 'marin', maxSeconds: 900, idleSeconds: 300 };
  return {
    ...{ factId: `granted:${sessionId}`, type: 'call', source: 'session-broker', subject: `${tenantId}/${sessionId}` },
    ...{
      time: new Date(at.getTime() + n * 10).toISOString(),
      actor: 'service:session-broker',
      action: 'session.start',
    },
    ...{ target: `session:${sessionId}`, reason: null, outcome: 'done', requestId: sessionId, traceId: 'a'.repeat(32) },
    data: JSON.stringify({ tenantId, sessionId, identity, ...call }),
  };
}

export function* chain(count: number): Generator<Entry> {
  let head: Head = emptyChain;
  for (let n = 1; n <= count; n += 1) {
    const entry = link(tenantId, head, recorded(n), digest);
    head = entry;
    yield entry;
  }
}

export async function checkpointOf({ sequence, hash }: Entry): Promise<SignedPlace> {
  const place = { tenantId, sequence, hash };
  return { ...place, receipt: await signReceipt(CheckpointReceipt, key, { id: `c${sequence}`, at, says: place }) };
}

/** Writes a chain as `vox audit export` does. */
export async function writeExport(file: string, count: number): Promise<void> {
  const out = createWriteStream(file);
  const write = async (lines: readonly AuditLine[]): Promise<void> => {
    const text = lines.map((line) => `${auditLineText(line)}\n`).join('');
    if (!out.write(text)) await once(out, 'drain');
  };
  await write([{ kind: 'export', tenantId, filter: {} }]);
  let entries: Entry[] = [];
  let checkpoints: SignedPlace[] = [];
  for (const entry of chain(count)) {
    entries.push(entry);
    if (entry.sequence % checkpointEvery === 0) checkpoints.push(await checkpointOf(entry));
    if (entries.length < pageEntries && entry.sequence < count) continue;
    const after = entry.sequence - entries.length;
    const part = { tenantId, filter: {}, after, upto: entry.sequence, last: entry.sequence === count };
    const { lines, says } = pageOf(part, entries, checkpoints, digest);
    const receipt = await signReceipt(PageReceipt, key, { id: `p${after}`, at, says });
    await write([...lines, { kind: 'page', receipt }]);
    [entries, checkpoints] = [[], []];
  }
  out.end();
  await once(out, 'finish');
}
