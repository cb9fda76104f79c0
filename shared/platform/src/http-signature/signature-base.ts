import { type InnerList, type Parameters, serializeInnerList, serializeItem } from 'structured-headers';

/** A request as its signature sees it. */
export type SignedMessage = Readonly<{
  method: string;
  /** Absolute, as it was asked for: scheme, authority, path and query. */
  targetUri: string;
  /** By lower-case name; the lines of one field joined with a comma and a space. */
  fields: Readonly<Record<string, string | undefined>>;
}>;

/** Names of the covered components in their order, and the parameters of the signature. */
export type SignatureInput = Readonly<{ components: readonly string[]; parameters: Parameters }>;

const bare: Parameters = new Map();

/** Path and query as they are written: a normal form of our own would be another text than the signer's. */
function pathAndQuery(targetUri: string): Readonly<{ path: string; query: string }> {
  const afterScheme = targetUri.slice(targetUri.indexOf('://') + 3);
  const length = afterScheme.search(/[/?#]/);
  const rest = length < 0 ? '' : afterScheme.slice(length);
  const at = rest.indexOf('?');
  const path = at < 0 ? rest : rest.slice(0, at);
  return { path: path === '' ? '/' : path, query: at < 0 ? '?' : rest.slice(at) };
}

/** The derived components of RFC 9421 §2.2 that are known here. */
const derived: Readonly<Record<string, (message: SignedMessage) => string>> = {
  '@method': ({ method }) => method,
  '@target-uri': ({ targetUri }) => targetUri,
  '@authority': ({ targetUri }) => new URL(targetUri).host,
  '@scheme': ({ targetUri }) => new URL(targetUri).protocol.slice(0, -1),
  '@path': ({ targetUri }) => pathAndQuery(targetUri).path,
  '@query': ({ targetUri }) => pathAndQuery(targetUri).query,
};

/** The value of one component, or `undefined` where the message has none of this name. */
function componentValue(message: SignedMessage, name: string): string | undefined {
  if (Object.hasOwn(derived, name)) return derived[name]?.(message);
  const isField = /^[a-z0-9-]+$/.test(name) && Object.hasOwn(message.fields, name);
  return isField ? message.fields[name]?.trim() : undefined;
}

export const innerListOf = ({ components, parameters }: SignatureInput): InnerList => [
  components.map((name) => [name, bare]),
  parameters,
];

/**
 * What is signed (RFC 9421 §2.5): a line for each component, and one for the parameters. `undefined` where a component
 * is not of this message or is covered twice.
 */
export function signatureBase(message: SignedMessage, input: SignatureInput): string | undefined {
  if (new Set(input.components).size !== input.components.length || !URL.canParse(message.targetUri)) return undefined;
  const lines: string[] = [];
  for (const name of input.components) {
    const value = componentValue(message, name);
    if (value === undefined) return undefined;
    lines.push(`${serializeItem(name, bare)}: ${value}`);
  }
  return [...lines, `"@signature-params": ${serializeInnerList(innerListOf(input))}`].join('\n');
}
