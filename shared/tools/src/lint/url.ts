import { readTarget } from '@vox/platform/egress';
import { toolSaid } from '../sentences.ts';
import { isPlaceholder, parseTemplate } from '../template/parse.ts';
import { type Check, wrong } from './finding.ts';
import { headersOf, urlOf } from './templates.ts';

/** A value that changes nothing of a URL’s form. */
const anything = 'x';
/** Ports beside 443 that public APIs are served at. */
export const toolPorts = [443, 8_443] as const;

/** Where the path, the query or the fragment begins. */
const endOfHost = (text: string): number => {
  const scheme = text.indexOf('://');
  const rest = text.slice(scheme === -1 ? 0 : scheme + 3).search(/[/?#\\]/);
  return rest === -1 ? text.length : rest + (scheme === -1 ? 0 : scheme + 3);
};

/** An address of the public internet that is written out. The link of a visitor is held to the same. */
export const targets: Check = (tool) => {
  const url = urlOf(tool);
  if (url === undefined) return [];
  const { place, text: urlTemplate } = url;
  const parsed = parseTemplate(urlTemplate);
  if (parsed.kind === 'malformed') return [];
  const host = urlTemplate.slice(0, endOfHost(urlTemplate));
  if (host.includes('{{')) return [wrong('argument-in-host', place, toolSaid('value-in-host'))];
  const text = parsed.parts.map((part) => (isPlaceholder(part) ? anything : part.text)).join('');
  const found = readTarget(text, { ports: toolPorts, allowLoopback: false });
  if (found.kind === 'target') return [];
  switch (found.reason) {
    case 'scheme':
      return [wrong('insecure-url', place, toolSaid('insecure-url'))];
    case 'host':
    case 'address':
      return [wrong('private-host', place, toolSaid('private-host'))];
    case 'port':
      return [wrong('bad-url', place, toolSaid('other-port', { ports: toolPorts.join(', ') }))];
    case 'credentials':
      return [wrong('secret-in-url', place, toolSaid('user-in-url'))];
    default:
      return [wrong('bad-url', place, toolSaid('bad-url'))];
  }
};

/** What stands in a URL stands in every log on the way. */
export const secretsInUrl: Check = (tool) => {
  const url = urlOf(tool);
  const parsed = parseTemplate(url?.text ?? '');
  if (url === undefined || parsed.kind === 'malformed') return [];
  return parsed.parts.some((part) => isPlaceholder(part) && part.root === 'secrets')
    ? [wrong('secret-in-url', url.place, toolSaid('secret-in-url'))]
    : [];
};

/** Headers that the connection writes, or by which it could be taken for another request. */
const connectionHeaders = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'proxy-authorization', 'proxy-connection'],
  ...['te', 'trailer', 'transfer-encoding', 'upgrade', 'cookie', 'forwarded', 'via', 'traceparent', 'tracestate'],
]);

/** Headers that the client of MCP writes (Streamable HTTP, 2025-06-18). */
const mcpHeader = /^(?:accept|content-type|last-event-id|mcp-.*)$/i;

export const headers: Check = (tool) =>
  headersOf(tool)
    .filter(
      ({ name }) =>
        connectionHeaders.has(name.toLowerCase()) ||
        /^x-forwarded-/i.test(name) ||
        (tool.kind === 'mcp_tool' && mcpHeader.test(name)),
    )
    .map(({ place }) => wrong('forbidden-header', place, toolSaid('forbidden-header')));

export const bodies: Check = (tool) =>
  tool.kind === 'http_tool' && tool.http.jsonBodyTemplate !== undefined && tool.http.method === 'GET'
    ? [wrong('body-with-get', 'http.jsonBodyTemplate', toolSaid('body-with-get'))]
    : [];
