type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The place of an argument that does not fit, in the names of its schema: `args.address.city`. Names that the schema
 * does not know were made up by whoever sent the arguments, so the place ends before them.
 */
export function fieldOf(parameters: Node, instancePath: string, missing?: unknown): string {
  const place = ['args'];
  let node: unknown = parameters;
  const segments = instancePath.split('/').slice(1).map(unescaped);
  for (const name of segments) {
    node = inner(node, name);
    if (node === undefined) return place.join('.');
    place.push(name);
  }
  if (typeof missing === 'string' && inner(node, missing) !== undefined) place.push(missing);
  return place.join('.');
}

/** JSON Pointer (RFC 6901 §4). */
const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

function inner(node: unknown, name: string): unknown {
  if (!isNode(node)) return undefined;
  if (isNode(node.properties) && Object.hasOwn(node.properties, name)) return node.properties[name];
  const isIndex = /^\d{1,6}$/.test(name);
  return isIndex && node.items !== undefined ? node.items : undefined;
}
