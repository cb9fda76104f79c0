import type { Vault } from '../../vault/mod.ts';
import { impersonal, type Person, personsIn } from '../decide/pseudonyms.ts';

const nameOf = ({ kind, value }: Person): string => `${kind}:${value}`;

/** Puts a pseudonym in the place of every person's id. It is the tenant's own, and says nothing to another tenant. */
export async function usePseudonyms<T>(
  { vault }: Readonly<{ vault: Pick<Vault, 'blindIndex'> }>,
  tenantId: string,
  value: T,
): Promise<T> {
  const names = new Map<string, string>();
  for (const person of personsIn(value))
    names.set(nameOf(person), await vault.blindIndex(tenantId, { kind: person.kind, form: person.value }));
  return impersonal(value, (person) => names.get(nameOf(person)) ?? '');
}
