import { followed, isNode, listOf, memberOf, type OpenApi, textOf, Untranslatable } from './document.ts';
import type { Operation } from './operations.ts';
import type { Found } from './sent-parameters.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * The headers by which an operation knows who asks: those of the first way in that the descriptor can go. Throws
 * Untranslatable where it can go none.
 */
export function securityOf(document: OpenApi, { node, place }: Operation): Found<Headers> {
  const own = node.security !== undefined;
  const ways = listOf(own ? node.security : document.root.security);
  if (ways.length === 0) return { found: {}, notes: [] };
  const refusals: Untranslatable[] = [];
  for (const [index, way] of ways.entries())
    try {
      return wayIn(document, way, `${own ? `${place}.` : ''}security.${index}`);
    } catch (error) {
      if (!(error instanceof Untranslatable)) throw error;
      refusals.push(error);
    }
  throw refusals[0];
}

function wayIn(document: OpenApi, way: unknown, place: string): Found<Headers> {
  if (!isNode(way)) throw new Untranslatable(place, 'must be an object');
  const schemes = memberOf(document.root.components, 'securitySchemes');
  const [found, notes]: [[string, string][], string[]] = [[], []];
  for (const name of Object.keys(way)) {
    const scheme = followed(document, memberOf(schemes, name), `components.securitySchemes.${name}`);
    const [header, prefix] = headerOf(scheme.node, scheme.place);
    if (found.some(([each]) => each.toLowerCase() === header.toLowerCase()))
      throw new Untranslatable(place, `writes the header ${header} twice`);
    const secret = secretName(name);
    found.push([header, `${prefix}{{secrets.${secret}}}`]);
    const holds = prefix === 'Basic ' ? ': user, colon and password, in base64' : '';
    notes.push(`The header ${header} holds the secret ${secret}${holds}. Keep it before the agent uses the tool.`);
  }
  return { found: Object.fromEntries(found), notes };
}

function headerOf(scheme: Readonly<Record<string, unknown>>, place: string): readonly [string, string] {
  const { type } = scheme;
  const kind = textOf(scheme.scheme)?.toLowerCase();
  if (type === 'apiKey' && scheme.in === 'header' && typeof scheme.name === 'string') return [scheme.name, ''];
  if (type === 'apiKey' && scheme.in === 'query')
    throw new Untranslatable(`${place}.in`, 'must not be query: a secret in a URL stands in every log on the way');
  if (type === 'apiKey') throw new Untranslatable(`${place}.in`, 'must be header: no tool sends cookies');
  if (type === 'http' && kind === 'bearer') return ['Authorization', 'Bearer '];
  if (type === 'http' && kind === 'basic') return ['Authorization', 'Basic '];
  throw new Untranslatable(`${place}.type`, 'must be an API key in a header, or http with bearer or basic');
}

/** `partnerApi-key` is kept as `PARTNER_API_KEY`. */
export function secretName(scheme: string): string {
  const name = scheme
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replace(/^_/, '')
    .replace(/_$/, '');
  return (/^[A-Z]/.test(name) ? name : `KEY_${name}`).slice(0, 64);
}
