import { type ApiRow, apiTable, platform, type Question } from '@vox/contracts';
import { Mistake } from '../../text/sentences.ts';

type Request = Readonly<{ tenantId?: unknown; draft?: Readonly<{ tenantId?: unknown }> }>;

/** The tenant that a request names, by itself or in a draft. */
const tenantIn = ({ tenantId, draft }: Request): unknown => tenantId ?? draft?.tenantId;

const namesTenant = ({ path }: ApiRow): boolean => path.includes(':tenantId');

/**
 * The operation that asks a question with a credential of a tenant. Throws Mistake when there is none over HTTP, and
 * for another tenant: the operation would be done to the credential's own. Operators of the platform reach every tenant
 * by its path.
 */
export function rowFor(question: Question, request: unknown, own: string): ApiRow {
  const rows = apiTable.filter((row) => (row.question as Question) === question);
  const named = tenantIn((request ?? {}) as Request);
  const isElsewhere = named !== undefined && named !== own;
  if (rows.length === 0) throw new Mistake(['this works over the bus only: set NATS_URL and NATS_NKEY_SEED']);
  if (isElsewhere && own !== platform)
    throw new Mistake([`this credential is of the tenant ${own}, and of no other: nothing was sent`]);
  const row = isElsewhere
    ? rows.find(namesTenant)
    : (rows.find((each) => !namesTenant(each)) ?? rows.find(namesTenant));
  if (row === undefined)
    throw new Mistake(['operators of the platform do this over the bus only: set NATS_URL and NATS_NKEY_SEED']);
  return row;
}
