import { type ApiRow, flattenedFieldsOf, pathFieldsOf, placesOf } from './api-row.ts';

/** A request of `/api/v1`, still without its credential. */
export type ApiRequest = Readonly<{
  /** With its query. */
  target: string;
  /** What is sent as JSON; `undefined` where there is no body. */
  body: unknown;
  /** The version that the caller has read. */
  ifMatch: string | undefined;
}>;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes the request of a question as its operation wants it: the inverse of how the door reads it. The tenant and the
 * actor come from the credential: they are not written, unless the path names them. The id of a run of a command is
 * written, so that the audit log shows its acts together.
 */
export function writtenRequest(row: ApiRow, request: Fields): ApiRequest {
  const { query, body } = placesOf(row);
  const run = Object.hasOwn(row.question.request.shape, 'requestId') ? picked(['requestId'], request) : {};
  const inBody = row.wholeBody === undefined && body !== undefined;
  // The fields of the form that the body is stand by themselves.
  const fields = row.inside === undefined ? request : { ...request, ...(request[row.inside.field] as Fields) };
  const search = { ...queryOf(row, Object.keys(query), request), ...(inBody ? {} : run) };
  const version = row.matches === undefined ? undefined : request[row.matches];
  return {
    target: `${pathOf(row, request)}${searchOf(search)}`,
    body: inBody ? { ...picked(Object.keys(body), fields), ...run } : row.wholeBody && request[row.wholeBody],
    ifMatch: version === undefined ? undefined : `"${version}"`,
  };
}

/** The fields that were given, of these names. */
const picked = (names: readonly string[], fields: Fields): Record<string, unknown> =>
  Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])));

/** Fields of a flattened object stand by themselves. One of them may have the name of a field beside it. */
function queryOf(row: ApiRow, names: readonly string[], request: Fields): Record<string, unknown> {
  const own = new Set(flattenedFieldsOf(row));
  const within = (row.flattened === undefined ? {} : (request[row.flattened] ?? {})) as Fields;
  return {
    ...picked(
      names.filter((name) => !own.has(name)),
      request,
    ),
    ...picked([...own], within),
  };
}

const searchOf = (fields: Fields): string => {
  const search = new URLSearchParams(
    Object.entries(fields).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return search === '' ? '' : `?${search}`;
};

const pathOf = (row: ApiRow, request: Fields): string =>
  pathFieldsOf(row).reduce(
    (path, name) => path.replace(`:${name}`, () => encodeURIComponent(String(request[name]))),
    row.path,
  );
