import { visibleLine } from '@vox/contracts';
import type { Brand, Letter, Part } from './letter.ts';

function textOf(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'code':
      return `    ${part.code}`;
    case 'button':
      return `${part.label}:\n${part.link}`;
    case 'table':
      return part.rows.map(([name, value]) => `${name}: ${value}`).join('\n');
  }
}

/** A letter as plain text. */
export const letterText = ({ parts }: Letter, { displayName }: Brand): string =>
  `${[...parts.map(textOf), `-- \n${visibleLine(displayName)}`].join('\n\n')}\n`;
