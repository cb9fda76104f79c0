import { type Fact, type FactKind, factKinds, typeOf } from '@vox/contracts';
import type { Needs } from '../../dependencies.ts';
import { actOf } from '../decide/act.ts';
import type { Recorded } from '../decide/chain.ts';
import { impersonal, type Person, personsIn } from '../decide/pseudonyms.ts';

const kindsByType = new Map<string, FactKind>(factKinds.map((kind) => [typeOf(kind), kind]));

/** The trace id of a W3C traceparent. */
export const traceIdOf = (traceparent: string | undefined): string | null => traceparent?.split('-')[1] ?? null;

const nameOf = ({ kind, value }: Person): string => `${kind}:${value}`;

/** A value without the ids of persons: each stands by the tenant's own pseudonym, which says nothing to another tenant. */
export async function withPseudonyms<T>({ vault }: Pick<Needs, 'vault'>, tenantId: string, value: T): Promise<T> {
  const names = new Map<string, string>();
  for (const person of personsIn(value))
    names.set(nameOf(person), await vault.blindIndex(tenantId, { kind: person.kind, form: person.value }));
  return impersonal(value, (person) => names.get(nameOf(person)) ?? '');
}

/** What a fact leaves in the log; `undefined` for a fact that must leave nothing. */
export async function recordedOf(needs: Pick<Needs, 'vault'>, fact: Fact): Promise<Recorded | undefined> {
  const kind = kindsByType.get(fact.type);
  if (kind === undefined) throw new RangeError(`${fact.type} is no kind of fact`);
  const { tenantId } = fact.data as { tenantId: string };
  const { id, data } = await withPseudonyms(needs, tenantId, { id: fact.id, data: fact.data });
  const act = actOf(kind, { ...fact, data });
  if (act === 'unrecorded') return undefined;
  const { type, source, subject, time, traceparent } = fact;
  return {
    ...act,
    factId: id,
    type,
    source,
    subject,
    time,
    traceId: traceIdOf(traceparent),
    data: JSON.stringify(data),
  };
}
