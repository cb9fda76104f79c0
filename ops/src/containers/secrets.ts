import { makeSecrets } from './make-secrets.ts';

makeSecrets(process.argv[2] ?? '/secrets', process.env.OPENAI_API_KEY);
