import { SecretChanged } from '@vox/contracts';
import { asked, type Projections } from './act-forms.ts';

const secretActions = {
  created: 'secret.create',
  rotated: 'secret.rotate',
  'hosts-set': 'secret.set-hosts',
  removed: 'secret.remove',
} as const;

/** How the facts of secrets read as acts. */
export const secretActs = {
  [SecretChanged.name]: ({ data }) => asked(data, secretActions[data.change], `secret:${data.name}`),
} satisfies Partial<Projections>;
