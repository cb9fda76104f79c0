import { type ApiRow, apiTable, fieldsInside, isInside, pathFieldsOf, writtenRequest } from '@vox/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { requestReader } from './request.ts';
import { requestsOf } from './requests.fixture.ts';

const from = { tenantId: 'acme', actor: 'member:m_1', requestId: 'the-door-s' };
const site = 'https://vox.example';

/** Whether the door adds under which of our origins a page is. */
const asksForSite = ({ question, inside }: ApiRow): boolean =>
  inside !== undefined && fieldsInside(question.request, inside).hasOrigin;

/** The request as the door reads it: the address taken apart as a server does it. */
function read(row: ApiRow, { target, body, ifMatch }: ReturnType<typeof writtenRequest>): Record<string, unknown> {
  const { pathname, searchParams } = new URL(target, 'https://vox.example');
  const names = pathFieldsOf(row);
  const values = new RegExp(`^${row.path.replace(/:\w+/g, '([^/]+)')}$`).exec(pathname)?.slice(1) ?? [];
  const params = Object.fromEntries(names.map((name, n) => [name, decodeURIComponent(values[n] ?? '')]));
  const sent = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  return requestReader(row)(
    { params, query: Object.fromEntries(searchParams), body: sent, ifMatch, ...(asksForSite(row) && { site }) },
    from,
  );
}

/** What the credential says stands over what the caller has written. */
function asTheCredentialSays(row: ApiRow, request: Record<string, unknown>): Record<string, unknown> {
  const { shape } = row.question.request;
  const said = Object.entries({ tenantId: from.tenantId, actor: from.actor }).filter(([name]) => name in shape);
  const named = Object.fromEntries(pathFieldsOf(row).map((name) => [name, request[name]]));
  const draft = 'draft' in request &&
    row.tenantInBody !== true && { draft: { ...(request.draft as object), tenantId: from.tenantId } };
  const inside = row.inside &&
    asksForSite(row) && { [row.inside.field]: { ...(request[row.inside.field] as object), origin: site } };
  return { ...request, ...draft, ...inside, ...Object.fromEntries(said), ...named };
}

describe('a request that is written for an operation', () => {
  it.each(apiTable.map((row) => [`${row.method} ${row.path}`, row] as const))(
    'of %s is read as the question that was asked, whatever is in it',
    (_name, row) => {
      const schema: z.ZodObject = row.question.request;
      fc.assert(
        fc.property(requestsOf(schema), (given) => {
          fc.pre(schema.safeParse(given).success && (row.inside === undefined || isInside(row.inside, given)));
          const asked = asTheCredentialSays(row, given);
          if ('requestId' in schema.shape) asked.requestId ??= from.requestId;
          expect(schema.parse(read(row, writtenRequest(row, given)))).toEqual(schema.parse(asked));
        }),
        { numRuns: 40 },
      );
    },
  );
});
