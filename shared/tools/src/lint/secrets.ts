import type { AgentTool } from '@vox/contracts';
import { toolSaid } from '../sentences.ts';
import { textsIn } from '../template/parse.ts';
import { holdsKnown, holdsRandom } from './credentials.ts';
import { type Check, doubtful, type Finding, wrong } from './finding.ts';
import { literalsOf, type Template, type TemplateText, templatesOf, urlOf } from './templates.ts';

/** Names of headers and members whose value is a credential, whatever it looks like. */
const credentialName =
  /(?:^|[-_.])(?:authorization|api[-_]?key|apikey|auth[-_]?token|access[-_]?token|token|secret|password|passwd|pwd|client[-_]?secret|private[-_]?key|signature)$/i;
const scheme = /^\s*(?:basic|bearer|token|apikey|digest|bot|key)\s*$/i;
const schemeAnd = /^\s*(?:basic|bearer|token|apikey|digest|bot|key)\s+/i;

const nameOf = (place: string): string => place.split('.').findLast((part) => !/^\d+$/.test(part)) ?? '';

function literalIn(template: Template): boolean {
  const literals = literalsOf(template);
  if (literals.some((literal) => holdsKnown(literal) || holdsRandom(literal))) return true;
  if (!credentialName.test(nameOf(template.place))) return false;
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

/** The id of a thing, such as a table, may look drawn at random and must stand in the address. So that is doubtful. */
const inAddress = (url: Template): readonly Finding[] => {
  const { place } = url;
  const literals = literalsOf(url);
  if (literals.some(holdsKnown)) return [wrong('hard-coded-secret', place, toolSaid('credential-in-url'))];
  if (inQuery(url)) return [wrong('secret-in-url', place, toolSaid('credential-in-query'))];
  return literals.some(holdsRandom) ? [doubtful('hard-coded-secret', place, toolSaid('drawn-at-random'))] : [];
};

export const hardCoded: Check = (tool) => {
  const at = urlOf(tool)?.place;
  const templates = templatesOf(tool);
  const url = templates.find(({ place }) => place === at);
  return [
    ...templates.filter((template) => template !== url && literalIn(template)),
    ...toldTexts(tool).filter(({ text }) => holdsKnown(text)),
  ]
    .map(({ place }) => wrong('hard-coded-secret', place, toolSaid('looks-like-credential')))
    .concat(url === undefined ? [] : inAddress(url));
};
