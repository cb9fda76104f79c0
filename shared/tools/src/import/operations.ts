import { followed, isNode, listOf, memberOf, type Node, type OpenApi, textOf, Untranslatable } from './document.ts';

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** One operation of a document, with what its path says for all of its operations. */
export type Operation = Readonly<{
  /** Its `operationId`; where there is none, its method and path: `GET /orders/{id}`. */
  id: string;
  method: (typeof methods)[number];
  path: string;
  node: Node;
  place: string;
  pathItem: Node;
  pathPlace: string;
}>;

/** The operations of a document, in its order. Throws Untranslatable for a path that leads out of the document. */
export function operationsOf(document: OpenApi): readonly Operation[] {
  const { paths } = document.root;
  if (!isNode(paths)) throw new Untranslatable('paths', 'must name the paths');
  return Object.entries(paths).flatMap(([path, item]) => {
    if (!path.startsWith('/')) return [];
    const { node: pathItem, place: pathPlace } = followed(document, item, `paths.${path}`);
    return methods.flatMap((method) => {
      const node = memberOf(pathItem, method);
      if (!isNode(node)) return [];
      const id = textOf(node.operationId) ?? `${method.toUpperCase()} ${path}`;
      return [{ id, method, path, node, place: `${pathPlace}.${method}`, pathItem, pathPlace }];
    });
  });
}

/** A parameter of an operation, with where it stands in the document. */
export type Parameter = Readonly<{ node: Node; place: string; name: string; where: string }>;

/** The parameters of an operation. One of its own stands in the place of one of its path. */
export function parametersOf(document: OpenApi, operation: Operation): readonly Parameter[] {
  const { node, place, pathItem, pathPlace } = operation;
  const found = new Map<string, Parameter>();
  for (const [list, at] of [
    [pathItem.parameters, pathPlace],
    [node.parameters, place],
  ] as const)
    for (const [index, each] of listOf(list).entries()) {
      const parameter = followed(document, each, `${at}.parameters.${index}`);
      const [name, where] = [textOf(parameter.node.name), textOf(parameter.node.in)];
      if (name === undefined || where === undefined)
        throw new Untranslatable(parameter.place, 'must have a name and say where it stands (in)');
      found.set(`${where} ${name}`, { ...parameter, name, where });
    }
  return [...found.values()];
}
