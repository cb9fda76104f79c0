import { config as auth } from '@vox/auth/config';
import { config as compliance } from '@vox/compliance/config';
import { config as edgeGuard } from '@vox/edge-guard/config';
import { bootstrapSettings, type ConfigRule } from '@vox/platform/config';
import { config as quota } from '@vox/quota/config';
import { config as sessionBroker } from '@vox/session-broker/config';
import { z } from 'zod';

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

/** Walks through what a field is wrapped in, the outermost first. */
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

/** Whoever reads variables: every service, and the command that makes the streams. */
const readers: Readonly<Record<string, { schema: z.ZodObject }>> = {
  ...services,
  'vox bus': { schema: z.object(bootstrapSettings) },
};

/** The page on configuration. */
export function configurationPage(): string {
  const sections = Object.entries(readers).map(([service, { schema }]) => {
    const rows = fieldsOf(schema).map((field) => `| \`${field.name}\` | ${standing(field)} | ${field.about} |`);
    return `## ${service}\n\n| variable | default | |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Configuration

Made from the schemas that the services read (\`services/<name>/src/config.ts\`). Any variable can be given as a file instead: \`NAME_FILE\` names the
file that holds the value of \`NAME\`. An unset variable takes its default, \`0\` means none allowed, and an empty or unreadable value stops the service with
every mistake listed. \`--check\` reads the configuration and stops. \`NODE_ENV\` is \`production\` unless it says otherwise, and then \`NATS_NKEY_SEED\` is
required. Traces are exported where the standard \`OTEL_*\` variables say.

${sections.join('\n')}`;
}

/** An example of an environment: every variable once, commented out at its default, empty where a value is required. */
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
  return `# Every variable of every service, once, under the first that reads it. See docs/generated/configuration.md.\n\n${sections.join('\n')}`;
}
