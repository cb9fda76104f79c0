import { config as auth } from '@vox/auth/config';
import { config as compliance } from '@vox/compliance/config';
import { config as edgeGuard } from '@vox/edge-guard/config';
import { bootstrapSettings, type ConfigRule } from '@vox/platform/config';
import { config as quota } from '@vox/quota/config';
import { config as sessionBroker } from '@vox/session-broker/config';
import { z } from 'zod';
import { backupSettings, drillSettings, restoreSettings } from '../backup/mod.ts';

type Field = Readonly<{
  name: string;
  standard: string | undefined;
  required: boolean;
  about: string;
  secret: boolean;
}>;

export const services: Readonly<Record<string, { schema: z.ZodObject; rules: readonly ConfigRule[] }>> = {
  'edge-guard': edgeGuard,
  auth,
  quota,
  'session-broker': sessionBroker,
  compliance,
};

const isSecret = (name: string): boolean => /SEED|SECRET|API_KEY|SEAL/.test(name) && !name.endsWith('_SECONDS');

type Wrapped = z.ZodType & { def: { innerType?: z.ZodType; defaultValue?: unknown } };

/** A field and the types inside it, the outermost first. */
function* layers(schema: z.ZodType): Generator<Wrapped> {
  for (let layer: z.ZodType | undefined = schema; layer !== undefined; layer = (layer as Wrapped).def.innerType)
    yield layer as Wrapped;
}

function fieldOf(name: string, schema: z.ZodType): Field {
  const all = [...layers(schema)];
  const about = all.find((layer) => layer.description !== undefined)?.description ?? '';
  const value = all.find((layer) => 'defaultValue' in layer.def)?.def.defaultValue;
  const inDollars = all.some((layer) => layer.meta()?.unit === 'dollars');
  const standard = value === undefined ? undefined : String(inDollars ? Number(value) / 1_000_000 : value);
  return { name, standard, required: !schema.isOptional() && standard === undefined, about, secret: isSecret(name) };
}

const fieldsOf = (schema: z.ZodObject): Field[] =>
  Object.entries(schema.shape).map(([name, field]) => fieldOf(name, field as z.ZodType));

const standing = ({ standard, required }: Field): string => {
  if (required) return 'required';
  return standard === undefined || standard === '' ? '–' : `\`${standard}\``;
};

/** The programs that read variables: every service, and the commands that reach servers by themselves. */
const readers: Readonly<Record<string, { schema: z.ZodObject }>> = {
  ...services,
  'vox bus': { schema: z.object(bootstrapSettings) },
  'vox backup': { schema: z.object(backupSettings) },
  'vox backup drill': { schema: z.object(drillSettings) },
  'vox restore': { schema: z.object(restoreSettings) },
};

/** Writes the page on configuration. */
export function configurationPage(): string {
  const sections = Object.entries(readers).map(([service, { schema }]) => {
    const rows = fieldsOf(schema).map((field) => `| \`${field.name}\` | ${standing(field)} | ${field.about} |`);
    return `## ${service}\n\n| variable | default | |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Configuration

Generated from the schemas of the services (\`services/<name>/src/config.ts\`). Any variable can come from a file:
\`NAME_FILE\` names the file that holds the value of \`NAME\`. An unset variable takes its default. \`0\` means that none
is allowed. An empty or unreadable value stops the service, and it lists every mistake. \`--check\` reads the
configuration and stops. \`NODE_ENV\` is \`production\` by default; then \`NATS_NKEY_SEED\` is required. The standard
\`OTEL_*\` variables say where traces are exported to.

${sections.join('\n')}`;
}

/** Writes the example of an environment: each variable once, as a comment with its default, or empty if required. */
export function envExample(): string {
  const seen = new Set<string>();
  const sections = Object.entries(readers).map(([service, { schema }]) => {
    const fresh = fieldsOf(schema).filter(({ name }) => !seen.has(name));
    for (const { name } of fresh) seen.add(name);
    const lines = fresh.map((field) => {
      const about = field.about === '' ? '' : `# ${field.about}\n`;
      if (field.required) return `${about}${field.name}=`;
      return `${about}# ${field.name}=${field.standard ?? ''}`;
    });
    return `### ${service}\n${lines.join('\n')}\n`;
  });
  const title = '# Every variable once, under the first service that reads it. See docs/generated/configuration.md.';
  return `${title}\n\n${sections.join('\n')}`;
}
