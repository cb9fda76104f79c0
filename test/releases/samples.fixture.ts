import { type Fact, type FactKind, factKinds, makeFact, typeOf } from '@vox/contracts';
import { exampleOf } from '@vox/platform/examples';
import fc from 'fast-check';
import { z } from 'zod';
import { requestsOf } from '../../services/edge-guard/src/admin/decide/requests.fixture.ts';

const head = { source: 'auth', at: new Date('2026-05-05T12:00:00.000Z') };
const seed = 20_260_505;

/** Data of a kind that its schema takes, the same each time: one with every field, and some by chance. */
function dataOf({ data }: FactKind, count: number): unknown[] {
  const chosen = fc.sample(requestsOf(data as z.ZodObject), { numRuns: count, seed });
  const taken = [exampleOf(data), ...chosen].map((each) => data.safeParse(each)).filter(({ success }) => success);
  return taken.map((each) => each.data);
}

/** Facts of a kind as a service of this tree publishes them. */
export const factsOf = (kind: FactKind, count: number): Fact[] =>
  dataOf(kind, count).map((data, at) => makeFact(kind, { ...head, id: `${typeOf(kind)}:${at}` }, data as never));

/** Every kind of this tree, by its type. */
export const kindsNow: ReadonlyMap<string, FactKind> = new Map(factKinds.map((kind: FactKind) => [typeOf(kind), kind]));

/** What a consumer of this tree takes of a kind. It lets pass fields that it does not know. */
export const schemaOf = ({ data }: FactKind): object => z.toJSONSchema(data, { io: 'input', unrepresentable: 'any' });
