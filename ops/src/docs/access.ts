import { type Action, accessTable, actions, apiTable } from '@vox/contracts';

const operationsOf = (action: Action): string =>
  apiTable
    .filter(({ question }) => question.action === action)
    .map(({ method, path }) => `\`${method.toUpperCase()} ${path}\``)
    .join('<br>') || '–';

/** Writes the page on who may do what. */
export function accessPage(): string {
  const rows = actions.map((action) => {
    const { roles, scope, isSensitive, anyTenant, summary } = accessTable[action];
    const who = roles.map((role) => (role === 'platform-operator' && anyTenant ? `${role} (any tenant)` : role));
    const cells = [summary, who.join(', '), scope === null ? '–' : `\`${scope}\``, isSensitive ? 'yes' : '–'];
    return `| \`${action}\` | ${cells.join(' | ')} | ${operationsOf(action)} |`;
  });
  return `# Who may do what

Generated from the access table (\`shared/contracts/src/identity/access.ts\`). The services decide by it, and what is
not in it, nobody may do. A member needs one of the roles, and for what is sensitive a fresh code. An API key needs the
scope, and for what is sensitive a signed request; where there is no scope, no machine may. The operator of the
installation (\`vox\`) may do all of it.

| action | what | roles | scope | sensitive | operations |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}
