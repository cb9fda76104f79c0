import { generateKeyPairSync } from 'node:crypto';
import { type Entry, emptyChain, link, pageOf } from '@vox/compliance/audit';
import type { AuditFilter, AuditLine } from '@vox/contracts';
import { AnchorReceipt, CheckpointReceipt, digest, PageReceipt, signReceipt } from '@vox/platform/crypto';

export const at = new Date('2026-05-05T12:00:00.000Z');
export const tenantId = 'acme';
export const perPage = 4;

/** A key that receipts are signed with. */
export function someKey(kid: string) {
  const { d = '', x = '' } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { kid, x, d };
}
export const key = someKey('00000000-0000-4000-8000-000000000000');
type Key = typeof key;
/** What `vox audit keys` prints of some keys. */
export const keysText = (...keys: readonly Key[]): string =>
  JSON.stringify({ keys: keys.map(({ kid, x }) => ({ kid, x, createdAt: at.toISOString() })) });

/** Ordinary words, and words with escapes, with several bytes to a character, or that look like broken UTF-8. */
const reasons = [null, 'why', 'a "quotation" \\ and\na line', 'façade 😀', '\u0001\u001f\u2028', '�', '"},{"'];

/** A chain of so many entries. Another `word` in them makes another chain. */
export function chainOf(count: number, word = 'n'): Entry[] {
  const chain: Entry[] = [];
  for (let n = 1; n <= count; n += 1) {
    const time = new Date(at.getTime() + n).toISOString();
    const act = { actor: 'operator:ada', action: 'key.revoke', target: `key:${n}`, outcome: 'done' as const };
    const of = {
      factId: `f${n}`,
      type: 'act',
      source: 'auth',
      subject: tenantId,
      time,
      requestId: null,
      traceId: null,
    };
    const reason = reasons[n % reasons.length] ?? null;
    const recorded = { ...of, ...act, reason, data: `{"${word}":${n}}` };
    chain.push(link(tenantId, chain.at(-1) ?? emptyChain, recorded, digest));
  }
  return chain;
}

/** The export of a chain, whole or of what a filter lets through. It may begin after a place, with an anchor. */
export async function exportOf(
  chain: readonly Entry[],
  { filter = {}, begins = 0, by = key }: { filter?: AuditFilter; begins?: number; by?: Key } = {},
): Promise<AuditLine[]> {
  const lines: AuditLine[] = [{ kind: 'export', tenantId, filter }];
  const placeAt = (sequence: number) => ({ tenantId, sequence, hash: chain[sequence - 1]?.hash ?? '' });
  const signed = (kind: typeof CheckpointReceipt, id: string, sequence: number) =>
    signReceipt(kind, by, { id, at, says: placeAt(sequence) });
  if (begins > 0)
    lines.push({ kind: 'anchor', ...placeAt(begins), receipt: await signed(AnchorReceipt, 'anchor', begins) });
  for (let after = begins; after < chain.length; after += perPage) {
    const upto = Math.min(chain.length, after + perPage);
    const receipt = await signed(CheckpointReceipt, `c${upto}`, upto);
    const part = { tenantId, filter, after, upto, last: upto === chain.length };
    const page = pageOf(part, chain.slice(after, upto), [{ ...placeAt(upto), receipt }], digest);
    const proof = await signReceipt(PageReceipt, by, { id: `p${upto}`, at, says: page.says });
    lines.push(...page.lines, { kind: 'page', receipt: proof });
  }
  return lines;
}
