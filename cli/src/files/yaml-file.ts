import { invalidField } from '@vox/platform/fault';
import { parse, YAMLParseError } from 'yaml';
import { bytesOf, jsonOf } from './json-file.ts';

/**
 * The value in a file of YAML or, by its name, of JSON. Throws Fault INVALID_REQUEST with the name, line and column of
 * the first mistake. What aliases and anchors stand for is written out, and bounded by the parser.
 */
export function yamlOf(file: string): unknown {
  if (/\.json$/i.test(file)) return jsonOf(file);
  const text = bytesOf(file).toString('utf8');
  if (text.trim() === '') throw invalidField(file, 'is empty; it must hold YAML or JSON');
  try {
    // Through JSON, which has no value that contains itself and none but its own types.
    return JSON.parse(JSON.stringify(parse(text)) ?? 'null');
  } catch (error) {
    const [at] = error instanceof YAMLParseError ? (error.linePos ?? []) : [];
    const why =
      at === undefined
        ? 'refers to itself or too often'
        : `is neither YAML nor JSON: the mistake is at line ${at.line}, column ${at.col}`;
    throw invalidField(file, why);
  }
}
