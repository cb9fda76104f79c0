import express, { type Express } from 'express';
import { escaped } from '../page/escaped.ts';

/** The page of a pretended shop that embeds the widget. Like a tenant’s page it has an origin of its own. */
export function demoPage(voxUrl: string, widgetKey: () => string): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/', (_request, response) => {
    response.type('html').send(`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>A shop with a voice</title>
  </head>
  <body style="font: 17px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
    <h1>A shop with a voice</h1>
    <p>Press the round button in the corner and talk to the guide.</p>
    <p>Nothing leaves this machine unless you gave it the key of a provider.</p>
    <script src="${escaped(voxUrl)}/voice-widget.js" data-tenant-widget-key="${escaped(widgetKey())}" async></script>
  </body>
</html>`);
  });
  return app;
}
