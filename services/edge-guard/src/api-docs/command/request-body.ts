import { Agent, type ApiRow, placesOf, TenantDraft } from '@vox/contracts';
import { exampleOf, jsonSchemaOf } from '@vox/platform/examples';
import { z } from 'zod';
import type { Described } from './described.ts';
import { content } from './schema.ts';

/** Auth reads a draft and an agent itself, so that it can name every mistake. A draft’s tenant is the credential’s. */
const drafts: Readonly<Record<string, z.ZodType>> = { draft: TenantDraft.omit({ tenantId: true }), agent: Agent };

function bodyOf({ api, body }: Described): z.ZodType | undefined {
  if (api === undefined) return body;
  const { body: fields } = placesOf(api);
  const { wholeBody } = api;
  if (wholeBody === undefined) return fields && z.strictObject(fields);
  return drafts[wholeBody] ?? (api.question.request.shape as Record<string, z.ZodType>)[wholeBody];
}

/** Its fields stand beside those of the path and the query in one request, and its rules hold for them all together. */
function exampleOfBody(api: ApiRow): unknown {
  const example = exampleOf(api.question.request) as Record<string, unknown>;
  if (api.inside !== undefined) return exampleOf(z.strictObject(placesOf(api).body ?? {}));
  if (api.wholeBody !== undefined) return example[api.wholeBody];
  const { body = {} } = placesOf(api);
  return Object.fromEntries(Object.entries(example).filter(([name]) => Object.hasOwn(body, name)));
}

/** What a route reads from a body, if it reads one. */
export function requestBodyOf(route: Described): object {
  const schema = bodyOf(route);
  if (schema === undefined) return {};
  const { api } = route;
  const isDraft = api?.wholeBody !== undefined && Object.hasOwn(drafts, api.wholeBody);
  const example = api === undefined || isDraft ? exampleOf(schema) : exampleOfBody(api);
  return { requestBody: { required: true, ...content(jsonSchemaOf(schema, 'input'), example) } };
}
