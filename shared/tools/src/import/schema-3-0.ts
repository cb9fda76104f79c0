import type { Node } from './document.ts';

/**
 * A Schema Object of OpenAPI 3.0 with the keywords of JSON Schema 2020-12. `nullable` counts beside a `type` alone, and
 * the exclusive bounds are marks on the others (OpenAPI 3.0.3, “Schema Object”).
 */
export function asJsonSchema({ nullable, exclusiveMinimum, exclusiveMaximum, ...node }: Node): Node {
  return {
    ...node,
    ...(nullable === true && typeof node.type === 'string' && { type: [node.type, 'null'] }),
    ...bound('minimum', 'exclusiveMinimum', node.minimum, exclusiveMinimum),
    ...bound('maximum', 'exclusiveMaximum', node.maximum, exclusiveMaximum),
  };
}

function bound(name: string, exclusive: string, limit: unknown, mark: unknown): Node {
  if (typeof mark === 'number') return { [exclusive]: mark };
  return mark === true && typeof limit === 'number' ? { [exclusive]: limit, [name]: undefined } : {};
}
