import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** The part of JSON Schema that the document uses. */
export type Schema = Readonly<{
  type?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
}>;
type Content = Readonly<Record<string, Readonly<{ schema: Schema }>>>;
type Response = Readonly<{ content?: Content }>;
type DocumentedOperation = Readonly<{
  parameters?: readonly Readonly<{ name: string; in: string; schema: Schema }>[];
  requestBody?: Readonly<{ content: Content }>;
  responses: Readonly<Record<string, Response>>;
}>;

export type Operation = Readonly<{
  method: string;
  path: string;
  parameters: NonNullable<DocumentedOperation['parameters']>;
  body: Schema | undefined;
  /** How an answer differs from the document, or `undefined`. */
  complaint: (status: number, contentType: string, text: string) => string | undefined;
}>;

const file = fileURLToPath(new URL('../../docs/generated/openapi.json', import.meta.url));
const document = JSON.parse(readFileSync(file, 'utf8')) as {
  paths: Record<string, Record<string, DocumentedOperation>>;
};

const documentId = 'openapi.json';
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(document, documentId);

const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

function complaint(path: string, method: string, { responses }: DocumentedOperation) {
  return (status: number, contentType: string, text: string): string | undefined => {
    const said = responses[status] === undefined ? 'default' : String(status);
    const type = contentType.split(';')[0] ?? '';
    // What is not sent again, and where a browser is sent on, has no body.
    if (said !== 'default' && responses[said]?.content === undefined)
      return text === '' ? undefined : `${status} has a body`;
    if (responses[said]?.content?.[type] === undefined) return `${status} is not documented as ${type}`;
    const place = pointer('paths', path, method, 'responses', said, 'content', type, 'schema');
    const validate = ajv.getSchema(`${documentId}#${place}`);
    if (validate === undefined) return `there is no schema at ${place}`;
    if (validate(type.endsWith('json') ? JSON.parse(text) : text)) return undefined;
    return `${status} is not of its schema: ${ajv.errorsText(validate.errors)}`;
  };
}

/** Every operation of the OpenAPI document. A new route needs no new line here. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, written]) => ({
    method,
    path,
    parameters: written.parameters ?? [],
    body: written.requestBody?.content['application/json']?.schema,
    complaint: complaint(path, method, written),
  })),
);
