import { type Consumer, type FactKind, type Stream, streams } from '@vox/contracts';
import type { FactOwner } from './archive.ts';

type Anyone = { readonly [K in keyof FactOwner]?: FactOwner[K] | undefined };

/** The subject filters that catch a kind's facts of a tenant, a session, or everybody. */
export function filtersOf(kind: FactKind, { tenantId, sessionId }: Anyone): readonly string[] {
  if (tenantId === undefined) return [`${kind.name}.>`];
  if (kind.scope === 'tenant') return sessionId === undefined ? [`${kind.name}.${tenantId}`] : [];
  return [`${kind.name}.${tenantId}.${sessionId ?? '*'}`];
}

/** A test for subject names that one of the filters catches. */
export function matching(kinds: readonly FactKind[], owner: Anyone): (subjectName: string) => boolean {
  const filters = kinds.flatMap((kind) => filtersOf(kind, owner)).map((filter) => filter.split('.'));
  return (subjectName) => {
    const parts = subjectName.split('.');
    return filters.some((filter) => filter.every((part, n) => part === '*' || part === '>' || part === parts[n]));
  };
}

/** The streams that hold any of these kinds. */
export const streamsHolding = (kinds: readonly FactKind[]): readonly Stream[] =>
  streams.filter((stream: Stream) => stream.kinds.some((kind) => kinds.includes(kind)));

/** The stream that holds a kind. Throws RangeError for a kind that no stream holds. */
export function holderOf(kind: FactKind): Stream {
  const [holder] = streamsHolding([kind]);
  if (holder === undefined) throw new RangeError(`no stream holds ${kind.name}`);
  return holder;
}

/** Whether a consumer hears a subject name. */
export const isHeardBy = (consumer: Consumer, subjectName: string): boolean =>
  consumer.kinds.some((kind) => subjectName.startsWith(`${kind.name}.`));

/** Whether some stream holds a subject name. */
export const isHeld = (subjectName: string): boolean =>
  streams.some((stream) => stream.kinds.some((kind) => subjectName.startsWith(`${kind.name}.`)));
