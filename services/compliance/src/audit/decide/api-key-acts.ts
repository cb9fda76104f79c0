import { ApiKeyCreated, ApiKeyRevoked, ApiKeyRotated, type Fact } from '@vox/contracts';
import { type Act, asked } from './act-forms.ts';

/** How the facts of API keys read as acts. */
export const apiKeyActs = {
  [ApiKeyCreated.name]: ({ data }: Fact<typeof ApiKeyCreated>): Act =>
    asked(data, 'api-key.create', `api-key:${data.keyId}`),
  [ApiKeyRotated.name]: ({ data }: Fact<typeof ApiKeyRotated>): Act =>
    asked(data, 'api-key.rotate', `api-key:${data.keyId}`),
  [ApiKeyRevoked.name]: ({ data }: Fact<typeof ApiKeyRevoked>): Act =>
    asked(data, 'api-key.revoke', `api-key:${data.keyId}`),
};
