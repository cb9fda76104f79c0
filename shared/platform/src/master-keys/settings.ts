import { z } from 'zod';
import { type ConfigRule, certificates, count, list, positive, url } from '../config/mod.ts';
import { isCredentialsUrl } from './aws-credentials.ts';
import { awsKeyArn } from './aws-kms.ts';
import { readMasterKeys } from './given-keys.ts';
import { masterKeyProviders } from './master-keys.ts';

const masterKeyLines = () =>
  z.string().transform((text, context) => {
    try {
      return readMasterKeys(text);
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be 32 bytes in base64 a line, the newest first (openssl rand -base64 32)',
      });
      return z.NEVER;
    }
  });

const awsCredentials = () =>
  z
    .string()
    .regex(
      /^[A-Z0-9]{16,128}:[A-Za-z0-9/+=]{16,128}(:[A-Za-z0-9/+=]{1,8192})?$/,
      'must be <access key id>:<secret access key>, or the same with :<session token> behind it',
    )
    .transform((text) => {
      const [accessKeyId = '', secretAccessKey = '', sessionToken] = text.split(':');
      return { accessKeyId, secretAccessKey, sessionToken };
    });

/** A token that travels in a header or a form. */
const visible = (longest: number) =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/, 'must be a token without white space')
    .max(longest);

const kmsUrl = () => url({ schemes: ['http', 'https'] });

/** Who holds the master keys of a service. See docs/master-keys.md. */
export const masterKeySettings = {
  MASTER_KEY_PROVIDER: z
    .enum(masterKeyProviders)
    .default('given')
    .describe(
      'who holds the master key that new keys are wrapped under: given (VOX_MASTER_KEY), aws-kms or vault-transit. What another wrapped opens while its settings are there',
    ),
  VOX_MASTER_KEY: masterKeyLines()
    .optional()
    .describe(
      'what keys of tenants are wrapped under, the newest first; as VOX_MASTER_KEY_FILE it is read again when it changes. Required where MASTER_KEY_PROVIDER is given',
    ),
  AWS_KMS_KEYS: list()
    .pipe(
      z.array(z.string().regex(awsKeyArn, 'must be the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>')).min(1),
    )
    .optional()
    .describe('ARNs of symmetric keys in AWS KMS, parted by commas, the newest first'),
  AWS_KMS_CREDENTIALS: awsCredentials()
    .optional()
    .describe(
      'who asks AWS KMS: <access key id>:<secret access key>, and of temporary ones :<session token> behind it; as AWS_KMS_CREDENTIALS_FILE read again when it changes',
    ),
  AWS_ROLE_ARN: z
    .string()
    .regex(/^arn:(aws|aws-cn|aws-us-gov):iam::\d{12}:role\/[A-Za-z0-9+=,.@_/-]{1,512}$/, 'must be the ARN of a role')
    .optional()
    .describe('without AWS_KMS_CREDENTIALS: the role that asks AWS KMS, for a token of the cluster (IRSA)'),
  AWS_WEB_IDENTITY_TOKEN: visible(16_384)
    .optional()
    .describe('the token of the cluster; as AWS_WEB_IDENTITY_TOKEN_FILE, which it renews, read again when it changes'),
  AWS_STS_URL: kmsUrl()
    .optional()
    .describe('an endpoint of your own network that assumes the role; left out, that of the key’s region'),
  AWS_CONTAINER_CREDENTIALS_FULL_URI: z
    .string()
    .refine(isCredentialsUrl, 'must name the agent of ECS or EKS by its address, or this machine')
    .optional()
    .describe('without those two: the agent of the container that gives credentials (ECS, EKS Pod Identity)'),
  AWS_CONTAINER_AUTHORIZATION_TOKEN: visible(16_384)
    .optional()
    .describe(
      'what is shown to that agent; as AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, which it renews, read again when it changes',
    ),
  AWS_KMS_URL: kmsUrl().optional().describe('an endpoint of your own network; left out, that of the key’s region'),
  VAULT_URL: kmsUrl().optional().describe('Vault or OpenBao, such as https://vault.example:8200'),
  VAULT_CA: certificates()
    .optional()
    .describe('the authority, in PEM, whose certificate Vault may show besides those of the system'),
  VAULT_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/, 'must be a token of Vault')
    .optional()
    .describe('who asks Vault; as VAULT_TOKEN_FILE, which an agent renews, it is read again when it changes'),
  VAULT_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*\/?$/, 'must be the path of a namespace')
    .optional(),
  VAULT_TRANSIT_MOUNT: z
    .string()
    .regex(/^[A-Za-z0-9_-]+(\/[A-Za-z0-9_-]+)*$/, 'must be the path that the transit engine is mounted at')
    .default('transit'),
  VAULT_TRANSIT_KEY: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,128}$/, 'must be the name of a key')
    .optional()
    .describe('the name of the key in the transit engine; its versions are the master keys'),
  MASTER_KEY_TIMEOUT_MS: positive(30_000).default(2_000).describe('longest wait for one answer of AWS KMS or Vault'),
  MASTER_KEY_CACHE_SECONDS: count(3_600)
    .default(60)
    .describe('how long a key that AWS KMS or Vault unwrapped is kept in memory; 0 asks each time'),
};

const neededBy: Readonly<Record<string, readonly string[]>> = {
  given: ['VOX_MASTER_KEY'],
  'aws-kms': ['AWS_KMS_KEYS'],
  'vault-transit': ['VAULT_URL', 'VAULT_TOKEN', 'VAULT_TRANSIT_KEY'],
};

const required = 'is required for master keys of the provider aws-kms';

/** What the chosen holder needs is there, and no part of another is missing; keys travel in TLS. */
export const masterKeyRules: readonly ConfigRule[] = [
  (given) => {
    const chosen = given.MASTER_KEY_PROVIDER ?? 'given';
    const isWanted = ([provider, names]: readonly [string, readonly string[]]): boolean =>
      provider === chosen || names.some((name) => given[name] !== undefined);
    return Object.entries(neededBy)
      .filter(isWanted)
      .flatMap(([provider, names]) =>
        names
          .filter((name) => given[name] === undefined)
          .map((name) => `${name}: is required for master keys of the provider ${provider}`),
      );
  },
  (given) => {
    const { AWS_KMS_KEYS: keys, AWS_KMS_CREDENTIALS: own, AWS_CONTAINER_CREDENTIALS_FULL_URI: agent } = given;
    const isChosen = given.MASTER_KEY_PROVIDER === 'aws-kms';
    const isRole = given.AWS_ROLE_ARN !== undefined && given.AWS_WEB_IDENTITY_TOKEN !== undefined;
    if (own !== undefined) return keys === undefined && !isChosen ? [`AWS_KMS_KEYS: ${required}`] : [];
    // A cluster gives its roles to everybody: they ask for nothing by themselves.
    return agent !== undefined || isRole || (keys === undefined && !isChosen)
      ? []
      : [`AWS_KMS_CREDENTIALS: ${required}, unless there is a role or the agent of a container (docs/master-keys.md)`];
  },
  (given) =>
    (given.NODE_ENV ?? 'production') === 'production'
      ? ['AWS_KMS_URL', 'AWS_STS_URL', 'VAULT_URL']
          .filter((name) => given[name]?.toLowerCase().startsWith('http:'))
          .map((name) => `${name}: must begin with https:// in production`)
      : [],
];
