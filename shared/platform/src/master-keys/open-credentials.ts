import type { z } from 'zod';
import type { Clock } from '../time/mod.ts';
import { askText } from './ask-kms.ts';
import { containerCredentials, passing, webIdentityCredentials } from './aws-credentials.ts';
import { type AwsKmsOptions, awsKeyArn } from './aws-kms.ts';
import type { masterKeySettings } from './settings.ts';

/** A setting that is read again when its file changes. */
export type Fresh = <T>(name: string, given: T) => () => T;

type Settings = Readonly<z.infer<z.ZodObject<typeof masterKeySettings>>>;

/**
 * Who asks AWS KMS: credentials of the settings, else a role for a token of the cluster, else what the agent of the
 * container gives. `key` is the ARN of a key, whose region assumes roles.
 */
export function awsCredentialsOf(
  settings: Settings,
  key: string,
  fresh: Fresh,
  clock: Clock,
): AwsKmsOptions['credentials'] | undefined {
  const { AWS_KMS_CREDENTIALS: own, AWS_ROLE_ARN: roleArn, AWS_WEB_IDENTITY_TOKEN: identity } = settings;
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI: agent, AWS_CONTAINER_AUTHORIZATION_TOKEN: shown } = settings;
  const asking = { timeoutMs: settings.MASTER_KEY_TIMEOUT_MS };
  if (own !== undefined) return fresh('AWS_KMS_CREDENTIALS', own);
  if (roleArn !== undefined && identity !== undefined) {
    const [url, token] = [settings.AWS_STS_URL ?? stsOf(key), fresh('AWS_WEB_IDENTITY_TOKEN', identity)];
    const ask = askText({ title: 'AWS STS', ...asking });
    return passing(webIdentityCredentials({ url, roleArn, token, ask }), clock);
  }
  if (agent === undefined) return undefined;
  const token = shown === undefined ? () => undefined : fresh('AWS_CONTAINER_AUTHORIZATION_TOKEN', shown);
  const ask = askText({ title: 'the agent of the container', ...asking });
  return passing(containerCredentials({ url: agent, token, ask }), clock);
}

function stsOf(key: string): string {
  const [, partition, region = ''] = awsKeyArn.exec(key) ?? [];
  return `https://sts.${region}.amazonaws.com${partition === 'aws-cn' ? '.cn' : ''}/`;
}
