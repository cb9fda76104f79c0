import { visibleText } from '@vox/contracts';

const nameMax = 64;
const descriptionMax = 1_024;

/** A name as the provider and placeholders take it, of one that others chose. */
export const toldName = (name: string): string =>
  name
    .replaceAll(/[^A-Za-z0-9_-]+/g, '_')
    .replace(/^_+/, '')
    .slice(0, nameMax) || 'value';

/** A description that others wrote, without characters that nobody sees, and no longer than a descriptor takes. */
export const toldDescription = (text: string): string =>
  // Cut in the middle of a character, it would hold half of one.
  visibleText(text)
    .trim()
    .slice(0, descriptionMax)
    .replace(/[\ud800-\udbff]$/, '');
