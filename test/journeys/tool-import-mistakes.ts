const operation = { operationId: 'find', parameters: [{ in: 'cookie', name: 'sid', required: true }] };
const document = JSON.stringify({ openapi: '3.1.0', servers: [], paths: { '/a': { get: operation } } });

/** Mistakes in what tools are made of, and the sentences that answer them. */
export const toolImportMistakes = (
  file: (name: string, content: string) => string,
): readonly (readonly [readonly string[], RegExp])[] => {
  const openapi = file('openapi.json', document);
  const find = ['tool', 'import', openapi, '--operation', 'find'];
  return [
    [['tool', 'import', openapi], /^tool import needs --operation with the id of an operation; --list shows them\.$/],
    [
      ['tool', 'import', file('old.yaml', 'swagger: "2.0"\n'), '--list'],
      /old\.yaml\.openapi must be a version 3\.0 or/,
    ],
    [
      ['tool', 'import', openapi, '--operation', 'fnd'],
      /^--operation “fnd” is no operation of .*; --list shows them\.$/,
    ],
    [
      ['tool', 'import', 'mcp', 'https://mcp.shop.com/'],
      /^tool import mcp needs --tool with the name of a tool; --list/,
    ],
    [['tool', 'import', 'mcp', 'mcp.shop.com', '--list'], /^<url> must be an https URL without a user\.$/],
    [find, /openapi\.json\.paths\.\/a\.get\.parameters\.0 \(cookie sid\) stands in a cookie, which no tool sends\.$/],
  ];
};
