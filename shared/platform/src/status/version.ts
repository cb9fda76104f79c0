import own from '../../package.json' with { type: 'json' };

/** The version of VOX. All workspaces bear the same. */
export const { version } = own;
