import { accessTable, type Role, type Scope, scopes } from './access.ts';

/** The scopes that a role may give to a machine: those that allow nothing that the role itself may not do. */
export const scopesOfRole = (role: Role): readonly Scope[] =>
  scopes.filter((scope) =>
    Object.values(accessTable).every((row) => row.scope !== scope || (row.roles as readonly string[]).includes(role)),
  );
