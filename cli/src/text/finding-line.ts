import type { Finding } from '@vox/tools';

/** What the linter found, as a line for a person. */
export const findingLine = ({ level, place, message, rule }: Finding): string =>
  `${level}: ${place} ${message} (${rule})\n`;
