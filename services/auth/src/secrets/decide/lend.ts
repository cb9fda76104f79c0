import { type Sealed, type SecretBook, secretIn, versionInForce } from './book.ts';

export type LendDecision =
  | Readonly<{
      kind: 'lend';
      sealed: readonly Readonly<{ name: string; sealed: Sealed }>[];
      /** When another version of one of them comes into force, if that is known. */
      changesAtMs: number | undefined;
    }>
  | Readonly<{ kind: 'refused'; name: string; why: 'unknown' | 'host' }>;

/** What may be lent for a call to a host: all that is asked for, or nothing. Hosts are compared letter by letter. */
export function decideLending(
  book: Pick<SecretBook, 'secrets'>,
  { names, host }: Readonly<{ names: readonly string[]; host: string }>,
  nowMs: number,
): LendDecision {
  const lent: { name: string; sealed: Sealed }[] = [];
  const ahead: number[] = [];
  for (const name of names) {
    const secret = secretIn(book, name);
    if (secret === undefined) return { kind: 'refused', name, why: 'unknown' };
    const { hosts, sealed } = versionInForce(secret, nowMs);
    if (!hosts.includes(host)) return { kind: 'refused', name, why: 'host' };
    lent.push({ name, sealed });
    ahead.push(...secret.versions.map(({ inForceFromMs }) => inForceFromMs).filter((ms) => ms > nowMs));
  }
  return { kind: 'lend', sealed: lent, changesAtMs: ahead.length === 0 ? undefined : Math.min(...ahead) };
}
