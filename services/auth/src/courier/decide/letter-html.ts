import { visibleLine } from '@vox/contracts';
import type { Brand, Letter, Part } from './letter.ts';

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

const plainColour = '#1f2937';

/** The tenant's colour, and black or white above it: whichever of the two is easier to read (WCAG 2.2, 1.4.3). */
function colours(wanted: string): readonly [string, string] {
  const colour = /^#[0-9a-f]{6}$/i.test(wanted) ? wanted : plainColour;
  const channel = (at: number): number => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return [colour, luminance > 0.179 ? '#000000' : '#ffffff'];
}

const isWeb = (link: string): boolean => /^https?:\/\//i.test(link);

function htmlOf(part: Part, [back, front]: readonly [string, string]): string {
  switch (part.kind) {
    case 'text':
      return `<p style="margin:0 0 16px">${escaped(part.text)}</p>`;
    case 'code':
      return `<p style="margin:0 0 16px;font:700 32px/1.2 monospace;letter-spacing:6px">${escaped(part.code)}</p>`;
    case 'button': {
      const link = isWeb(part.link) ? escaped(part.link) : '#';
      const style = `display:inline-block;padding:12px 20px;border-radius:6px;background:${back};color:${front}`;
      return `<p style="margin:0 0 16px"><a href="${link}" style="${style}">${escaped(part.label)}</a></p>`;
    }
    case 'table': {
      const row = (cell: string, cells: readonly string[]): string =>
        `<tr>${cells.map((each) => `<${cell} align="left" style="padding:4px 16px 4px 0">${escaped(each)}</${cell}>`).join('')}</tr>`;
      const rows = [row('th', part.head), ...part.rows.map((each) => row('td', each))];
      return `<table style="margin:0 0 16px;border-collapse:collapse">${rows.join('')}</table>`;
    }
  }
}

/** A letter as HTML, in the tenant's colours. Every word in it is escaped. Nothing in it runs. */
export function letterHtml({ subject, parts }: Letter, brand: Brand): string {
  const colour = colours(brand.primaryColor);
  const [back, front] = colour;
  const name = escaped(visibleLine(brand.displayName));
  const isLogo = brand.logoUrl?.startsWith('https://') === true;
  const logo = isLogo ? `<img src="${escaped(brand.logoUrl ?? '')}" alt="" height="32" style="margin-right:12px">` : '';
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
  <body style="margin:0;background:#f3f4f6;font:16px/1.5 sans-serif;color:#111827">
    <div style="max-width:560px;margin:0 auto;background:#ffffff">
      <div style="padding:16px 24px;background:${back};color:${front};font-weight:700">${logo}${name}</div>
      <div style="padding:24px">${parts.map((part) => htmlOf(part, colour)).join('\n')}</div>
    </div>
  </body>
</html>
`;
}
