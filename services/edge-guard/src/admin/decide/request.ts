import { type ApiRow, fieldsInside, flattenedFieldsOf, pathFieldsOf, placesOf } from '@vox/contracts';
import { readQuery } from './query.ts';

/** What an operation is given besides its credential. */
export type Given = Readonly<{
  params: Readonly<Record<string, unknown>>;
  query: Readonly<Record<string, unknown>>;
  body: unknown;
  ifMatch: string | undefined;
  /** Under which of our own origins a browser shows the page, where the question asks for that. */
  site?: string;
}>;

export type From = Readonly<{ tenantId: string; actor: string; requestId: string }>;

const namedBy = (row: ApiRow, name: string): boolean => Object.hasOwn(row.question.request.shape, name);

/**
 * Reads the request of the question behind an operation, still to be parsed by the question's own schema. What the
 * credential and the door say stands over whatever the caller wrote. What follows from the row alone is found once.
 */
export function requestReader(row: ApiRow): (given: Given, from: From) => Record<string, unknown> {
  const { query: inQuery } = placesOf(row);
  const names = pathFieldsOf(row);
  const within = new Set(flattenedFieldsOf(row));
  const shape = row.question.request.shape as Parameters<typeof readQuery>[0];
  return ({ params, query, body, ifMatch, site }, from) => {
    const asked = readQuery(inQuery, query);
    const written = {
      ...(row.flattened === undefined ? asked : nested(within, row.flattened, asked)),
      ...bodyOf(row, body, site, from),
    };
    const inPath = Object.fromEntries(names.map((name) => [name, params[name]]));
    return {
      ...written,
      ...(row.matches !== undefined && ifMatch !== undefined && { [row.matches]: versionOf(ifMatch) }),
      ...(namedBy(row, 'tenantId') && { tenantId: from.tenantId }),
      ...(namedBy(row, 'actor') && { actor: from.actor }),
      ...(namedBy(row, 'requestId') && { requestId: (written as { requestId?: unknown }).requestId ?? from.requestId }),
      ...readQuery(shape, inPath),
    };
  };
}

/** The fields of a body: by themselves, as one field, or as one of the forms that a field has. */
function bodyOf(row: ApiRow, body: unknown, site: string | undefined, from: From): object | undefined {
  const { wholeBody: whole, inside } = row;
  if (whole !== undefined) return { [whole]: wholeBody(row, body, from) };
  if (inside === undefined) return body as object | undefined;
  const { written } = fieldsInside(row.question.request, inside);
  const fields = Object.entries((body ?? {}) as object);
  const isWithin = ([name]: [string, unknown]): boolean => Object.hasOwn(written, name);
  const form = Object.fromEntries(fields.filter(isWithin));
  const others = fields.filter((field) => !isWithin(field));
  return {
    ...Object.fromEntries(others),
    [inside.field]: { ...form, kind: inside.kind, ...(site !== undefined && { origin: site }) },
  };
}

/** A draft names its tenant inside: the credential’s, but where a tenant is made. */
const wholeBody = (row: ApiRow, body: unknown, { tenantId }: From): unknown =>
  row.wholeBody === 'draft' && row.tenantInBody !== true && typeof body === 'object' && body !== null
    ? { ...body, tenantId }
    : body;

function nested(
  within: ReadonlySet<string>,
  into: string,
  asked: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const entries = Object.entries(asked);
  return {
    ...Object.fromEntries(entries.filter(([name]) => !within.has(name))),
    [into]: Object.fromEntries(entries.filter(([name]) => within.has(name))),
  };
}

/** The number of a version in an entity tag, `"12"` (RFC 9110 §13.1.1); what is none stays as it is, to be refused. */
const versionOf = (ifMatch: string): unknown => {
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim()) ?? [];
  return version === undefined ? ifMatch : Number(version);
};
