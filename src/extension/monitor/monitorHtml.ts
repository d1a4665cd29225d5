export interface MonitorPage {
  /** Addresses that the webview can load. */
  readonly script: string;
  readonly style: string;
  /** Where the webview's own files come from, for the policy. */
  readonly cspSource: string;
  /** Fresh for every page. */
  readonly nonce: string;
}

/** The monitor's page. Its policy allows the extension's own script, styles, fonts and images, and no connection anywhere. */
export function monitorHtml({ script, style, cspSource, nonce }: MonitorPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join("; ");
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <!-- The toolkit marks a style element of its own with it. -->
    <meta property="csp-nonce" content="${nonce}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${style}">
    <title>Layerwise</title>
  </head>
  <body>
    <main></main>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
