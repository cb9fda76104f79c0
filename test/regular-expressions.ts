import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { tokenizer, tokTypes } from 'acorn';

export type FoundExpression = Readonly<{ file: string; source: string; flags: string }>;

/** Every regular expression in a file. */
export function expressionsIn(file: string): FoundExpression[] {
  const text = readFileSync(file, 'utf8');
  const code = file.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  const found: FoundExpression[] = [];
  for (const token of tokenizer(code, { ecmaVersion: 'latest', sourceType: 'module' })) {
    if (token.type !== tokTypes.regexp) continue;
    const { pattern, flags } = (token as unknown as { value: { pattern: string; flags: string } }).value;
    found.push({ file, source: pattern, flags });
  }
  return found;
}
