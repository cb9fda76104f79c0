import type { ApiRow } from '@vox/contracts';
import { parseWith } from '@vox/platform/http';
import { type Asked, check } from '../../checks/mod.ts';
import { requestReader } from '../decide/request.ts';
import type { Manager } from './manager.ts';

/** Reads the question that an operation asks: its path, query and body by the question's own schema. */
export const question = (row: ApiRow) =>
  check({
    name: 'question',
    whenDown: 'no store',
    run: () => {
      const read = requestReader(row);
      const hasBody = row.method === 'post' || row.method === 'put';
      return async ({ request, response, readBody, manager }: Asked & Readonly<{ manager: Manager }>) => {
        const given = {
          params: request.params,
          query: request.query,
          body: hasBody ? await readBody() : undefined,
          ifMatch: request.get('if-match'),
        };
        const from = { tenantId: manager.tenantId, actor: manager.actor, requestId: String(response.locals.requestId) };
        return { asked: parseWith(row.question.request, read(given, from)) as Record<string, unknown> };
      };
    },
  });
