import { HttpTool } from '@vox/contracts';
import { type Argument, namedArguments, type Place, schemaOfArguments } from './arguments.ts';
import { type Body, bodyOf, bodyTemplate } from './body.ts';
import { type OpenApi, textOf, Untranslatable } from './document.ts';
import { SchemaReader } from './json-schema.ts';
import { type Operation, parametersOf } from './operations.ts';
import { securityOf } from './security.ts';
import { sentParameters } from './sent-parameters.ts';
import { toldDescription, toldName } from './told-text.ts';
import { checkedServer, serverOf, urlTemplateOf } from './url-template.ts';

export type Imported =
  | Readonly<{
      kind: 'tool';
      tool: HttpTool;
      /** Where in the request each argument goes. */
      places: readonly (Place & Readonly<{ argument: string }>)[];
      /** Sentences on what is left out, and on what the tenant must see to. */
      notes: readonly string[];
    }>
  /** The operation cannot be called by a descriptor. `place` is a path in the document. */
  | Readonly<{ kind: 'refused'; place: string; why: string }>;

/** Which server is called in the place of those that the document names. */
export type ImportOptions = Readonly<{ server?: string | undefined }>;

const methods: Readonly<Record<string, HttpTool['http']['method']>> = {
  ...{ get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH', delete: 'DELETE' },
};

/** Turns an operation into a descriptor. Never throws for a document that was read. */
export function importOperation(document: OpenApi, operation: Operation, options: ImportOptions = {}): Imported {
  try {
    return translated(document, operation, options);
  } catch (error) {
    if (error instanceof Untranslatable) return { kind: 'refused', place: error.place, why: error.message };
    throw error;
  }
}

function translated(document: OpenApi, operation: Operation, { server }: ImportOptions): Imported {
  const { place } = operation;
  const method = methods[operation.method];
  if (method === undefined)
    throw new Untranslatable(place, `is ${operation.method.toUpperCase()}, which no tool sends`);
  const reader = new SchemaReader(document);
  const security = securityOf(document, operation);
  const parameters = sentParameters(document, parametersOf(document, operation), reader);
  const body = bodyOf(document, operation, reader);
  const secret = new Set(Object.keys(security.found).map((name) => name.toLowerCase()));
  const wanted = [...parameters.found, ...(body.found?.wanted ?? [])];
  const found = namedArguments(wanted.filter((each) => each.in !== 'header' || !secret.has(each.name.toLowerCase())));
  const base = server === undefined ? serverOf(document, operation) : checkedServer(server, '--server');
  const read = HttpTool.safeParse({
    ...{ kind: 'http_tool', name: toldName(operation.id) },
    description: descriptionOf(operation),
    parameters: schemaOfArguments(found, reader.definitions()),
    http: {
      method,
      urlTemplate: urlTemplateOf(base, operation, found),
      headers: { ...headersOf(found, body.found), ...security.found },
      ...(body.found && { jsonBodyTemplate: bodyTemplate(body.found, found) }),
    },
  });
  if (!read.success) throw unreadable(place, read.error.issues[0]);
  const places = found.map(({ in: where, name, argument }) => ({ in: where, name, argument }));
  return { kind: 'tool', tool: read.data, places, notes: [...parameters.notes, ...body.notes, ...security.notes] };
}

const unreadable = (place: string, issue?: Readonly<{ path: PropertyKey[]; message: string }>): Untranslatable =>
  new Untranslatable(place, `makes no descriptor: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());

const headersOf = (found: readonly Argument[], body: Body | undefined): Record<string, string> =>
  Object.fromEntries([
    ...found.filter((each) => each.in === 'header').map(({ name, argument }) => [name, `{{args.${argument}}}`]),
    ...(body?.contentType === undefined ? [] : [['Content-Type', body.contentType]]),
  ]);

function descriptionOf({ node, method, path }: Operation): string {
  const said = [node.description, node.summary].map(textOf).find((each) => each !== undefined && each.trim() !== '');
  return toldDescription(said ?? `${method.toUpperCase()} ${path}`);
}
