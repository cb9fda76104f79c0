import { importOperation, openApiOf, operationsOf } from './mod.ts';

type Over = Readonly<{ openapi?: string; root?: object; item?: object; components?: object; path?: string }>;

/** A document with one operation, which is `GET /orders` of `https://api.shop.com` unless something else is said. */
export const documentWith = (operation: object, over: Over = {}, method = 'get') =>
  openApiOf({
    openapi: over.openapi ?? '3.1.0',
    servers: [{ url: 'https://api.shop.com' }],
    paths: { [over.path ?? '/orders']: { ...over.item, [method]: { operationId: 'findOrders', ...operation } } },
    components: over.components ?? {},
    ...over.root,
  });

export function imported(...given: Parameters<typeof documentWith>) {
  const document = documentWith(...given);
  const [operation] = operationsOf(document);
  if (operation === undefined) throw new Error('no operation');
  return importOperation(document, operation);
}

export function importedTool(...given: Parameters<typeof documentWith>) {
  const found = imported(...given);
  if (found.kind === 'refused') throw new Error(`${found.place} ${found.why}`);
  return found;
}

export const query = (name: string, schema: object, over: object = {}) => ({ in: 'query', name, schema, ...over });
export const jsonBody = (schema: object, required = true) => ({
  requestBody: { required, content: { 'application/json': { schema } } },
});
