import { readFileSync } from 'node:fs';
import { RedactionRules } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import { type ExplainedLine, explain, type RedactionPolicy, strictestPolicy } from '@vox/redaction';
import type { Command } from 'commander';
import { z } from 'zod';
import { turnsIn } from '../../files/conversation-file.ts';
import type { Operator } from '../../reach/operator.ts';

function contentOf(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch {
    throw invalidField(file, 'must be a file that can be read');
  }
}

/** The redaction rules in a file of their own, or in the file of a tenant. */
function policyIn(file: string): RedactionPolicy {
  let json: unknown;
  try {
    json = JSON.parse(contentOf(file));
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw invalidField(file, 'must be JSON');
  }
  const tenant = z.object({ redaction: z.unknown() }).safeParse(json);
  const rules = RedactionRules.safeParse(
    tenant.success && tenant.data.redaction !== undefined ? tenant.data.redaction : json,
  );
  if (rules.success) return rules.data;
  throw new Fault('INVALID_REQUEST', {
    issues: rules.error.issues.map(({ path, message }) => ({ path: [file, ...path].join('.'), message })),
  });
}

const asText = ({ role, text, cuts }: ExplainedLine): string =>
  [
    `${role}: ${text}`,
    ...cuts.map(
      ({ start, end, kind, why, language }) =>
        `    ${kind} at ${start}–${end}${language === undefined ? '' : ` (${language})`}: ${why}`,
    ),
  ].join('\n');

export function redactCommands(vox: Command, { say, print }: Operator): void {
  vox
    .command('redact <file>')
    .description('Shows what would be cut from a conversation, and why. It asks no server. `-` reads standard input.')
    .option('--policy <file>', 'redaction rules as JSON, or the file of a tenant; without it, everything is cut')
    .option('--lost', 'treat the beginning of the call as unknown', false)
    .option('--json', 'print JSON with the place, kind, rule and language of each cut', false)
    .action(async (file: string, { policy, lost, json }: { policy?: string; lost: boolean; json: boolean }) => {
      const turns = explain(
        turnsIn(file, contentOf(file)),
        policy === undefined ? strictestPolicy : policyIn(policy),
        lost,
      );
      if (json) say({ turns });
      else await print(`${turns.map(asText).join('\n')}\n`);
    });
}
