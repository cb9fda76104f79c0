import { type ToolView, toolViewMax, visibleLine, visibleText } from '@vox/contracts';
import type { Json, ShownResult } from '../../tools/mod.ts';

const isList = (value: Json): value is Json[] => Array.isArray(value);

/** A value as a text. Of an object, those of its members that are no objects themselves. */
function textOf(value: Json): string {
  if (value === null) return '';
  if (isList(value)) return value.map(textOf).filter(Boolean).join(', ');
  if (typeof value !== 'object') return String(value);
  const members = Object.values(value).filter((each) => typeof each !== 'object');
  return members.map(textOf).filter(Boolean).join(', ');
}

const cut = (text: string, max: number): string => {
  if (text.length <= max) return text;
  return max < 1 ? '' : `${text.slice(0, max - 1).toWellFormed()}…`;
};

/** What a page shows of a result, as texts that are not too long, alone and together. */
export function viewOf({ kind, title, fields }: ShownResult): ToolView {
  let left = toolViewMax.allChars;
  const shown = (value: Json): string => {
    const text = cut(visibleText(textOf(value).toWellFormed()), Math.min(left, toolViewMax.chars));
    left -= text.length;
    return text;
  };
  return {
    kind,
    ...(title !== undefined && { title: cut(visibleLine(title), 120) }),
    fields: fields.slice(0, toolViewMax.fields).map(({ path, value }) => ({
      path: cut(path, 520),
      value: isList(value) ? value.slice(0, toolViewMax.items).map(shown) : shown(value),
    })),
  };
}
