import express from 'express';

/** The page as its owner writes it, with these settings and, if any, this policy. */
export const shopPage = (url: string, widgetKey: () => string) =>
  express().get('/', ({ query }, response) => {
    if (query.policy !== undefined) response.set('Permissions-Policy', String(query.policy));
    response.type('html').send(
      `<!doctype html><title>Shop</title><body><h1>Shop</h1>
      <script>window.events = []; window.voxConfig = ${String(query.config)};
      for (const name of ['session:start', 'session:end', 'message', 'error'])
        addEventListener('vox:' + name, ({ detail }) => window.events.push([name, detail]));</script>
      <script src="${url}/voice-widget.js" data-tenant-widget-key="${widgetKey()}"></script></body>`,
    );
  });
