import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import type { Operator } from '../reach/operator.ts';
import { type MachineCredential, signRequest } from '../signing/sign-request.ts';
import { Mistake } from '../text/sentences.ts';

type SignOptions = Readonly<{
  apiKey?: string;
  signingSecret?: string;
  signingKey?: string;
  body?: string;
  action?: string;
}>;

/** Others on a machine see what stands on a command line, and not what stands in an environment. */
const fromEnvironment = (flags: string, name: string, description: string): Option =>
  new Option(flags, `${description}; better given as ${name}`).env(name);

export function signCommands(vox: Command, { print }: Pick<Operator, 'print'>): void {
  vox
    .command('sign <method> <url>')
    .description('Signs one HTTP request with an API key, and prints its headers, for `curl -H @-`.')
    .addOption(fromEnvironment('--api-key <key>', 'VOX_API_KEY', 'the API key'))
    .addOption(fromEnvironment('--signing-secret <secret>', 'VOX_SIGNING_SECRET', 'its signing secret'))
    .addOption(fromEnvironment('--signing-key <file>', 'VOX_SIGNING_KEY_FILE', 'its Ed25519 private key, PEM'))
    .option('--body <file>', 'the body that will be sent; - for standard input')
    .option('--action <action>', 'signs for this action alone, such as widget-keys.create')
    .action(async (method: string, url: string, options: SignOptions) => {
      const body = options.body === undefined ? undefined : contentOf(options.body === '-' ? 0 : options.body);
      const action = options.action === undefined ? {} : { action: options.action };
      const headers = signed({ method, url, body }, credentialOf(options), action);
      await print(
        Object.entries(headers)
          .map(([name, value]) => `${name}: ${value}\n`)
          .join(''),
      );
    });
}

function credentialOf({ apiKey, signingSecret, signingKey }: SignOptions): MachineCredential {
  if (apiKey === undefined) throw new Mistake(['the API key is missing: set VOX_API_KEY']);
  if (signingKey !== undefined) return { apiKey, privateKey: contentOf(signingKey) };
  if (signingSecret === undefined)
    throw new Mistake(['what signs is missing: set VOX_SIGNING_SECRET, or VOX_SIGNING_KEY_FILE to a file']);
  return { apiKey, signingSecret };
}

function contentOf(file: string | number): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new Mistake([`${file === 0 ? 'standard input' : file} must be a file that can be read`]);
  }
}

/** The headers of a signed request. What is wrong with a key is said in a sentence, and no key is shown. */
function signed(...given: Parameters<typeof signRequest>): Record<string, string> {
  try {
    return signRequest(...given);
  } catch (error) {
    const [{ url }, credential] = given;
    if (!URL.canParse(String(url)))
      throw new Mistake(['<url> must be a whole address, such as https://vox.example/api/v1/webhooks']);
    if (error instanceof TypeError && !('code' in error)) throw new Mistake([error.message]);
    if ('privateKey' in credential)
      throw new Mistake(['the file of VOX_SIGNING_KEY_FILE must hold an Ed25519 private key in PEM']);
    throw error;
  }
}
