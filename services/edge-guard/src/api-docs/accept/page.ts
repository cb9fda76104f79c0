/** The page of the viewer. Its script stands in a file of its own: the page’s policy takes none inside. */
export const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>VOX: the interface</title>
    <link rel="icon" href="/api/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/api/docs/swagger-ui.css">
    <script src="/api/docs/swagger-ui-bundle.js" defer></script>
    <script src="/api/docs/viewer.js" defer></script>
  </head>
  <body><main id="viewer"></main></body>
</html>
`;

/**
 * Starts the viewer. It only shows: nobody needs to type a key into a page. It asks no other host, so no foreign
 * validator either.
 */
export const script = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#viewer',
  deepLinking: true,
  docExpansion: 'list',
  supportedSubmitMethods: [],
  validatorUrl: null,
});
`;

/** The rules of the page: its own files, and pictures that stand in its style sheet. */
export const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
