import type { AgentTool } from '@vox/contracts';
import { textsIn } from '../template/parse.ts';
import { type Check, wrong } from './finding.ts';
import { literalsOf, type TemplateText, templatesOf, urlOf } from './templates.ts';

/** How credentials of well-known services begin, as their makers document it for secret scanners. */
const prefixes = [
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}/,
  /\b(?:gh[opsur]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,})/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\bya29\.[A-Za-z0-9_-]{20,}/,
  /\beyJ[A-Za-z0-9_-]{16}/,
  /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  /\bkey-[0-9a-f]{32}\b/,
  /\bvk_[a-z]+_[A-Za-z0-9]+_[A-Za-z0-9_-]{16,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
];
/** Beginnings that words have too, such as `sk-learn-based-classifier`. What follows in a credential has digits. */
const likeWords = /\b(?:sk[-_]|npm_|dop_v1_|shpat_|shpss_|whsec_|lin_api_|hf_|sq0atp-)[A-Za-z0-9_-]{16,}/g;
/** Words and numbers with hyphens, underscores or slashes between: a name or a path. */
const isOfWords = (text: string): boolean =>
  text.split(/[-_/]/).every((each) => each === '' || /^(?:[A-Za-z]+\d{0,2}|\d{1,8})$/.test(each));

const isKnown = (text: string): boolean =>
  prefixes.some((prefix) => prefix.test(text)) ||
  (text.match(likeWords) ?? []).some((found) => /\d/.test(found) && !isOfWords(found));

/** Names of headers and members whose value is a credential, whatever it looks like. */
const credentialName =
  /(?:^|[-_.])(?:authorization|api[-_]?key|apikey|auth[-_]?token|access[-_]?token|token|secret|password|passwd|pwd|client[-_]?secret|private[-_]?key|signature)$/i;
const scheme = /^\s*(?:basic|bearer|token|apikey|digest|bot|key)\s*$/i;
const schemeAnd = /^\s*(?:basic|bearer|token|apikey|digest|bot|key)\s+/i;

const word = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** An id that everybody may know, as it is used. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Bits for each character of a text, by how often each stands in it (Shannon). */
export function entropyOf(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
const leastBits = 3.8;
const hex = /^[0-9a-f]+$/i;
const leastHexBits = 3.2;

/** Whether a word looks drawn at random: many different characters, digits among letters, no words in it. */
function looksRandom(text: string): boolean {
  if (uuid.test(text) || !/\d/.test(text) || !/[A-Za-z]/.test(text)) return false;
  if (isOfWords(text)) return false;
  if (hex.test(text)) return text.length >= 32 && entropyOf(text) >= leastHexBits;
  return entropyOf(text) >= leastBits;
}

const said = 'holds what looks like a credential; keep it as a secret and write {{secrets.NAME}}';

const nameOf = (place: string): string => place.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';

function literalIn({ text }: TemplateText, name: string): boolean {
  const literals = literalsOf(text);
  if (literals.some(isKnown)) return true;
  if (literals.some((literal) => (literal.match(word) ?? []).some(looksRandom))) return true;
  if (!credentialName.test(name)) return false;
  // `Bearer {{secrets.KEY}}`: only what stands beside the scheme counts.
  return literals.some((literal) => !scheme.test(literal) && literal.replace(schemeAnd, '').trim().length >= 8);
}

/** A value of the query whose name says that it is a credential. */
function inQuery({ text }: TemplateText): boolean {
  const [, query = ''] = text.split(/[?#]/, 2);
  return query.split('&').some((pair) => {
    const [name = '', value = ''] = pair.split('=', 2);
    return credentialName.test(name) && value !== '' && !value.includes('{{');
  });
}

/** What the provider is told, and what the visitor reads. */
const toldTexts = (tool: AgentTool): readonly TemplateText[] => [
  ...('description' in tool && tool.description !== undefined
    ? [{ place: 'description', text: tool.description }]
    : []),
  ...('parameters' in tool && tool.parameters !== undefined ? textsIn(tool.parameters, 'parameters') : []),
  ...('link' in tool ? [{ place: 'link.label', text: tool.link.label }] : []),
];

export const hardCoded: Check = (tool) => {
  const url = urlOf(tool);
  const nameAt = ({ place }: TemplateText): string => (place === url?.place ? '' : nameOf(place));
  return [
    ...templatesOf(tool).filter((template) => literalIn(template, nameAt(template))),
    ...toldTexts(tool).filter(({ text }) => isKnown(text)),
  ]
    .map(({ place }) => wrong('hard-coded-secret', place, said))
    .concat(
      url !== undefined && inQuery(url)
        ? wrong('secret-in-url', url.place, 'must hold no credential in its query')
        : [],
    );
};
