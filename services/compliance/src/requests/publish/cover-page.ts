import type { Section } from '../decide/cover-page.ts';

const title = 'Your personal data';
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
/** A tenant's words may hold ends of lines; they begin no heading of ours. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');

const heading = ({ title, article }: Section): string => (article === undefined ? title : `${title} (${article})`);

export const textOf = (sections: readonly Section[]): string =>
  [
    title.toUpperCase(),
    ...sections.flatMap((section) => [
      `${heading(section)}\n${'-'.repeat(heading(section).length)}`,
      [...section.paragraphs.map(flat), ...section.points.map((point) => `* ${flat(point)}`)].join('\n'),
    ]),
  ]
    .join('\n\n')
    .concat('\n');

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}h2{font-size:1.1rem;margin-top:1.6rem}small{color:#555;font-weight:400}';

/** One page that asks nobody for anything: no script, no picture, no link. */
export const htmlOf = (sections: readonly Section[]): string =>
  [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    `<meta name="viewport" content="width=device-width"><style>${style}</style></head><body><h1>${title}</h1>`,
    ...sections.flatMap(({ title, article, paragraphs, points }) => [
      `<h2>${escaped(title)}${article === undefined ? '' : ` <small>${escaped(article)}</small>`}</h2>`,
      ...paragraphs.map((text) => `<p>${escaped(flat(text))}</p>`),
      ...(points.length > 0 ? ['<ul>', ...points.map((text) => `<li>${escaped(flat(text))}</li>`), '</ul>'] : []),
    ]),
    '</body></html>\n',
  ].join('\n');
