import { z } from 'zod';
import type { Question } from '../kinds/question.ts';
import type { Action } from './access.ts';
import { fieldsInside, type Inside } from './api-inside.ts';

export type ApiMethod = 'get' | 'post' | 'put' | 'delete';

/** A question that manages something: its request is an object, and it names its action. */
export type ManagingQuestion = Question<z.ZodObject> & Readonly<{ action: Action }>;

/**
 * One operation of `/api/v1`: the question that it asks, and where the fields of its request stand. Names in the path
 * are fields. Of the others, those of a GET or DELETE stand in the query, and those of a POST or PUT in the JSON body.
 * The tenant and the actor come from the credential, and the request id from the door.
 */
export type ApiRow = Readonly<{
  method: ApiMethod;
  /** As in `/api/v1/widget-keys/:widgetKey/rotate`. */
  path: string;
  question: ManagingQuestion;
  /** An object of the request whose fields stand in the query by themselves. */
  flattened?: string;
  /** The field of the request that the whole body is; `reason` then stands in the query. */
  wholeBody?: string;
  /** The body may be as large as a draft. */
  isLarge?: true;
  /** The body names its tenant: for whoever makes one. */
  tenantInBody?: true;
  /** The number that a version in `If-Match` becomes. */
  matches?: string;
  status?: 201;
  /** The list of the answer that is also had as CSV (RFC 4180), split as the query’s `separator` says. */
  csv?: string;
  /** The body is one of the forms that a field of the request may have. */
  inside?: Inside;
  /** Longest wait for the answer, in milliseconds, where others are asked meanwhile. */
  patienceMs?: number;
}>;

/** What stands between the cells of a CSV. With `;` it begins with a byte order mark, as for a spreadsheet. */
export const CsvSeparator = z.enum([',', ';']);
export type CsvSeparator = z.infer<typeof CsvSeparator>;

type Options = Omit<ApiRow, 'method' | 'path' | 'question'>;

/** One row. Throws RangeError for a question without an action: nobody could say who may ask it. */
export function apiRow(method: ApiMethod, path: string, question: Question, options: Options = {}): ApiRow {
  if (question.action === undefined) throw new RangeError(`${question.service}.${question.name} names no action`);
  return { method, path: `/api/v1${path}`, question: question as ManagingQuestion, ...options };
}

/** The fields that stand in a path. */
export const pathFieldsOf = ({ path }: Pick<ApiRow, 'path'>): string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** What comes from the credential and the door, unless the path names it. */
const given = ['tenantId', 'actor', 'requestId'];

/** The schemas of what stands in the query and in the body. `undefined` where nothing may stand there. */
export function placesOf(
  row: ApiRow,
): Readonly<{ query: Record<string, z.ZodType>; body?: Record<string, z.ZodType> }> {
  const inPath = new Set(pathFieldsOf(row));
  const fields = Object.entries(row.question.request.shape as Record<string, z.ZodType>).filter(
    ([name]) => !inPath.has(name) && !given.includes(name) && name !== row.matches,
  );
  if (row.method === 'get' || row.method === 'delete')
    return { query: Object.fromEntries(fields.flatMap(([name, schema]) => flat(row, name, schema))) };
  if (row.inside !== undefined) return { query: {}, body: bodyInside(row.inside, row, fields) };
  if (row.wholeBody === undefined) return { query: {}, body: Object.fromEntries(fields) };
  return { query: Object.fromEntries(fields.filter(([name]) => name !== row.wholeBody)), body: {} };
}

const bodyInside = (
  inside: Inside,
  { question }: ApiRow,
  fields: readonly [string, z.ZodType][],
): Record<string, z.ZodType> => ({
  ...Object.fromEntries(fields.filter(([name]) => name !== inside.field)),
  ...fieldsInside(question.request, inside).written,
});

const flat = ({ flattened }: ApiRow, name: string, schema: z.ZodType): (readonly [string, z.ZodType])[] =>
  name === flattened ? Object.entries(fieldsOf(schema)) : [[name, schema]];

/** The fields of an object, which may have a default. */
function fieldsOf(schema: z.ZodType): Record<string, z.ZodType> {
  const { innerType } = schema._zod.def as { innerType?: z.ZodType };
  return innerType === undefined ? ((schema as z.ZodObject).shape as Record<string, z.ZodType>) : fieldsOf(innerType);
}

/** The fields of the object of a request whose fields stand in the query by themselves. */
export const flattenedFieldsOf = ({ flattened, question }: ApiRow): string[] =>
  flattened === undefined ? [] : Object.keys(fieldsOf(question.request.shape[flattened] as z.ZodType));
