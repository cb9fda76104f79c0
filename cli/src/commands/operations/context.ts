import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { Fault, invalidField } from '@vox/platform/fault';
import { type Command, InvalidArgumentError } from 'commander';
import { type Context, contextNamed, contextsIn, keepContexts } from '../../contexts/kept-contexts.ts';
import { originOf } from '../../reach/http/address.ts';
import type { Operator } from '../../reach/operator.ts';
import { Mistake } from '../../text/sentences.ts';

type Env = Readonly<Record<string, string | undefined>>;
type Given = Readonly<{
  url?: string;
  apiKeyFile?: string;
  signingSecretFile?: string;
  signingKeyFile?: string;
  natsUrl?: string;
  nkeySeedFile?: string;
  natsCaFile?: string;
}>;

function contextName(text: string): string {
  if (text === 'none' || !/^[a-z0-9][a-z0-9._-]{0,39}$/.test(text))
    throw new InvalidArgumentError(
      'must be 1–40 lower-case letters, digits, dots, hyphens or underscores, and not none.',
    );
  return text;
}

/** `vox context …`: several installations under names of one's own. */
export function contextCommands(vox: Command, { say, note }: Operator, env: Env): void {
  const context = vox
    .command('context')
    .description('Keeps how several installations are reached, under names for --context.');
  context
    .command('list')
    .description('Lists the contexts, and which one is in use.')
    .action(() => say(listed(env)));
  context
    .command('add')
    .argument('<name>', 'what it is called', contextName)
    .description('Keeps a context: over HTTP with --url, or as the operator over the bus with --nats-url.')
    .option('--url <url>', 'the address of the server, such as https://vox.example')
    .option('--api-key-file <file>', 'holds the API key; without it, the login of `vox login` is used')
    .option('--signing-secret-file <file>', 'holds the signing secret of the API key')
    .option('--signing-key-file <file>', 'holds the Ed25519 private key of the API key, in PEM')
    .option('--nats-url <url>', 'the address of the NATS server, such as tls://nats.example:4222')
    .option('--nkey-seed-file <file>', 'holds the seed of the operator')
    .option('--nats-ca-file <file>', 'holds the authority that signed the certificate of the NATS server, in PEM')
    .action((name: string, given: Given) => {
      const kept = contextsIn(env);
      keepContexts(env, { ...kept, contexts: { ...kept.contexts, [name]: contextOf(given) } });
      note(`The context ${name} is kept. \`vox context use ${name}\` uses it in every command.`);
    });
  context
    .command('use <name>')
    .description('Uses a context in every command that names no other, until another one is used; `none` uses none.')
    .action((name: string) => {
      const kept = contextsIn(env);
      if (name !== 'none') contextNamed(kept, name);
      keepContexts(env, { ...kept, current: name === 'none' ? null : name });
      note(name === 'none' ? 'No context is in use.' : `The context ${name} is in use.`);
    });
  context
    .command('remove <name>')
    .description('Forgets a context. The files that it names stay.')
    .action((name: string) => {
      const kept = contextsIn(env);
      contextNamed(kept, name);
      const { [name]: _gone, ...contexts } = kept.contexts;
      keepContexts(env, { current: kept.current === name ? null : kept.current, contexts });
      note(`The context ${name} is forgotten.`);
    });
}

const listed = (env: Env) => {
  const { current, contexts } = contextsIn(env);
  return Object.entries(contexts).map(([name, context]) => ({
    ...{ name, inUse: name === current, reaches: 'url' in context ? context.url : context.natsUrl },
    with: 'url' in context ? (context.apiKeyFile ?? 'the login of vox login') : (context.nkeySeedFile ?? null),
  }));
};

/** A context out of what was given. Throws Fault INVALID_REQUEST that names the option. */
function contextOf(given: Given): Context {
  const { url, apiKeyFile, signingSecretFile, signingKeyFile, natsUrl, nkeySeedFile, natsCaFile } = given;
  if ((url === undefined) === (natsUrl === undefined))
    throw invalidField('context add', 'needs one of: --url for HTTP, --nats-url for the bus');
  const ofHttp = { apiKeyFile, signingSecretFile, signingKeyFile };
  const ofBus = { nkeySeedFile, natsCaFile };
  const [mine, other] = url === undefined ? [ofBus, ofHttp] : [ofHttp, ofBus];
  for (const [field, file] of Object.entries(other))
    if (file !== undefined)
      throw invalidField(optionOf(field), `goes with ${url === undefined ? '--url' : '--nats-url'} alone`);
  const files = Object.fromEntries(
    Object.entries(mine).flatMap(([field, file]) => (file === undefined ? [] : [[field, readable(field, file)]])),
  );
  return url === undefined ? { natsUrl: natsAddress(String(natsUrl)), ...files } : { url: origin(url), ...files };
}

const optionOf = (field: string): string => `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function readable(field: string, file: string): string {
  try {
    accessSync(file, constants.R_OK);
    return resolve(file);
  } catch {
    throw invalidField(optionOf(field), `names a file that cannot be read: ${file}`);
  }
}

function origin(url: string): string {
  try {
    return originOf(url, '--url');
  } catch (error) {
    if (error instanceof Mistake) throw new Fault('INVALID_REQUEST', { message: error.sentences.join(' ') });
    throw error;
  }
}

/** Such an address holds no password: the seed stands in a file. It is repeated in no sentence, for it might. */
function natsAddress(text: string): string {
  for (const each of text.split(',')) {
    const url = URL.canParse(each) ? new URL(each) : undefined;
    if (url === undefined || !/^(nats|tls):$/.test(url.protocol) || url.username !== '' || url.password !== '')
      throw invalidField(
        '--nats-url',
        'must be nats://host:port or tls://host:port, without a user; several have commas',
      );
  }
  return text;
}
