import { setImmediate } from 'node:timers/promises';
import own from '../../../package.json' with { type: 'json' };
import type { Described } from './described.ts';
import { parametersOf } from './parameters.ts';
import { refusalExamples, refusalSchemas, refusalsOf } from './refusals.ts';
import { requestBodyOf } from './request-body.ts';
import { answerContent, content, streamContent } from './schema.ts';
import { accessOf, securityOf, securitySchemes } from './security.ts';

/** The resource that a path is about, as in `/api/v1/widget-keys/…` or `/api/session`. */
const tagOf = (path: string): string => path.replace(/^\/(?:api\/(?:v1\/|public\/)?)?/, '').split('/')[0] ?? '';

const etag = { description: 'Names this answer, or its version.', schema: { type: 'string' } };
const sentOn = { description: 'The browser is sent on.', headers: { Location: { schema: { type: 'string' } } } };
const done: Readonly<Record<number, string>> = { 200: 'Done.', 201: 'Created.', 202: 'Accepted.' };

function writtenOf({ answer, events }: Described) {
  if (events !== undefined) return streamContent(events);
  return answer ? answerContent(answer) : content({ type: 'string' }, undefined, 'text/html');
}

function doneOf(route: Described): object {
  const { status: own, api, method } = route;
  if (own === 302) return { '302': sentOn };
  const status = own ?? 200;
  const written = writtenOf(route);
  if (api === undefined || method !== 'get') return { [status]: { description: done[status], ...written } };
  const headers = { ETag: etag };
  const inCsv = api.csv === undefined ? {} : { 'text/csv': { schema: { type: 'string' } } };
  return {
    [status]: { description: done[status], headers, content: { ...written.content, ...inCsv } },
    '304': { description: 'What `If-None-Match` names still holds.', headers },
  };
}

function operationOf(route: Described, path: string): object {
  const [canonical] = route.paths;
  return {
    summary: canonical === path ? route.summary : `${route.summary} Another name of ${canonical}.`,
    tags: [tagOf(path)],
    ...accessOf(route),
    security: securityOf(route),
    parameters: parametersOf(route),
    ...requestBodyOf(route),
    responses: { ...doneOf(route), ...refusalsOf(route.api) },
  };
}

/** A path as OpenAPI writes it: `{name}` for `:name`. */
const templateOf = (path: string): string => path.replaceAll(/:(\w+)/g, '{$1}');

type Operations = readonly (readonly [path: string, method: string, operation: object])[];

const operationsOf = (route: Described): Operations =>
  route.paths.map((path) => [templateOf(path), route.method, operationOf(route, path)]);

function documentOf(operations: Operations): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [path, method, operation] of operations) paths[path] = { ...paths[path], [method]: operation };
  return {
    openapi: '3.1.1',
    info: {
      title: 'VOX',
      version: own.version,
      description: 'The public interface of edge-guard. `GET /voice-widget.js` is the embed script.',
    },
    tags: [...new Set(Object.keys(paths).map(tagOf))].map((name) => ({ name })),
    paths,
    components: { schemas: refusalSchemas, examples: refusalExamples, securitySchemes },
  };
}

/** The public HTTP interface as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1), from the routes and their schemas. */
export const openApi = (routes: readonly Described[]): object => documentOf(routes.flatMap(operationsOf));

/** The same, one route in a turn: made at once it would hold up every call of this copy for a third of a second. */
export async function openApiInTurns(routes: readonly Described[]): Promise<object> {
  const operations: Operations[number][] = [];
  for (const route of routes) {
    operations.push(...operationsOf(route));
    await setImmediate();
  }
  return documentOf(operations);
}
