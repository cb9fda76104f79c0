import { counted } from '@vox/ops/scaling';
import type { Assumed } from './assumed.ts';
import { perSecond as perSecondOf } from './bounds.ts';
import { rowsOf, type Tables } from './measured.ts';
import type { EventName } from './work.ts';

/** What there is one document for. */
type Of = 'call' | 'fact' | 'message' | 'refusal' | 'tenant' | 'tenant and day';

/** How a collection grows, and for how many days it keeps a document: by the longest that a policy may say. */
const grows: Readonly<Record<string, Readonly<{ of: Of; days: number }>>> = {
  audit: { of: 'fact', days: 2_190 },
  calls: { of: 'call', days: 365 },
  transcripts: { of: 'call', days: 90 },
  utterances: { of: 'message', days: 90 },
  security_events: { of: 'refusal', days: 365 },
  subjects: { of: 'call', days: 365 },
  tenant_keys: { of: 'tenant', days: 1 },
  requests: { of: 'call', days: 2 },
  budgets: { of: 'tenant', days: 1 },
  usage_days: { of: 'tenant and day', days: 365 },
  sessions: { of: 'call', days: 2 },
  slots: { of: 'tenant', days: 1 },
  key_ages: { of: 'tenant', days: 1 },
  key_days: { of: 'tenant and day', days: 365 },
  refusal_digests: { of: 'tenant', days: 1 },
  refusal_parts: { of: 'refusal', days: 7 },
};

export type StoreRow = Readonly<{
  collection: string;
  of: Of;
  bytesEach: number;
  /** Documents that a day of mean load adds; of those that every tenant has one of, all of them. */
  documents: number;
  days: number;
  bytesKept: number;
}>;

const secondsPerDay = 86_400;

/** What a day of mean load adds to the collections, and what they hold once the first of it is removed. */
export function storeRows(tables: Tables, assumed: Assumed, rates: Readonly<Record<EventName, number>>): StoreRow[] {
  const perDay = (perSecond: number): number => perSecond * assumed.meanToPeak * secondsPerDay;
  const documentsOf: Readonly<Record<Of, number>> = {
    call: perDay(rates.start),
    fact: perDay(perSecondOf(rates, (event) => counted[event].auditEntries)),
    message: perDay(perSecondOf(rates, (event) => counted[event].words)),
    refusal: perDay(rates.refused),
    tenant: assumed.tenants,
    'tenant and day': assumed.tenants,
  };
  return rowsOf(tables, 'call-documents')
    .map(({ store, collection: name, bytes }) => {
      const known = grows[String(name)];
      if (known === undefined) throw new RangeError(`nobody has said how ${name} grows`);
      const [documents, bytesEach] = [documentsOf[known.of], Number(bytes)];
      return {
        ...known,
        collection: `${store}.${name}`,
        documents,
        bytesEach,
        bytesKept: documents * known.days * bytesEach,
      };
    })
    .sort((a, b) => b.bytesKept - a.bytesKept);
}
