import { type Route, routes } from '@vox/edge-guard/routes';
import { Problem } from '@vox/platform/http';
import { version } from '@vox/platform/lifecycle';
import { z } from 'zod';

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};
const json = (schema: object, type = 'application/json') => ({ content: { [type]: { schema } } });

const securityOf: Readonly<Record<Route['credential'], readonly object[]>> = {
  none: [],
  'widget key': [{ widgetKey: [] }],
  'widget token': [{ widgetToken: [] }],
  'widget token or key': [{ widgetToken: [] }, {}],
  'session token': [{ sessionToken: [] }],
  'login or API key': [{ login: [] }, { apiKey: [] }],
  login: [{ login: [] }],
};

function parametersOf({ query, paths }: Route): object[] {
  const asked = Object.entries(query?.shape ?? {}).map(([name, schema]) => {
    const field = schema as z.ZodType;
    return { name, in: 'query', required: !field.isOptional(), schema: schemaOf(field, 'input') };
  });
  const key = { name: 'Idempotency-Key', in: 'header', required: false, schema: { type: 'string', maxLength: 255 } };
  return paths.includes('/api/session') ? [...asked, key] : asked;
}

const doneWords = { 200: 'Done.', 201: 'Made.', 202: 'Accepted.' } as const;
const sentOn = { description: 'The browser is sent on.', headers: { Location: { schema: { type: 'string' } } } };

function operationOf(route: Route, path: string): object {
  const answer = route.answer ? json(schemaOf(route.answer, 'output')) : json({ type: 'string' }, 'text/html');
  const also = route.paths[0] === path ? '' : ` Another name of ${route.paths[0]}.`;
  return {
    summary: `${route.summary}${also}`,
    security: securityOf[route.credential],
    parameters: parametersOf(route),
    ...(route.body && { requestBody: { required: true, ...json(schemaOf(route.body, 'input')) } }),
    responses: {
      [route.status ?? 200]: route.status === 302 ? sentOn : { description: doneWords[route.status ?? 200], ...answer },
      default: {
        description: 'Refused. `code` says why; `userMessage` says it to the visitor.',
        ...json({ $ref: '#/components/schemas/Problem' }, 'application/problem+json'),
      },
    },
  };
}

/** The public HTTP interface as OpenAPI 3.1 (spec.openapis.org/oas/v3.1.1), from the routes and their schemas. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes)
    for (const path of route.paths) paths[path] = { ...paths[path], [route.method]: operationOf(route, path) };
  const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description });
  return {
    openapi: '3.1.1',
    info: {
      title: 'VOX',
      version,
      description: 'The public interface of edge-guard. `GET /voice-widget.js` is the embed script.',
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(Problem, 'output') },
      securitySchemes: {
        widgetKey: { type: 'apiKey', in: 'query', name: 'key', description: 'Public; bound to exact origins.' },
        widgetToken: bearer('From the answer of bootstrap; valid for five minutes.'),
        login: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-tenant_session',
          description: 'Set by `otp/verify`. What changes something also needs `X-Vox-Request: 1` and an own `Origin`.',
        },
        sessionToken: bearer('From the answer of a session request; also allowed as `authToken` in the body.'),
      },
    },
  };
}
