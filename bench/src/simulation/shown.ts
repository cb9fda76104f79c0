/** Three digits, as a person reads them. */
export const shown = (value: number): string =>
  Number(value.toPrecision(3)).toLocaleString('en-US', { maximumFractionDigits: 6 });
export const percent = (share: number): string => `${shown(100 * share)} %`;

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;
export function sized(bytes: number): string {
  const at = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)));
  return `${shown(bytes / 1_024 ** at)} ${units[at]}`;
}

/** A table in Markdown. */
export function tabled(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
