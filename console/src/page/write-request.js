/** @typedef {import('./operations.js').Operation} Operation */
/** @typedef {Readonly<Record<string, unknown>>} Fields */
/**
 * @typedef {Readonly<{url: string, init: {method: string, headers: Record<string, string>, body?: string,
 *   keepalive?: boolean}}>} Written
 */

/**
 * Writes a request as the server wants it: fields of the path in the path, those of a GET or DELETE in the query, and
 * the others in a JSON body, or in the query beside a body that is one field. Fields without a value are left out.
 * Throws RangeError for a field that the operation does not name.
 * @param {Operation} operation @param {Fields} fields @returns {Written}
 */
export function writeRequest({ method, path, fields: known, whole }, fields) {
  const odd = Object.keys(fields).find((name) => !known.includes(name));
  if (odd !== undefined) throw new RangeError(`${method} ${path} has no field ${odd}`);
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name));
  const filled = path.replace(/:(\w+)/g, (_, name) => encodeURIComponent(String(fields[name])));
  const rest = Object.entries(fields).filter(
    ([name, value]) => !inPath.has(name) && value !== undefined && value !== '',
  );
  /** @type {Record<string, string>} */
  const headers = { accept: 'application/json', 'x-vox-request': '1' };
  const isInBody = method !== 'GET' && method !== 'DELETE';
  const inQuery = isInBody ? rest.filter(([name]) => whole !== undefined && name !== whole) : rest;
  const search = new URLSearchParams(inQuery.map(([name, value]) => [name, String(value)])).toString();
  const url = search === '' ? filled : `${filled}?${search}`;
  if (!isInBody) return { url, init: { method, headers } };
  headers['content-type'] = 'application/json';
  return { url, init: { method, headers, body: JSON.stringify(whole ? fields[whole] : Object.fromEntries(rest)) } };
}
