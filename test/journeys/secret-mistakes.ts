const api = ['--host', 'api.example'];
const noSecret = /^the name is no secret of this tenant\.$/;

/** Command lines of `vox secrets` with a mistake in each. `file` holds a value; at `nowhere` there is no file. */
export function secretMistakes(file: string, nowhere: string): readonly (readonly [readonly string[], RegExp])[] {
  const given = ['--from', file];
  const create = ['secrets', 'create', 'demo'];
  return [
    [['secrets', 'list', 'nobody'], /^there is no tenant nobody\.$/],
    [[...create, 'SHOP_KEY', ...api], /^the value is missing: name its file with --from\.$/],
    [[...create, 'SHOP_KEY', ...api, '--from', nowhere], /no-value does not exist\.$/],
    [[...create, 'shop', ...api, ...given], /^the name must be a capital letter, then/],
    [[...create, 'SHOP_KEY', '--host', 'https://a.example/', ...given], /^--host 1 must be an exact host such as/],
    [['secrets', 'rotate', 'demo', 'SHOP_KEY', ...given], noSecret],
    [
      ['secrets', 'rotate', 'demo', 'A', ...given, '--in-force-from', 'soon'],
      /^--in-force-from <moment> must be a day/,
    ],
    [['secrets', 'hosts', 'demo', 'SHOP_KEY', ...api], noSecret],
    [['secrets', 'remove', 'demo', 'SHOP_KEY'], noSecret],
  ];
}
