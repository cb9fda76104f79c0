import { type ApiRow, CsvSeparator, fieldsInside, type Inside, placesOf } from '@vox/contracts';
import { parseWith } from '@vox/platform/http';
import { z } from 'zod';
import { type Asked, check } from '../../checks/mod.ts';
import type { OwnPages } from '../../logins/mod.ts';
import { siteOfRequest } from '../../second-factors/mod.ts';
import { requestReader } from '../decide/request.ts';
import type { Manager } from './manager.ts';

const Csv = z.object({ separator: CsvSeparator.optional() });

/** The body where it is one form of a field. It is read by itself, so that mistakes bear the names in the body. */
const formOf = (row: ApiRow, inside: Inside) => ({
  body: z.strictObject({ ...placesOf(row).body, ...picked(row.question.request.shape as Shape, 'requestId') }),
  hasOrigin: fieldsInside(row.question.request, inside).hasOrigin,
});
type Shape = Readonly<Record<string, z.ZodType>>;
const picked = (shape: Shape, name: string): Record<string, z.ZodType> =>
  shape[name] === undefined ? {} : { [name]: shape[name] };

/** Reads the question that an operation asks: its path, query and body by the question's own schema. */
export const question = (row: ApiRow) =>
  check({
    name: 'question',
    whenDown: 'no store',
    run: (dependencies: OwnPages) => {
      const read = requestReader(row);
      const hasBody = row.method === 'post' || row.method === 'put';
      const form = row.inside && formOf(row, row.inside);
      return async ({ request, response, readBody, manager }: Asked & Readonly<{ manager: Manager }>) => {
        const body = hasBody ? await readBody() : undefined;
        const { separator, ...query } = request.query;
        if (row.csv !== undefined) parseWith(Csv, { separator });
        const given = {
          params: request.params,
          query: row.csv === undefined ? request.query : query,
          body: form === undefined ? body : parseWith(form.body, body ?? {}),
          ifMatch: request.get('if-match'),
          ...(form?.hasOrigin && { site: siteOfRequest(dependencies, request) }),
        };
        const from = { tenantId: manager.tenantId, actor: manager.actor, requestId: String(response.locals.requestId) };
        return { asked: parseWith(row.question.request, read(given, from)) as Record<string, unknown> };
      };
    },
  });
