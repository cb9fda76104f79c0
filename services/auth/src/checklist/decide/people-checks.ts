import { advised, type Check, counted, done, missing } from './state.ts';

/** Days that transcripts are kept where nobody says otherwise: whoever keeps them for longer should know why. */
const usualDays = 90;
const policyFile = 'Write it into the tenant’s file, and `vox tenant put` it.';

/** Who manages a tenant, and what it owes to those who call. */
export const peopleChecks: readonly Check[] = [
  {
    item: 'owners',
    what: 'There are two owners or more.',
    why: 'One who loses the mailbox or leaves locks the tenant up.',
    how: 'Invite another: `vox member invite … --role owner`.',
    judge: ({ owners }) => {
      const count = owners.length;
      if (count === 0) return missing('no-owner', 'There is no owner who has joined.');
      return count === 1
        ? advised('one-owner', 'There is one.')
        : done('several-owners', `There are ${count}.`, { count });
    },
  },
  {
    item: 'owner-second-factor',
    what: 'Every owner has a second factor.',
    why: 'A code by mail proves a mailbox; an owner can read every word that was said.',
    how: 'Each owner adds one at `/api/v1/second-factors`, a passkey if possible.',
    judge: ({ owners }) => {
      const count = owners.filter(({ hasFactor }) => !hasFactor).length;
      if (owners.length === 0) return missing('no-owner', 'There is no owner who has joined.');
      return count === 0
        ? done('owners-with-factor', 'Each has.')
        : missing('owners-without-factor', `${counted(count, 'owner')} without one.`, { count });
    },
  },
  {
    item: 'sign-in-second-factor',
    what: 'Nobody signs in without a second factor.',
    why: 'A privacy officer’s mailbox is worth as much to a thief as an owner’s.',
    how: `Set \`signIn.secondFactor\` to \`required\`. ${policyFile}`,
    judge: ({ policy: { signIn } }) =>
      signIn.secondFactor === 'required'
        ? done('factor-demanded', 'The tenant demands one.')
        : advised('factor-not-demanded', 'The tenant demands none.'),
  },
  {
    item: 'retention',
    what: `Words are kept for ${usualDays} days at most.`,
    why: 'Personal data is kept no longer than its purpose needs (GDPR, Art. 5(1)(e)).',
    how: `Set \`retention.transcripts\`; 0 keeps none. ${policyFile}`,
    judge: ({ policy: { retention } }) => {
      const kept = `They are kept for ${retention.transcripts} days`;
      const values = { days: retention.transcripts, most: usualDays };
      return retention.transcripts <= usualDays
        ? done('kept-briefly', `${kept}.`, values)
        : advised('kept-long', `${kept}: note down why.`, values);
    },
  },
  {
    item: 'disclosure',
    what: 'No call begins before it is recorded that the visitor was told that it talks to a machine.',
    why: 'Whoever talks to a machine must be told so (EU AI Act, Art. 50(1)).',
    how: `Set \`consent.disclosure\` to \`true\`. ${policyFile}`,
    judge: ({ policy: { consent } }) =>
      consent.disclosure
        ? done('disclosure-demanded', 'It is demanded.')
        : advised('disclosure-unrecorded', 'Visitors are told, and it is not recorded.'),
  },
  {
    item: 'controller',
    what: 'The policy names who answers for the data.',
    why: 'A person who asks must be told (GDPR, Art. 13(1)(a)); exports say “to be filled in” until then.',
    how: `Set \`privacy.controller\`. ${policyFile}`,
    judge: ({ policy: { privacy } }) =>
      privacy.controller === undefined
        ? missing('controller-unnamed', 'It does not.')
        : done('controller-named', 'It does.'),
  },
  {
    item: 'data-protection-officer',
    what: 'The policy says how to reach the data protection officer.',
    why: 'A person must be told, where there is one (GDPR, Art. 13(1)(b) and 37).',
    how: `Set \`privacy.dataProtectionOfficer\`. ${policyFile}`,
    judge: ({ policy: { privacy } }) =>
      privacy.dataProtectionOfficer === undefined
        ? advised('officer-unnamed', 'It does not: that is right only where nobody must be appointed.')
        : done('officer-named', 'It does.'),
  },
  {
    item: 'supervisory-authority',
    what: 'The policy names the authority where a person may complain.',
    why: 'It stands in every answer to a person (GDPR, Art. 15(1)(f)), and is told of a breach within 72 hours (Art. 33).',
    how: `Set \`privacy.supervisoryAuthority\`. ${policyFile}`,
    judge: ({ policy: { privacy } }) =>
      privacy.supervisoryAuthority === undefined
        ? missing('authority-unnamed', 'It does not.')
        : done('authority-named', 'It does.'),
  },
  {
    item: 'webhooks',
    what: 'A webhook tells of deadlines of persons’ requests and of spent budgets.',
    why: 'A deadline that nobody hears of is missed.',
    how: 'Create one: `vox webhook create … --event privacy.deadline --event quota.threshold`.',
    judge: ({ told }) => {
      const wanted = ['privacy.deadline', 'quota.threshold'] as const;
      const unheard = wanted.filter((type) => !told.includes(type));
      return unheard.length === 0
        ? done('webhook-tells', 'It does.')
        : advised('webhook-silent', `Nobody is told of ${unheard.join(' and ')}.`, { events: unheard.join(', ') });
    },
  },
];
