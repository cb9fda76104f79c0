import {
  DomainProved,
  RecoveryCodesMade,
  RecoveryCodeUsed,
  SecondFactorEnrolled,
  SecondFactorRefused,
  SecondFactorRemoved,
  SingleSignOnChanged,
  SingleSignOnRefused,
  SingleSignOnRemoved,
} from '@vox/contracts';
import { asked, type Projections, self } from './act-forms.ts';

/** How the facts of second factors and of single sign-on read as acts. */
export const factorActs = {
  [SecondFactorEnrolled.name]: ({ data }) => asked(data, 'second-factor.enrol', `second-factor:${data.factorId}`),
  [SecondFactorRemoved.name]: ({ data }) => asked(data, 'second-factor.remove', `second-factor:${data.factorId}`),
  [RecoveryCodesMade.name]: ({ data }) => asked(data, 'recovery-codes.make', `member:${data.memberId}`),
  [RecoveryCodeUsed.name]: ({ data }) => asked(data, 'recovery-code.use', `member:${data.memberId}`),
  [SecondFactorRefused.name]: ({ data }) => ({
    ...asked(data, 'second-factor.prove', `member:${data.memberId}`),
    ...{ outcome: 'refused', reason: data.why },
  }),
  [SingleSignOnChanged.name]: ({ data }) => asked(data, 'single-sign-on.put', `tenant:${data.tenantId}`),
  [SingleSignOnRemoved.name]: ({ data }) => asked(data, 'single-sign-on.remove', `tenant:${data.tenantId}`),
  [DomainProved.name]: ({ data }) => asked(data, 'domain.prove', `domain:${data.domain}`),
  [SingleSignOnRefused.name]: (fact) =>
    self(fact, 'single-sign-on.sign-in', `tenant:${fact.data.tenantId}`, { outcome: 'refused', reason: fact.data.why }),
} satisfies Partial<Projections>;
