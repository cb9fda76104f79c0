/** The one page of the console. It holds no script and no style of its own, as its policy demands. */
export const pageOf = (base: string, modules: readonly string[]): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>VOX</title>
    <link rel="icon" href="${base}/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="${base}/elements.css">
    <link rel="stylesheet" href="${base}/parts.css">
    <link rel="stylesheet" href="${base}/shell.css">
${modules.map((name) => `    <link rel="modulepreload" href="${base}/${name}">`).join('\n')}
    <script type="module" src="${base}/main.js"></script>
  </head>
  <body>
    <noscript>The console needs JavaScript. The vox command does the same from a terminal.</noscript>
    <div id="console">
      <p class="loading">The console is loading. If nothing more appears, reload the page.</p>
      <p class="loading" lang="es">La consola se está cargando. Si no aparece nada más, recargue la página.</p>
      <p class="loading" lang="fr">La console se charge. Si rien d’autre n’apparaît, rechargez la page.</p>
      <p class="loading" lang="de">Die Konsole wird geladen. Wenn nichts weiter erscheint, laden Sie die Seite neu.</p>
    </div>
  </body>
</html>
`;
