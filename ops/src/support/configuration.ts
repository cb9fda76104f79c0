import { addressesOf } from '@vox/platform/config';
import { services } from '../docs/configuration.ts';
import { doctorSchema } from '../doctor/settings.ts';

const isSecret = /SEED|SECRET|KEY|SEAL|PEPPER|PASSWORD|TOKEN|CA$/;
const isAddress = /_(?:URL|URI|ENDPOINT)$/;
/** What nobody keeps secret: numbers, switches, and the words of closed lists. */
const isPlain =
  /^(?:true|false|\d{1,9}|production|development|test|debug|info|warn|error|grpc|http\/(?:json|protobuf))$/;

/** Every variable that VOX knows. */
const known: readonly string[] = [
  ...new Set([
    ...Object.values(services).flatMap(({ schema }) => Object.keys(schema.shape)),
    ...Object.keys(doctorSchema.shape),
  ]),
].sort();

const shown = (name: string, value: string): string => {
  if (isSecret.test(name)) return '(set)';
  if (isAddress.test(name)) return addressesOf(...value.split(/,(?=[a-z+]+:\/\/)/));
  return isPlain.test(value) ? value : '(set)';
};

/** The settings that an environment gives, without what lets anybody in. Unknown variables are left out. */
export const configurationIn = (env: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    known.flatMap((name): [string, string][] => {
      const value = env[name];
      if (value !== undefined) return [[name, shown(name, value)]];
      return env[`${name}_FILE`] === undefined ? [] : [[`${name}_FILE`, '(set)']];
    }),
  );
