import type { HttpTool } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import {
  importOperation,
  type OpenApi,
  type Operation,
  openApiOf,
  operationsOf,
  Untranslatable,
} from '@vox/tools/import';
import type { Command } from 'commander';
import { yamlOf } from '../../files/yaml-file.ts';
import type { Operator } from '../../reach/operator.ts';
import { Mistake } from '../../text/sentences.ts';
import { tableOf } from '../../text/table.ts';
import { showTools } from './made-tools.ts';

type Options = Readonly<{ operation?: readonly string[]; server?: string; list: boolean }>;
type Read = Readonly<{ document: OpenApi; operations: readonly Operation[] }>;

/** Fault INVALID_REQUEST that names the place in the file. */
const at = (file: string, place: string, why: string): Fault =>
  invalidField(place === '' ? file : `${file}.${place}`, why);

function readOpenApi(file: string): Read {
  try {
    const document = openApiOf(yamlOf(file));
    return { document, operations: operationsOf(document) };
  } catch (error) {
    if (error instanceof Untranslatable) throw at(file, error.place, error.message);
    throw error;
  }
}

/** The operations that were asked for, in the order in which they were. */
function chosen(file: string, { operations }: Read, ids: readonly string[]): readonly Operation[] {
  return ids.map((id) => {
    const [found, another] = operations.filter((each) => each.id === id);
    if (found === undefined) throw invalidField('--operation', `“${id}” is no operation of ${file}; --list shows them`);
    if (another !== undefined) throw at(file, another.place, `has the operationId “${id}” of another operation`);
    return found;
  });
}

function toolsOf(file: string, read: Read, { operation = [], server }: Options) {
  const notes: string[] = [];
  const issues: { path: string; message: string }[] = [];
  const tools = chosen(file, read, operation).flatMap((each): HttpTool[] => {
    const imported = importOperation(read.document, each, { server });
    if (imported.kind === 'refused') {
      issues.push({
        path: imported.place.startsWith('--') ? imported.place : `${file}.${imported.place}`,
        message: imported.why,
      });
      return [];
    }
    notes.push(...imported.notes.map((note) => `${imported.tool.name}: ${note}`));
    return [imported.tool];
  });
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return { tools, notes };
}

const shown = ({ id, method, path, node }: Operation) => ({
  ...{ operation: id, method: method.toUpperCase(), path },
  summary: typeof node.summary === 'string' ? node.summary : null,
});

export function importCommands(tool: Command, operator: Operator): Command {
  return (
    tool
      .command('import')
      // What stands behind `mcp` is of that command, also where both have it.
      .enablePositionalOptions()
      .argument('<file>', 'an OpenAPI document 3.0 or 3.1, as YAML or JSON')
      .description(
        'Makes descriptors of tools out of operations of an OpenAPI document, and lints them. Asks no server.',
      )
      .option('--operation <operationId...>', 'an operation; without an id of its own, "GET /orders/{id}"')
      .option('--server <url>', 'the server in the place of those that the document names')
      .option('--list', 'show the operations of the document, or the tools of the server', false)
      .action(async (file: string, options: Options) => {
        const read = readOpenApi(file);
        if (options.list) return operator.print(tableOf(read.operations.map(shown)) ?? '');
        if (options.operation === undefined)
          throw new Mistake(['tool import needs --operation with the id of an operation; --list shows them']);
        const { tools, notes } = toolsOf(file, read, options);
        await showTools({ tools, notes }, operator);
      })
  );
}
